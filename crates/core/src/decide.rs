//! The only door in: [`decide`], and [`decide_all`] for a batch.

pub mod matched;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::decide::matched::{Matched, match_rule};
use crate::engine::Engine;
use crate::id::{AccountId, LeadId, PoolId, RepId, RuleId, TerritoryId};
use crate::identify::Matches;
use crate::identify::people::People;
use crate::pick::ledger::{Ledger, Turn};
use crate::pick::load::{self, Loads};
use crate::pick::overflow::Spill;
use crate::pick::{Pool, Rep};
use crate::rules::Ruleset;
use crate::rules::action::Setting;
use crate::rules::experiment::Cohort;
use crate::territory::Territory;

/// Everything that decides and changes rarely.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The published rules.
    pub ruleset: Ruleset,
    /// Every rep of the workspace, active or not.
    pub reps: BTreeMap<RepId, Rep>,
    /// Every pool of the workspace.
    pub pools: BTreeMap<PoolId, Pool>,
    /// Every territory of the workspace.
    pub territories: BTreeMap<TerritoryId, Territory>,
    /// What holds for every rule.
    pub settings: Settings,
    /// The engine that was to decide by it, which may be an earlier one.
    pub engine: Engine,
}

/// Settings of a workspace that decide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Whether a lead goes to the owner of the same person's earlier lead, or else of its account,
    /// before its rule's action is tried. A rule can opt out.
    pub owner_first: bool,
}

/// The pools' ledgers. A pool without one is one that nobody had a turn in yet.
pub type Ledgers = BTreeMap<PoolId, Ledger>;

/// Everything that decides and changes with each lead.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Whose turn it is in each pool.
    pub ledgers: Ledgers,
    /// How much each rep has on his hands.
    pub loads: Loads,
}

impl State {
    /// Books what `decision` changes; `reps` know the clocks on which their leads count.
    pub fn apply(&mut self, decision: &Decision, reps: &BTreeMap<RepId, Rep>) {
        if let Some(turn) = &decision.turn {
            self.ledgers.entry(turn.pool).or_default().apply(turn);
        }
        if let Outcome::Assigned { rep, .. } = &decision.outcome
            && let Some(rep) = reps.get(rep)
        {
            load::book(&mut self.loads, rep, decision.at);
        }
    }
}

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
    /// The variants drawn on the way, of holdouts first.
    pub cohorts: Vec<Cohort>,
    /// Who or what the lead went to.
    pub outcome: Outcome,
    /// What the action writes on the lead.
    pub set: Vec<Setting>,
    /// The change of a pool's ledger, if a pool had its turn.
    pub turn: Option<Turn>,
}

/// Who or what a lead went to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// A rep owns it.
    Assigned {
        /// The owner.
        rep: RepId,
        /// What made him the owner.
        by: By,
    },
    /// Nobody passes the gates now; it is routed again at the next opening, oldest first.
    Held {
        /// When somebody next passes the gates, as far as hours and leave tell.
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

/// What made a rep the owner of a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum By {
    /// The rule names him.
    Name,
    /// It was his turn in this pool.
    Pool(PoolId),
    /// Nobody that the rule names could take the lead, and it was his turn where it overflowed to.
    Spill(Spill),
    /// He owns this earlier lead of the same person.
    Duplicate(LeadId),
    /// He owns this account.
    Account(AccountId),
    /// He owns the row of this territory that is for the lead, or it was his turn in the pool that
    /// does.
    Territory {
        /// Which.
        territory: TerritoryId,
        /// The line of the row.
        line: u32,
        /// The pool, if one owns the row.
        pool: Option<PoolId>,
    },
}

impl Outcome {
    /// The owner, if there is one.
    pub fn rep(&self) -> Option<RepId> {
        match self {
            Self::Assigned { rep, .. } => Some(*rep),
            Self::Held { .. } | Self::Queued { .. } | Self::Rejected { .. } => None,
        }
    }

    /// The pool whose turn made the owner, if one did.
    pub fn pool(&self) -> Option<PoolId> {
        match self {
            Self::Assigned { by: By::Pool(pool), .. } => Some(*pool),
            Self::Assigned { by: By::Territory { pool, .. }, .. } => *pool,
            Self::Assigned { by: By::Spill(spill), .. } => Some(spill.pool()),
            Self::Assigned { .. }
            | Self::Held { .. }
            | Self::Queued { .. }
            | Self::Rejected { .. } => None,
        }
    }
}

/// Decides who gets the lead of `case`.
///
/// The same arguments give the same bytes: below this call there is no clock, no randomness and no
/// I/O, so every past decision can be replayed.
pub fn decide(case: &Case, config: &Config, state: &State) -> Decision {
    match_rule(case, config).settle(config, state)
}

/// Decides a batch in its order; each decision moves `state` before the next lead is decided, and
/// becomes known to `people`, so that a second lead of the same person finds the first one's owner.
///
/// `before` sees each lead with the state as its decision will find it: there its inputs are stored.
pub fn decide_all<'a, S>(
    batch: impl IntoIterator<Item = Matched<'a>>,
    config: &Config,
    state: &mut State,
    people: &mut People,
    mut before: impl FnMut(&Matched<'_>, &State) -> S,
) -> Vec<(S, Decision)> {
    let mut decided = Vec::new();
    for matched in batch {
        let again = recognised_again(matched.case(), people);
        let again = again.as_ref().map(|case| match_rule(case, config));
        let matched = again.as_ref().unwrap_or(&matched);
        let inputs = before(matched, state);
        let decision = matched.settle(config, state);
        state.apply(&decision, &config.reps);
        people.decided(&matched.case().lead, decision.outcome.rep());
        decided.push((inputs, decision));
    }
    decided
}

/// The case with a duplicate that was decided since it was put together; `None` if there is none.
fn recognised_again(case: &Case, people: &People) -> Option<Case> {
    let found = people.duplicate_of(&case.lead);
    let news = found.is_some() && found != case.matches.duplicate;
    news.then(|| {
        let matches = Matches { duplicate: found, account: case.matches.account.clone() };
        Case { matches, ..case.clone() }
    })
}
