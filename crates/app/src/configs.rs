//! Each workspace's configuration, checked and compiled once per change.

use std::collections::BTreeMap;
use std::sync::Arc;

use lr_core::decide::Config;
use lr_core::id::{ConfigId, TerritoryId, WorkspaceId};
use lr_core::rules::terms::Terms;
use lr_core::snapshot::{
    ConfigSource, SnapshotError, TableDigest, Tables, TerritorySource, territories,
};
use lr_core::territory::table::{Table, TableError};
use lr_store::error::StoreError;
use lr_store::workspace_tx::WorkspaceTx;
use moka::future::Cache;
use tokio::task::{JoinError, spawn_blocking};

use crate::ids::Ids;

/// Workspaces whose configuration is kept ready; the least used are dropped and read again.
const CACHED_WORKSPACES: u64 = 1_000;

/// Rows of territories that are kept ready, over all workspaces; a row takes some 200 bytes.
const CACHED_ROWS: u64 = 5_000_000;

/// Why a workspace cannot decide.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// No ruleset was ever published.
    #[error("the workspace has no rules in force")]
    NoRules,
    /// The stored one cannot be read.
    #[error("the stored configuration cannot be used")]
    Unreadable(#[from] SnapshotError),
    /// A territory's stored table cannot be read.
    #[error("the stored table of a territory cannot be used")]
    Table(#[from] TableError),
    /// The thread that read it has stopped by itself.
    #[error("the reader of a territory's table has stopped")]
    Reader(#[from] JoinError),
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

/// The configurations at hand, by workspace, and the tables of their territories.
#[derive(Clone)]
pub struct Configs {
    ready: Cache<WorkspaceId, Arc<StoredConfig>>,
    /// A table never changes under its digest, so these serve old configurations as well.
    tables: Cache<(WorkspaceId, TableDigest), Arc<Table>>,
}

impl Default for Configs {
    fn default() -> Self {
        let rows =
            |table: &Arc<Table>| u32::try_from(table.rows().len()).unwrap_or(u32::MAX).max(1);
        let tables = Cache::builder().max_capacity(CACHED_ROWS);
        Self {
            ready: Cache::new(CACHED_WORKSPACES),
            tables: tables.weigher(move |_, table| rows(table)).build(),
        }
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
        if let Some(cached) = self.ready.get(&tx.workspace()).await
            && cached.version == version
        {
            return Ok(cached);
        }
        let source = tx.config().await?.ok_or(ConfigError::NoRules)?;
        let id = tx.keep_config(ConfigId::new(ids.make()), &source.encode()).await?;
        let tables = self.tables_of(tx, &source.territories).await?;
        Ok(Arc::new(StoredConfig { version, id, config: source.check(&tables)? }))
    }

    /// Keeps a configuration at hand, once the transaction that held it has committed: before that
    /// its stored bytes may still be undone.
    pub async fn keep(&self, workspace: WorkspaceId, config: Arc<StoredConfig>) {
        self.ready.insert(workspace, config).await;
    }

    /// The configuration that a past decision was made from.
    pub(crate) async fn stored(
        &self,
        tx: &mut WorkspaceTx,
        id: ConfigId,
    ) -> Result<Config, ConfigError> {
        let body = tx.config_body(id).await?.ok_or(SnapshotError::Empty)?;
        let source = ConfigSource::decode(&body)?;
        let tables = self.tables_of(tx, &source.territories).await?;
        Ok(source.check(&tables)?)
    }

    /// What a ruleset that somebody writes now is checked against.
    pub(crate) async fn terms(&self, tx: &mut WorkspaceTx) -> Result<Terms, ConfigError> {
        let sources = tx.config_territories().await?;
        let tables = self.tables_of(tx, &sources).await?;
        let territories = territories(&sources, &tables)?;
        Ok(Terms { attributes: tx.attribute_types().await?, territories })
    }

    /// A stored table, ready to be asked; `None` if there is none of this digest.
    pub(crate) async fn table(
        &self,
        tx: &mut WorkspaceTx,
        digest: TableDigest,
    ) -> Result<Option<Arc<Table>>, ConfigError> {
        let key = (tx.workspace(), digest);
        if let Some(table) = self.tables.get(&key).await {
            return Ok(Some(table));
        }
        let Some(body) = tx.table_body(&digest).await? else { return Ok(None) };
        // Indexing a large one takes long enough to keep others from this thread.
        let table = Arc::new(spawn_blocking(move || Table::decode(&body)).await??);
        self.tables.insert(key, Arc::clone(&table)).await;
        Ok(Some(table))
    }

    /// Keeps a table at hand that was stored under this digest.
    pub(crate) async fn keep_table(
        &self,
        workspace: WorkspaceId,
        digest: TableDigest,
        table: Arc<Table>,
    ) {
        self.tables.insert((workspace, digest), table).await;
    }

    /// The tables that the territories of `source` have.
    pub(crate) async fn tables_of(
        &self,
        tx: &mut WorkspaceTx,
        territories: &BTreeMap<TerritoryId, TerritorySource>,
    ) -> Result<Tables, ConfigError> {
        let mut tables = Tables::new();
        for territory in territories.values() {
            if let Some(table) = self.table(tx, territory.table).await? {
                tables.insert(territory.table, table);
            }
        }
        Ok(tables)
    }
}
