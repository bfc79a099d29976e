//! From the stored form to rules that cannot fail when a lead runs.
//!
//! Every fault is found when a ruleset is saved, all of them at once, each with the path of what is
//! wrong and a message that says what to do.

mod condition;
mod constant;
mod other;
mod shared;
pub(super) mod value;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::id::RuleId;
use crate::rules::action::{Action, Setting, Target};
use crate::rules::ast::{RuleSource, RulesetSource};
use crate::rules::check::shared::Shared;
use crate::rules::condition::Condition;
use crate::rules::experiment::{Experiment, Treatment};
use crate::rules::index::Index;
use crate::rules::terms::Terms;
use crate::rules::{Rule, Ruleset, ast};

/// Most rules in a ruleset.
pub const MAX_RULES: usize = 10_000;
/// Deepest nesting of groups; the outermost group counts as one.
pub const MAX_NESTING: usize = 32;
/// Most values in the list of one predicate.
pub const MAX_LIST: usize = 10_000;
/// Longest text constant or regular expression, in characters.
pub const MAX_TEXT: usize = 1_000;
/// Longest name of a rule or a queue, and longest reason of a rejection, in characters.
pub const MAX_NAME: usize = 200;
/// Longest list of fallbacks of one action.
pub const MAX_FALLBACKS: usize = 20;
/// Most things that one action sets.
pub const MAX_SETTINGS: usize = 20;
/// Most variants of one experiment.
pub const MAX_VARIANTS: usize = 10;
/// Most regular expressions in a ruleset.
pub const MAX_PATTERNS: usize = 500;
/// Most memory that one compiled regular expression may take, and again its cache, in bytes.
pub const MAX_PATTERN_BYTES: usize = 256 * 1024;

/// One thing that is wrong in a ruleset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Where, as in `rules[3].condition.rules[0].value`.
    pub path: String,
    /// What is wrong and what to do, in a sentence for the person who wrote the rule.
    pub message: String,
}

impl Ruleset {
    /// Checks a stored ruleset, in a workspace whose attributes and territories are `terms`.
    ///
    /// # Errors
    ///
    /// Every fault found, in the order of the stored form. Never an empty list.
    pub fn check(source: RulesetSource, terms: &Terms) -> Result<Self, Vec<Fault>> {
        let mut tally = Tally::new(terms);
        if source.rules.len() > MAX_RULES {
            let found = source.rules.len();
            tally.fault("rules", format!("There are {found} rules; the most is {MAX_RULES}."));
            return Err(tally.faults);
        }
        let mut ids = HashSet::new();
        let checked: Vec<_> = (source.rules.iter().enumerate())
            .map(|(index, rule)| check_rule(rule, &format!("rules[{index}]"), &mut ids, &mut tally))
            .collect();
        check_action(&source.catch_all, "catch_all", &mut tally);
        match checked.into_iter().collect::<Result<Vec<_>, _>>() {
            Ok(rules) if tally.faults.is_empty() => Ok(Self {
                id: source.id,
                version: source.version,
                index: Index::of(&rules),
                rules,
                catch_all: source.catch_all.clone(),
                source,
            }),
            Ok(_) | Err(Faulted) => Err(tally.faults),
        }
    }
}

impl Condition {
    /// Checks a stored condition by itself, as [`Ruleset::check`] does; paths start within it, as in
    /// `rules[0].value`.
    ///
    /// # Errors
    ///
    /// Every fault found, in the order of the stored form. Never an empty list.
    pub fn check(source: &ast::Group, terms: &Terms) -> Result<Self, Vec<Fault>> {
        let mut tally = Tally::new(terms);
        condition::check(source, "", &mut tally).map_err(|Faulted| tally.faults)
    }
}

/// What one check has found so far, and what it goes by.
struct Tally<'a> {
    terms: &'a Terms,
    faults: Vec<Fault>,
    /// Regular expressions; counted before they are compiled.
    patterns: usize,
    shared: Shared,
}

/// Proof that a fault was reported: nothing is refused without a reason.
#[derive(Debug)]
struct Faulted;

impl<'a> Tally<'a> {
    fn new(terms: &'a Terms) -> Self {
        Self { terms, faults: Vec::new(), patterns: 0, shared: Shared::default() }
    }

