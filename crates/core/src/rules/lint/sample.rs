//! Leads made of the values that the rules name: where rules overlap, and what reaches the
//! catch-all.

mod lead;
mod lot;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::rules::ast::{Group, Node};
use crate::rules::check::value::list_of;
use crate::rules::lint::sample::lead::made_of;
use crate::rules::lint::sample::lot::Lot;
use crate::rules::lint::{Code, Finding, Known};
use crate::rules::operator::Operator;
use crate::rules::{Rule, Ruleset};

/// Leads made of values of all rules together.
const MIXED: usize = 1_000;
/// Leads made of values of each rule, for the first rules.
const OF_EACH: usize = 2;
/// Most rules for which leads of their own are made.
const MAX_RULES: usize = 1_000;
/// Most values of one field that leads are made of.
const MAX_VALUES: usize = 500;
/// Most rules that are named as taking another's leads.
const SHOWN_NAMES: usize = 5;

/// Which values the rules name, by the stored name of the field.
type Vocabulary = BTreeMap<String, BTreeSet<String>>;

/// What leads made of the rules' own values show.
pub(super) fn findings(ruleset: &Ruleset) -> Vec<Finding> {
    let mut lot = Lot::default();
    let mut overlaps = Overlaps::default();
    let own = ruleset.source.rules.iter().filter(|rule| rule.enabled).take(MAX_RULES);
    for rule in own {
        let named = vocabulary([&rule.condition]);
        for _ in 0..OF_EACH {
            overlaps.see(ruleset, draw(&named, &mut lot, 8));
        }
    }
    let all = vocabulary(ruleset.source.rules.iter().map(|rule| &rule.condition));
    let mut left = Vec::new();
    for _ in 0..MIXED {
        left.extend(overlaps.see(ruleset, draw(&all, &mut lot, 6)));
    }
    let mut findings = overlaps.findings(ruleset);
    findings.extend(gap(left));
    findings
}

/// The overlaps seen so far, by the position of the rule that loses leads.
#[derive(Default)]
struct Overlaps(BTreeMap<usize, Lost>);

/// What a rule loses: the positions of the rules that take it, and the first lead that showed one.
struct Lost {
    to: BTreeSet<usize>,
    example: Vec<Known>,
}

impl Overlaps {
    /// Looks at one lead; gives it back if no rule is for it.
    fn see(&mut self, ruleset: &Ruleset, known: Vec<(String, String)>) -> Option<Vec<Known>> {
        let (case, shown) = made_of(&known);
        let matches = ruleset.all_matches(&case);
        let Some(first) = matches.first() else { return Some(shown) };
        let other = matches.iter().find(|rule| does_differ(first, rule));
        let at = |rule: &Rule| ruleset.rules.iter().position(|other| other.id == rule.id);
        if let (Some(first), Some(other)) = (at(first), other.and_then(|other| at(other))) {
            let lost = self.0.entry(other);
            lost.or_insert_with(|| Lost { to: BTreeSet::new(), example: shown }).to.insert(first);
        }
        None
    }

    fn findings(self, ruleset: &Ruleset) -> Vec<Finding> {
        let each = self.0.into_iter().filter_map(|(other, Lost { to, example })| {
            let loser = ruleset.rules.get(other)?;
            let takers: Vec<_> = to.iter().filter_map(|at| ruleset.rules.get(*at)).collect();
            let names: Vec<_> = takers.iter().map(|rule| format!("“{}”", rule.name)).collect();
            let words = format!("“{}” loses some of its leads to {}.", loser.name, listed(&names));
            let rules = std::iter::once(loser).chain(takers).map(|rule| rule.id).collect();
            let path = format!("rules[{other}].condition");
            Some(Finding { code: Code::Overlap, rules, path, words, example })
        });
        each.collect()
    }
}

/// The first few names, and how many more there are.
fn listed(names: &[String]) -> String {
    let shown = names.iter().take(SHOWN_NAMES).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN_NAMES) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn does_differ(first: &Rule, other: &Rule) -> bool {
    first.action != other.action || first.experiment != other.experiment
}

/// What is to be said about the mixed leads that reach the catch-all.
fn gap(left: Vec<Vec<Known>>) -> Option<Finding> {
    let count = left.len();
    // The example that says least is the easiest to understand.
    let example = left.into_iter().filter(|lead| !lead.is_empty()).min_by_key(Vec::len)?;
    let words = format!(
        "{} of 100 leads made at random of the values in the rules reach the catch-all.",
        (count * 100).div_ceil(MIXED)
    );
    Some(Finding { code: Code::Gap, rules: vec![], path: "catch_all".to_owned(), words, example })
}

/// Picks a value for a part of the fields: each with a chance of `eighths`.
fn draw(named: &Vocabulary, lot: &mut Lot, eighths: usize) -> Vec<(String, String)> {
    let mut known = Vec::new();
    for (field, values) in named {
        let value = values.iter().nth(lot.below(values.len()));
        if let Some(value) = value.filter(|_| lot.below(8) < eighths) {
            known.push((field.clone(), value.clone()));
        }
    }
    known
}

fn vocabulary<'a>(conditions: impl IntoIterator<Item = &'a Group>) -> Vocabulary {
    let mut named = Vocabulary::new();
    for condition in conditions {
        collect(condition, &mut named);
    }
    named
}

fn collect(group: &Group, named: &mut Vocabulary) {
    for node in &group.rules {
        match node {
            Node::Group(group) => collect(group, named),
            // A pattern is not a value; nothing is known of those that it matches.
            Node::Predicate(predicate) if predicate.operator == Operator::Matches.name() => {}
            Node::Predicate(predicate) => {
                let values = named.entry(predicate.field.clone()).or_default();
                for text in list_of(&predicate.value).iter().filter_map(text) {
                    let room = MAX_VALUES.saturating_sub(values.len());
                    values.extend(with_neighbours(text).take(room));
                }
            }
        }
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(|number| number.to_string()))
}

/// A value, and for a number those beside it: on either side of a bound something else may happen.
fn with_neighbours(text: String) -> impl Iterator<Item = String> {
    let number = text.trim().parse::<i64>().ok();
    let beside = number.into_iter().flat_map(|n| [n.saturating_sub(1), n.saturating_add(1)]);
    let beside = beside.filter(|number| *number >= 0).map(|number| number.to_string());
    std::iter::once(text).chain(beside)
}
