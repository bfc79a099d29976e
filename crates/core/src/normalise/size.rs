//! Head counts: a number, a range, or a lower bound.

use serde::{Deserialize, Serialize};

/// How many people work at a company: from `min` to `max`, or `min` and more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employees {
    min: u32,
    max: Option<u32>,
}

impl Employees {
    /// The lower bound, at least 1.
    pub fn min(self) -> u32 {
        self.min
    }

    /// The upper bound, at least the lower one; `None` is open, as in `500+`.
    pub fn max(self) -> Option<u32> {
        self.max
    }

    /// The one number that rules compare: the middle, rounded down; the lower bound of an open range.
    pub fn value(self) -> u32 {
        self.max.map_or(self.min, |max| u32::midpoint(self.min, max))
    }
}