    fn fault(&mut self, path: impl Into<String>, message: impl Into<String>) -> Faulted {
        self.faults.push(Fault { path: path.into(), message: message.into() });
        Faulted
    }
}

fn check_rule(
    source: &RuleSource,
    path: &str,
    ids: &mut HashSet<RuleId>,
    tally: &mut Tally<'_>,
) -> Result<Rule, Faulted> {
    let RuleSource { id, name, enabled, condition, action, owner_first, experiment } = source;
    if !ids.insert(*id) {
        let message = format!("{id} stands here twice; give each rule its own.");
        tally.fault(format!("{path}.id"), message);
    }
    check_name(name, &format!("{path}.name"), tally);
    let condition = condition::check(condition, &format!("{path}.condition"), tally);
    check_action(action, &format!("{path}.action"), tally);
    if let Some(experiment) = experiment {
        check_experiment(experiment, &format!("{path}.experiment"), tally);
    }
    Ok(Rule {
        id: *id,
        name: name.clone(),
        enabled: *enabled,
        condition: condition?,
        action: action.clone(),
        owner_first: *owner_first,
        experiment: experiment.clone(),
    })
}

fn check_action(action: &Action, path: &str, tally: &mut Tally<'_>) {
    check_target(&action.target, &format!("{path}.target"), tally);
    if action.fallback.len() > MAX_FALLBACKS {
        let message = format!("An action has at most {MAX_FALLBACKS} fallbacks; remove some.");
        tally.fault(format!("{path}.fallback"), message);
    }
    for (index, target) in action.fallback.iter().enumerate() {
        check_target(target, &format!("{path}.fallback[{index}]"), tally);
    }
    if action.set.len() > MAX_SETTINGS {
        let message = format!("An action sets at most {MAX_SETTINGS} things; remove some.");
        tally.fault(format!("{path}.set"), message);
    }
    for (index, setting) in action.set.iter().enumerate() {
        check_setting(setting, &format!("{path}.set[{index}]"), tally);
    }
}

fn check_setting(setting: &Setting, path: &str, tally: &mut Tally<'_>) {
    match setting {
        Setting::Tag(tag) => check_name(tag, &format!("{path}.tag"), tally),
        Setting::Priority(_) => {}
        Setting::Attribute { name, value } => {
            check_name(name, &format!("{path}.attribute.name"), tally);
            check_name(value, &format!("{path}.attribute.value"), tally);
        }
    }
}

fn check_experiment(experiment: &Experiment, path: &str, tally: &mut Tally<'_>) {
    let Experiment { variants, .. } = experiment;
    if !(2..=MAX_VARIANTS).contains(&variants.len()) {
        let message = format!("An experiment compares 2 to {MAX_VARIANTS} variants.");
        tally.fault(format!("{path}.variants"), message);
    }
    let mut names = HashSet::new();
    for (index, variant) in variants.iter().enumerate() {
        let path = format!("{path}.variants[{index}]");
        check_name(&variant.name, &format!("{path}.name"), tally);
        if !names.insert(variant.name.trim()) {
            tally.fault(format!("{path}.name"), "Two variants have this name; change one.");
        }
        if let Treatment::Instead(action) = &variant.treatment {
            check_action(action, &format!("{path}.treatment.instead"), tally);
        }
    }
}

fn check_target(target: &Target, path: &str, tally: &mut Tally<'_>) {
    match target {
        Target::Rep(_) | Target::Pool(_) | Target::AccountOwner | Target::DuplicateOwner => {}
        Target::TerritoryOwner(id) => {
            if !tally.terms.territories.contains_key(id) {
                let message = tally.terms.no_territory(&id.to_string());
                tally.fault(format!("{path}.territory_owner"), message);
            }
        }
        Target::Queue(name) => check_name(name, &format!("{path}.queue"), tally),
        Target::Reject(reason) => check_name(reason, &format!("{path}.reject"), tally),
    }
}

fn check_name(text: &str, path: &str, tally: &mut Tally<'_>) {
    if text.trim().is_empty() {
        tally.fault(path, "This is empty; write something that people will recognise.");
    } else if text.chars().count() > MAX_NAME {
        tally.fault(path, format!("This is too long; the most is {MAX_NAME} characters."));
    } else if text.contains('\0') {
        tally.fault(path, "This holds a NUL character, which cannot be stored; remove it.");
    }
}
