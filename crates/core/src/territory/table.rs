//! The table of a territory: checked, indexed, and in stored bytes.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::territory::cell::Value;
use crate::territory::column::Column;
use crate::territory::doubles;
use crate::territory::index::Index;
use crate::territory::owner::Owner;

/// Version of the stored form; a reader of an older one is kept for as long as such bytes exist.
pub const VERSION: u8 = 1;
/// Most key columns.
pub const MAX_COLUMNS: usize = 12;
/// Most rows.
pub const MAX_ROWS: usize = 200_000;
/// Most combinations of values in all rows: a row of three countries and two industries has six.
pub const MAX_COMBINATIONS: usize = 500_000;

/// One row: the leads that it is for, and who owns them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The line of the file that it came from, by which messages name it.
    pub line: u32,
    /// A cell for each column: values of which one must fit, or none for a blank cell.
    pub cells: Vec<Vec<Value>>,
    /// Who owns its leads.
    pub owner: Owner,
    /// The first day on which it is in force, by the calendar of UTC; `None` is always before.
    pub from: Option<Date>,
    /// The first day on which it no longer is; `None` is never.
    pub until: Option<Date>,
}

impl Row {
    /// Whether it is in force on `day`.
    pub fn is_in_force(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// The day on which something at `at` happens, by the calendar of UTC.
pub fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// Columns and rows that no two rows of contradict each other, ready to be asked.
///
/// Built by [`Table::check`] only.
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Row>,
    index: Index,
}

/// One thing that is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFault {
    /// The line of the file on which the row begins, from 1.
    pub line: u32,
    /// The heading of the column; `None` where the whole row is meant.
    pub column: Option<String>,
    /// What is wrong and what to do, in a sentence for the person who wrote the row.
    pub message: String,
}

/// Why stored bytes are no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Written by another engine.
    #[error("the stored territory has version {0}, this engine reads {VERSION}")]
    Version(u8),
    /// Damaged, or not what it is taken for.
    #[error("the stored territory cannot be read")]
    Damaged,
}

impl Table {
    /// Checks rows whose cells were read, and makes them ready to be asked.
    ///
    /// # Errors
    /// Every two rows that are for the same leads on the same day, and too much of anything. Never an
    /// empty list.
    pub fn check(columns: Vec<Column>, rows: Vec<Row>) -> Result<Self, Vec<RowFault>> {
        let faults = limits(&columns, &rows);
        if !faults.is_empty() {
            return Err(faults);
        }
        let index = Index::build(&columns, &rows);
        let faults = doubles::find(&index, &rows);
        if faults.is_empty() { Ok(Self { columns, rows, index }) } else { Err(faults) }
    }

    /// The key columns, the most important first.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The rows, in their order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The row that wins for `case`; `None` if no row is for it.
    pub fn find(&self, case: &Case) -> Option<&Row> {
        self.rows.get(self.index.find(&self.columns, &self.rows, case)?)
    }

    /// The stored form; equal tables give equal bytes.
    pub fn encode(&self) -> Vec<u8> {
        #[expect(clippy::expect_used, reason = "the types have nothing that postcard refuses")]
        postcard::to_extend(&(&self.columns, &self.rows), vec![VERSION])
            .expect("tables are encodable")
    }

    /// Reads the stored form back.
    pub fn decode(bytes: &[u8]) -> Result<Self, TableError> {
        let (version, rest) = bytes.split_first().ok_or(TableError::Damaged)?;
        if *version != VERSION {
            return Err(TableError::Version(*version));
        }
        let (columns, rows) = postcard::from_bytes(rest).map_err(|_| TableError::Damaged)?;
        Self::check(columns, rows).map_err(|_| TableError::Damaged)
    }
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.columns == other.columns && self.rows == other.rows
    }
}

impl Eq for Table {}

impl fmt::Debug for Table {
    /// Tells how large it is: its rows would fill books.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("columns", &self.columns)
            .field("rows", &self.rows.len())
            .finish_non_exhaustive()
    }
}

/// What is too much, before anything is built from it.
fn limits(columns: &[Column], rows: &[Row]) -> Vec<RowFault> {
    let fault = |line, message| vec![RowFault { line, column: None, message }];
    if columns.is_empty() || columns.len() > MAX_COLUMNS {
        let found = columns.len();
        return fault(
            1,
            format!("There are {found} key columns; have 1 to {MAX_COLUMNS} of them."),
        );
    }
    if rows.len() > MAX_ROWS {
        let found = rows.len();
        return fault(1, format!("There are {found} rows; the most is {MAX_ROWS}."));
    }
    let mut combinations = 0_usize;
    for row in rows {
        if row.cells.len() != columns.len() {
            let message = "The row does not have a cell for each column.".to_owned();
            return fault(row.line, message);
        }
        let counts = row.cells.iter().map(|cell| cell.len().max(1));
        let of_row = counts.fold(1_usize, usize::saturating_mul);
        combinations = combinations.saturating_add(of_row);
        if combinations > MAX_COMBINATIONS {
            let message = format!(
                "Up to here the rows combine to more than {MAX_COMBINATIONS} keys, {of_row} of them \
                 in this row; leave cells blank that need not be filled, or write fewer values."
            );
            return fault(row.line, message);
        }
    }
    Vec::new()
}
