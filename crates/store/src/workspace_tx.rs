//! The only way to a workspace's rows.

use lr_core::id::WorkspaceId;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

use crate::error::StoreError;

/// A transaction that can see one workspace's rows and nothing else.
///
/// Postgres enforces it: every policy compares `workspace_id` with the setting made in
/// [`Store::begin`](crate::store::Store::begin), which ends with the transaction. Dropping it without
/// [`commit`](Self::commit) undoes everything.
pub struct WorkspaceTx {
    tx: Transaction<'static, Postgres>,
    workspace: WorkspaceId,
}

impl WorkspaceTx {
    pub(crate) async fn begin(pool: &PgPool, workspace: WorkspaceId) -> Result<Self, StoreError> {
        let mut tx = pool.begin().await?;
        let id = workspace.uuid().to_string();
        sqlx::query!("select set_config('app.workspace_id', $1, true)", id)
            .fetch_one(&mut *tx)
            .await?;
        Ok(Self { tx, workspace })
    }

    /// The workspace whose rows this transaction sees.
    pub fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// Makes everything durable and visible.
    ///
    /// # Errors
    /// [`StoreError::Busy`] also when the connection broke before the answer: then it may or may not
    /// have been committed.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.tx.commit().await?)
    }

    /// The connection and the workspace's id, which every query filters by as well.
    pub(crate) fn parts(&mut self) -> (&mut PgConnection, Uuid) {
        (&mut self.tx, self.workspace.uuid())
    }
}
