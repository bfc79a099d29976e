//! How far each file has been taken in.

use jiff::Timestamp;
use lr_core::id::{ImportId, SourceId};

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// How far one import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// Rows taken in, one way or the other; the next one continues here.
    pub rows_done: u64,
    /// Rows that became leads.
    pub accepted: u64,
    /// Rows that were refused.
    pub rejected: u64,
    /// When its first run began.
    pub started_at: Timestamp,
    /// Whether it has come to the file's end.
    pub finished: bool,
}

/// A file to be taken in.
#[derive(Debug, Clone, Copy)]
pub struct ImportFile<'a> {
    /// The source that its leads name.
    pub source: SourceId,
    /// The file's name, to be shown.
    pub name: &'a str,
    /// SHA-256 of its bytes: the same file goes on where it stopped.
    pub digest: &'a [u8; 32],
}

impl WorkspaceTx {
    /// Begins an import, or finds how far the same file from the same source came before.
    pub async fn begin_import(
        &mut self,
        id: ImportId,
        file: ImportFile<'_>,
    ) -> Result<Import, StoreError> {
        let (db, workspace) = self.parts();
        sqlx::query!(
            "insert into imports (workspace_id, id, source_id, file_name, file_digest)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, source_id, file_digest) do nothing",
            workspace,
            id.uuid(),
            file.source.uuid(),
            file.name,
            file.digest.as_slice()
        )
        .execute(&mut *db)
        .await?;
        let row = sqlx::query!(
            r#"select id, rows_done, accepted, rejected, started_at,
                    finished_at is not null as "finished!"
             from imports
             where workspace_id = $1 and source_id = $2 and file_digest = $3"#,
            workspace,
            file.source.uuid(),
            file.digest.as_slice()
        )
        .fetch_one(db)
        .await?;
        let count = |rows| u64::try_from(rows).map_err(StoreError::corrupt("import"));
        Ok(Import {
            id: ImportId::new(row.id),
            rows_done: count(row.rows_done)?,
            accepted: count(row.accepted)?,
            rejected: count(row.rejected)?,
            started_at: row.started_at.to_jiff(),
            finished: row.finished,
        })
    }

    /// Moves an import on from `rows_done`, in the transaction that takes its rows in.
    ///
    /// False if it is not there any more: somebody else takes in the same rows.
    pub async fn advance_import(
        &mut self,
        import: ImportId,
        rows_done: u64,
        accepted: u64,
        rejected: u64,
    ) -> Result<bool, StoreError> {
        let (db, workspace) = self.parts();
        let count = |rows| i64::try_from(rows).map_err(StoreError::corrupt("import"));
        let advanced = sqlx::query!(
            "update imports set rows_done = rows_done + $4 + $5, accepted = accepted + $4,
                 rejected = rejected + $5
             where workspace_id = $1 and id = $2 and rows_done = $3",
            workspace,
            import.uuid(),
            count(rows_done)?,
            count(accepted)?,
            count(rejected)?
        );
        Ok(advanced.execute(db).await?.rows_affected() > 0)
    }

    /// Notes that a file was taken in to its end.
    pub async fn finish_import(&mut self, import: ImportId) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        sqlx::query!(
            "update imports set finished_at = coalesce(finished_at, now())
             where workspace_id = $1 and id = $2",
            workspace,
            import.uuid()
        )
        .execute(db)
        .await?;
        Ok(())
    }
}
