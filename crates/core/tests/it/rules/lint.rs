//! What the linter says, and that it says nothing false.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::time::Instant;

use lr_core::id::{ExperimentId, PoolId, RepId, RuleId, RulesetId, TerritoryId};
use lr_core::pick::hours::WeeklyHours;
use lr_core::pick::{Member, Pool, Rep};
use lr_core::rules::Ruleset;
use lr_core::rules::action::{Action, Target};
use lr_core::rules::ast::{RuleSource, RulesetSource};
use lr_core::rules::experiment::{Experiment, Treatment, Unit, Variant};
use lr_core::rules::lint::{Code, Finding, Severity, lint};
use lr_core::rules::terms::{Terms, Territories};
use lr_core::territory::Territory;
use lr_core::time::Zone;
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::properties::{groups, leads, sound};
use super::samples::{all_of, any_of, case, group, not, predicate, terms, types};
use crate::territory::samples::{ANA, BEN, table};

fn rule(number: u128, condition: &Value) -> RuleSource {
    RuleSource {
        id: RuleId::new(Uuid::from_u128(number)),
        name: format!("Rule {number}"),
        enabled: true,
        condition: group(condition),
        action: Action::to(Target::Queue(format!("{number}"))),
        owner_first: true,
        experiment: None,
    }
}

fn ruleset(rules: Vec<RuleSource>) -> Ruleset {
    let catch_all = Action::to(Target::Queue("Rest".to_owned()));
    let id = RulesetId::new(Uuid::nil());
    Ruleset::check(RulesetSource { id, version: 1, rules, catch_all }, terms()).unwrap()
}

/// Rules with these conditions, in this order.
fn of(conditions: &[Value]) -> Ruleset {
    ruleset((1..).zip(conditions).map(|(number, condition)| rule(number, condition)).collect())
}

fn findings(ruleset: &Ruleset) -> Vec<Finding> {
    lint(ruleset, &BTreeMap::new(), &BTreeMap::new(), &terms().territories)
}

/// The words of the findings of one kind.
fn said(ruleset: &Ruleset, code: Code) -> Vec<String> {
    let found = findings(ruleset).into_iter().filter(|finding| finding.code == code);
    found.map(|finding| finding.words).collect()
}

fn country(operator: &str, value: impl Into<Value>) -> Value {
    predicate("country", operator, value)
}

/// Whether the linter sees that the second condition is true only where the first is.
fn covers(above: &Value, below: &Value) -> bool {
    !said(&of(&[above.clone(), below.clone()]), Code::Unreachable).is_empty()
}

#[test]
fn a_rule_below_one_that_takes_its_leads_is_unreachable() {
    let eu = all_of([country("in", "DE,FR,IT")]);
    let title = |value: &str| all_of([predicate("title", "contains", value)]);
    let zip = |value: &str| all_of([predicate("postal_code", "beginsWith", value)]);
    let size = |operator: &str, value: Value| all_of([predicate("employees", operator, value)]);
    let pairs = [
        (all_of([]), eu.clone()),
        (eu.clone(), all_of([country("=", "de")])),
        (eu.clone(), all_of([country("in", "DE,FR"), predicate("city", "=", "Rome")])),
        (any_of([country("=", "DE"), country("=", "FR")]), all_of([country("in", "FR,DE")])),
        (all_of([country("notNull", Value::Null)]), all_of([country("!=", "US")])),
        (all_of([country("!=", "US")]), eu.clone()),
        (title("vice"), title("vice president")),
        (zip("95"), zip("951")),
        (size(">", json!(10)), size("between", json!([11, 20]))),
        (size("<=", json!(20)), size("in", json!([1, 20]))),
        (
            all_of([predicate("title", "matches", "^VP")]),
            all_of([predicate("title", "matches", "^VP")]),
        ),
        (not(country("=", "US")), all_of([country("null", Value::Null)])),
    ];
    for (above, below) in pairs {
        assert!(covers(&above, &below), "{above} takes all of {below}");
    }
}

