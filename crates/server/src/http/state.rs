//! What handlers share.

use std::sync::Arc;

use axum::extract::FromRef;
use lr_app::context::App;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio_util::sync::CancellationToken;

/// What handlers share. Cloning is cheap.
#[derive(Clone)]
pub struct AppState {
    /// The use cases' context.
    pub app: Arc<App>,
    /// How the world reaches us.
    pub reach: Reach,
    /// Renders what was measured.
    pub metrics: PrometheusHandle,
    /// Cancelled when the server begins to stop: readiness ends, and so do endless answers.
    pub stopping: CancellationToken,
}

/// How the world reaches us.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    /// Whether a proxy of ours stands in front, ends TLS and appends to `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// Whether cookies are for TLS only.
    pub secure_cookies: bool,
}

impl FromRef<AppState> for Arc<App> {
    fn from_ref(state: &AppState) -> Self {
        Self::clone(&state.app)
    }
}
