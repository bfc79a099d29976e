//! The rows that a rep owns, in every territory: found, and given to somebody else.

use std::sync::Arc;

use jiff::civil::Date;
use lr_core::id::{RepId, TerritoryId, WorkspaceId};
use lr_core::territory::owner::Owner;
use lr_core::territory::table::{Row, Table, TableError, day};
use lr_store::territories::TerritoryRow;
use lr_store::workspace_tx::WorkspaceTx;
use tokio::task::spawn_blocking;

use crate::configs::ConfigError;
use crate::context::App;
use crate::route::Named;
use crate::territories::{TerritoryError, entry, table};

/// Lines of a territory that are named; the count is of all.
const LISTED: usize = 20;

/// The rows of a territory that a rep owns, without those whose time is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedRows {
    /// The territory.
    pub territory: Named<TerritoryId>,
    /// How many rows.
    pub rows: usize,
    /// The lines of the first of them, at most [`LISTED`].
    pub lines: Vec<u32>,
}

/// The rows of `rep` in every territory, by the names of these.
pub(crate) async fn owned(
    app: &App,
    tx: &mut WorkspaceTx,
    rep: RepId,
) -> Result<Vec<OwnedRows>, TerritoryError> {
    let today = day(app.clock.now());
    let mut owned = Vec::new();
    for territory in tx.territories().await? {
        let (_, table) = table(app, tx, territory.id).await?;
        owned.extend(rows_of(&territory, &table, rep, today));
    }
    Ok(owned)
}

/// Gives the rows of `rep` in every territory to `to`: all of them, or none. Done again, it finds
/// nothing to do. `None` if `workspace` has no such rep.
///
/// # Errors
/// [`TerritoryError::Owner`] if `to` cannot own them, [`TerritoryError::Moved`] if somebody changes
/// one of the territories meanwhile.
pub async fn hand_over(
    app: &App,
    workspace: WorkspaceId,
    actor: &str,
    rep: RepId,
    to: Owner,
) -> Result<Option<Vec<OwnedRows>>, TerritoryError> {
    let mut tx = app.store.begin(workspace).await?;
    let reps = tx.config_reps().await?;
    if !reps.contains_key(&rep) {
        return Ok(None);
    }
    let fits = match to {
        Owner::Rep(to) => to != rep && reps.get(&to).is_some_and(|rep| rep.active),
        Owner::Pool(to) => tx.pools().await?.iter().any(|pool| pool.id == to),
    };
    if !fits {
        return Err(TerritoryError::Owner);
    }
    let today = day(app.clock.now());
    let (mut moved, mut tables) = (Vec::new(), Vec::new());
    for before in tx.territories().await? {
        let (_, table) = table(app, &mut tx, before.id).await?;
        let Some(rows) = rows_of(&before, &table, rep, today) else { continue };
        let (table, body) = spawn_blocking(move || given(&table, rep, to, today)).await??;
        let digest = tx.keep_table(&body).await?;
        let version = before.version.saturating_add(1);
        let changed_at = app.clock.now();
        let after = TerritoryRow { version, table: digest, changed_at, ..before.clone() };
        tx.replace_territory(&after).await?;
        tx.add_audit_entry(&entry(app, actor.to_owned(), Some(&before), Some(&after))).await?;
        moved.push(rows);
        tables.push((digest, table));
    }
    tx.commit().await?;
    for (digest, table) in tables {
        app.configs.keep_table(workspace, digest, table).await;
    }
    Ok(Some(moved))
}

/// What `rep` owns of a table; `None` if nothing.
fn rows_of(territory: &TerritoryRow, table: &Table, rep: RepId, today: Date) -> Option<OwnedRows> {
    let owned = || table.rows().iter().filter(|row| is_his(row, rep, today));
    let lines: Vec<_> = owned().map(|row| row.line).take(LISTED).collect();
    let territory = Named { id: territory.id, name: territory.name.clone() };
    (!lines.is_empty()).then(|| OwnedRows { territory, rows: owned().count(), lines })
}

fn is_his(row: &Row, rep: RepId, today: Date) -> bool {
    row.owner == Owner::Rep(rep) && row.until.is_none_or(|until| today < until)
}

/// The table with the rows of `rep` given to `to`, and its stored form.
fn given(
    table: &Table,
    rep: RepId,
    to: Owner,
    today: Date,
) -> Result<(Arc<Table>, Vec<u8>), ConfigError> {
    let rows = table.rows().iter().cloned().map(|row| {
        let owner = if is_his(&row, rep, today) { to } else { row.owner };
        Row { owner, ..row }
    });
    // Who owns a row has no part in what rows contradict each other.
    let given = Table::check(table.columns().to_vec(), rows.collect());
    let given = given.map_err(|_| TableError::Damaged)?;
    let body = given.encode();
    Ok((Arc::new(given), body))
}
