//! Why a row won, and why others did not: row by row, in data and in words.
//!
//! Recomputed when somebody asks, by asking every row; deciding never comes here.

use jiff::civil::Date;
use serde::Serialize;

use crate::case::Case;
use crate::normalise::country::{Country, State};
use crate::rules::field::Field;
use crate::territory::Territory;
use crate::territory::cell::{self, Value};
use crate::territory::column::{Asked, Column, Matching};
use crate::territory::fit::Fit;
use crate::territory::owner::Owner;
use crate::territory::table::{self, Row, Table};

/// Most rows that are told beside the one that won.
pub const MAX_OTHERS: usize = 5;
/// Most values of a cell that are named.
const SHOWN_VALUES: usize = 10;

/// Why a territory gave the row it gave, or none.
///
/// Holds values of the lead, which may be personal: for the screen, not for the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Why {
    /// The row that won; `None` if no row is for the case.
    pub winner: Option<RowWhy>,
    /// Others that are for the case too, the next in line first; where none is, those that come
    /// nearest, with the fewest cells that do not fit.
    pub others: Vec<RowWhy>,
    /// Rows that are for the case, the winner among them.
    pub fitting: usize,
    /// All of it in a sentence or two.
    pub words: String,
}

/// What a row came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowWhy {
    /// The line of the file that the row came from.
    pub line: u32,
    /// Who owns it.
    pub owner: Owner,
    /// Whether it is in force on the day.
    pub in_force: bool,
    /// What each column came to.
    pub cells: Vec<CellWhy>,
    /// In words: for the winner what it says of the lead, else why it did not win.
    pub words: String,
}

/// What a cell of a row came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellWhy {
    /// The field's stored name.
    pub field: String,
    /// The field's name as shown.
    pub label: String,
    /// What the cell says; `None` is a blank cell, which fits everything.
    pub expected: Option<String>,
    /// What the lead has; `None` when it has nothing.
    pub actual: Option<String>,
    /// Whether that fits.
    pub fits: bool,
}

/// A row with how its cells fit; `None` for those that do not.
struct Judged<'a> {
    place: usize,
    row: &'a Row,
    fits: Vec<Option<Fit>>,
    in_force: bool,
}

impl Judged<'_> {
    /// The tighter before the wider, and both before what does not fit, in the order of the columns.
    fn order(&self) -> impl Iterator<Item = (bool, Option<Fit>)> {
        self.fits.iter().map(|fit| (fit.is_none(), *fit))
    }

    /// Cells that do not fit, and one more for a day on which it is not in force.
    fn misses(&self) -> usize {
        self.fits.iter().filter(|fit| fit.is_none()).count() + usize::from(!self.in_force)
    }
}

impl Territory {
    /// What a row says of its leads, such as `Country is Germany (DE)`; of no row, how the nearest
    /// one misses `case`.
    pub fn words(&self, row: Option<&Row>, case: &Case) -> String {
        row.map_or_else(|| self.why(case).words, |row| filled(&self.table, row))
    }

    /// Why [`Self::find`] gives what it gives for `case`.
    ///
    /// Asks every row: some milliseconds for 100,000 of them.
    pub fn why(&self, case: &Case) -> Why {
        let table = &*self.table;
        let day = table::day(case.at);
        let asked: Vec<_> = table.columns().iter().map(|column| column.asks(case)).collect();
        let mut judged: Vec<_> = judge(table, &asked, day).collect();
        let fitting = judged.iter().filter(|row| row.misses() == 0).count();
        // The tightest first among those that fit; then those with the fewest misses.
        judged.sort_by(|one, other| {
            let misses = one.misses().cmp(&other.misses());
            misses.then_with(|| one.order().cmp(other.order())).then(one.place.cmp(&other.place))
        });
        let mut rows = judged.iter();
        let best = if fitting > 0 { rows.next() } else { None };
        let others = if fitting > 0 { fitting.saturating_sub(1) } else { judged.len() };
        let row_why = |judged: &Judged<'_>, words: String| RowWhy {
            line: judged.row.line,
            owner: judged.row.owner,
            in_force: judged.in_force,
            cells: cells(table, judged, &asked),
            words,
        };
        let winner = best.map(|best| row_why(best, filled(table, best.row)));
        let others: Vec<_> = rows
            .take(others.min(MAX_OTHERS))
            .map(|other| row_why(other, lost(table, other, best, &asked)))
            .collect();
        let words = sentence(&self.name, winner.as_ref(), &others, fitting);
        Why { winner, others, fitting, words }
    }
}

