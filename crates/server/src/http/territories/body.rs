//! Territories as the API tells them.

use lr_app::territories::page::{Page, RowView};
use lr_app::territories::{Change, Imported};
use lr_core::territory::owner::Owner;
use lr_store::territories::TerritoryRow;
use serde::Serialize;
use utoipa::ToSchema;

/// The territories of a workspace.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Territories)]
pub struct TerritoriesBody {
    /// By name.
    items: Vec<TerritoryBody>,
}

/// A table that tells who owns which part of the market.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Territory)]
pub struct TerritoryBody {
    #[schema(example = "terr_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    id: String,
    name: String,
    /// Counts up by one with each change.
    version: u32,
    /// How its file is headed: the key columns, the most important first, then the others.
    #[schema(example = json!(["country", "postal_code", "owner"]))]
    headings: Vec<String>,
    rows: u32,
    #[schema(format = DateTime)]
    changed_at: String,
}

/// What became of a file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TerritoryImport)]
pub struct TerritoryImportBody {
    /// The territory as it is now, or would be.
    territory: TerritoryBody,
    change: TerritoryChangeBody,
    /// Whether nothing was done.
    dry_run: bool,
}

/// What a file changed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TerritoryChange)]
pub enum TerritoryChangeBody {
    /// A territory was made.
    Created,
    /// It has another table.
    Replaced,
    /// It had the same table.
    Same,
}

/// Rows of a territory.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TerritoryRows)]
pub struct TerritoryRowsBody {
    /// In their order.
    items: Vec<TerritoryRowBody>,
    /// The `cursor` of the next page; null at the end.
    #[schema(required)]
    next_cursor: Option<String>,
}

/// A row of a territory.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TerritoryTableRow)]
pub struct TerritoryRowBody {
    /// The line of the file that it came from.
    line: u32,
    /// The cells of the key columns; several values have `;` between, and a blank cell fits every lead.
    cells: Vec<String>,
    owner: TerritoryOwnerBody,
    /// The first day on which it is in force, by the calendar of UTC; null is always before.
    #[schema(required, format = Date)]
    from: Option<String>,
    /// The first day on which it no longer is; null is never.
    #[schema(required, format = Date)]
    until: Option<String>,
}

/// Who owns a row.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TerritoryOwner)]
pub struct TerritoryOwnerBody {
    kind: TerritoryOwnerKindBody,
    id: String,
    name: String,
}

/// What owns a row.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TerritoryOwnerKind)]
pub enum TerritoryOwnerKindBody {
    /// A rep, if he passes the gates.
    Rep,
    /// The rep whose turn it is in a pool.
    Pool,
}

impl From<Vec<TerritoryRow>> for TerritoriesBody {
    fn from(rows: Vec<TerritoryRow>) -> Self {
        Self { items: rows.into_iter().map(TerritoryBody::from).collect() }
    }
}

impl From<TerritoryRow> for TerritoryBody {
    fn from(row: TerritoryRow) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name,
            version: row.version,
            headings: row.headings,
            rows: row.rows,
            changed_at: row.changed_at.to_string(),
        }
    }
}

impl TerritoryImportBody {
    /// What became of a file, or would.
    pub fn new(imported: Imported, dry_run: bool) -> Self {
        let change = match imported.change {
            Change::Created => TerritoryChangeBody::Created,
            Change::Replaced => TerritoryChangeBody::Replaced,
            Change::Same => TerritoryChangeBody::Same,
        };
        Self { territory: imported.territory.into(), change, dry_run }
    }
}

impl From<Page> for TerritoryRowsBody {
    fn from(page: Page) -> Self {
        let next_cursor = page.next.map(|next| next.to_string());
        Self { items: page.rows.into_iter().map(TerritoryRowBody::from).collect(), next_cursor }
    }
}

impl From<RowView> for TerritoryRowBody {
    fn from(row: RowView) -> Self {
        let (kind, id) = match row.owner {
            Owner::Rep(id) => (TerritoryOwnerKindBody::Rep, id.to_string()),
            Owner::Pool(id) => (TerritoryOwnerKindBody::Pool, id.to_string()),
        };
        let owner = TerritoryOwnerBody { kind, id, name: row.owner_name };
        Self { line: row.line, cells: row.cells, owner, from: row.from, until: row.until }
    }
}
