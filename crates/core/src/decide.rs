//! The only door in: [`decide`] and [`decide_all`].

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{LeadId, PoolId, RepId, RuleId};
use crate::lead::Lead;
use crate::pick::ledger::{Ledger, Turn};
use crate::pick::{Pool, Rep};
use crate::rules::Ruleset;

/// Everything that decides and changes rarely.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The published rules.
    pub ruleset: Ruleset,
    /// Every rep of the workspace, active or not.
    pub reps: BTreeMap<RepId, Rep>,
    /// Every pool of the workspace.
    pub pools: BTreeMap<PoolId, Pool>,
}

/// Everything that decides and changes with each lead: the pools' ledgers.
pub type Ledgers = BTreeMap<PoolId, Ledger>;

/// What was decided about one lead, and by which rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The lead.
    pub lead: LeadId,
    /// As of when.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub at: Timestamp,
    /// The rule that matched; `None` is the catch-all.
    pub rule: Option<RuleId>,
    /// Who or what the lead went to.
    pub outcome: Outcome,
    /// The change of a pool's ledger, if a pool had its turn.
    pub turn: Option<Turn>,
}

/// Who or what a lead went to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// A rep owns it, by name or by a pool's turn.
    Assigned {
        /// The owner.
        rep: RepId,
        /// The pool whose turn it was, unless the rule names the rep.
        pool: Option<PoolId>,
    },
    /// Nobody passes the gates now; it is routed again at the next opening, oldest first.
    Held {
        /// When somebody's working hours begin, if anybody's ever do.
        #[serde(with = "jiff::fmt::serde::timestamp::microsecond::optional")]
        until: Option<Timestamp>,
    },
    /// In a named queue.
    Queued {
        /// The queue's name.
        queue: String,
    },
    /// Refused, as the rule says.
    Rejected {
        /// The rule's reason.
        reason: String,
    },
}

/// Decides who gets `lead` as of `at`.
///
/// The same arguments give the same bytes: below this call there is no clock, no randomness and no
/// I/O, so every past decision can be replayed.
pub fn decide(lead: &Lead, at: Timestamp, config: &Config, ledgers: &Ledgers) -> Decision {
    todo!()
}