fn judge<'a>(
    table: &'a Table,
    asked: &'a [Option<Asked>],
    day: Date,
) -> impl Iterator<Item = Judged<'a>> {
    table.rows().iter().enumerate().map(move |(place, row)| {
        let cells = row.cells.iter().zip(table.columns()).zip(asked);
        let fits = cells.map(|((cell, column), asked)| cell::fit(cell, column, asked.as_ref()));
        Judged { place, row, fits: fits.collect(), in_force: row.is_in_force(day) }
    })
}

fn cells(table: &Table, judged: &Judged<'_>, asked: &[Option<Asked>]) -> Vec<CellWhy> {
    let columns = table.columns().iter().zip(&judged.row.cells).zip(asked).zip(&judged.fits);
    columns
        .map(|(((column, cell), asked), fit)| CellWhy {
            field: column.field().name().into_owned(),
            label: column.field().label().into_owned(),
            expected: (!cell.is_empty()).then(|| expected(column, cell)),
            actual: asked.as_ref().map(|asked| actual(column, asked)),
            fits: fit.is_some(),
        })
        .collect()
}

/// What a row says of the leads that it is for.
fn filled(table: &Table, row: &Row) -> String {
    let cells = table.columns().iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty());
    let said = cells
        .map(|(column, cell)| format!("{} is {}", column.field().label(), expected(column, cell)));
    let said: Vec<_> = said.collect();
    if said.is_empty() { "it is for every lead".to_owned() } else { said.join(", ") }
}

/// Why a row did not win: what does not fit, or where the winner fits more tightly.
fn lost(
    table: &Table,
    judged: &Judged<'_>,
    best: Option<&Judged<'_>>,
    asked: &[Option<Asked>],
) -> String {
    let Some(best) = best else {
        let cells = cells(table, judged, asked);
        let misses = cells.iter().filter(|cell| !cell.fits).map(|cell| {
            let found = cell.actual.as_deref().unwrap_or("missing");
            let needed = cell.expected.as_deref().unwrap_or("anything");
            format!("{} is {found}, needed: {needed}", cell.label)
        });
        let days = (!judged.in_force).then(|| "it is not in force on that day".to_owned());
        return misses.chain(days).collect::<Vec<_>>().join("; ");
    };
    let pairs = table.columns().iter().zip(best.fits.iter().zip(&judged.fits));
    let mut tighter = pairs.filter(|(_, (one, other))| one != other);
    match tighter.next() {
        Some((column, (_, Some(Fit::Any)))) => {
            format!("its {} is blank, which is less telling", column.field().label())
        }
        Some((column, (_, Some(Fit::Prefix(_))))) => {
            format!("its {} is a shorter prefix", column.field().label())
        }
        Some((column, _)) => format!("its {} is a wider range", column.field().label()),
        None => "it fits as tightly, but stands further down".to_owned(),
    }
}

fn sentence(name: &str, winner: Option<&RowWhy>, others: &[RowWhy], fitting: usize) -> String {
    match (winner, others.first()) {
        (Some(winner), Some(next)) => format!(
            "Of the {fitting} rows of {name} for this lead, the one on line {} is the tightest: {}. \
             Line {} comes next: {}.",
            winner.line, winner.words, next.line, next.words
        ),
        (Some(winner), None) => {
            let (line, words) = (winner.line, &winner.words);
            format!("Line {line} is the only row of {name} for this lead: {words}.")
        }
        (None, Some(nearest)) => format!(
            "No row of {name} is for this lead. Line {} comes nearest: {}.",
            nearest.line, nearest.words
        ),
        (None, None) => format!("{name} has no rows."),
    }
}

fn expected(column: &Column, cell: &[Value]) -> String {
    let values: Vec<_> = cell
        .iter()
        .take(SHOWN_VALUES)
        .map(|value| match value {
            Value::Text(text) => shown(column, text),
            Value::Span(span) => span.to_string(),
        })
        .collect();
    let list = values.join(" or ");
    let list = match column.matching() {
        Matching::Prefix => format!("one that begins with {list}"),
        Matching::Exact | Matching::Range => list,
    };
    match cell.len().saturating_sub(SHOWN_VALUES) {
        0 => list,
        more => format!("{list} or one of {more} more"),
    }
}

fn actual(column: &Column, asked: &Asked) -> String {
    match asked {
        Asked::Number(number) => number.to_string(),
        Asked::Text(text) => shown(column, text),
    }
}

/// A text as a sentence writes it: a place by its name and code, anything else quoted.
fn shown(column: &Column, text: &str) -> String {
    let code = text.to_ascii_uppercase();
    let country = || Country::from_code(&code).map(|found| (found.name(), found.code()));
    let state = || State::from_code(&code).map(|found| (found.name(), found.code()));
    let place = match column.field() {
        field if *field == Field::Country => country(),
        field if *field == Field::State => state(),
        _ => None,
    };
    place.map_or_else(|| format!("“{text}”"), |(name, code)| format!("{name} ({code})"))
}
