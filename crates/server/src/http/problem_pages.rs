//! The pages that a problem's `type` leads to.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::http::problem::{Code, Problem};
use crate::http::state::AppState;

/// `GET /problems/{code}`.
pub fn routes() -> Router<AppState> {
    Router::new().route("/problems/{code}", get(page))
}

async fn page(Path(name): Path<String>) -> Response {
    match Code::ALL.iter().find(|code| code.name() == name) {
        Some(code) => {
            let markdown = HeaderValue::from_static("text/markdown; charset=utf-8");
            ([(header::CONTENT_TYPE, markdown)], code.page()).into_response()
        }
        None => Problem::new(Code::NotFound, "There is no such kind of problem.").into_response(),
    }
}
