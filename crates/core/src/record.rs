//! What a table of text is made of, such as a CSV file, before anybody knows what it is about.

/// A record of a file: its values, or why it cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The line on which it begins, from 1.
    pub line: u32,
    /// What stands between the delimiters.
    pub values: Result<Vec<String>, String>,
}
