//! What is said to differ between two rulesets.

use std::num::NonZeroU32;

use lr_core::id::{ExperimentId, PoolId, RuleId, RulesetId, TerritoryId};
use lr_core::rules::action::{Action, Target};
use lr_core::rules::ast::{RuleSource, RulesetSource};
use lr_core::rules::diff::{Change, diff};
use lr_core::rules::experiment::{Experiment, Treatment, Unit, Variant};
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::samples::{all_of, group, predicate};

const EMEA: u128 = 1;

fn queue(name: &str) -> Action {
    Action::to(Target::Queue(name.to_owned()))
}

fn pool(number: u128) -> Action {
    Action::to(Target::Pool(PoolId::new(Uuid::from_u128(number))))
}

fn rule(number: u128) -> RuleSource {
    let country = predicate("country", "in", json!(["DE", "FR"]));
    RuleSource {
        id: RuleId::new(Uuid::from_u128(number)),
        name: format!("Rule {number}"),
        enabled: true,
        condition: group(&all_of([country])),
        action: queue("A"),
        owner_first: true,
        experiment: None,
    }
}

fn experiment() -> Experiment {
    let part = |name: &str, treatment| Variant {
        name: name.to_owned(),
        weight: NonZeroU32::MIN,
        treatment,
    };
    let other = part("Other pool", Treatment::Instead(pool(EMEA)));
    let variants = vec![part("As ever", Treatment::Control), other];
    Experiment { id: ExperimentId::new(Uuid::nil()), unit: Unit::Account, variants }
}

fn ruleset(rules: Vec<RuleSource>) -> RulesetSource {
    RulesetSource { id: RulesetId::new(Uuid::nil()), version: 1, rules, catch_all: queue("Rest") }
}

fn names(target: &Target) -> Option<String> {
    let id = match target {
        Target::Pool(pool) => pool.uuid(),
        Target::TerritoryOwner(territory) => territory.uuid(),
        Target::Rep(_)
        | Target::AccountOwner
        | Target::DuplicateOwner
        | Target::Queue(_)
        | Target::Reject(_) => return None,
    };
    Some(if id.as_u128() == EMEA { "EMEA" } else { "Other" }.to_owned())
}

fn said(before: Vec<RuleSource>, after: Vec<RuleSource>) -> String {
    let changes = diff(&ruleset(before), &ruleset(after), names);
    changes.iter().flat_map(Change::lines).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_kind_of_change_is_told() {
    let mut renamed = rule(1);
    renamed.name = "First".to_owned();
    renamed.enabled = false;
    let mut other = rule(2);
    other.condition =
        group(&all_of([predicate("country", "in", "FR,DE,IT"), predicate("employees", ">=", 50)]));
    other.action = pool(EMEA);
    other.owner_first = false;
    other.experiment = Some(experiment());
    let changes =
        said(vec![rule(1), rule(2), rule(3), rule(4)], vec![rule(4), renamed, other, rule(5)]);
    insta::assert_snapshot!(changes, @"
    ~ “Rule 4” moved from 4 to 1
    ~ “Rule 1” is now called “First”
    ~ “First” is switched off
    ~ “Rule 2” is for other leads
        all of
      -   country in [DE, FR]
      +   country in [DE, FR, IT]
      +   employees >= 50
    ~ “Rule 2” does something else
      - queue “A”
      + pool EMEA
    ~ “Rule 2” has owner-first switched off
    ~ “Rule 2” has another experiment
      + exp_00000000000000000000000000000000, by account
      +   1 parts “As ever”: as the rule says
      +   1 parts “Other pool”: pool EMEA
    + “Rule 5” is new, at 4
      + all of
      +   country in [DE, FR]
      + → queue “A”
    - “Rule 3” is gone; it stood at 3
      - all of
      -   country in [DE, FR]
      - → queue “A”
    ");
}

#[test]
fn another_spelling_of_the_same_condition_is_no_change() {
    let mut spelt = rule(1);
    spelt.condition = group(&all_of([predicate("country", "in", "fr, de")]));
    assert_eq!(said(vec![rule(1)], vec![spelt]), "");
}

#[test]
fn two_pools_of_one_name_are_told_apart_by_id() {
    let (mut before, mut after) = (rule(1), rule(1));
    (before.action, after.action) = (pool(2), pool(3));
    let said = said(vec![before], vec![after]);
    assert!(said.contains("pool_00000000000000000000000000000002"), "{said}");
}

#[test]
fn the_catch_all_is_compared_too() {
    let (before, mut after) = (ruleset(vec![]), ruleset(vec![]));
    after.catch_all = pool(EMEA);
    let expected =
        Change::CatchAll { before: "queue “Rest”".to_owned(), after: "pool EMEA".to_owned() };
    assert_eq!(diff(&before, &after, names), [expected]);
}

proptest! {
    #[test]
    fn rulesets_are_equal_exactly_when_nothing_is_told(
        before in prop::collection::vec(0_u128..6, 0..6),
        after in prop::collection::vec(0_u128..6, 0..6),
    ) {
        let unique = |numbers: &[u128]| {
            let mut seen = Vec::new();
            for number in numbers {
                if !seen.contains(number) {
                    seen.push(*number);
                }
            }
            ruleset(seen.into_iter().map(rule).collect())
        };
        let (before, after) = (unique(&before), unique(&after));
        prop_assert_eq!(diff(&before, &after, names).is_empty(), before == after);
    }
}

fn in_territory(number: u128) -> RuleSource {
    let id = TerritoryId::new(Uuid::from_u128(number)).to_string();
    let condition = group(&all_of([predicate("territory", "inTerritory", id)]));
    RuleSource { condition, ..rule(1) }
}

#[test]
fn a_territory_goes_by_its_name_and_by_its_id_where_two_have_one_name() {
    let told = said(vec![in_territory(EMEA)], vec![in_territory(2)]);
    let lines: Vec<_> = told.lines().skip(1).map(str::trim).collect();
    assert_eq!(
        lines,
        ["all of", "-   territory inTerritory EMEA", "+   territory inTerritory Other"]
    );
    let told = said(vec![in_territory(2)], vec![in_territory(3)]);
    assert!(told.contains("- ") && told.contains("inTerritory terr_"), "{told}");
}
