//! Conditions as the lines that a difference between versions shows.

use serde_json::{Value, json};

use super::samples::{all_of, any_of, group, not, predicate};

#[track_caller]
fn lines(stored: &Value, expected: &[&str]) {
    assert_eq!(group(stored).lines(), expected);
}

/// The line of one predicate.
fn line(field: &str, operator: &str, value: impl Into<Value>) -> String {
    let lines = group(&all_of([predicate(field, operator, value)])).lines();
    lines[1].trim().to_owned()
}

#[test]
fn each_group_and_predicate_has_its_line_and_depth() {
    let stored = all_of([
        predicate("country", "in", "US,CA"),
        json!({"combinator": "or", "not": true, "rules": [
            predicate("title", "contains", "vice president"),
            predicate("employees", "<", 1000),
        ]}),
        any_of([]),
        not(predicate("city", "null", json!(null))),
    ]);
    let expected = [
        "all of",
        "  country in [CA, US]",
        "  not any of",
        "    title contains \"vice president\"",
        "    employees < 1000",
        "  every lead",
        "  not all of",
        "    city null",
    ];
    lines(&stored, &expected);
    lines(&any_of([]), &["every lead"]);
}

#[test]
fn spellings_that_mean_the_same_give_the_same_line() {
    let same = [
        line("country", "in", "us, CA ,us"),
        line("country", "in", json!(["CA", "US"])),
        line("country", "in", json!(["US", "ca", "CA"])),
    ];
    assert_eq!(same, ["country in [CA, US]"; 3]);
    assert_eq!(line("employees", ">=", 1000), line("employees", ">=", " 1000 "));
    assert_eq!(line("employees", "between", "5,10"), line("employees", "between", json!([5, 10])));
    assert_eq!(line("seniority", "=", "VP"), "seniority = vp");
    assert_eq!(line("city", "null", ""), line("city", "null", json!(null)));
}

#[test]
fn what_differs_in_meaning_differs_in_its_line() {
    assert_ne!(line("city", "contains", " Rome"), line("city", "contains", "Rome"));
    assert_ne!(line("city", "in", r"a\,b"), line("city", "in", "a,b"));
    assert_ne!(line("city", "in", json!(["a, b"])), line("city", "in", json!(["a", "b"])));
    assert_ne!(line("employees", "between", "5,10"), line("employees", "between", "10,5"));
    let long = "x".repeat(1_000);
    assert_ne!(line("city", "=", format!("{long}a")), line("city", "=", format!("{long}b")));
    let field = json!({"field": "city", "operator": "=", "value": "state", "valueSource": "field"});
    lines(&all_of([field]), &["all of", "  city = field state"]);
    assert_eq!(line("city", "=", "field state"), "city = \"field state\"");
}

#[test]
fn a_value_never_breaks_its_line() {
    assert_eq!(line("city", "matches", "a\n\"b"), r#"city matches "a\n\"b""#);
    assert_eq!(line("city", "=", "a\u{85}\u{2028}b"), r#"city = "a\u0085\u2028b""#);
    assert_eq!(line("city", "=", ""), "city = \"\"");
}

#[test]
fn a_draft_with_faults_has_lines_too() {
    let muted = json!({"field": "x y", "operator": "is", "value": [1, null], "muted": true});
    lines(&all_of([muted]), &["all of", "  \"x y\" is [1,null] (muted)"]);
    assert_eq!(line("country", "=", json!({"a": 1})), "country = {\"a\":1}");
}
