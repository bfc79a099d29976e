//! From a file's records to a table, or to everything that is wrong with them.

use jiff::civil::Date;

use crate::normalise::country::Country;
use crate::record::Record;
use crate::rules::field::Field;
use crate::territory::cell::{self, Value};
use crate::territory::column::Column;
use crate::territory::heading::{self, Heading};
use crate::territory::owner::{Directory, Owner};
use crate::territory::table::{MAX_ROWS, Row, RowFault, Table};

/// Most faults that are told; the others are counted.
pub const MAX_FAULTS: usize = 1_000;

/// What is wrong with a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// The first [`MAX_FAULTS`], in the order of the lines.
    pub told: Vec<RowFault>,
    /// How many there are in all.
    pub total: usize,
}

impl Faults {
    fn add(&mut self, line: u32, column: Option<&str>, message: String) {
        self.total += 1;
        if self.told.len() < MAX_FAULTS {
            let column = column.map(str::to_owned);
            self.told.push(RowFault { line, column, message });
        }
    }
}

/// Reads a table: `header` names the columns, `records` are the rows.
///
/// Records without any value are passed over, as spreadsheets write them below a table.
///
/// # Errors
/// Everything that is wrong: nothing of a file with a fault is taken.
pub fn read(
    header: &Record,
    records: impl IntoIterator<Item = Record>,
    directory: &Directory,
) -> Result<Table, Faults> {
    let mut faults = Faults::default();
    let layout = Layout::read(header, &mut faults);
    let Some(layout) = layout.filter(|_| faults.total == 0) else { return Err(faults) };
    let mut rows = Vec::new();
    for record in records {
        if rows.len() == MAX_ROWS {
            let message = format!("There are more than {MAX_ROWS} rows; split the table.");
            faults.add(record.line, None, message);
            return Err(faults);
        }
        rows.extend(layout.row(record, directory, &mut faults));
    }
    // Rows that can be read are compared with each other even where others cannot: all at once.
    match Table::check(layout.keys(), rows) {
        Ok(table) if faults.total == 0 => Ok(table),
        Ok(_) => Err(faults),
        Err(found) => {
            for fault in found {
                faults.add(fault.line, fault.column.as_deref(), fault.message);
            }
            Err(faults)
        }
    }
}

/// What the columns of a file hold.
struct Layout {
    columns: Vec<(String, Heading)>,
}

impl Layout {
    fn read(header: &Record, faults: &mut Faults) -> Option<Self> {
        let line = header.line;
        let names = match &header.values {
            Ok(names) => names,
            Err(why) => {
                faults.add(line, None, why.clone());
                return None;
            }
        };
        let mut columns: Vec<(String, Heading)> = Vec::with_capacity(names.len());
        for (index, name) in names.iter().enumerate() {
            let shown = shown(name, index);
            match heading::parse(name) {
                Ok(heading) if columns.iter().any(|(_, other)| *other == heading) => {
                    let message = "This column stands there twice; remove one of the two.";
                    faults.add(line, Some(&shown), message.to_owned());
                }
                Ok(heading) => columns.push((shown, heading)),
                Err(message) => faults.add(line, Some(&shown), message),
            }
        }
        let layout = Self { columns };
        if !layout.columns.iter().any(|(_, heading)| *heading == Heading::Owner) {
            let message = "There is no column `owner`; add one with a rep or a pool in each row.";
            faults.add(line, None, message.to_owned());
        }
        if faults.total == 0 && layout.keys().is_empty() {
            let message = "There is no key column; add one such as `country` or `postal_code`.";
            faults.add(line, None, message.to_owned());
        }
        Some(layout)
    }

    fn keys(&self) -> Vec<Column> {
        let keys = self.columns.iter().filter_map(|(_, heading)| match heading {
            Heading::Key(column) => Some(column.clone()),
            Heading::Owner | Heading::From | Heading::Until => None,
        });
        keys.collect()
    }

    /// The row of a record; `None` where there is none, with a fault unless the record is blank.
    fn row(&self, record: Record, directory: &Directory, faults: &mut Faults) -> Option<Row> {
        let line = record.line;
        let values = record.values.map_err(|why| faults.add(line, None, why)).ok()?;
        if values.iter().all(|value| value.trim().is_empty()) {
            return None;
        }
        let (found, expected) = (values.len(), self.columns.len());
        if found != expected {
            let message = format!(
                "The row has {found} values, but there are {expected} columns; put a value that \
                 contains the delimiter into quotes."
            );
            faults.add(line, None, message);
            return None;
        }
        let before = faults.total;
        let row = self.cells(line, &values, directory, faults);
        row.filter(|_| faults.total == before)
    }

    /// The row; `None`, and a fault at least, where the owner is not known.
    fn cells(
        &self,
        line: u32,
        values: &[String],
        directory: &Directory,
        faults: &mut Faults,
    ) -> Option<Row> {
        let countries = self.countries(values);
        let mut cells = Vec::new();
        let (mut owner, mut from, mut until) = (None, None, None);
        for ((name, heading), raw) in self.columns.iter().zip(values) {
            let read = match heading {
                Heading::Key(column) => {
                    cell::parse(raw, column, &countries).map(|cell| cells.push(cell))
                }
                Heading::Owner => self::owner(raw, directory).map(|found| owner = Some(found)),
                Heading::From => date(raw).map(|day| from = day),
                Heading::Until => date(raw).map(|day| until = day),
            };
            if let Err(message) = read {
                faults.add(line, Some(name), message);
            }
        }
        if from.zip(until).is_some_and(|(from, until)| until <= from) {
            let message = "The row ends before it begins: `until` is the first day on which it no \
                           longer holds, so it comes after `from`.";
            faults.add(line, None, message.to_owned());
        }
        Some(Row { line, cells, owner: owner?, from, until })
    }

    /// The countries of a row, as far as they can be read; what cannot is told with its own cell.
    fn countries(&self, values: &[String]) -> Vec<Country> {
        let mut cells = self.columns.iter().zip(values).filter_map(|((_, heading), raw)| {
            let Heading::Key(column) = heading else { return None };
            (*column.field() == Field::Country).then_some((column, raw))
        });
        let cell = cells.next().and_then(|(column, raw)| cell::parse(raw, column, &[]).ok());
        let codes = cell.into_iter().flatten().filter_map(|value| match value {
            Value::Text(code) => Country::from_code(&code),
            Value::Span(_) => None,
        });
        codes.collect()
    }
}

fn owner(raw: &str, directory: &Directory) -> Result<Owner, String> {
    if raw.trim().is_empty() {
        return Err(
            "The row has no owner; write a rep's e-mail address or the name of a pool.".into()
        );
    }
    directory.find(raw)
}

fn date(raw: &str) -> Result<Option<Date>, String> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Ok(None);
    }
    let plain = raw.len() == 10 && raw.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let day = plain.then(|| raw.parse().ok()).flatten();
    day.map(Some).ok_or_else(|| {
        let shown: String = raw.chars().take(40).collect();
        format!("`{shown}` is not a day; write it as year, month and day, such as 2026-01-31.")
    })
}

fn shown(name: &str, index: usize) -> String {
    let name: String = name.trim().chars().take(64).collect();
    if name.is_empty() { format!("column {}", index + 1) } else { name }
}
