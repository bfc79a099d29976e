//! News across nodes: which workspace has freshly decided leads.
//!
//! A notice names a workspace and nothing else; whoever hears it reads the rows through a
//! transaction of that workspace.

use lr_core::id::WorkspaceId;
use sqlx::postgres::PgListener;
use uuid::Uuid;

use crate::error::StoreError;
use crate::store::Store;
use crate::workspace_tx::WorkspaceTx;

const CHANNEL: &str = "lead_router_decided";

impl WorkspaceTx {
    /// Tells every node, when this transaction commits, that leads of its workspace were decided.
    pub async fn announce_decisions(&mut self) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        sqlx::query!("select pg_notify($1, $2)", CHANNEL, workspace.to_string())
            .fetch_one(db)
            .await?;
        Ok(())
    }
}

/// A connection that hears every node's notices.
pub struct Notices(PgListener);

impl Store {
    /// Begins to listen; what is announced from now on is heard.
    pub async fn notices(&self) -> Result<Notices, StoreError> {
        let mut listener = PgListener::connect_with(self.system_pool()).await?;
        listener.listen(CHANNEL).await?;
        Ok(Notices(listener))
    }
}

impl Notices {
    /// The workspace of the next notice; `None` after a break in the connection, when some may have
    /// been missed. It is mended by itself.
    pub async fn next(&mut self) -> Result<Option<WorkspaceId>, StoreError> {
        let Some(notice) = self.0.try_recv().await? else { return Ok(None) };
        Ok(Uuid::try_parse(notice.payload()).ok().map(WorkspaceId::new))
    }
}
