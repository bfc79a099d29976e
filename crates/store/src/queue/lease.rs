//! The right to write a job's result, while the worker is not taken for dead.

use lr_core::id::WorkspaceId;

use crate::error::StoreError;
use crate::queue::JobError;
use crate::store::Store;
use crate::workspace_tx::WorkspaceTx;

/// One attempt at one job, held by one worker.
pub struct Lease {
    store: Store,
    workspace: WorkspaceId,
    job: i64,
    holder: String,
    attempt: u8,
}

impl Lease {
    pub(crate) fn new(store: Store, workspace: WorkspaceId, (job, holder): (i64, String)) -> Self {
        Self { store, workspace, job, holder, attempt: 1 }
    }

    pub(crate) fn attempt_of(self, attempt: i16) -> Self {
        Self { attempt: u8::try_from(attempt).unwrap_or(u8::MAX), ..self }
    }

    /// Whose job it is, as stamped when it was enqueued.
    pub fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// Which attempt this is; the first is 1.
    pub fn attempt(&self) -> u8 {
        self.attempt
    }

    /// The same for every attempt at this job, and no other job's: good as an idempotency key.
    pub fn job(&self) -> i64 {
        self.job
    }

    /// Begins a transaction of the job's workspace in which its result may be written: nobody else
    /// gets the job before it ends.
    ///
    /// # Errors
    /// [`JobError::Retry`] if the job was meanwhile given to another worker, whose result counts, or
    /// if the database is away.
    pub async fn begin(&self) -> Result<WorkspaceTx, JobError> {
        let mut tx = self.store.begin(self.workspace).await?;
        let (db, _) = tx.parts();
        let held =
            sqlx::query_scalar!(r#"select hold_lease($1, $2) as "held!""#, self.job, self.holder)
                .fetch_one(db)
                .await
                .map_err(StoreError::from)?;
        if held { Ok(tx) } else { Err(JobError::retry("another worker has taken the job over")) }
    }

    /// Gives the job up: its workspace sees a dead letter. Nothing if the lease is lost.
    pub(crate) async fn give_up(&self, reason: &str) -> Result<(), StoreError> {
        let mut tx = self.store.system().await?;
        sqlx::query!("select give_up_job($1, $2, $3)", self.job, self.holder, reason)
            .execute(tx.connection())
            .await?;
        tx.commit().await
    }

    /// Lets the next attempt wait at least `wait_s` seconds. Nothing if the lease is lost.
    pub(crate) async fn postpone(&self, wait_s: f64) -> Result<(), StoreError> {
        let mut tx = self.store.system().await?;
        sqlx::query!("select postpone_job($1, $2, $3)", self.job, self.holder, wait_s)
            .execute(tx.connection())
            .await?;
        tx.commit().await
    }
}
