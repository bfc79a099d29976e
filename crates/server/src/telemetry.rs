//! Logs and measurements.

use std::io::{self, IsTerminal};
use std::time::Duration;

use lr_store::queue::worker::LOG_FILTER;
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use crate::config::log::{LogConfig, LogFormat};

/// Upper bounds of the buckets of request times, in seconds.
const SECONDS: [f64; 12] =
    [0.001, 0.0025, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// How often old samples are folded together.
const UPKEEP: Duration = Duration::from_secs(5);

/// Sends log lines to the standard error, as JSON or for the eyes.
pub fn start_logs(config: LogConfig) {
    let json = match config.format {
        LogFormat::Json => true,
        LogFormat::Pretty => false,
        LogFormat::Auto => !io::stderr().is_terminal(),
    };
    let filter = format!("{},{LOG_FILTER}", config.filter);
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_writer(io::stderr)
        .with_target(false);
    // Only the first call in a process has an effect, which is what tests want as well.
    let _first = if json {
        builder.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init()
    } else {
        builder.try_init()
    };
}

/// Collects measurements from now on.
///
/// # Errors
/// If the process collects them already.
pub fn start_metrics() -> Result<PrometheusHandle, BuildError> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
        .install_recorder()?;
    let upkeep = handle.clone();
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(UPKEEP);
        loop {
            ticks.tick().await;
            upkeep.run_upkeep();
        }
    });
    Ok(handle)
}
