//! API keys: known by their hashes only.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::id::{ApiKeyId, WorkspaceId};
use sqlx::query;

use crate::error::StoreError;
use crate::system_tx::SystemTx;
use crate::workspace_tx::WorkspaceTx;

/// A key that is good for its workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApiKey {
    /// The key.
    pub id: ApiKeyId,
    /// The workspace it opens.
    pub workspace: WorkspaceId,
}

/// A key to be remembered.
#[derive(Clone, Copy)]
pub struct NewApiKey<'a> {
    /// The key's id.
    pub id: ApiKeyId,
    /// What its users call it.
    pub name: &'a str,
    /// The part of it that may be shown.
    pub prefix: &'a str,
    /// SHA-256 of the whole key.
    pub hash: &'a [u8; 32],
}

/// A key as its workspace sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKeyRow {
    /// The key.
    pub id: ApiKeyId,
    /// What its users call it.
    pub name: String,
    /// The part of it that may be shown.
    pub prefix: String,
    /// When it was used last, to the minute.
    pub last_used_at: Option<Timestamp>,
}

impl SystemTx {
    /// The key with this hash, unless it was revoked.
    pub async fn api_key(&mut self, hash: &[u8; 32]) -> Result<Option<ApiKey>, StoreError> {
        let row = query!(
            "select workspace_id, id from api_keys where hash = $1 and revoked_at is null",
            hash,
        )
        .fetch_optional(self.connection())
        .await?;
        Ok(row.map(|row| ApiKey {
            id: ApiKeyId::new(row.id),
            workspace: WorkspaceId::new(row.workspace_id),
        }))
    }
}

impl WorkspaceTx {
    /// Remembers a key.
    pub async fn add_api_key(&mut self, key: NewApiKey<'_>) -> Result<(), StoreError> {
        let (connection, workspace) = self.parts();
        query!(
            "insert into api_keys (workspace_id, id, name, prefix, hash)
             values ($1, $2, $3, $4, $5)",
            workspace,
            key.id.uuid(),
            key.name,
            key.prefix,
            key.hash,
        )
        .execute(connection)
        .await?;
        Ok(())
    }

    /// The keys that were not revoked, in the order in which they were made.
    pub async fn api_keys(&mut self) -> Result<Vec<ApiKeyRow>, StoreError> {
        let (connection, workspace) = self.parts();
        let rows = query!(
            "select id, name, prefix, last_used_at from api_keys
             where workspace_id = $1 and revoked_at is null order by created_at, id",
            workspace,
        )
        .fetch_all(connection)
        .await?;
        let keys = rows.into_iter().map(|row| ApiKeyRow {
            id: ApiKeyId::new(row.id),
            name: row.name,
            prefix: row.prefix,
            last_used_at: row.last_used_at.map(jiff_sqlx::Timestamp::to_jiff),
        });
        Ok(keys.collect())
    }

    /// Notes that a key was used at `at`; a use less than a minute after the last is not noted.
    pub async fn note_use_of_api_key(
        &mut self,
        key: ApiKeyId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let (connection, workspace) = self.parts();
        query!(
            "update api_keys set last_used_at = $3
             where workspace_id = $1 and id = $2
               and (last_used_at is null or last_used_at + interval '1 minute' <= $3)",
            workspace,
            key.uuid(),
            at.to_sqlx(),
        )
        .execute(connection)
        .await?;
        Ok(())
    }

    /// Ends a key, unless it has ended.
    pub async fn revoke_api_key(&mut self, key: ApiKeyId, at: Timestamp) -> Result<(), StoreError> {
        let (connection, workspace) = self.parts();
        query!(
            "update api_keys set revoked_at = $3
             where workspace_id = $1 and id = $2 and revoked_at is null",
            workspace,
            key.uuid(),
            at.to_sqlx(),
        )
        .execute(connection)
        .await?;
        Ok(())
    }
}
