//! The kinds of jobs that a node runs.

use std::sync::Arc;

use lr_store::queue::worker::Worker;

use crate::backtest::request::PlayBacktest;
use crate::context::App;
use crate::webhook::DeliverWebhook;

/// A worker that knows every kind of job; [`Worker::run`] runs them.
pub fn worker(app: Arc<App>) -> Worker<App> {
    Worker::new(app.store.clone(), app).with::<DeliverWebhook>().with::<PlayBacktest>()
}
