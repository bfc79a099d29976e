//! Records → leads or rejects. Every row becomes exactly one of the two.

use std::fmt;
use std::io::{self, Read};

use encoding_rs::Encoding;
use lr_core::lead::raw::RawLead;

use super::columns::{self, Column};
use super::decode::{self, Text, UNREADABLE};
use super::records::{MAX_ROW, Malformed, Record, Records};
use super::sniff;

/// Longest value, in bytes of UTF-8: more than any message, less than a file pasted by mistake.
pub const MAX_VALUE: usize = 64 * 1024;

/// Most columns a file may have.
pub const MAX_COLUMNS: usize = 1_000;

/// Why no row of a file can be read.
#[derive(Debug, thiserror::Error)]
pub enum HeaderError {
    /// The file could not be read.
    #[error("the file cannot be read")]
    Read(#[from] io::Error),
    /// There is nothing in it.
    #[error("the file is empty; its first line must name the columns")]
    Empty,
    /// The first line does not name columns.
    #[error("line {line} must name the columns, but {reason}")]
    Broken {
        /// The line.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// The first line names nothing that a lead has.
    #[error(
        "line {line} must name the columns, and none of {headings} is known; \
             at least one must be, such as email, name or company"
    )]
    NothingKnown {
        /// The line.
        line: u64,
        /// The first few headings.
        headings: String,
    },
    /// More than [`MAX_COLUMNS`].
    #[error("the file has {found} columns; {MAX_COLUMNS} are the most")]
    TooManyColumns {
        /// How many.
        found: usize,
    },
}

/// A row that cannot become a lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Number of the line it begins on, from 1, as an editor shows it.
    pub line: u64,
    /// What is wrong with it.
    pub reason: Reason,
    /// The row as it stands in the file; only its beginning if it is too long.
    pub text: String,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It has no value at all.
    Empty,
    /// It has fewer or more values than there are columns.
    Ragged {
        /// Values in the row.
        found: usize,
        /// Columns in the header.
        expected: usize,
    },
    /// A quote opens and is never closed.
    QuoteNotClosed {
        /// The column's heading or number.
        column: String,
        /// The line that was read as a row of its own again.
        next_line: u64,
    },
    /// The row is longer than [`MAX_ROW`].
    LongRow {
        /// Its length in bytes.
        bytes: u64,
    },
    /// A value is longer than [`MAX_VALUE`].
    LongValue {
        /// The column's heading.
        column: String,
        /// The value's length in bytes.
        bytes: usize,
    },
    /// It contains a NUL, which no text has.
    Nul,
    /// It contains bytes that are no text in the file's encoding.
    Unreadable {
        /// The encoding's name.
        encoding: &'static str,
    },
}

impl Reason {
    /// The kind of reason, under which rejects are counted.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty row",
            Self::Ragged { found, expected } if found < expected => "too few values",
            Self::Ragged { .. } => "too many values",
            Self::QuoteNotClosed { .. } => "quote never closed",
            Self::LongRow { .. } => "row too long",
            Self::LongValue { .. } => "value too long",
            Self::Nul => "NUL character",
            Self::Unreadable { .. } => "unreadable bytes",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the row has no value"),
            Self::Ragged { found, expected } => {
                write!(f, "the row has {found} values, but there are {expected} columns")
            }
            Self::QuoteNotClosed { column, next_line } => write!(
                f,
                "the quote that opens in {column} is never closed; reading went on at line {next_line}"
            ),
            Self::LongRow { bytes } => {
                write!(
                    f,
                    "the row is {bytes} bytes long, more than {MAX_ROW}; only its start is kept"
                )
            }
            Self::LongValue { column, bytes } => {
                write!(f, "the value of {column} is {bytes} bytes long, more than {MAX_VALUE}")
            }
            Self::Nul => write!(f, "the row contains a NUL character"),
            Self::Unreadable { encoding } => {
                write!(f, "the row contains bytes that are not {encoding} text")
            }
        }
    }
}

/// The rows of a file, one after the other, in constant memory.
pub struct Rows<R> {
    records: Records<R>,
    encoding: &'static Encoding,
    delimiter: u8,
    columns: Vec<Column>,
}

