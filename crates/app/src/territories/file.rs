//! A territory's CSV file → its table, and back.

use std::io;

use lr_core::territory::owner::Directory;
use lr_core::territory::read::{Faults, read as read_table};
use lr_core::territory::table::Table;

use crate::import::sheet::{SheetError, read_sheet};

/// Why a file is no territory.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is no table.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// Rows are wrong; none is taken.
    #[error("the file has {} faults", .0.total)]
    Faults(Faults),
}

/// Reads a file in any usual encoding and with any usual delimiter.
///
/// Blocks the thread: about a second for 100,000 rows.
///
/// # Errors
/// Everything that is wrong with it: a territory is taken whole or not at all.
pub fn read(bytes: &[u8], directory: &Directory) -> Result<Table, FileError> {
    read_sheet(bytes, |header, rows| read_table(header, rows, directory))?
        .map_err(FileError::Faults)
}

/// Writes a file that [`read`] reads back: UTF-8, with commas.
///
/// # Errors
/// None in practice: it is written to memory.
pub fn write(table: &Table, directory: &Directory) -> io::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(table.headings())?;
    for record in table.records(directory) {
        csv.write_record(record)?;
    }
    csv.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

#[cfg(test)]
mod tests;
