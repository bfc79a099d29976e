//! The exported web app, served from memory.

mod csp;
mod files;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::web::files::File;

/// The web app's files by path. Cloning shares them.
#[derive(Debug, Clone, Default)]
pub struct Site {
    files: Arc<BTreeMap<String, File>>,
}

impl Site {
    /// The web app compiled into the binary; empty without the feature `embed-web`.
    pub fn embedded() -> Self {
        Self::new(files::embedded())
    }

    /// A site of files named by their paths, such as `rules/index.html`.
    pub fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let files = files.into_iter().map(|(path, bytes)| {
            let file = File::new(&path, bytes);
            (path, file)
        });
        Self { files: Arc::new(files.collect()) }
    }

    /// The file for a request, the way of a folder, or the page for what does not exist.
    pub fn answer(&self, request: &Request) -> Response {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return StatusCode::METHOD_NOT_ALLOWED.into_response();
        }
        let path = request.uri().path().trim_start_matches('/');
        let page = if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        };
        if let Some(file) = self.files.get(&page) {
            return file.answer(request.headers(), StatusCode::OK);
        }
        if self.files.contains_key(&format!("{path}/index.html")) {
            return to_folder(path, request.uri().query());
        }
        match self.files.get("404.html") {
            Some(file) => file.answer(request.headers(), StatusCode::NOT_FOUND),
            None => (StatusCode::NOT_FOUND, Body::from(NO_SUCH_PAGE)).into_response(),
        }
    }
}

const NO_SUCH_PAGE: &str = "There is no such page. If there is none at all: this binary was built \
    without the web app; build it with the feature `embed-web`.\n";

/// Sends `/rules` to `/rules/`. The way starts at one slash, so it cannot lead to another host.
fn to_folder(path: &str, query: Option<&str>) -> Response {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    match HeaderValue::try_from(format!("/{path}/{query}")) {
        Ok(location) => {
            (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, location)]).into_response()
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        let page = "<!doctype html><script>go()</script>";
        let files = [
            ("index.html", page),
            ("rules/index.html", page),
            ("404.html", "<!doctype html>nothing"),
            ("_next/static/chunks/a1b2.js", "go()"),
        ];
        Site::new(files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())))
    }

    fn get(uri: &str) -> Response {
        site().answer(&Request::builder().uri(uri).body(Body::empty()).unwrap())
    }

    #[test]
    fn a_folder_answers_with_its_page_and_needs_its_slash() {
        assert_eq!(get("/").status(), StatusCode::OK);
        assert_eq!(get("/rules/").status(), StatusCode::OK);
        let way = get("/rules?tab=2");
        assert_eq!(way.status(), StatusCode::PERMANENT_REDIRECT);
        assert_eq!(way.headers()[header::LOCATION], "/rules/?tab=2");
    }

    #[test]
    fn what_does_not_exist_answers_with_the_page_for_it() {
        for uri in ["/nothing", "/rules/nothing/", "/../secret", "/%2e%2e/secret"] {
            assert_eq!(get(uri).status(), StatusCode::NOT_FOUND, "{uri}");
        }
        assert_eq!(get("//evil.test/rules").status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn named_by_their_content_files_stay_in_caches_and_pages_are_asked_for_again() {
        let script = get("/_next/static/chunks/a1b2.js");
        let cached = "public, max-age=31536000, immutable";
        assert_eq!(script.headers()[header::CACHE_CONTROL], cached);
        assert_eq!(script.headers()[header::CONTENT_TYPE], "text/javascript");
        assert_eq!(get("/").headers()[header::CACHE_CONTROL], "no-cache");
    }

    #[test]
    fn a_page_that_the_browser_has_is_not_sent_again() {
        let tag = get("/").headers()[header::ETAG].clone();
        let again = Request::builder().uri("/").header(header::IF_NONE_MATCH, tag);
        let answer = site().answer(&again.body(Body::empty()).unwrap());
        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
    }
}
