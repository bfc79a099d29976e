//! Jobs that were given up, as their workspace sees them.

use jiff::Timestamp;
use uuid::Uuid;

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// A job that will not be tried again by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct DeadLetter {
    /// Its own id.
    pub id: Uuid,
    /// The job's [`KIND`](crate::queue::Job::KIND).
    pub kind: String,
    /// The job.
    pub payload: serde_json::Value,
    /// Why the last attempt failed.
    pub error: String,
    /// How often it was tried.
    pub attempts: i32,
    /// When it was given up.
    pub at: Timestamp,
}

impl WorkspaceTx {
    /// The newest dead letters, at most `limit`.
    ///
    /// # Errors
    /// As every query.
    pub async fn dead_letters(&mut self, limit: u16) -> Result<Vec<DeadLetter>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query!(
            "select id, kind, payload, error, attempts, created_at from dead_letters
            where workspace_id = $1 order by created_at desc, id desc limit $2",
            workspace,
            i64::from(limit)
        )
        .fetch_all(db)
        .await?;
        let letter = rows.into_iter().map(|row| DeadLetter {
            id: row.id,
            kind: row.kind,
            payload: row.payload,
            error: row.error,
            attempts: row.attempts,
            at: row.created_at.to_jiff(),
        });
        Ok(letter.collect())
    }
}
