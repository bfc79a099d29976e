//! Text → records: the values of a row, the text they came from, and the line it began on.
//!
//! Not the `csv` crate, because an import must do what that crate does not: notice a quote that is
//! never closed (it would take the rest of the file for one value), go on after it, and keep each
//! row's own text for the rejects file.

mod scan;

use std::io::{self, Read};

use super::decode::Text;
use scan::{Scan, Step};

/// Longest row, in bytes of UTF-8. A quoted value that runs on beyond it is taken as never closed.
pub const MAX_ROW: usize = 1024 * 1024;

/// How much of a longer row is kept for the rejects file, in bytes.
const KEPT_OF_LONG_ROW: usize = 4 * 1024;

/// One row as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Number of the line it begins on, from 1.
    pub line: u64,
    /// Its text, without the line break at its end.
    pub text: String,
    /// Its values, or what is wrong with its shape.
    pub values: Result<Vec<String>, Malformed>,
}

/// What is wrong with the shape of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// A value's quote opens on this line and is never closed. Only this line is the record; the
    /// lines after it are read as rows of their own.
    QuoteNotClosed {
        /// Number of the value, from 1.
        value: usize,
    },
    /// Longer than [`MAX_ROW`].
    TooLong {
        /// Its length in bytes of UTF-8.
        bytes: u64,
    },
}

/// The records of a file, one after the other.
pub struct Records<R> {
    text: Text<R>,
    delimiter: u8,
    /// Values a row should have; a row that crosses lines and has more is a quote gone wrong.
    width: Option<usize>,
    window: String,
    /// Where in `window` the next record begins.
    start: usize,
    line: u64,
    ended: bool,
}

impl<R: Read> Records<R> {
    /// Reads the beginning of `text`, so that it can be looked at with [`Self::head`].
    pub fn new(text: Text<R>) -> io::Result<Self> {
        let window = String::new();
        let mut records =
            Self { text, delimiter: b',', width: None, window, start: 0, line: 1, ended: false };
        records.read_more()?;
        Ok(records)
    }

    /// What of the text has been read and not yet been taken.
    pub fn head(&self) -> &str {
        self.window.get(self.start..).unwrap_or_default()
    }

    /// Sets the delimiter and leaves out `preamble` bytes and the line break after them.
    pub fn begin(&mut self, delimiter: u8, preamble: usize) {
        self.delimiter = delimiter;
        if preamble > 0 {
            let rest = self.window.get(preamble..).unwrap_or_default();
            let line_break = usize::from(rest.starts_with('\r'))
                + usize::from(rest.trim_start_matches('\r').starts_with('\n'));
            self.take(preamble + line_break, 1);
        }
    }

    /// Sets how many values a row should have.
    pub fn expect(&mut self, width: usize) {
        self.width = Some(width);
    }

    /// Bytes of the file read so far.
    pub fn bytes_read(&self) -> u64 {
        self.text.bytes_read()
    }

    /// The next record; `None` at the end of the file.
    pub fn next_record(&mut self) -> io::Result<Option<Record>> {
        if self.head().is_empty() && !self.read_more()? {
            return Ok(None);
        }
        let mut scan = Scan::new(self.delimiter, self.width);
        loop {
            match scan.run(self.head().as_bytes(), self.ended) {
                Step::Done { length, taken } => {
                    let values = Ok(scan.values());
                    return Ok(Some(self.record(length, taken, 1 + scan.line_breaks(), values)));
                }
                Step::QuoteNotClosed => return Ok(Some(self.first_line(&scan))),
                Step::More if self.head().len() <= MAX_ROW => {
                    self.read_more()?;
                }
                Step::More if scan.line_breaks() > 0 => return Ok(Some(self.first_line(&scan))),
                Step::More => return self.over_long_line().map(Some),
            }
        }
    }

    /// The record that is the first line of what was scanned, and no more.
    fn first_line(&mut self, scan: &Scan) -> Record {
        let (length, taken) = scan.first_line();
        let malformed = Malformed::QuoteNotClosed { value: scan.open_value() };
        self.record(length, taken, 1, Err(malformed))
    }

    fn record(
        &mut self,
        length: usize,
        taken: usize,
        lines: u64,
        values: Result<Vec<String>, Malformed>,
    ) -> Record {
        let text = self.head().get(..length).unwrap_or_default().to_owned();
        let line = self.line;
        self.take(taken, lines);
        Record { line, text, values }
    }

    /// Skips to the end of a line that is longer than a row may be.
    fn over_long_line(&mut self) -> io::Result<Record> {
        let line = self.line;
        let kept = floor_char(self.head(), KEPT_OF_LONG_ROW).to_owned();
        let mut bytes = 0;
        loop {
            let head = self.head();
            match head.find(['\r', '\n']) {
                Some(end) if self.ended || end + 1 < head.len() => {
                    let rest = head.get(end..).unwrap_or_default();
                    let taken = end + if rest.starts_with("\r\n") { 2 } else { 1 };
                    bytes += end as u64;
                    self.take(taken, 1);
                    break;
                }
                // A line break at the very end waits for what follows it.
                found => {
                    let rest = found.unwrap_or(head.len());
                    bytes += rest as u64;
                    self.take(rest, 0);
                    if !self.read_more()? {
                        break;
                    }
                }
            }
        }
        Ok(Record { line, text: kept, values: Err(Malformed::TooLong { bytes }) })
    }

    fn take(&mut self, bytes: usize, lines: u64) {
        self.start += bytes;
        self.line += lines;
    }

    /// Reads on; false when the file has ended.
    fn read_more(&mut self) -> io::Result<bool> {
        self.window.drain(..self.start);
        self.start = 0;
        let before = self.window.len();
        while self.window.len() == before {
            if !self.text.next_piece(&mut self.window)? {
                self.ended = true;
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The longest beginning of `text` that is at most `limit` bytes and ends between two characters.
fn floor_char(text: &str, limit: usize) -> &str {
    text.get(..text.floor_char_boundary(limit)).unwrap_or_default()
}
