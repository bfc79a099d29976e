//! Territories, and their tables: stored once per distinct table.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::id::TerritoryId;
use lr_core::snapshot::{TableDigest, TerritorySource};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// A territory as lists show it, without its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerritoryRow {
    /// Its id.
    pub id: TerritoryId,
    /// Its name, unique in the workspace.
    pub name: String,
    /// Counts up by one with each change.
    pub version: u32,
    /// Which table it has.
    pub table: TableDigest,
    /// How its file is headed.
    pub headings: Vec<String>,
    /// How many rows it has.
    pub rows: u32,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// The territory is not of the version that the change was made to, or is gone.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceError {
    /// Somebody changed it in the meantime.
    #[error("the territory has moved on")]
    Moved,
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl WorkspaceTx {
    /// Every territory, by name.
    pub async fn territories(&mut self) -> Result<Vec<TerritoryRow>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query_as!(
            Stored,
            "select id, name, version, digest, headings, row_count, changed_at from territories
             where workspace_id = $1 order by name, id",
            workspace
        );
        rows.fetch_all(db).await?.into_iter().map(TerritoryRow::try_from).collect()
    }

    /// A territory; `None` if there is none.
    pub async fn territory(&mut self, id: TerritoryId) -> Result<Option<TerritoryRow>, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query_as!(
            Stored,
            "select id, name, version, digest, headings, row_count, changed_at from territories
             where workspace_id = $1 and id = $2",
            workspace,
            id.uuid()
        );
        row.fetch_optional(db).await?.map(TerritoryRow::try_from).transpose()
    }

    /// The territory of this name; `None` if there is none.
    pub async fn territory_named(
        &mut self,
        name: &str,
    ) -> Result<Option<TerritoryRow>, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query_as!(
            Stored,
            "select id, name, version, digest, headings, row_count, changed_at from territories
             where workspace_id = $1 and name = $2",
            workspace,
            name
        );
        row.fetch_optional(db).await?.map(TerritoryRow::try_from).transpose()
    }

    /// Stores a table's bytes unless they are there; gives the digest by which they are found.
    pub async fn keep_table(&mut self, body: &[u8]) -> Result<TableDigest, StoreError> {
        let (db, workspace) = self.parts();
        let digest: TableDigest = Sha256::digest(body).into();
        sqlx::query!(
            "insert into territory_bodies (workspace_id, digest, body) values ($1, $2, $3)
             on conflict (workspace_id, digest) do nothing",
            workspace,
            digest.as_slice(),
            body
        )
        .execute(db)
        .await?;
        Ok(digest)
    }

    /// The bytes of a stored table.
    pub async fn table_body(
        &mut self,
        digest: &TableDigest,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query!(
            "select body from territory_bodies where workspace_id = $1 and digest = $2",
            workspace,
            digest.as_slice()
        );
        Ok(row.fetch_optional(db).await?.map(|row| row.body))
    }

    /// Adds a territory whose table is stored.
    ///
    /// # Errors
    /// The constraint `territories_workspace_id_name_key` if another has its name.
    pub async fn add_territory(&mut self, territory: &TerritoryRow) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        sqlx::query!(
            "insert into territories
                 (workspace_id, id, name, version, digest, headings, row_count, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            workspace,
            territory.id.uuid(),
            territory.name,
            number(territory.version)?,
            territory.table.as_slice(),
            &territory.headings,
            number(territory.rows)?,
            territory.changed_at.to_sqlx()
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// Gives a territory another table; `territory.version` follows the version that is replaced.
    ///
    /// # Errors
    /// [`ReplaceError::Moved`] for the second of two who replace it at once.
    pub async fn replace_territory(
        &mut self,
        territory: &TerritoryRow,
    ) -> Result<(), ReplaceError> {
        let (db, workspace) = self.parts();
        let version = number(territory.version)?;
        let replaced = sqlx::query!(
            "update territories
             set version = $3, digest = $4, headings = $5, row_count = $6, changed_at = $7
             where workspace_id = $1 and id = $2 and version = $3 - 1",
            workspace,
            territory.id.uuid(),
            version,
            territory.table.as_slice(),
            &territory.headings,
            number(territory.rows)?,
            territory.changed_at.to_sqlx()
        );
        let replaced = replaced.execute(db).await.map_err(StoreError::from)?;
        if replaced.rows_affected() == 1 { Ok(()) } else { Err(ReplaceError::Moved) }
    }

    /// Removes a territory; its tables stay for the decisions that were made from them. False if
    /// there is none.
    pub async fn remove_territory(&mut self, id: TerritoryId) -> Result<bool, StoreError> {
        let (db, workspace) = self.parts();
        let removed = sqlx::query!(
            "delete from territories where workspace_id = $1 and id = $2",
            workspace,
            id.uuid()
        );
        Ok(removed.execute(db).await?.rows_affected() == 1)
    }

    /// Every territory as a configuration names it.
    pub async fn config_territories(
        &mut self,
    ) -> Result<BTreeMap<TerritoryId, TerritorySource>, StoreError> {
        let rows = self.territories().await?.into_iter();
        Ok(rows.map(|row| (row.id, TerritorySource { name: row.name, table: row.table })).collect())
    }
}

/// A row as the database gives it.
struct Stored {
    id: uuid::Uuid,
    name: String,
    version: i32,
    digest: Vec<u8>,
    headings: Vec<String>,
    row_count: i32,
    changed_at: jiff_sqlx::Timestamp,
}

impl TryFrom<Stored> for TerritoryRow {
    type Error = StoreError;

    fn try_from(row: Stored) -> Result<Self, StoreError> {
        let table = row.digest.try_into().map_err(|_| StoreError::Corrupt {
            what: "territory",
            source: "its digest has not 32 bytes".into(),
        })?;
        Ok(Self {
            id: TerritoryId::new(row.id),
            name: row.name,
            version: u32::try_from(row.version).map_err(StoreError::corrupt("territory"))?,
            table,
            headings: row.headings,
            rows: u32::try_from(row.row_count).map_err(StoreError::corrupt("territory"))?,
            changed_at: row.changed_at.to_jiff(),
        })
    }
}

fn number(count: u32) -> Result<i32, StoreError> {
    i32::try_from(count).map_err(StoreError::corrupt("territory"))
}
