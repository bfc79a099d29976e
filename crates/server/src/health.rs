//! Is the process alive, can it serve, what has it measured.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::http::problem::{Code, Problem};
use crate::http::state::AppState;

/// `GET /healthz`, `/readyz` and `/metrics`: for operators, so outside the API's document.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/healthz", get(alive))
        .route("/readyz", get(ready))
        .route("/metrics", get(measured))
}

/// The process answers; restart it if it does not.
async fn alive() -> Json<Value> {
    Json(json!({ "status": "alive" }))
}

/// The process can serve: the database answers and it is not stopping. Send it no requests if not.
async fn ready(State(state): State<AppState>) -> Result<Json<Value>, Problem> {
    if state.stopping.is_cancelled() {
        return Err(Problem::new(Code::Busy, "The server is stopping."));
    }
    state.app.store.system().await?;
    Ok(Json(json!({ "status": "ready" })))
}

/// Measurements in Prometheus's text format.
async fn measured(State(state): State<AppState>) -> (StatusCode, String) {
    (StatusCode::OK, state.metrics.render())
}
