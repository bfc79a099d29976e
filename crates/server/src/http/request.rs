//! What is done around every request: an id, a log line, a measurement.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use crate::http::state::AppState;

/// The header that carries the request's id to the caller.
pub const ID_HEADER: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request that is being answered, if one is.
pub fn current_id() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}

/// Gives the request an id, under which it is logged and measured.
///
/// The log has the route, never the path or query: those may hold personal data.
pub async fn observe(state: AppState, request: Request, next: Next) -> Response {
    let id = format!("req_{}", state.app.ids.make().simple());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().to_string();
    let span =
        tracing::info_span!("request", request.id = id, http.method = method, http.route = route,);
    let start = Instant::now();
    let work = async {
        let mut response = next.run(request).await;
        if let Some(id) = current_id().and_then(|id| HeaderValue::try_from(id).ok()) {
            response.headers_mut().insert(ID_HEADER, id);
        }
        let status = response.status().as_u16();
        let seconds = start.elapsed().as_secs_f64();
        let latency_ms = (seconds * 1e6).round() / 1e3;
        tracing::info!(http.status = status, latency_ms, "request answered");
        measure(method, route, status, seconds);
        response
    };
    CURRENT.scope(id.clone(), work.instrument(span)).await
}

fn measure(method: String, route: String, status: u16, seconds: f64) {
    let labels = [("method", method), ("route", route), ("status", status.to_string())];
    metrics::histogram!("http_request_duration_seconds", &labels).record(seconds);
}
