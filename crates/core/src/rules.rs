//! Rules: which leads an action is for.
//!
//! Stages are types: JSON → [`ast`] → [`check`] → [`Ruleset`] of [`condition`]s → [`evaluate`], with
//! the reason in words.

pub mod action;
pub mod ast;
pub mod experiment;
pub mod kind;
pub mod terms;
pub mod decimal;
pub mod moment;
pub mod operator;
pub mod field;
pub mod check;
pub mod condition;
pub mod evaluate;
pub(crate) mod facts;
mod index;
pub(crate) mod fold;
mod lines;
mod nearest;
pub mod diff;
pub mod lint;
mod words;

use crate::case::Case;
use crate::id::{RuleId, RulesetId};
use crate::rules::action::Action;
use crate::rules::ast::RulesetSource;
use crate::rules::condition::Condition;
use crate::rules::experiment::Experiment;
use crate::rules::facts::Values;
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
    /// Whether the workspace's owner-first setting holds for this rule.
    pub owner_first: bool,
    /// Divides its leads among other ways to treat them.
    pub experiment: Option<Experiment>,
}

impl Ruleset {
    /// The first rule in order that is switched on and matches; `None` leaves it to the catch-all.
    pub fn first_match(&self, case: &Case) -> Option<&Rule> {
        self.first_of(case)
    }

    pub(crate) fn first_of(&self, values: &impl Values) -> Option<&Rule> {
        self.index.first(&self.rules, values).and_then(|position| self.rules.get(position))
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
