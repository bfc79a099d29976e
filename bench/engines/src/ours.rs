//! Our own engine: the index, the plain scan, all matches, and leads in their stored form.

use anyhow::{Result, anyhow};
use jiff::Timestamp;
use lr_core::case::Case;
use lr_core::decide::State;
use lr_core::lead::Lead;
use lr_core::rules::ast::RulesetSource;
use lr_core::rules::terms::Terms;
use lr_core::rules::{Rule, Ruleset};
use lr_core::snapshot::Snapshot;
use lr_core::snapshot::stored::Stored;
use serde_json::{Value as Json, json};

use crate::checksum::Checksum;
use crate::rules::Ask;

/// The ruleset of these rules, not yet checked.
pub fn source(rules: &[Ask]) -> Result<RulesetSource> {
    let rules = rules.iter().enumerate().map(|(number, ask)| {
        json!({
            "id": format!("rule_{number:032x}"),
            "name": format!("Rule {number}"),
            "enabled": true,
            "condition": {"combinator": "and", "rules": [write(ask)]},
            "action": reject(),
        })
    });
    let rules: Vec<_> = rules.collect();
    let id = format!("rset_{:032x}", 1);
    let source = json!({"id": id, "version": 1, "rules": rules, "catch_all": reject()});
    Ok(serde_json::from_value(source)?)
}

pub fn compile(source: RulesetSource) -> Result<Ruleset> {
    Ruleset::check(source, &Terms::default()).map_err(|faults| anyhow!("{faults:?}"))
}

fn reject() -> Json {
    json!({"target": {"reject": "nobody"}})
}

fn write(ask: &Ask) -> Json {
    let group = |combinator: &str, asks: &[Ask]| json!({"combinator": combinator, "rules": asks.iter().map(write).collect::<Vec<_>>()});
    match ask {
        Ask::In(field, list) => predicate(field, "in", json!(list)),
        Ask::Begins(field, list) => {
            let begins = |text| predicate(field, "beginsWith", json!(text));
            json!({"combinator": "or", "rules": list.iter().map(begins).collect::<Vec<_>>()})
        }
        Ask::Contains(field, part) => predicate(field, "contains", json!(part)),
        Ask::Matches(field, words) => predicate(field, "matches", json!(words.join("|"))),
        Ask::Between(field, from, to) => predicate(field, "between", json!([from, to])),
        Ask::All(asks) => group("and", asks),
        Ask::Any(asks) => group("or", asks),
        Ask::Not(ask) => json!({"combinator": "and", "not": true, "rules": [write(ask)]}),
    }
}

fn predicate(field: &str, operator: &str, value: Json) -> Json {
    let field = if field == "technology" { "attributes.technology" } else { field };
    json!({"field": field, "operator": operator, "value": value})
}

pub fn cases(leads: Vec<Lead>) -> Vec<Case> {
    leads.into_iter().map(|lead| Case::of(lead, Timestamp::UNIX_EPOCH)).collect()
}

pub fn stored(cases: &[Case]) -> Vec<Vec<u8>> {
    let snapshot = |case: &Case| Snapshot { case: case.clone(), state: State::default() }.encode();
    cases.iter().map(snapshot).collect()
}

fn number(rule: &Rule) -> usize {
    usize::try_from(rule.id.uuid().as_u128()).unwrap_or_default()
}

/// Looks at every lead once.
pub fn warm_up(ruleset: &Ruleset, cases: &[Case]) {
    for case in cases {
        std::hint::black_box(ruleset.first_match(case));
    }
}

/// Never inlined, as the two below: callgrind counts within them.
#[inline(never)]
pub fn find_first(ruleset: &Ruleset, cases: &[Case]) -> u64 {
    cases.iter().map(|case| ruleset.first_match(case).map(number)).collect::<Checksum>().value()
}

pub fn scan_first(ruleset: &Ruleset, cases: &[Case]) -> u64 {
    cases.iter().map(|case| ruleset.scan(case).next().map(number)).collect::<Checksum>().value()
}

#[inline(never)]
pub fn find_stored(ruleset: &Ruleset, stored: &[Vec<u8>]) -> Result<u64> {
    let mut checksum = Checksum::default();
    for bytes in stored {
        checksum.add(Stored::read(bytes)?.first_match(ruleset)?.map(number));
    }
    Ok(checksum.value())
}

#[inline(never)]
pub fn find_all(ruleset: &Ruleset, cases: &[Case]) -> u64 {
    let found = cases.iter().flat_map(|case| ruleset.all_matches(case));
    found.map(|rule| Some(number(rule))).collect::<Checksum>().value()
}

pub fn scan_all(ruleset: &Ruleset, cases: &[Case]) -> u64 {
    let found = cases.iter().flat_map(|case| ruleset.scan(case));
    found.map(|rule| Some(number(rule))).collect::<Checksum>().value()
}
