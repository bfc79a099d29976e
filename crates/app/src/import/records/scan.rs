//! One pass over the bytes of one record.

/// How far a scan has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The record ends here.
    Done {
        /// Bytes of the record.
        length: usize,
        /// The same with the line break after it.
        taken: usize,
    },
    /// A quote opens and is never closed.
    QuoteNotClosed,
    /// It goes on beyond the bytes at hand.
    More,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first character of a value that is not a space.
    Start,
    /// In a value without quotes.
    Plain,
    /// Between quotes.
    Quoted,
    /// After a quote that ends the value, or is half of a doubled one, or stands in the text.
    Quote,
}

/// Splits one record into its values; fed with ever more of the same bytes until it is done.
pub struct Scan {
    delimiter: u8,
    width: Option<usize>,
    state: State,
    at: usize,
    /// Where the value began, or its text after the opening quote did.
    from: usize,
    /// Where the closing quote stands while in [`State::Quote`].
    quote: usize,
    /// Whether a line has ended since the last quote opened.
    crossed: bool,
    line_breaks: u64,
    first_line: Option<(usize, usize)>,
    /// The value whose quote was the first to cross a line.
    crossing_value: Option<usize>,
    value: Vec<u8>,
    values: Vec<Vec<u8>>,
}

impl Scan {
    /// A scan of a record that should have `width` values.
    pub fn new(delimiter: u8, width: Option<usize>) -> Self {
        Self {
            delimiter,
            width,
            state: State::Start,
            at: 0,
            from: 0,
            quote: 0,
            crossed: false,
            line_breaks: 0,
            first_line: None,
            crossing_value: None,
            value: Vec::new(),
            values: Vec::with_capacity(width.unwrap_or_default()),
        }
    }

    /// Line breaks inside the record.
    pub fn line_breaks(&self) -> u64 {
        self.line_breaks
    }

    /// Length of the record's first line, without and with its line break.
    pub fn first_line(&self) -> (usize, usize) {
        self.first_line.unwrap_or((self.at, self.at))
    }

    /// Number, from 1, of the value whose quote is open at the end of the first line.
    pub fn open_value(&self) -> usize {
        self.crossing_value.unwrap_or(self.values.len() + 1)
    }

    /// The values of a record that is done.
    pub fn values(&mut self) -> Vec<String> {
        let values = std::mem::take(&mut self.values);
        values.into_iter().map(|value| String::from_utf8_lossy(&value).into_owned()).collect()
    }

    /// Goes on over `bytes`, the record's text from its beginning; `last` when the file ends there.
    pub fn run(&mut self, bytes: &[u8], last: bool) -> Step {
        while let Some(&byte) = bytes.get(self.at) {
            if byte == b'\r' && !last && bytes.len() == self.at + 1 {
                return Step::More; // A line feed may follow.
            }
            let width = if bytes.get(self.at..self.at + 2) == Some(b"\r\n") { 2 } else { 1 };
            let line_break = byte == b'\n' || byte == b'\r';
            if line_break && self.state != State::Quoted {
                let length = self.at;
                self.end_value(bytes);
                return Step::Done { length, taken: length + width };
            }
            if line_break {
                self.cross(width);
            } else if !self.step(byte, bytes) {
                return Step::QuoteNotClosed;
            }
            self.at += width;
        }
        match self.state {
            _ if !last => Step::More,
            State::Quoted => Step::QuoteNotClosed,
            State::Start | State::Plain | State::Quote => {
                self.end_value(bytes);
                Step::Done { length: self.at, taken: self.at }
            }
        }
    }

    /// Takes one byte that is no line break; false when it shows that a quote was never closed.
    fn step(&mut self, byte: u8, bytes: &[u8]) -> bool {
        if byte == self.delimiter && self.state != State::Quoted {
            self.end_value(bytes);
            self.from = self.at + 1;
            self.state = State::Start;
            // Too many values after a line has been crossed: rows have run together, so the quote
            // was not meant to cross it.
            return self.line_breaks == 0
                || self.width.is_none_or(|width| self.values.len() < width);
        }
        match (self.state, byte) {
            (State::Start, b' ') => {}
            (State::Start, b'"') => {
                self.from = self.at + 1;
                self.crossed = false;
                self.state = State::Quoted;
            }
            (State::Start, _) => self.state = State::Plain,
            (State::Plain, _) => {}
            (State::Quoted, b'"') => {
                self.quote = self.at;
                self.state = State::Quote;
            }
            (State::Quoted, _) => {}
            (State::Quote, b'"') if self.quote + 1 == self.at => {
                self.keep(bytes, self.at);
                self.state = State::Quoted;
            }
            (State::Quote, b' ') => {}
            // A quote inside the text, as in "the "best" one": kept, unless lines have run together.
            (State::Quote, _) if self.crossed => return false,
            (State::Quote, b'"') => self.quote = self.at,
            (State::Quote, _) => self.state = State::Quoted,
        }
        true
    }

    fn cross(&mut self, width: usize) {
        self.line_breaks += 1;
        self.crossed = true;
        if self.first_line.is_none() {
            self.first_line = Some((self.at, self.at + width));
            self.crossing_value = Some(self.values.len() + 1);
        }
    }

    /// Keeps the value's text up to `end`, and goes on after it.
    fn keep(&mut self, bytes: &[u8], end: usize) {
        self.value.extend(bytes.get(self.from..end).unwrap_or_default());
        self.from = end + 1;
    }

    fn end_value(&mut self, bytes: &[u8]) {
        let end = if self.state == State::Quote { self.quote } else { self.at };
        self.keep(bytes, end);
        self.values.push(std::mem::take(&mut self.value));
    }
}
