//! Rules: which leads an action is for.
//!
//! Stages are types: JSON → [`ast`] → [`check`] → [`Ruleset`] of [`condition`]s → [`evaluate`], with
//! the reason in words.

pub mod ast;
pub mod operator;
pub mod field;
pub mod check;
pub mod condition;
pub mod evaluate;
mod facts;
mod index;
pub(crate) mod fold;
mod lines;
mod words;

use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::id::{PoolId, RepId, RuleId, RulesetId};
use crate::rules::ast::RulesetSource;
use crate::rules::condition::Condition;
use crate::rules::index::Index;

/// A checked version of a workspace's rules: ordered, typed, and never without a catch-all.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruleset {
    /// This version's id.
    pub id: RulesetId,
    /// Counts up by one with each publication in the workspace.
    pub version: u32,
    /// In order of priority; the first that matches wins.
    pub rules: Vec<Rule>,
    /// What happens to a lead that no rule matches.
    pub catch_all: Action,
    /// What it was checked from; [`Ruleset`] is rebuilt from this when read back.
    pub source: RulesetSource,
    index: Index,
}

/// One rule, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Keeps from version to version.
    pub id: RuleId,
    /// Shown wherever the rule is named.
    pub name: String,
    /// A rule that is switched off is skipped.
    pub enabled: bool,
    /// Which leads it is for.
    pub condition: Condition,
    /// What happens to them.
    pub action: Action,
}

/// What to do with a lead: a first choice, then others in order for when it yields nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// The first choice.
    pub target: Target,
    /// Tried in order when the one before yields nobody.
    #[serde(default)]
    pub fallback: Vec<Target>,
}

/// Where a lead can go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A named rep, if he passes the gates.
    Rep(RepId),
    /// The rep whose turn it is in a pool.
    Pool(PoolId),
    /// A named queue, from which people take leads by hand.
    Queue(String),
    /// Nobody: spam, a competitor, a student. The text says which.
    Reject(String),
}

impl Ruleset {
    /// The first rule in order that is switched on and matches; `None` leaves it to the catch-all.
    pub fn first_match(&self, case: &Case) -> Option<&Rule> {
        self.index.first(&self.rules, case).and_then(|position| self.rules.get(position))
    }

    /// Every rule that is switched on and matches, in order.
    pub fn all_matches(&self, case: &Case) -> Vec<&Rule> {
        let positions = self.index.all(&self.rules, case);
        positions.into_iter().filter_map(|position| self.rules.get(position)).collect()
    }

    /// Every rule that is switched on and matches, in order, by asking each: what the index is tested
    /// against, and slow.
    pub fn scan(&self, case: &Case) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(|rule| rule.enabled && rule.condition.matches(case))
    }
}
