//! One lead to be decided, with all that is known about it by itself.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::RepId;
use crate::identify::{Account, Matches};
use crate::lead::Lead;

/// A lead at an instant: what decides about it beside the workspace's configuration and state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The clean lead.
    pub lead: Lead,
    /// As of when it is decided.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub at: Timestamp,
    /// What it was recognised as.
    pub matches: Matches,
    /// Reps who must not get it: they had it, and let its deadline pass.
    pub excluded: BTreeSet<RepId>,
}

impl Case {
    /// A lead that nothing is known about beside itself.
    pub fn of(lead: Lead, at: Timestamp) -> Self {
        Self { lead, at, matches: Matches::default(), excluded: BTreeSet::new() }
    }

    /// The account that the lead belongs to.
    pub fn account(&self) -> Option<&Account> {
        self.matches.account.as_ref().map(|found| &found.account)
    }
}
