//! Jobs: enqueued in the transaction that makes them true, run at least once, never lost.
//!
//! ```text
//! WorkspaceTx::enqueue ─ commit ─▶ queue ─▶ Worker: Job::run under a Lease ─▶ done
//!                                    ▲                │ Retry, deadline, panic     │ Fail, or the
//!                                    └── later ◀──────┘                           ▼ last attempt
//!                                                                            dead letter
//! ```
//!
//! The queue is the library `graphile_worker`, which nothing outside this module names. The workspace
//! of a job is stamped by the database when it is enqueued, never read from what the job says.

pub mod lease;
mod run;
pub mod worker;

use std::time::Duration;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::StoreError;
use crate::queue::lease::Lease;
use crate::workspace_tx::WorkspaceTx;

/// Work to be done after a commit. What is stored is its JSON, so a new release must still read what
/// the one before has written; put ids in it rather than data.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What it is called in the queue, in dead letters and in metrics; never changed.
    const KIND: &'static str;

    /// Longest time for one attempt, after which it is ended and tried again.
    const DEADLINE: Duration;

    /// How often it is tried before it becomes a dead letter; at least once.
    const ATTEMPTS: u8;

    /// What it needs to run, such as connectors and the store; the worker has one.
    type Context: Send + Sync + 'static;

    /// Does the work, outside any transaction. It may run twice: after a crash, or when a worker was
    /// taken for dead. A result is written in a transaction of [`Lease::begin`].
    fn run(
        self,
        context: &Self::Context,
        lease: &Lease,
    ) -> impl Future<Output = Result<(), JobError>> + Send;

    /// Jobs of a workspace in the same queue run one after the other, in order. Few queues, such as
    /// one for each connection: each is a row that stays.
    fn queue(&self) -> Option<String> {
        None
    }

    /// A job replaces the one with the same key in its workspace that has not begun.
    fn key(&self) -> Option<String> {
        None
    }

    /// Not before; now if there is none.
    fn run_at(&self) -> Option<Timestamp> {
        None
    }
}

/// Why an attempt failed, sorted by what the queue does about it. Reasons are shown to the workspace.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Try again, not before `after` if there is a reason to wait that long.
    #[error("{reason}")]
    Retry {
        /// The shortest wait; without it, e to the power of the attempts in seconds.
        after: Option<Duration>,
        /// What happened.
        reason: String,
    },
    /// Trying again cannot help: give up now.
    #[error("{reason}")]
    Fail {
        /// What happened.
        reason: String,
    },
}

impl JobError {
    /// Try again when the queue thinks best.
    pub fn retry(reason: impl Into<String>) -> Self {
        Self::Retry { after: None, reason: reason.into() }
    }

    /// Try again, not before `after`.
    pub fn retry_after(after: Duration, reason: impl Into<String>) -> Self {
        Self::Retry { after: Some(after), reason: reason.into() }
    }

    /// Give up.
    pub fn fail(reason: impl Into<String>) -> Self {
        Self::Fail { reason: reason.into() }
    }
}

impl From<StoreError> for JobError {
    /// A database that is away comes back, and a defect is fixed by the next release: both are tried
    /// again as long as there are attempts.
    fn from(error: StoreError) -> Self {
        Self::retry(error.to_string())
    }
}

impl WorkspaceTx {
    /// Enqueues `jobs`: they exist if this transaction is committed, and only then.
    ///
    /// # Errors
    /// [`StoreError::Refused`] if two of them have the same key, or one is too large.
    pub async fn enqueue<J: Job>(
        &mut self,
        jobs: impl IntoIterator<Item = J>,
    ) -> Result<(), StoreError> {
        const { assert!(J::ATTEMPTS > 0, "a job is tried at least once") };
        let jobs: Vec<J> = jobs.into_iter().collect();
        if jobs.is_empty() {
            return Ok(());
        }
        let payloads = jobs.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>();
        let payloads =
            payloads.map_err(|error| StoreError::Corrupt { what: "job", source: error.into() })?;
        let kinds = vec![J::KIND.to_owned(); jobs.len()];
        let attempts = vec![i16::from(J::ATTEMPTS); jobs.len()];
        let queues: Vec<_> = jobs.iter().map(Job::queue).collect();
        let keys: Vec<_> = jobs.iter().map(Job::key).collect();
        let run_at: Vec<_> = jobs.iter().map(|job| job.run_at().map(|at| at.to_sqlx())).collect();
        let (db, _) = self.parts();
        sqlx::query!(
            "select enqueue_jobs($1, $2, $3, $4, $5, $6)",
            &kinds,
            &payloads,
            &queues as &[Option<String>],
            &keys as &[Option<String>],
            &attempts,
            &run_at as &[Option<jiff_sqlx::Timestamp>],
        )
        .execute(db)
        .await?;
        Ok(())
    }
}
