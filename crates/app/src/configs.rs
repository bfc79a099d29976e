//! Each workspace's configuration, checked and compiled once per change.

use std::sync::Arc;

use lr_core::decide::Config;
use lr_core::id::{ConfigId, WorkspaceId};
use lr_core::snapshot::{ConfigSource, SnapshotError};
use lr_store::error::StoreError;
use lr_store::workspace_tx::WorkspaceTx;
use moka::future::Cache;

use crate::ids::Ids;

/// Workspaces whose configuration is kept ready; the least used are dropped and read again.
const CACHED_WORKSPACES: u64 = 1_000;

/// Why a workspace cannot decide.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// No ruleset was ever published.
    #[error("the workspace has no rules in force")]
    NoRules,
    /// The stored one cannot be read.
    #[error("the stored configuration cannot be used")]
    Unreadable(#[from] SnapshotError),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A configuration and the id under which its bytes are stored.
#[derive(Debug)]
pub struct StoredConfig {
    /// The workspace's `config_version` that it is good for.
    version: i64,
    /// Named by every decision made from it.
    pub id: ConfigId,
    /// Ready to decide.
    pub config: Config,
}

/// The configurations at hand, by workspace.
#[derive(Clone)]
pub struct Configs(Cache<WorkspaceId, Arc<StoredConfig>>);

impl Default for Configs {
    fn default() -> Self {
        Self(Cache::new(CACHED_WORKSPACES))
    }
}

impl Configs {
    /// The configuration in force, which cannot change before `tx` ends.
    ///
    /// # Errors
    /// [`ConfigError::NoRules`] before the first publication.
    pub async fn hold(
        &self,
        tx: &mut WorkspaceTx,
        ids: &Ids,
    ) -> Result<Arc<StoredConfig>, ConfigError> {
        let version = tx.hold_config_version().await?;
        if let Some(cached) = self.0.get(&tx.workspace()).await
            && cached.version == version
        {
            return Ok(cached);
        }
        let source = tx.config().await?.ok_or(ConfigError::NoRules)?;
        let id = tx.keep_config(ConfigId::new(ids.make()), &source.encode()).await?;
        Ok(Arc::new(StoredConfig { version, id, config: source.check()? }))
    }

    /// Keeps a configuration at hand, once the transaction that held it has committed: before that
    /// its stored bytes may still be undone.
    pub async fn keep(&self, workspace: WorkspaceId, config: Arc<StoredConfig>) {
        self.0.insert(workspace, config).await;
    }
}

/// The configuration that a past decision was made from.
pub(crate) async fn stored(tx: &mut WorkspaceTx, id: ConfigId) -> Result<Config, ConfigError> {
    let body = tx.config_body(id).await?.ok_or(SnapshotError::Empty)?;
    Ok(ConfigSource::decode(&body)?.check()?)
}
