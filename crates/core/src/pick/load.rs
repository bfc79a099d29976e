//! How much a rep has on his hands: what caps and the least-loaded distribution look at.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::RepId;

/// Leads that a rep got in windows of his own clock, and those that are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// The last lead; the windows that hold it are those that are counted.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub last_at: Timestamp,
    /// Leads in the hour of `last_at`.
    pub hour: u32,
    /// Leads on the day of `last_at`.
    pub day: u32,
    /// Leads in the week of `last_at`, which begins on Monday.
    pub week: u32,
    /// Leads that are his and not closed.
    pub open: u32,
}

/// Each rep's load; one who is not here never had a lead.
pub type Loads = BTreeMap<RepId, Load>;
