//! The few reads that cross workspaces.

use sqlx::{PgConnection, PgPool, Postgres, Transaction};

use crate::error::StoreError;

/// A transaction of the role `lr_system`: it sees every workspace, but only the tables and columns
/// that signing in, claiming jobs and finding due work need. Dropping it without
/// [`commit`](Self::commit) undoes everything.
pub struct SystemTx(Transaction<'static, Postgres>);

impl SystemTx {
    pub(crate) async fn begin(pool: &PgPool) -> Result<Self, StoreError> {
        Ok(Self(pool.begin().await?))
    }

    /// Makes everything durable and visible.
    ///
    /// # Errors
    /// [`StoreError::Busy`] also when the connection broke before the answer: then it may or may not
    /// have been committed.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.commit().await?)
    }

    pub(crate) fn connection(&mut self) -> &mut PgConnection {
        &mut self.0
    }
}
