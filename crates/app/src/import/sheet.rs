//! A CSV file that is taken in by one request: its first line and its rows, as text.

use lr_core::record::Record;

use super::decode::{Survey, SurveyError, Text, survey};
use super::records::{self, Malformed, Records};
use super::rows::{HeaderError, Reason, header, unreadable};
use super::sniff::sniff;

/// Largest file, in bytes: some three times what 100,000 rows take.
pub const MAX_FILE: usize = 32 * 1024 * 1024;

/// Why a file is no table.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// Larger than [`MAX_FILE`].
    #[error("the file has {0} bytes; the most is {MAX_FILE}")]
    TooLarge(usize),
    /// It is no text.
    #[error(transparent)]
    NotText(#[from] SurveyError),
    /// Its first line does not name columns, or the rest cannot be read.
    #[error(transparent)]
    Header(#[from] HeaderError),
}

/// Reads a file in any usual encoding and with any usual delimiter: `take` is given its first line and
/// then its rows.
///
/// # Errors
/// What keeps the file from being a table; what is wrong with a row is told to `take`.
pub(crate) fn read_sheet<T>(
    bytes: &[u8],
    take: impl FnOnce(&Record, &mut dyn Iterator<Item = Record>) -> T,
) -> Result<T, SheetError> {
    if bytes.len() > MAX_FILE {
        return Err(SheetError::TooLarge(bytes.len()));
    }
    let survey = survey(bytes)?;
    let mut records = Records::new(Text::new(bytes, survey.encoding)).map_err(HeaderError::Read)?;
    let sniffed = sniff(records.head());
    records.begin(sniffed.delimiter, sniffed.preamble);
    let (line, names) = header(&mut records, survey.encoding)?;
    records.expect(names.len());
    let header = Record { line: short(line), values: Ok(names) };
    let mut broken = None;
    let mut rows = std::iter::from_fn(|| match records.next_record() {
        Ok(record) => Some(row(record?, &survey)),
        Err(error) => {
            broken = Some(error);
            None
        }
    });
    let taken = take(&header, &mut rows);
    match broken {
        Some(error) => Err(HeaderError::Read(error).into()),
        None => Ok(taken),
    }
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
pub(crate) fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(['.']).collect()
}

/// A line's number; no file that is read has more lines than fit.
fn short(line: u64) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}