impl<R: Read> Rows<R> {
    /// Reads the header of `file`.
    ///
    /// # Errors
    /// [`HeaderError`] if it does not name columns, of which at least one is a lead's field.
    pub fn open(file: R, encoding: &'static Encoding) -> Result<Self, HeaderError> {
        let mut records = Records::new(Text::new(file, encoding))?;
        let sniffed = sniff::sniff(records.head());
        records.begin(sniffed.delimiter, sniffed.preamble);
        let (line, headings) = header(&mut records, encoding)?;
        let columns = columns::columns(&headings);
        if !columns.iter().any(|column| matches!(column.target, columns::Target::Field(_))) {
            let few: Vec<_> =
                columns.iter().take(8).map(|column| column.heading.as_str()).collect();
            return Err(HeaderError::NothingKnown { line, headings: few.join(", ") });
        }
        records.expect(columns.len());
        Ok(Self { records, encoding, delimiter: sniffed.delimiter, columns })
    }

    /// What the columns become.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// What separates the values.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Bytes of the file read so far.
    pub fn bytes_read(&self) -> u64 {
        self.records.bytes_read()
    }

    /// The next row; `None` at the end of the file.
    pub fn next_row(&mut self) -> io::Result<Option<Result<RawLead, Reject>>> {
        Ok(self.records.next_record()?.map(|record| self.row(record)))
    }

    fn row(&self, record: Record) -> Result<RawLead, Reject> {
        let Record { line, text, values } = record;
        let checked = match values {
            Err(malformed) => Err(self.reason(malformed, line)),
            Ok(values) => self.check(&text, values),
        };
        checked.map_err(|reason| {
            let text = text.replace(UNREADABLE, "\u{FFFD}");
            Reject { line, reason, text }
        })
    }

    fn check(&self, text: &str, values: Vec<String>) -> Result<RawLead, Reason> {
        unreadable(text, self.encoding)?;
        let expected = self.columns.len();
        if values.iter().all(|value| value.trim().is_empty()) {
            return Err(Reason::Empty);
        }
        if values.len() != expected {
            return Err(Reason::Ragged { found: values.len(), expected });
        }
        let long = values.iter().zip(&self.columns).find(|(value, _)| value.len() > MAX_VALUE);
        if let Some((value, column)) = long {
            let column = column.heading.clone();
            return Err(Reason::LongValue { column, bytes: value.len() });
        }
        Ok(columns::lead(&self.columns, values))
    }

    fn reason(&self, malformed: Malformed, line: u64) -> Reason {
        match malformed {
            Malformed::TooLong { bytes } => Reason::LongRow { bytes },
            Malformed::QuoteNotClosed { value } => {
                let heading = self.columns.get(value.saturating_sub(1));
                let column = heading
                    .map_or_else(|| format!("value {value}"), |column| column.heading.clone());
                Reason::QuoteNotClosed { column, next_line: line + 1 }
            }
        }
    }
}

/// Refuses text with characters in it that no text has.
pub(crate) fn unreadable(text: &str, encoding: &'static Encoding) -> Result<(), Reason> {
    if text.contains('\0') {
        return Err(Reason::Nul);
    }
    if text.contains(UNREADABLE) {
        return Err(Reason::Unreadable { encoding: decode::name(encoding) });
    }
    Ok(())
}

/// The first row with a value in it, and its line.
pub(crate) fn header<R: Read>(
    records: &mut Records<R>,
    encoding: &'static Encoding,
) -> Result<(u64, Vec<String>), HeaderError> {
    loop {
        let Record { line, text, values } = records.next_record()?.ok_or(HeaderError::Empty)?;
        let broken = |reason: String| HeaderError::Broken { line, reason };
        let values = values.map_err(|malformed| match malformed {
            Malformed::TooLong { bytes } => broken(Reason::LongRow { bytes }.to_string()),
            Malformed::QuoteNotClosed { .. } => broken("a quote in it is never closed".to_owned()),
        })?;
        unreadable(&text, encoding).map_err(|reason| broken(reason.to_string()))?;
        if values.len() > MAX_COLUMNS {
            return Err(HeaderError::TooManyColumns { found: values.len() });
        }
        if values.iter().any(|value| !value.trim().is_empty()) {
            return Ok((line, values));
        }
    }
}

#[cfg(test)]
mod tests;