#[test]
fn a_rule_that_some_lead_reaches_is_not_called_unreachable() {
    let pairs = [
        (all_of([country("in", "DE,FR")]), all_of([country("in", "DE,IT")])),
        (all_of([country("!=", "US")]), not(country("=", "US"))),
        (
            all_of([predicate("postal_code", "beginsWith", "951")]),
            all_of([predicate("postal_code", "beginsWith", "95")]),
        ),
        (all_of([predicate("employees", ">", 10)]), all_of([predicate("employees", ">=", 10)])),
        (
            all_of([country("=", "DE"), predicate("city", "=", "Bonn")]),
            all_of([country("=", "DE")]),
        ),
        (all_of([predicate("title", "matches", "vp")]), all_of([predicate("title", "=", "VP")])),
    ];
    for (above, below) in pairs {
        assert!(!covers(&above, &below), "{above} lets some of {below} pass");
    }
}

#[test]
fn several_rules_together_can_take_all_of_a_rule() {
    let set = of(&[
        all_of([country("=", "DE")]),
        all_of([country("in", "FR,US")]),
        all_of([country("in", "DE,FR"), predicate("city", "notNull", Value::Null)]),
    ]);
    assert_eq!(
        said(&set, Code::Unreachable),
        ["“Rule 3” is never reached: “Rule 1”, “Rule 2” take every lead that it is for."]
    );
}

#[test]
fn a_rule_that_is_off_or_holds_leads_out_shadows_nothing() {
    let everybody = all_of([]);
    let mut off = rule(1, &everybody);
    off.enabled = false;
    let mut holding_out = rule(2, &everybody);
    let variant = |name: &str, treatment| Variant {
        name: name.to_owned(),
        weight: NonZeroU32::MIN,
        treatment,
    };
    holding_out.experiment = Some(Experiment {
        id: ExperimentId::new(Uuid::nil()),
        unit: Unit::Person,
        variants: vec![variant("A", Treatment::Control), variant("B", Treatment::Holdout)],
    });
    let set = ruleset(vec![off, holding_out, rule(3, &everybody)]);
    assert_eq!(said(&set, Code::Unreachable), [""; 0]);
    assert_eq!(said(&set, Code::SwitchedOff), ["“Rule 1” is switched off."]);
}

#[test]
fn a_condition_that_is_never_or_always_true_is_told() {
    let never = [
        all_of([country("=", "DE"), country("=", "FR")]),
        all_of([country("null", Value::Null), country("in", "DE,FR")]),
        all_of([predicate("employees", ">", 100), predicate("employees", "<", 50)]),
        all_of([
            predicate("postal_code", "beginsWith", "1"),
            predicate("postal_code", "beginsWith", "2"),
        ]),
        all_of([
            predicate("title", "contains", "sales"),
            predicate("title", "doesNotContain", "ale"),
        ]),
        all_of([predicate("seniority", "notIn", "c_level,vp"), predicate("seniority", "in", "vp")]),
    ];
    for condition in never {
        assert_eq!(
            said(&of(std::slice::from_ref(&condition)), Code::NeverTrue).len(),
            1,
            "{condition}"
        );
    }
    let always = any_of([country("null", Value::Null), country("notNull", Value::Null)]);
    assert_eq!(said(&of(&[always]), Code::AlwaysTrue).len(), 1);
    assert_eq!(said(&of(&[all_of([])]), Code::AlwaysTrue), [""; 0]);
}

#[test]
fn targets_that_are_not_there_are_told_with_their_places() {
    let pool = |number| Target::Pool(PoolId::new(Uuid::from_u128(number)));
    let rep = |number| Target::Rep(RepId::new(Uuid::from_u128(number)));
    let mut sent = rule(1, &all_of([]));
    sent.action = Action {
        target: rep(9),
        fallback: vec![rep(1), rep(2), pool(9), pool(1), pool(2), pool(3), pool(4)],
        set: vec![],
    };
    let reps: BTreeMap<_, _> = [(1, true), (2, false)]
        .into_iter()
        .map(|(id, active)| {
            let id = RepId::new(Uuid::from_u128(id));
            let zone = Zone::parse("UTC").unwrap();
            (id, Rep { active, ..Rep::new(id, "Ada", zone, WeeklyHours::always()) })
        })
        .collect();
    let pools: BTreeMap<_, _> = [(1, vec![]), (2, vec![2]), (3, vec![1, 2]), (4, vec![1])]
        .into_iter()
        .map(|(number, members)| {
            let id = PoolId::new(Uuid::from_u128(number));
            let member =
                |rep| Member { rep: RepId::new(Uuid::from_u128(rep)), weight: NonZeroU32::MIN };
            let mut pool = Pool::new(id, "EMEA", members.into_iter().map(member).collect());
            if number == 4 {
                pool.skills.insert("german".to_owned());
            }
            (id, pool)
        })
        .collect();
    let found = lint(&ruleset(vec![sent]), &reps, &pools, &terms().territories);
    let told: Vec<_> = found.iter().map(|finding| (finding.code, finding.path.as_str())).collect();
    assert_eq!(
        told,
        [
            (Code::UnknownRep, "rules[0].action.target"),
            (Code::UnknownPool, "rules[0].action.fallback[2]"),
            (Code::InactiveRep, "rules[0].action.fallback[1]"),
            (Code::EmptyPool, "rules[0].action.fallback[3]"),
            (Code::InactivePool, "rules[0].action.fallback[4]"),
            (Code::StarvedPool, "rules[0].action.fallback[6]"),
        ]
    );
    assert_eq!(found[0].code.severity(), Severity::Error);
    assert_eq!(found[3].words, "“Rule 1” names the pool EMEA, which has no members.");
}

