//! From a table to a file's records, which [`super::read`] reads back.

use jiff::civil::Date;

use crate::territory::cell::{SEPARATOR, Value};
use crate::territory::heading;
use crate::territory::owner::Directory;
use crate::territory::table::{Row, Table};

impl Table {
    /// The headings of the file, in the order of [`Self::record`].
    ///
    /// The days in force have columns only where a row has one.
    pub fn headings(&self) -> Vec<String> {
        let keys = self.columns().iter().map(heading::written);
        let dates = self.dated().then_some([heading::FROM, heading::UNTIL]);
        let others = dates.into_iter().flatten();
        keys.chain([heading::OWNER.to_owned()]).chain(others.map(str::to_owned)).collect()
    }

    /// The records of the file.
    pub fn records<'a>(&'a self, directory: &'a Directory) -> impl Iterator<Item = Vec<String>> {
        let dated = self.dated();
        self.rows().iter().map(move |row| record(row, dated, directory))
    }

    fn dated(&self) -> bool {
        self.rows().iter().any(|row| row.from.is_some() || row.until.is_some())
    }
}

fn record(row: &Row, dated: bool, directory: &Directory) -> Vec<String> {
    let mut record: Vec<_> = row.cells.iter().map(Vec::as_slice).map(written).collect();
    record.push(directory.name(row.owner));
    if dated {
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        record.extend([row.from, row.until].map(|date| day(date).unwrap_or_default()));
    }
    record
}

/// A cell as it stands in a file, such as `51-200;500+`; nothing for a blank one.
pub fn written(cell: &[Value]) -> String {
    let values: Vec<_> = cell.iter().map(ToString::to_string).collect();
    values.join(&SEPARATOR.to_string())
}
