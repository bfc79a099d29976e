//! `inTerritory` and its negation.

use lr_core::case::Case;
use lr_core::lead::Lead;
use lr_core::normalise::country::Country;
use lr_core::rules::condition::Condition;
use serde_json::{Value, json};

use super::samples::{
    EUROPE, WEST, all_of, californian, case, condition, group, holds, predicate, terms, types,
    unknown,
};

fn berliner() -> Lead {
    Lead { country: Country::from_code("DE"), postal_code: Some("10115".into()), ..unknown() }
}

fn within(lead: &Lead, territory: impl ToString) -> bool {
    let id = territory.to_string();
    let [within, without] =
        ["inTerritory", "notInTerritory"].map(|it| holds(lead, "territory", it, id.as_str()));
    assert_ne!(within, without, "the lead as a whole is never missing");
    within
}

fn fault(field: &str, operator: &str, value: impl Into<Value>) -> (String, String) {
    let stored = group(&all_of([predicate(field, operator, value)]));
    let fault = Condition::check(&stored, terms()).unwrap_err().remove(0);
    (fault.path, fault.message)
}

#[test]
fn a_lead_is_in_a_territory_if_a_row_is_for_it() {
    assert!(within(&berliner(), EUROPE));
    let munich = Lead { postal_code: Some("80331".into()), ..berliner() };
    assert!(!within(&munich, EUROPE));
    assert!(!within(&unknown(), EUROPE), "a filled cell never fits a missing value");
}

#[test]
fn only_rows_in_force_at_the_instant_of_the_decision_count() {
    let id = WEST.to_string();
    let asked = condition(&all_of([predicate("territory", "inTerritory", id.as_str())]));
    let at = |at: &str| asked.matches(&Case { at: at.parse().unwrap(), ..case(&californian()) });
    assert!(at("2026-05-02T23:59:59Z"));
    assert!(!at("2026-05-03T00:00:00Z"));
}

#[test]
fn what_is_not_a_territory_is_refused_where_it_stands() {
    let (path, message) =
        fault("territory", "inTerritory", "terr_00000000000000000000000000000009");
    assert_eq!(path, "rules[0].value");
    assert!(message.contains("Europe (terr_"), "{message}");
    assert_eq!(fault("territory", "inTerritory", "Europe").0, "rules[0].value");
    assert_eq!(fault("territory", "inTerritory", json!([EUROPE.to_string()])).0, "rules[0].value");
    for (field, operator) in [("city", "inTerritory"), ("territory", "="), ("territory", "null")] {
        let (path, message) = fault(field, operator, EUROPE.to_string());
        assert_eq!(path, "rules[0].operator", "{message}");
    }
    let nowhere = lr_core::rules::terms::Terms { attributes: types(), ..Default::default() };
    let stored = group(&all_of([predicate("territory", "inTerritory", EUROPE.to_string())]));
    let faults = Condition::check(&stored, &nowhere).unwrap_err();
    assert!(faults[0].message.contains("the workspace has none"), "{faults:?}");
}

#[test]
fn it_is_put_into_words_with_what_the_lead_has() {
    let of = |operator| condition(&all_of([predicate("territory", operator, EUROPE.to_string())]));
    assert_eq!(of("inTerritory").describe(), "Territory is Europe");
    assert_eq!(of("notInTerritory").describe(), "Territory is not Europe");
    let munich = Lead { postal_code: Some("80331".into()), ..berliner() };
    let failure = of("inTerritory").first_failure(&case(&munich)).unwrap();
    assert_eq!(
        failure.words,
        "Territory is not Europe (Country Germany (DE), Postal code “80331”, Employees missing), \
         needed: Europe"
    );
    let failure = of("notInTerritory").first_failure(&case(&berliner())).unwrap();
    assert_eq!(failure.words, "Territory is Europe (line 2), needed: not Europe");
}
