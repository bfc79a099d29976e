//! What differs between two rulesets, in terms of their rules.
//!
//! A rule is the same rule where its id is. Conditions are compared by their [lines], so a spelling
//! that means the same is no change.
//!
//! [lines]: crate::rules::ast::Group::lines

pub mod lines;
mod order;
mod words;

use std::collections::HashMap;

use crate::id::RuleId;
use crate::rules::action::{Action, Target};
use crate::rules::ast::{Group, RuleSource, RulesetSource};
use crate::rules::diff::lines::Line;
use crate::rules::experiment::Experiment;

/// One difference. Positions count from 1; names are those of the later ruleset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A rule is new.
    Added(Stated),
    /// A rule is gone.
    Removed(Stated),
    /// A rule has another name.
    Renamed {
        /// The rule.
        rule: RuleId,
        /// Its name now.
        name: String,
        /// Its name before.
        before: String,
    },
    /// A rule stands elsewhere among those that both rulesets have.
    Moved {
        /// The rule.
        rule: RuleId,
        /// Its name.
        name: String,
        /// Where it stood.
        before: usize,
        /// Where it stands.
        after: usize,
    },
    /// A rule was switched on or off.
    Switched {
        /// The rule.
        rule: RuleId,
        /// Its name.
        name: String,
        /// Whether it is on now.
        enabled: bool,
    },
    /// A rule is for other leads.
    Condition {
        /// The rule.
        rule: RuleId,
        /// Its name.
        name: String,
        /// The condition before and after, as one text.
        lines: Vec<Line>,
    },
    /// Something else happens to a rule's leads.
    Action {
        /// The rule.
        rule: RuleId,
        /// Its name.
        name: String,
        /// What happened, in words.
        before: String,
        /// What happens now, in words.
        after: String,
    },
    /// A rule's leads go to owners before it, or no longer do.
    OwnerFirst {
        /// The rule.
        rule: RuleId,
        /// Its name.
        name: String,
        /// Whether the workspace's owner-first setting holds for it now.
        owner_first: bool,
    },
    /// A rule's leads are divided otherwise.
    Experiment {
        /// The rule.
        rule: RuleId,
        /// Its name.
        name: String,
        /// The experiment before and after, as one text.
        lines: Vec<Line>,
    },
    /// Something else happens to leads that no rule matches.
    CatchAll {
        /// What happened, in words.
        before: String,
        /// What happens now, in words.
        after: String,
    },
}

/// A rule that only one of the rulesets has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The rule.
    pub rule: RuleId,
    /// Its name.
    pub name: String,
    /// Where it stands in the ruleset that has it.
    pub position: usize,
    /// Whether it is on.
    pub enabled: bool,
    /// Which leads it is for.
    pub condition: Vec<String>,
    /// What happens to them, in words.
    pub action: String,
}

/// What leads from `before` to `after`: the rules of `after` in their order, then those that are
/// gone, then the catch-all. Empty if they decide alike and are called alike.
///
/// `name_of` gives the name of a rep, a pool or a territory; where it knows none, the id stands instead.
pub fn diff(
    before: &RulesetSource,
    after: &RulesetSource,
    name_of: impl Fn(&Target) -> Option<String>,
) -> Vec<Change> {
    let old = places(before);
    let moved = order::moved(after.rules.iter().filter_map(|rule| Some(old.get(&rule.id)?.0)));
    let mut changes = Vec::new();
    for (position, rule) in (1..).zip(&after.rules) {
        match old.get(&rule.id) {
            None => changes.push(Change::Added(stated(rule, position, &name_of))),
            Some((place, was)) => {
                if moved.contains(place) {
                    let (rule, name) = (rule.id, rule.name.clone());
                    changes.push(Change::Moved { rule, name, before: *place, after: position });
                }
                compare(was, rule, &name_of, &mut changes);
            }
        }
    }
    let new = places(after);
    let gone = (1..).zip(&before.rules).filter(|(_, rule)| !new.contains_key(&rule.id));
    changes.extend(gone.map(|(at, rule)| Change::Removed(stated(rule, at, &name_of))));
    if let Some((before, after)) = actions(&before.catch_all, &after.catch_all, &name_of) {
        changes.push(Change::CatchAll { before, after });
    }
    changes
}

/// Each rule with its position.
fn places(ruleset: &RulesetSource) -> HashMap<RuleId, (usize, &RuleSource)> {
    (1..).zip(&ruleset.rules).map(|(position, rule)| (rule.id, (position, rule))).collect()
}

/// What differs between two states of a rule.
fn compare(
    was: &RuleSource,
    is: &RuleSource,
    name_of: &impl Fn(&Target) -> Option<String>,
    changes: &mut Vec<Change>,
) {
    // Taken apart, so that whatever a rule comes to have is compared too.
    let RuleSource { id: rule, name, enabled, condition, action, owner_first, experiment } = is;
    let (rule, name) = (*rule, || name.clone());
    if was.name != is.name {
        changes.push(Change::Renamed { rule, name: name(), before: was.name.clone() });
    }
    if was.enabled != *enabled {
        changes.push(Change::Switched { rule, name: name(), enabled: *enabled });
    }
    if let Some(lines) = conditions(&was.condition, condition, name_of) {
        changes.push(Change::Condition { rule, name: name(), lines });
    }
    if let Some((before, after)) = actions(&was.action, action, name_of) {
        changes.push(Change::Action { rule, name: name(), before, after });
    }
    if was.owner_first != *owner_first {
        changes.push(Change::OwnerFirst { rule, name: name(), owner_first: *owner_first });
    }
    if was.experiment != *experiment {
        let lines = |of: &Option<Experiment>| words::experiment(of.as_ref(), name_of);
        let lines = lines::merge(lines(&was.experiment), lines(experiment));
        changes.push(Change::Experiment { rule, name: name(), lines });
    }
}

/// Both as one text, if they differ; by id where the names alone would not tell them apart.
fn conditions(
    before: &Group,
    after: &Group,
    name_of: impl Fn(&Target) -> Option<String>,
) -> Option<Vec<Line>> {
    let by_id = (before.lines(), after.lines());
    if by_id.0 == by_id.1 {
        return None;
    }
    let named = (before.lines_named(&name_of), after.lines_named(&name_of));
    let (before, after) = if named.0 == named.1 { by_id } else { named };
    Some(lines::merge(before, after))
}

/// Both in words, if they differ; by id where the names alone would not tell them apart.
fn actions(
    before: &Action,
    after: &Action,
    name_of: impl Fn(&Target) -> Option<String>,
) -> Option<(String, String)> {
    if before == after {
        return None;
    }
    let named = (before.describe(&name_of), after.describe(&name_of));
    let by_id = || (before.describe(|_| None), after.describe(|_| None));
    Some(if named.0 == named.1 { by_id() } else { named })
}

fn stated(
    rule: &RuleSource,
    position: usize,
    name_of: impl Fn(&Target) -> Option<String>,
) -> Stated {
    Stated {
        rule: rule.id,
        name: rule.name.clone(),
        position,
        enabled: rule.enabled,
        condition: rule.condition.lines_named(&name_of),
        action: rule.action.describe(&name_of),
    }
}
