//! A territory's rows as people look at them, a page at a time.

use std::collections::BTreeMap;

use lr_core::id::{TerritoryId, WorkspaceId};
use lr_core::territory::owner::Owner;
use lr_core::territory::write::written;
use lr_store::workspace_tx::WorkspaceTx;

use crate::context::App;
use crate::territories::{TerritoryError, table};

/// Some rows of a territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The rows, in their order.
    pub rows: Vec<RowView>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<usize>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowView {
    /// The line of the file that it came from.
    pub line: u32,
    /// The cells of the key columns, as their file has them.
    pub cells: Vec<String>,
    /// Who owns it.
    pub owner: Owner,
    /// What the owner is called; the id if nobody of it is left.
    pub owner_name: String,
    /// The first day on which it is in force, such as `2026-01-31`.
    pub from: Option<String>,
    /// The first day on which it no longer is.
    pub until: Option<String>,
}

/// The rows of a territory from the one at `from`, counted from 0, at most `limit` of them.
///
/// # Errors
/// [`TerritoryError::Missing`] if there is no such territory.
pub async fn rows(
    app: &App,
    workspace: WorkspaceId,
    id: TerritoryId,
    from: usize,
    limit: usize,
) -> Result<Page, TerritoryError> {
    let mut tx = app.store.begin(workspace).await?;
    let (_, table) = table(app, &mut tx, id).await?;
    let names = names(&mut tx).await?;
    let rows = table.rows().iter().skip(from).take(limit).map(|row| RowView {
        line: row.line,
        cells: row.cells.iter().map(Vec::as_slice).map(written).collect(),
        owner: row.owner,
        owner_name: names.get(&row.owner).cloned().unwrap_or_else(|| match row.owner {
            Owner::Rep(id) => id.to_string(),
            Owner::Pool(id) => id.to_string(),
        }),
        from: row.from.map(|day| day.to_string()),
        until: row.until.map(|day| day.to_string()),
    });
    let rows: Vec<_> = rows.collect();
    let next = from.saturating_add(rows.len());
    Ok(Page { rows, next: (next < table.rows().len()).then_some(next) })
}

async fn names(tx: &mut WorkspaceTx) -> Result<BTreeMap<Owner, String>, TerritoryError> {
    let reps = tx.reps().await?.into_iter().map(|rep| (Owner::Rep(rep.id), rep.name));
    let pools = tx.pools().await?.into_iter().map(|pool| (Owner::Pool(pool.id), pool.name));
    Ok(reps.chain(pools).collect())
}
