//! Territories: tables that tell who owns which part of the market.
//!
//! ```text
//! headings, records ─ heading, read ─▶ Column, Row ─ table ─▶ Table ─ index ─▶ the row of a case
//! ```
//!
//! A row is for a case when each of its filled cells fits the case's value; a blank cell fits every
//! case, even one without a value. Several rows may be for one case. **The tightest wins**: rows are
//! compared column by column, in the table's order, and the first column in which they fit
//! differently decides ([`fit::Fit`]):
//!
//! 1. a value that is equal, before a blank cell;
//! 2. a longer prefix before a shorter one, before a blank cell;
//! 3. a narrower range before a wider one, before a blank cell;
//! 4. where two rows fit alike in every column, the earlier row.
//!
//! So columns stand in the order of their importance: a table whose first column is the company's
//! domain gives a named account to its owner whatever the country says.
//!
//! A row may have a first day and a day on which it is no longer in force, both by the calendar of
//! UTC; outside them it is as if it were not there.

pub mod column;
pub mod fit;
pub mod cell;
pub mod owner;
pub mod heading;
pub mod read;
pub mod table;
mod doubles;
mod index;
pub mod why;
pub mod write;

use std::sync::Arc;

use crate::case::Case;
use crate::id::TerritoryId;
use crate::territory::table::{Row, Table};

/// A table under the name by which rules know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Territory {
    /// Its id.
    pub id: TerritoryId,
    /// Shown wherever it is named.
    pub name: String,
    /// Its columns and rows.
    pub table: Arc<Table>,
}

impl Territory {
    /// The row that wins for `case`; `None` if no row is for it.
    pub fn find(&self, case: &Case) -> Option<&Row> {
        self.table.find(case)
    }
}
