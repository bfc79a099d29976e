//! What a node does beside answering requests.

use std::sync::Arc;
use std::time::Duration;

use lr_app::context::App;
use lr_app::{held, jobs};
use tokio_util::sync::CancellationToken;

/// Between two looks for held leads that somebody can take now. People's hours begin and end on
/// the minute; a lead need not wait a whole one more.
const RELEASE_EVERY: Duration = Duration::from_secs(15);

/// Serves held leads and runs jobs until `stopping` is cancelled; what is under way then is
/// finished.
pub async fn run(app: Arc<App>, stopping: CancellationToken) {
    let worker = jobs::worker(Arc::clone(&app)).run(stopping.clone().cancelled_owned());
    tokio::join!(worker, release_held(&app, &stopping));
}

async fn release_held(app: &App, stopping: &CancellationToken) {
    let mut ticks = tokio::time::interval(RELEASE_EVERY);
    while stopping.run_until_cancelled(ticks.tick()).await.is_some() {
        match held::release_all(app).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(leads = count, "held leads were given out"),
            Err(error) => tracing::warn!(
                error = &error as &dyn std::error::Error,
                "held leads could not be looked for, trying again"
            ),
        }
    }
}
