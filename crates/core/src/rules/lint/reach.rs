//! Which rules no lead can reach: their condition is never true, or the rules above take everything.

use crate::id::RuleId;
use crate::rules::condition::{Compare, Predicate, Test, TextTest};
use crate::rules::experiment::Treatment;
use crate::rules::lint::possible::{possible, possible_with};
use crate::rules::lint::ways::{Literal, Way, ways};
use crate::rules::operator::Operator;
use crate::rules::{Rule, Ruleset};

/// Most values of a list that are tried one by one.
const MAX_SPLIT: usize = 64;

/// What can be said for sure about whether leads reach a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// Nothing.
    Unknown,
    /// Its condition is false for every lead.
    Never,
    /// Its condition is true for every lead, though it asks something.
    Always,
    /// These rules above take every lead that it is for.
    Covered(Vec<RuleId>),
}

/// For each rule of a ruleset in order; [`Reach::Unknown`] for those that are switched off.
pub(super) fn reach(ruleset: &Ruleset) -> Vec<Reach> {
    let mut above: Vec<Taker<'_>> = Vec::new();
    let each = ruleset.rules.iter().map(|rule| {
        if !rule.enabled {
            return Reach::Unknown;
        }
        let reach = of_rule(rule, &above);
        above.extend(Taker::of(rule).filter(|_| reach != Reach::Never));
        reach
    });
    each.collect()
}

/// A rule that takes every lead that its condition is true for.
struct Taker<'a> {
    rule: RuleId,
    /// The ways in which a lead escapes it.
    escapes: Vec<Way<'a>>,
}

impl<'a> Taker<'a> {
    /// `None` for a rule that lets leads pass, or about whose condition nothing is claimed.
    fn of(rule: &'a Rule) -> Option<Self> {
        let variants = rule.experiment.iter().flat_map(|experiment| &experiment.variants);
        if variants.into_iter().any(|variant| variant.treatment == Treatment::Holdout) {
            return None;
        }
        let mut escapes = ways(&rule.condition, false)?;
        escapes.retain(possible);
        Some(Self { rule: rule.id, escapes })
    }

    /// Whether it takes every lead of `way` that `beside` holds of.
    fn takes(&self, way: &Way<'_>, beside: Option<Literal<'_>>) -> bool {
        self.escapes.iter().all(|escape| match beside {
            None => !possible_with(way, escape),
            Some(beside) => {
                let narrowed = [escape.as_slice(), &[beside]].concat();
                !possible_with(way, &narrowed)
            }
        })
    }
}

fn of_rule(rule: &Rule, above: &[Taker<'_>]) -> Reach {
    let Some(mut own) = ways(&rule.condition, true) else { return Reach::Unknown };
    own.retain(possible);
    if own.is_empty() {
        return Reach::Never;
    }
    let mut covering = Vec::new();
    for way in &own {
        let Some(takers) = takers(way, above) else {
            return if is_always(rule) { Reach::Always } else { Reach::Unknown };
        };
        covering.extend(takers);
    }
    let mut seen = std::collections::HashSet::new();
    covering.retain(|rule| seen.insert(*rule));
    Reach::Covered(covering)
}

fn is_always(rule: &Rule) -> bool {
    let escapes = ways(&rule.condition, false);
    let none = escapes.is_some_and(|escapes| !escapes.iter().any(possible));
    none && !rule.condition.root.members.is_empty()
}

/// The rules that take every lead of `way`: one, or one for each value of a list.
fn takers(way: &Way<'_>, above: &[Taker<'_>]) -> Option<Vec<RuleId>> {
    if let Some(taker) = above.iter().find(|taker| taker.takes(way, None)) {
        return Some(vec![taker.rule]);
    }
    way.iter().filter_map(|literal| values(*literal)).find_map(|values| {
        let each = values.iter().map(|value| {
            let beside = Literal { predicate: value, wanted: true };
            above.iter().find(|taker| taker.takes(way, Some(beside))).map(|taker| taker.rule)
        });
        each.collect()
    })
}

/// The values of a list as predicates of their own.
fn values(literal: Literal<'_>) -> Option<Vec<Predicate>> {
    let Literal { predicate, wanted } = literal;
    // What is not to be true may be so for want of a value, which is none of the list's.
    if predicate.operator.negates() || !wanted {
        return None;
    }
    let is =
        |test: Test| Predicate { field: predicate.field.clone(), operator: Operator::Equal, test };
    match &predicate.test {
        Test::Text(TextTest::Compare(Compare::OneOf(list))) if list.iter().len() <= MAX_SPLIT => {
            let tests = list.iter().map(|text| TextTest::Compare(Compare::Is(text.clone())));
            Some(tests.map(|test| is(Test::Text(test))).collect())
        }
        Test::Number(Compare::OneOf(list)) if list.iter().len() <= MAX_SPLIT => {
            Some(list.iter().map(|number| is(Test::Number(Compare::Is(*number)))).collect())
        }
        Test::Missing
        | Test::Text(_)
        | Test::Number(_)
        | Test::Boolean(_)
        | Test::Time(_)
        | Test::List(_)
        | Test::Field(_)
        | Test::Territory(_) => None,
    }
}