#[test]
fn a_territory_is_told_if_it_has_no_rows_or_rows_of_nobody() {
    let id = |number| TerritoryId::new(Uuid::from_u128(number));
    let rows = "country,owner,until\nDE,Ana Ruiz,\nFR,EMEA,\nIT,Ben Roth,2026-01-01";
    let tables = [(1, "country,owner"), (2, rows), (3, "country,owner\nDE,Ben Roth")];
    let territories: Territories = tables
        .map(|(number, text)| {
            let (id, table) = (id(number), table(text).into());
            (id, Territory { id, name: format!("T{number}"), table })
        })
        .into();
    let reps = [(ANA, true), (BEN, false)].map(|(id, active)| {
        let zone = Zone::parse("UTC").unwrap();
        (id, Rep { active, ..Rep::new(id, "Rep", zone, WeeklyHours::always()) })
    });
    let mut sent = rule(1, &all_of([]));
    let fallback = vec![Target::TerritoryOwner(id(2)), Target::TerritoryOwner(id(3))];
    sent.action = Action { target: Target::TerritoryOwner(id(1)), fallback, set: vec![] };
    let catch_all = Action::to(Target::Queue("Rest".to_owned()));
    let source =
        RulesetSource { id: RulesetId::new(Uuid::nil()), version: 1, rules: vec![sent], catch_all };
    let terms = Terms { attributes: types(), territories };
    let set = Ruleset::check(source, &terms).unwrap();
    let found = lint(&set, &reps.into(), &BTreeMap::new(), &terms.territories);
    let told: Vec<_> = found.iter().map(|finding| finding.words.as_str()).collect();
    let pool = "pool_00000000000000000000000000000010";
    assert_eq!(
        told,
        [
            "“Rule 1” names the territory T1, which has no rows.".to_owned(),
            format!(
                "“Rule 1” names the territory T2, whose line 3 belongs to {pool}, which is no pool \
                 of this workspace."
            ),
            "“Rule 1” names the territory T3, whose line 2 belongs to Rep, who is not active."
                .to_owned(),
        ]
    );
    assert_eq!(found[0].code.as_str(), "empty_territory");
    assert_eq!(found[2].path, "rules[0].action.fallback[1]");
}

#[test]
fn an_overlap_comes_with_a_lead_of_both() {
    let set = of(&[all_of([country("in", "DE,FR")]), all_of([predicate("employees", ">=", 500)])]);
    let found = findings(&set);
    let overlap = found.iter().find(|finding| finding.code == Code::Overlap).unwrap();
    assert_eq!(overlap.words, "“Rule 2” loses some of its leads to “Rule 1”.");
    let shown: Vec<_> = overlap.example.iter().map(|known| known.field.as_str()).collect();
    assert_eq!(shown, ["Country", "Employees"]);
}

#[test]
fn a_gap_is_shown_by_the_plainest_lead() {
    let set = of(&[all_of([country("in", "DE,FR")])]);
    assert_eq!(said(&set, Code::Gap), [""; 0], "what nobody mentions is no gap");
    let set = of(&[all_of([country("in", "DE,FR"), predicate("employees", ">=", 500)])]);
    let found = findings(&set);
    let gap = found.iter().find(|finding| finding.code == Code::Gap).unwrap();
    assert_eq!(gap.example.len(), 1);
}

