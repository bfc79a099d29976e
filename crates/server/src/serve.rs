//! Answering requests until told to stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::serve::ListenerExt;
use lr_app::context::App;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::background;
use crate::config::listen::ListenConfig;
use crate::http::router;
use crate::http::state::AppState;
use crate::web::Site;

/// How long requests under way may take once the server stops.
const GRACE: Duration = Duration::from_secs(20);

/// A server that has its port and answers nothing yet.
pub struct Server {
    listener: TcpListener,
    state: AppState,
}

impl Server {
    /// Takes the port, so that a taken one is known before anything else is done.
    pub async fn bind(
        app: Arc<App>,
        listen: ListenConfig,
        metrics: PrometheusHandle,
    ) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(listen.address)
            .await
            .with_context(|| format!("cannot listen on {}", listen.address))?;
        let state =
            AppState { app, reach: listen.reach, metrics, stopping: CancellationToken::new() };
        Ok(Self { listener, state })
    }

    /// The address taken, with the port that the system chose if port 0 was asked for.
    pub fn address(&self) -> anyhow::Result<SocketAddr> {
        Ok(self.listener.local_addr()?)
    }

    /// Cancelled when the server is to stop; cancelling it stops the server.
    pub fn stopping(&self) -> CancellationToken {
        self.state.stopping.clone()
    }

    /// Answers requests until [`Server::stopping`] is cancelled and those under way are answered.
    pub async fn run(self, site: Site) -> anyhow::Result<()> {
        let stopping = self.state.stopping.clone();
        let app = Arc::clone(&self.state.app);
        let service = router(self.state, site).into_make_service_with_connect_info::<SocketAddr>();
        // An answer is one small packet, which must not wait for more to send.
        let listener = self.listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(error = &error as &dyn std::error::Error, "no delay is not set");
            }
        });
        let serving = axum::serve(listener, service)
            .with_graceful_shutdown(stopping.clone().cancelled_owned());
        let background = tokio::spawn(background::run(app, stopping.clone()));
        let served = tokio::select! {
            served = serving => served,
            () = grace(stopping.clone()) => {
                tracing::warn!("requests that took too long were cut off");
                Ok(())
            }
        };
        stopping.cancel();
        background.await?;
        Ok(served?)
    }
}

/// Cancels `stopping` at the first SIGTERM or SIGINT.
pub fn stop_on_signal(stopping: CancellationToken) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        stopping.cancel();
    });
    Ok(())
}

async fn grace(stopping: CancellationToken) {
    stopping.cancelled_owned().await;
    tokio::time::sleep(GRACE).await;
}
