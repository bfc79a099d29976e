//! Leads made of the values that the rules name: where rules overlap, and what reaches the
//! catch-all.

mod lead;
mod lot;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};

use crate::rules::lint::sample::lead::made_of;
use crate::rules::lint::sample::lot::Lot;
use crate::rules::lint::sample::vocabulary::{Sample, Vocabulary};
use crate::rules::lint::{Code, Finding, Known};
use crate::rules::terms::Territories;
use crate::rules::{Rule, Ruleset};

/// Leads made of values of all rules together.
const MIXED: usize = 1_000;
/// Leads made of values of each rule, for the first rules.
const OF_EACH: usize = 2;
/// Most rules for which leads of their own are made.
const MAX_RULES: usize = 1_000;
/// Most rows of a territory that leads of all rules together are made of.
const MIXED_ROWS: usize = 500;
/// Most rules that are named as taking another's leads.
const SHOWN_NAMES: usize = 5;

/// What leads show that are made of the rules' own values, and of rows of the territories that they
/// ask about.
pub(super) fn findings(ruleset: &Ruleset, territories: &Territories) -> Vec<Finding> {
    let mut lot = Lot::default();
    let mut overlaps = Overlaps::default();
    let own = ruleset.source.rules.iter().filter(|rule| rule.enabled).take(MAX_RULES);
    for rule in own {
        let named = Vocabulary::of([&rule.condition], territories, OF_EACH);
        for _ in 0..OF_EACH {
            overlaps.see(ruleset, &named.draw(&mut lot, 8));
        }
    }
    let conditions = ruleset.source.rules.iter().map(|rule| &rule.condition);
    let all = Vocabulary::of(conditions, territories, MIXED_ROWS);
    let mut left = Vec::new();
    for _ in 0..MIXED {
        left.extend(overlaps.see(ruleset, &all.draw(&mut lot, 6)));
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
    fn see(&mut self, ruleset: &Ruleset, sample: &Sample) -> Option<Vec<Known>> {
        let (case, shown) = made_of(sample);
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
