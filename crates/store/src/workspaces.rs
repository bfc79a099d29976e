//! Workspaces themselves.

use lr_core::id::WorkspaceId;
use sqlx::query;

use crate::error::StoreError;
use crate::system_tx::SystemTx;
use crate::workspace_tx::WorkspaceTx;

impl SystemTx {
    /// The workspace called `slug` in addresses and commands.
    pub async fn workspace_by_slug(
        &mut self,
        slug: &str,
    ) -> Result<Option<WorkspaceId>, StoreError> {
        let row = query!("select id from workspaces where slug = $1", slug)
            .fetch_optional(self.connection())
            .await?;
        Ok(row.map(|row| WorkspaceId::new(row.id)))
    }

    /// Every workspace, in the order in which they were made.
    pub async fn workspaces(&mut self) -> Result<Vec<WorkspaceId>, StoreError> {
        let rows = query!("select id from workspaces order by created_at, id")
            .fetch_all(self.connection())
            .await?;
        Ok(rows.into_iter().map(|row| WorkspaceId::new(row.id)).collect())
    }
}

impl WorkspaceTx {
    /// Makes the workspace of this transaction; fails on `workspaces_slug_key` if the slug is taken
    /// and on `workspaces_slug_check` if it is not one.
    pub async fn add_workspace(&mut self, slug: &str, name: &str) -> Result<(), StoreError> {
        let (connection, workspace) = self.parts();
        query!(
            "insert into workspaces (id, slug, name) values ($1, $2, $3)",
            workspace,
            slug,
            name
        )
        .execute(connection)
        .await?;
        Ok(())
    }
}
