//! One file of the web app, with the headers that go with it.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::web::csp;

/// Their names change with their content.
const IMMUTABLE_FOLDER: &str = "_next/static/";

/// A file and its headers, computed once.
#[derive(Debug)]
pub struct File {
    bytes: Bytes,
    headers: HeaderMap,
}

impl File {
    /// A file at `path`, by whose ending its type is told.
    pub fn new(path: &str, bytes: Vec<u8>) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching(path)));
        if let Ok(tag) = HeaderValue::try_from(tag(&bytes)) {
            headers.insert(header::ETAG, tag);
        }
        if path.ends_with(".html")
            && let Ok(policy) = HeaderValue::try_from(csp::policy(&String::from_utf8_lossy(&bytes)))
        {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        Self { bytes: bytes.into(), headers }
    }

    /// The file with this status, or that the browser's copy is still right.
    pub fn answer(&self, asked: &HeaderMap, status: StatusCode) -> Response {
        let has = asked.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
        let tag = self.headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
        let same =
            has.zip(tag).is_some_and(|(has, tag)| has.contains(tag.trim_start_matches("W/")));
        if status == StatusCode::OK && same {
            return (StatusCode::NOT_MODIFIED, self.headers.clone()).into_response();
        }
        (status, self.headers.clone(), Body::from(self.bytes.clone())).into_response()
    }
}

fn caching(path: &str) -> &'static str {
    if path.starts_with(IMMUTABLE_FOLDER) {
        "public, max-age=31536000, immutable"
    } else if path.ends_with(".html") {
        "no-cache"
    } else {
        "public, max-age=3600"
    }
}

/// Weak, because the answer may be compressed on its way.
fn tag(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{hex}\"")
}

/// The types that a Next.js export has.
fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript",
        "css" => "text/css",
        "txt" => "text/plain; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// The files under `web/out` when the binary was built.
#[cfg(feature = "embed-web")]
pub fn embedded() -> Vec<(String, Vec<u8>)> {
    #[derive(rust_embed::RustEmbed)]
    #[folder = "../../web/out"]
    struct Out;

    Out::iter()
        .filter_map(|path| {
            let file = Out::get(&path)?;
            Some((path.into_owned(), file.data.into_owned()))
        })
        .collect()
}

/// None: the binary is built without the web app.
#[cfg(not(feature = "embed-web"))]
pub fn embedded() -> Vec<(String, Vec<u8>)> {
    Vec::new()
}
