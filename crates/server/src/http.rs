//! The HTTP surface: one router, whose every failure is a problem document.

pub mod address;
pub mod body;
pub mod caller;
pub mod headers;
pub mod idempotency;
pub mod openapi;
pub mod params;
pub mod problem;
pub mod problem_pages;
pub mod request;
pub mod roles;
pub mod state;

pub mod gates;
pub mod named;

pub mod accounts;
pub mod api_keys;
pub mod attributes;
pub mod development;
pub mod feed;
pub mod forms;
pub mod leads;
pub mod me;
pub mod password_reset;
pub mod pools;
pub mod replays;
pub mod reps;
pub mod rules;
pub mod session;
pub mod settings;
pub mod sign_up;
pub mod sources;
pub mod teams;
pub mod territories;
pub mod why;

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::Uri;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::health;
use crate::http::problem::{Code, Problem};
use crate::http::state::AppState;
use crate::web::Site;

/// The largest body of an operation that does not say otherwise, in bytes.
pub const MAX_BODY: usize = 1024 * 1024;

/// How long a caller may pause while sending a body.
const BODY_PAUSE: Duration = Duration::from_secs(10);

/// Everything the server answers: the API, health, the pages about problems, the web app.
pub fn router(state: AppState, site: Site) -> Router {
    let (api, _) = api();
    let around = state.clone();
    api.merge(health::routes())
        .merge(problem_pages::routes())
        .fallback(fallback)
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(state.clone())
        .layer(axum::Extension(site))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(state, headers::secure))
        .layer(middleware::from_fn(move |request: Request, next: middleware::Next| {
            request::observe(around.clone(), request, next)
        }))
}

/// The document that describes the API.
pub fn document() -> OpenApi {
    api().1
}

fn api() -> (Router<AppState>, OpenApi) {
    OpenApiRouter::with_openapi(openapi::base())
        .merge(session::routes())
        .merge(sign_up::routes())
        .merge(password_reset::routes())
        .merge(me::routes())
        .merge(development::routes())
        .merge(leads::routes())
        .merge(why::routes())
        .merge(replays::routes())
        .merge(feed::routes())
        .merge(forms::routes())
        .merge(rules::routes())
        .merge(attributes::routes())
        .merge(pools::routes())
        .merge(reps::routes())
        .merge(sources::routes())
        .merge(territories::routes())
        .merge(accounts::routes())
        .merge(settings::routes())
        .merge(api_keys::routes())
        .merge(teams::routes())
        .split_for_parts()
}

/// What no route is for: a page of the web app, unless the path is the API's.
async fn fallback(
    axum::Extension(site): axum::Extension<Site>,
    uri: Uri,
    request: Request,
) -> Response {
    let path = uri.path();
    if path == "/v1" || path.starts_with("/v1/") {
        return Problem::new(Code::NotFound, "The API has no such path.").into_response();
    }
    site.answer(&request)
}

/// The answer of a path that exists to a method that it has not.
pub async fn method_not_allowed() -> Problem {
    Problem::new(Code::MethodNotAllowed, "The path exists, but not with this method.")
}

/// The message of a panic may hold anything, so it is logged by the panic hook and not sent.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    Problem::new(Code::Internal, "The request failed. It was not the request's fault.")
        .into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    #[tokio::test]
    async fn a_panic_is_a_problem_that_repeats_nothing_of_it() {
        let response = panicked(Box::new("ada@initech.example"));
        assert_eq!(response.status(), Code::Internal.status());
        let body = to_bytes(response.into_body(), MAX_BODY).await.unwrap();
        let body = String::from_utf8_lossy(&body).into_owned();
        assert!(body.contains(r#""code":"internal""#) && !body.contains("ada"), "{body}");
    }
}
