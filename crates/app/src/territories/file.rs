//! A territory's CSV file → its table, and back.

use std::io;

use lr_core::territory::owner::Directory;
use lr_core::territory::read::{Faults, Record, read as read_table};
use lr_core::territory::table::Table;

use crate::import::decode::{Survey, SurveyError, Text, survey};
use crate::import::records::{self, Malformed, Records};
use crate::import::rows::{HeaderError, Reason, header, unreadable};
use crate::import::sniff::sniff;

/// Largest file, in bytes: some three times what 100,000 rows take.
pub const MAX_FILE: usize = 32 * 1024 * 1024;

/// Why a file is no territory.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Larger than [`MAX_FILE`].
    #[error("the file has {0} bytes; the most is {MAX_FILE}")]
    TooLarge(usize),
    /// It is no text.
    #[error(transparent)]
    NotText(#[from] SurveyError),
    /// Its first line does not name columns.
    #[error(transparent)]
    Header(#[from] HeaderError),
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
    if bytes.len() > MAX_FILE {
        return Err(FileError::TooLarge(bytes.len()));
    }
    let survey = survey(bytes)?;
    let mut records = Records::new(Text::new(bytes, survey.encoding)).map_err(HeaderError::Read)?;
    let sniffed = sniff(records.head());
    records.begin(sniffed.delimiter, sniffed.preamble);
    let (line, names) = header(&mut records, survey.encoding)?;
    records.expect(names.len());
    let header = Record { line: short(line), values: Ok(names) };
    let mut broken = None;
    let rows = std::iter::from_fn(|| match records.next_record() {
        Ok(record) => Some(row(record?, &survey)),
        Err(error) => {
            broken = Some(error);
            None
        }
    });
    let table = read_table(&header, rows, directory).map_err(FileError::Faults);
    match broken {
        Some(error) => Err(HeaderError::Read(error).into()),
        None => table,
    }
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

fn row(record: records::Record, survey: &Survey) -> Record {
    let records::Record { line, text, values } = record;
    let values = values.map_err(|malformed| match malformed {
        Malformed::TooLong { bytes } => Reason::LongRow { bytes },
        Malformed::QuoteNotClosed { value } => {
            Reason::QuoteNotClosed { column: format!("value {value}"), next_line: line + 1 }
        }
    });
    let readable = values.and_then(|values| {
        unreadable(&text, survey.encoding)?;
        Ok(values)
    });
    let values = readable.map_err(|reason| sentence(&reason.to_string()));
    Record { line: short(line), values }
}

/// A reason as a sentence by itself.
fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(['.']).collect()
}

/// A line's number; no file that is read has more lines than fit.
fn short(line: u64) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