#[test]
fn leads_are_made_of_the_rows_of_territories_that_rules_ask_about() {
    let id = TerritoryId::new(Uuid::from_u128(1));
    let rows = (0..2_000).map(|n| format!("DE,{n:05},50{n}-60{n},ana@x.test,2026-01-01"));
    let rows = rows.collect::<Vec<_>>().join("\n");
    let table = table(&format!("country,postal_code,employees,owner,from\n{rows}")).into();
    let territories: Territories =
        [(id, Territory { id, name: "Germany".to_owned(), table })].into();
    let terms = Terms { attributes: types(), territories };
    let asks =
        |number| rule(number, &all_of([predicate("territory", "inTerritory", id.to_string())]));
    let source = |rules| RulesetSource {
        id: RulesetId::new(Uuid::nil()),
        version: 1,
        rules,
        catch_all: Action::to(Target::Queue("Rest".to_owned())),
    };
    let found = |rules: Vec<RuleSource>| {
        let set = Ruleset::check(source(rules), &terms).unwrap();
        lint(&set, &BTreeMap::new(), &BTreeMap::new(), &terms.territories)
    };
    let below = rule(2, &all_of([country("=", "DE")]));
    let overlap = found(vec![asks(1), below]);
    let overlap = overlap.iter().find(|finding| finding.code == Code::Overlap).unwrap();
    assert_eq!(overlap.words, "“Rule 2” loses some of its leads to “Rule 1”.");
    let fields: Vec<_> = overlap.example.iter().map(|known| known.field.as_str()).collect();
    assert_eq!(fields, ["Country", "Postal code", "Employees"]);
    // Three of four of the leads are made of a row, and the others of nothing.
    let gap = found(vec![asks(1)]).into_iter().find(|finding| finding.code == Code::Gap);
    assert_eq!(gap, None, "what reaches the catch-all says nothing");
}

/// A thousand rules of the usual kinds, most of them on several fields.
fn thousand() -> Ruleset {
    let countries = ["DE", "FR", "IT", "ES", "US", "CA", "GB", "NL", "BE", "AT"];
    let rules = (0..1_000_u128).map(|number| {
        let at = usize::try_from(number).unwrap();
        let zips: Vec<_> = (0..8).map(|n| format!("{:05}", at * 8 + n)).collect();
        let zips =
            any_of(zips.iter().map(|zip| predicate("postal_code", "beginsWith", zip.as_str())));
        let condition = match number % 4 {
            0 => all_of([country("=", countries[at % 10]), predicate("employees", ">=", at), zips]),
            1 => all_of([predicate("domain", "in", format!("a{at}.test,b{at}.test,c{at}.test"))]),
            2 => all_of([
                predicate("title", "contains", format!("word{at:04}")),
                country("in", "DE,FR,IT"),
            ]),
            _ => all_of([
                not(country("=", countries[at % 10])),
                predicate("city", "=", format!("{at}")),
            ]),
        };
        rule(number + 1, &condition)
    });
    ruleset(rules.collect())
}

#[test]
fn a_thousand_rules_are_looked_at_quickly_and_alike_each_time() {
    let set = thousand();
    let start = Instant::now();
    let found = findings(&set);
    println!("linted 1,000 rules in {:?}", start.elapsed());
    assert_eq!(findings(&set), found);
    assert!(found.iter().all(|finding| finding.code != Code::Unreachable));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn what_is_called_unreachable_no_lead_reaches(
        conditions in prop::collection::vec(groups(sound()), 1..5),
        leads in prop::collection::vec(leads(), 40),
    ) {
        let set = of(&conditions);
        let found = findings(&set);
        for lead in &leads {
            let case = case(lead);
            let first = set.scan(&case).next().map(|rule| rule.id);
            for finding in &found {
                let rule = finding.rules.first().copied();
                let matches = || set.scan(&case).any(|other| Some(other.id) == rule);
                let held = match finding.code {
                    Code::Unreachable => first != rule,
                    Code::NeverTrue => !matches(),
                    Code::AlwaysTrue => matches(),
                    Code::Overlap
                    | Code::Gap
                    | Code::SwitchedOff
                    | Code::UnknownRep
                    | Code::UnknownPool
                    | Code::InactiveRep
                    | Code::EmptyPool
                    | Code::InactivePool
                    | Code::StarvedPool
                    | Code::EmptyTerritory
                    | Code::IdleTerritory => true,
                };
                prop_assert!(held, "{:?}", finding);
            }
        }
    }
}
