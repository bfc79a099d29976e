//! How tightly a cell fits a value, and so which of two rows wins.

use std::cmp::Reverse;

/// How a cell fits a case; the lesser one is the tighter.
///
/// The cells of one column all compare in the same way, so an equal value never meets a prefix or a
/// range there: what is compared is two prefixes, two ranges, or one of the three with a blank cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The value is the cell's.
    Equal,
    /// The value begins with the cell's, which has that many characters.
    Prefix(Reverse<usize>),
    /// The value lies in the cell's range: its upper bound less its lower bound.
    Range(u64),
    /// The cell is blank.
    Any,
}
