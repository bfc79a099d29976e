//! The wall between workspaces, checked in the catalogue of the database itself.

use sqlx::PgConnection;

use crate::error::StoreError;
use crate::system_tx::SystemTx;

/// A hole in the wall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    /// What is wrong, in words.
    pub rule: String,
    /// The table, view, function, policy or role it is wrong with.
    pub object: String,
}

/// Every hole in the database of `db`, whoever that is; none where the wall stands.
///
/// # Errors
/// As every query.
pub async fn holes(db: &mut PgConnection) -> Result<Vec<Hole>, StoreError> {
    let rows = sqlx::query_file!("src/verify/catalogue.sql").fetch_all(db).await?;
    let hole = rows.into_iter().map(|row| Hole {
        rule: row.rule.unwrap_or_default(),
        object: row.object.unwrap_or_default(),
    });
    Ok(hole.collect())
}

impl SystemTx {
    /// Every hole in the wall between workspaces.
    ///
    /// # Errors
    /// As every query.
    pub async fn holes_in_the_wall(&mut self) -> Result<Vec<Hole>, StoreError> {
        holes(self.connection()).await
    }
}
