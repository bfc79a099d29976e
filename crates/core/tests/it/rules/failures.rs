//! The one predicate that explains a no.

use lr_core::lead::Lead;
use lr_core::normalise::country::Country;
use serde_json::{Value, json};

use super::samples::{all_of, any_of, californian, case, condition, not, predicate, unknown};

fn german() -> Lead {
    Lead { country: Country::from_code("DE"), ..unknown() }
}

/// Path and sentence of the first failure.
fn failure(lead: &Lead, stored: &Value) -> Option<(String, String)> {
    condition(stored).first_failure(&case(lead)).map(|failure| (failure.path, failure.words))
}

fn because(path: &str, words: &str) -> Option<(String, String)> {
    Some((path.into(), words.into()))
}

#[test]
fn a_failure_tells_everything_a_screen_shows() {
    let condition = condition(&all_of([predicate("country", "in", json!(["US", "CA"]))]));
    let failure = condition.first_failure(&case(&german())).unwrap();
    assert_eq!(
        serde_json::to_value(failure).unwrap(),
        json!({
            "path": "rules[0]",
            "field": "country",
            "label": "Country",
            "operator": "in",
            "expected": "one of US, CA",
            "actual": "Germany (DE)",
            "words": "Country is Germany (DE), needed: one of US, CA",
        })
    );
}

#[test]
fn a_lead_that_matches_has_no_failure() {
    assert_eq!(failure(&german(), &all_of([predicate("country", "=", "DE")])), None);
    assert_eq!(failure(&german(), &all_of([])), None);
}

#[test]
fn a_missing_value_is_named_as_missing() {
    let words = "Country is missing, needed: not US";
    let stored = all_of([predicate("country", "!=", "US")]);
    assert_eq!(failure(&unknown(), &stored), because("rules[0]", words));
    assert_eq!(condition(&stored).first_failure(&case(&unknown())).unwrap().actual, None);
}

#[test]
fn of_an_and_group_the_first_member_that_failed_is_reported() {
    let stored = all_of([
        predicate("source", "=", "web form"),
        all_of([predicate("country", "=", "DE"), predicate("employees", ">=", 1000)]),
        predicate("city", "=", "Berlin"),
    ]);
    let words = "Employees is missing, needed: at least 1,000";
    assert_eq!(failure(&german(), &stored), because("rules[1].rules[1]", words));
}

#[test]
fn of_an_or_group_the_first_member_is_reported() {
    let stored = any_of([
        all_of([predicate("country", "=", "DE"), predicate("city", "=", "Berlin")]),
        predicate("country", "=", "US"),
    ]);
    let words = "City is missing, needed: “Berlin”";
    assert_eq!(failure(&german(), &stored), because("rules[0].rules[1]", words));
}

#[test]
fn of_a_negated_group_the_member_that_matched_is_reported_with_the_opposite_needed() {
    let in_europe = predicate("country", "in", "AT,DE");
    let words = "Country is Germany (DE), needed: none of AT, DE";
    assert_eq!(failure(&german(), &not(in_europe.clone())), because("rules[0]", words));

    let either = json!({
        "combinator": "or",
        "not": true,
        "rules": [predicate("country", "=", "US"), in_europe],
    });
    assert_eq!(failure(&german(), &either), because("rules[1]", words));
}

#[test]
fn two_negations_cancel_out() {
    let stored = not(not(predicate("country", "=", "US")));
    let words = "Country is Germany (DE), needed: US";
    assert_eq!(failure(&german(), &stored), because("rules[0].rules[0]", words));
}

#[test]
fn values_are_shown_as_people_write_them() {
    let long = Lead { message: Some("x".repeat(5_000)), ..californian() };
    let shown =
        |field, operator, value| failure(&long, &all_of([predicate(field, operator, value)]));
    let said = |words: &str| because("rules[0]", words);

    let state = "State is California (US-CA), needed: something that begins with CA-";
    assert_eq!(shown("state", "beginsWith", "CA-"), said(state));
    let size = "Employees is 51 to 200 (counts as 125), needed: less than 50";
    assert_eq!(shown("employees", "<", "50"), said(size));
    let plan = "plan is “Gold”, needed: no value";
    assert_eq!(shown("attributes.plan", "null", ""), said(plan));
    let city = "City is “San José”, needed: something that does not contain “JOSÉ”";
    assert_eq!(shown("city", "doesNotContain", "JOSÉ"), said(city));
    let message = format!("Message is “{}…”, needed: something that matches /y+/", "x".repeat(80));
    assert_eq!(shown("message", "matches", "y+"), said(&message));
}
