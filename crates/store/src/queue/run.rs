//! One attempt at one job: from the queue library's words to ours and back.

use std::fmt;
use std::marker::PhantomData;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use lr_core::id::WorkspaceId;
use rand::RngExt;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::error::StoreError;
use crate::queue::lease::Lease;
use crate::queue::{Job, JobError};
use crate::store::Store;

/// What the worker gives to every job.
pub(crate) struct Shared<C> {
    pub(crate) store: Store,
    pub(crate) context: Arc<C>,
}

impl<C> Clone for Shared<C> {
    fn clone(&self) -> Self {
        Self { store: self.store.clone(), context: Arc::clone(&self.context) }
    }
}

impl<C> fmt::Debug for Shared<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shared")
    }
}

/// A job as the function `enqueue_jobs` stores it.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub(crate) struct Stamped<J> {
    workspace: Uuid,
    job: Value,
    #[serde(skip)]
    kind: PhantomData<fn() -> J>,
}

impl<J: Job> TaskHandler for Stamped<J> {
    const IDENTIFIER: &'static str = J::KIND;

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let Some(shared) = context.get_ext::<Shared<J::Context>>() else {
            return Err("the worker was built without a context".to_owned());
        };
        let (job, holder) = (context.job(), context.worker_id().to_owned());
        let workspace = WorkspaceId::new(self.workspace);
        let lease = Lease::new(shared.store.clone(), workspace, (*job.id(), holder))
            .attempt_of(*job.attempts());
        let result = attempt::<J>(self.job, &shared.context, &lease).await;
        let last = job.attempts() >= job.max_attempts();
        finish(J::KIND, &lease, result, last).await
    }
}

async fn attempt<J: Job>(
    payload: Value,
    context: &J::Context,
    lease: &Lease,
) -> Result<(), JobError> {
    let job: J = serde_json::from_value(payload)
        .map_err(|error| JobError::fail(format!("its payload cannot be read: {error}")))?;
    let work = AssertUnwindSafe(job.run(context, lease)).catch_unwind();
    match tokio::time::timeout(J::DEADLINE, work).await {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(JobError::retry("it failed unexpectedly")),
        Err(_) => Err(JobError::retry(format!("it took longer than {} s", J::DEADLINE.as_secs()))),
    }
}

/// `Ok` removes the job from the queue; an error leaves it there for another attempt.
async fn finish(
    kind: &str,
    lease: &Lease,
    result: Result<(), JobError>,
    last: bool,
) -> Result<(), String> {
    let (job, attempt) = (lease.job(), lease.attempt());
    let settled = match &result {
        Ok(()) => return Ok(()),
        Err(JobError::Retry { after, .. }) if !last => {
            tracing::info!(
                job.kind = kind,
                job.id = job,
                job.attempt = attempt,
                "a job is tried again"
            );
            // Spread, so that what failed together does not come back together.
            let spread = rand::rng().random_range(1.0..1.2);
            let wait_s = after.map_or(0.0, |after| after.as_secs_f64());
            let backoff_s = f64::from(attempt.min(10)).exp();
            lease.postpone(wait_s.max(backoff_s) * spread).await
        }
        Err(error) => {
            tracing::warn!(
                job.kind = kind,
                job.id = job,
                job.attempt = attempt,
                "a job was given up"
            );
            return lease.give_up(&error.to_string()).await.map_err(describe);
        }
    };
    if let Err(error) = settled {
        return Err(describe(error));
    }
    result.map_err(|error| error.to_string())
}

fn describe(error: StoreError) -> String {
    error.to_string()
}
