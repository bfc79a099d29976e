//! What is odd about a ruleset, though it passes the check.
//!
//! What is said about conditions is sure: a rule called unreachable is one that no lead reaches, and
//! an overlap comes with a lead that shows it. The opposite does not hold: nothing found is no
//! promise.

mod possible;
mod reach;
mod sample;
mod targets;
mod territories;
mod ways;

use std::collections::BTreeMap;

use crate::id::{PoolId, RepId, RuleId};
use crate::pick::{Pool, Rep};
use crate::rules::Ruleset;
use crate::rules::lint::reach::{Reach, reach};
use crate::rules::terms::Territories;

/// Something odd about a ruleset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub code: Code,
    /// The rules that it is about, the one to look at first; none for the catch-all.
    pub rules: Vec<RuleId>,
    /// Where in the stored form, as in `rules[3].action.target`.
    pub path: String,
    /// It in words, for whoever wrote the rules.
    pub words: String,
    /// A lead that shows it: names and values of fields. Empty where no lead could.
    pub example: Vec<Known>,
}

/// A field and its value in an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The field's name as shown.
    pub field: String,
    /// The value as a source would send it.
    pub value: String,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Surely not meant: keeps a ruleset from being published.
    Error,
    /// Probably not meant.
    Warning,
    /// Good to know.
    Note,
}

/// The kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// An action names a rep that the workspace does not have.
    UnknownRep,
    /// An action names a pool that the workspace does not have.
    UnknownPool,
    /// A condition is false for every lead.
    NeverTrue,
    /// Rules above take every lead that a rule is for.
    Unreachable,
    /// A condition that asks something is true for every lead.
    AlwaysTrue,
    /// An action names a rep who is not active.
    InactiveRep,
    /// An action names a pool without members.
    EmptyPool,
    /// An action names a pool none of whose members is active.
    InactivePool,
    /// An action names a pool whose active members all lack a skill that it requires, or have a cap
    /// of zero.
    StarvedPool,
    /// An action names a territory without rows.
    EmptyTerritory,
    /// An action names a territory with rows, without an end, whose owner takes no leads.
    IdleTerritory,
    /// Two rules that do different things are for some of the same leads.
    Overlap,
    /// A rule is switched off.
    SwitchedOff,
    /// Leads made of the values in the rules reach the catch-all.
    Gap,
}

impl Code {
    /// The name as the API shows it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownRep => "unknown_rep",
            Self::UnknownPool => "unknown_pool",
            Self::NeverTrue => "never_true",
            Self::Unreachable => "unreachable",
            Self::AlwaysTrue => "always_true",
            Self::InactiveRep => "inactive_rep",
            Self::EmptyPool => "empty_pool",
            Self::InactivePool => "inactive_pool",
            Self::StarvedPool => "starved_pool",
            Self::EmptyTerritory => "empty_territory",
            Self::IdleTerritory => "idle_territory",
            Self::Overlap => "overlap",
            Self::SwitchedOff => "switched_off",
            Self::Gap => "gap",
        }
    }

    /// How bad it is.
    pub const fn severity(self) -> Severity {
        match self {
            Self::UnknownRep | Self::UnknownPool | Self::NeverTrue => Severity::Error,
            Self::Unreachable
            | Self::AlwaysTrue
            | Self::InactiveRep
            | Self::EmptyPool
            | Self::InactivePool
            | Self::StarvedPool
            | Self::EmptyTerritory
            | Self::IdleTerritory => Severity::Warning,
            Self::Overlap | Self::SwitchedOff | Self::Gap => Severity::Note,
        }
    }
}

impl Severity {
    /// The name as the API shows it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Everything odd about `ruleset` in a workspace with these reps, pools and territories: the worst first, else in
/// the order of the rules. The same arguments give the same findings.
pub fn lint(
    ruleset: &Ruleset,
    reps: &BTreeMap<RepId, Rep>,
    pools: &BTreeMap<PoolId, Pool>,
    territories: &Territories,
) -> Vec<Finding> {
    let mut findings = targets::findings(ruleset, reps, pools, territories);
    findings.extend(conditions(ruleset));
    findings.extend(sample::findings(ruleset, territories));
    findings.sort_by_key(|finding| finding.code.severity());
    findings
}

/// What is odd about the rules' conditions.
fn conditions(ruleset: &Ruleset) -> impl Iterator<Item = Finding> {
    let reaches = reach(ruleset).into_iter().zip(&ruleset.rules).enumerate();
    reaches.filter_map(|(index, (reach, rule))| {
        let name = &rule.name;
        let mut rules = vec![rule.id];
        let (code, words) = match reach {
            Reach::Unknown if rule.enabled => return None,
            Reach::Unknown => (Code::SwitchedOff, format!("“{name}” is switched off.")),
            Reach::Never => {
                let words = format!("“{name}” is for no lead: its condition is never true.");
                (Code::NeverTrue, words)
            }
            Reach::Always => {
                let words = format!("“{name}” is for every lead, whatever its condition asks.");
                (Code::AlwaysTrue, words)
            }
            Reach::Covered(by) => {
                let words = covered(ruleset, name, &by);
                rules.extend(by);
                (Code::Unreachable, words)
            }
        };
        let path = format!("rules[{index}].condition");
        Some(Finding { code, rules, path, words, example: Vec::new() })
    })
}

fn covered(ruleset: &Ruleset, name: &str, by: &[RuleId]) -> String {
    let named = |id: &RuleId| ruleset.rules.iter().find(|rule| rule.id == *id);
    let names: Vec<_> =
        by.iter().filter_map(named).map(|rule| format!("“{}”", rule.name)).collect();
    let takes = if names.len() == 1 { "takes" } else { "take" };
    format!("“{name}” is never reached: {} {takes} every lead that it is for.", names.join(", "))
}
