//! What is refused on save, where, and with which advice.

use lr_core::rules::Ruleset;
use lr_core::rules::ast::{Combinator, Group, Node};
use lr_core::rules::check::{Fault, MAX_LIST, MAX_NESTING, MAX_PATTERNS, MAX_RULES, MAX_TEXT};
use lr_core::rules::condition::Condition;
use serde_json::{Value, json};

use super::samples::{all_of, any_of, beside, group, not, predicate, terms};
use super::stored::{rule, ruleset};

fn faults(stored: &Value) -> Vec<Fault> {
    Condition::check(&group(stored), terms()).map_or_else(|faults| faults, |_| vec![])
}

#[track_caller]
fn refused(predicate: Value, path: &str, message: &str) {
    let fault = Fault { path: path.into(), message: message.into() };
    assert_eq!(faults(&all_of([predicate])), [fault]);
}

#[test]
fn a_name_that_means_nothing_is_refused() {
    refused(
        predicate("contry", "=", "US"),
        "rules[0].field",
        "There is no field `contry`; use one of country, state, city, postal_code, employees, \
         industry, company, domain, title, seniority, function, email, email_domain, email_kind, \
         first_name, last_name, phone, message, source, received_at, quality, territory, account.name, \
         account.domain, account.country, account.state, account.employees, account.industry, account.owner, or \
         `attributes.` or `account.attributes.` and the name of an attribute.",
    );
    refused(
        predicate("country", "is", "US"),
        "rules[0].operator",
        "There is no operator `is`; use one of =, !=, <, <=, >, >=, between, notBetween, in, notIn, \
         contains, doesNotContain, beginsWith, doesNotBeginWith, endsWith, doesNotEndWith, matches, \
         withinLast, notWithinLast, withinNext, notWithinNext, inTerritory, notInTerritory, null, notNull.",
    );
}

#[test]
fn an_operator_that_does_not_fit_its_field_is_refused() {
    refused(
        predicate("employees", "contains", "1"),
        "rules[0].operator",
        "`contains` does not work on Employees; use one of =, !=, <, <=, >, >=, between, \
         notBetween, in, notIn, null, notNull.",
    );
    refused(
        predicate("attributes.seats", ">", 10),
        "rules[0].operator",
        "`>` does not work on seats; use one of =, !=, in, notIn, contains, doesNotContain, \
         beginsWith, doesNotBeginWith, endsWith, doesNotEndWith, matches, null, notNull. An attribute is \
         text unless it is declared to be a number, a date or a list.",
    );
}

#[test]
fn a_value_of_the_wrong_type_is_refused() {
    let path = "rules[0].value";
    let number = "Write a number, such as 1000 or 2.5.";
    for value in [json!("many"), json!(u64::MAX), json!(true), json!([1]), json!(null)] {
        refused(predicate("employees", ">=", value), path, number);
    }
    let missing = "Write a value; to ask whether there is one, use `null` or `notNull`.";
    for value in [json!(null), json!(""), json!("  ")] {
        refused(predicate("city", "=", value), path, missing);
    }
    refused(predicate("city", "=", json!(["x"])), path, "Write one value here, not a list.");
    refused(predicate("city", "=", json!({})), path, "Write a text here, not an object.");
    let nul = "This holds a NUL character, which cannot be stored; remove it.";
    refused(predicate("city", "contains", "a\0b"), path, nul);
    let long = "This is too long; the most is 1000 characters.";
    refused(predicate("city", "contains", "é".repeat(MAX_TEXT + 1)), path, long);
    refused(predicate("city", "matches", "é".repeat(MAX_TEXT + 1)), path, long);
    assert_eq!(faults(&all_of([predicate("city", "matches", "é".repeat(MAX_TEXT))])), []);
}

#[test]
fn a_value_that_no_lead_can_have_is_refused() {
    refused(
        predicate("country", "in", "US, Germany"),
        "rules[0].value[1]",
        "`Germany` is not a country; write its ISO 3166 code, such as DE.",
    );
    refused(
        predicate("state", "=", "CA"),
        "rules[0].value",
        "`CA` is not a state; write its ISO 3166 code, such as US-CA.",
    );
    refused(
        predicate("email_kind", "=", "private"),
        "rules[0].value",
        "`private` is not one of its values; use one of business, role, free, disposable.",
    );
}

#[test]
fn a_list_or_a_range_of_the_wrong_length_is_refused() {
    let path = "rules[0].value";
    refused(predicate("city", "in", " , "), path, "The list is empty; write at least one value.");
    let range = "Write two values: where the range begins and where it ends.";
    for value in [json!([]), json!([1]), json!([1, 2, 3]), json!("5"), json!(5), json!(null)] {
        refused(predicate("employees", "between", value), path, range);
    }
    let swapped = "Nothing is between 2,000 and 5; swap them.";
    refused(predicate("employees", "notBetween", "2000,5"), path, swapped);

    let values = |count: usize| Value::from_iter(0..count);
    let long = "There are 10001 values; the most is 10000.";
    refused(predicate("employees", "in", values(MAX_LIST + 1)), path, long);
    assert_eq!(faults(&all_of([predicate("employees", "in", values(MAX_LIST))])), []);

    let million = "There are 1000000 values; the most is 10000.";
    refused(predicate("city", "in", values(1_000_000)), path, million);
    refused(predicate("city", "in", "x,".repeat(1_000_000)), path, million);
    refused(predicate("city", "=", values(1_000_000)), path, "Write one value here, not a list.");
}

#[test]
fn a_pattern_that_is_wrong_or_too_large_is_refused() {
    let path = "rules[0].value";
    let open = "This is not a regular expression: unclosed group.";
    refused(predicate("city", "matches", "(a"), path, open);
    let large = "This regular expression is too large; use smaller repetitions.";
    refused(predicate("city", "matches", r"\w{1000}{1000}"), path, large);
    refused(predicate("city", "matches", "(a{1000}){1000}"), path, large);
    let deep = format!("{}a{}", "(".repeat(400), ")".repeat(400));
    assert_eq!(faults(&all_of([predicate("city", "matches", deep)])).len(), 1);
}

#[test]
fn a_ruleset_has_at_most_five_hundred_patterns() {
    let patterns = |count| all_of(vec![predicate("city", "matches", "x"); count]);
    assert_eq!(faults(&patterns(MAX_PATTERNS)), []);
    let found = faults(&patterns(MAX_PATTERNS + 1));
    assert_eq!(found[0].path, "rules[500].value");
    assert_eq!(found[0].message, "A ruleset has at most 500 regular expressions.");
}

#[test]
fn what_would_silently_change_the_meaning_is_refused() {
    let muted = json!({"combinator": "or", "rules": [], "muted": true});
    refused(
        muted,
        "rules[0].muted",
        "This part is muted, so it would silently be left out; unmute it or delete it.",
    );
}

#[test]
fn an_empty_group_is_refused_under_a_negation_only() {
    let message = "This empty group is negated, so it can never be true; \
                   add a condition to it or remove it.";
    refused(not(any_of([])), "rules[0].rules[0].rules", message);
    let deep = not(all_of([all_of([any_of([])])]));
    refused(deep, "rules[0].rules[0].rules[0].rules[0].rules", message);
    assert_eq!(faults(&all_of([any_of([]), not(predicate("city", "null", ""))])), []);
}

#[test]
fn a_constant_of_the_wrong_kind_is_refused_with_an_example() {
    let path = "rules[0].value";
    let fine = "Write at most four digits after the point.";
    refused(predicate("attributes.number", "=", 0.12345), path, fine);
    assert_eq!(faults(&all_of([predicate("attributes.number", "=", "0.12340")])), []);
    refused(predicate("attributes.boolean", "=", "maybe"), path, "Write true or false.");
    let date =
        "Write a date, such as 2026-05-01, or a date and time, such as 2026-05-01T09:30:00Z.";
    for value in [json!("1.5.2026"), json!(2026), json!(""), json!("2026-02-30")] {
        refused(predicate("received_at", ">", value), path, date);
    }
    let long = "Write how long, such as 30 minutes, 3 hours, 7 days or 2 weeks; at most ten years.";
    for value in [json!("7"), json!(7), json!("1 month"), json!("0 days"), json!("600 weeks")] {
        refused(predicate("received_at", "withinLast", value), path, long);
    }
    let rep = "`Ana` is not the id of a rep; write one, such as rep_018f…";
    refused(predicate("account.owner", "=", "Ana"), path, rep);
    let country = "`Mars` is not a country; write its ISO 3166 code, such as DE.";
    refused(predicate("attributes.country", "=", "Mars"), path, country);
    refused(predicate("account.country", "=", "Mars"), path, country);
}

#[test]
fn fields_of_different_types_cannot_be_compared() {
    let path = "rules[0].value";
    let table = [
        ("employees", "<", "city", "Employees (a number) cannot be compared with City (a text)."),
        ("city", "=", "country", "City (a text) cannot be compared with Country (a country)."),
        ("seniority", "=", "city", "Seniority (a choice) cannot be compared with City (a text)."),
        (
            "state",
            "contains",
            "employees",
            "State (a state) cannot be compared with Employees (a number).",
        ),
        (
            "attributes.list",
            "contains",
            "account.attributes.list",
            "list (a list) cannot be compared with Account list (a list).",
        ),
    ];
    for (field, operator, other, message) in table {
        refused(beside(field, operator, other), path, message);
    }
    let mut several_fields = beside("city", "=", "");
    several_fields["value"] = json!(["state"]);
    let several = "Write the name of one other field.";
    refused(several_fields, path, several);
    let values = "`in` compares with values only; set `valueSource` to `value`, or use one of \
                  =, !=, <, <=, >, >= or an operator on a part of a text.";
    refused(beside("city", "in", "industry"), path, values);
    let unknown = faults(&all_of([beside("city", "=", "town")]));
    assert!(unknown[0].message.starts_with("There is no field `town`; use one of"));
}

#[test]
fn all_faults_are_found_at_once() {
    let stored = all_of([
        predicate("x", "y", "z"),
        any_of([predicate("employees", "in", "1,two,3,four")]),
        predicate("city", "=", "Berlin"),
    ]);
    let paths: Vec<_> = faults(&stored).into_iter().map(|fault| fault.path).collect();
    let expected = [
        "rules[0].field",
        "rules[0].operator",
        "rules[1].rules[0].value[1]",
        "rules[1].rules[0].value[3]",
    ];
    assert_eq!(paths, expected);
}

#[test]
fn nesting_has_a_limit_and_any_depth_is_only_a_fault() {
    let nested = |depth| {
        let innermost =
            Group { combinator: Combinator::And, not: false, rules: vec![], muted: false };
        (1..depth).fold(innermost, |inner, _| Group {
            combinator: Combinator::Or,
            not: false,
            rules: vec![Node::Group(inner)],
            muted: false,
        })
    };
    assert!(Condition::check(&nested(MAX_NESTING), terms()).is_ok());
    for depth in [MAX_NESTING + 1, 1_000] {
        let faults = Condition::check(&nested(depth), terms()).unwrap_err();
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].path, ["rules[0]"; MAX_NESTING].join("."));
        assert_eq!(faults[0].message, "Groups are nested too deeply; the most is 32 levels.");
    }
}

#[test]
fn a_ruleset_names_the_rule_at_fault() {
    let mut source = ruleset(vec![
        rule(1, "Fine", &all_of([])),
        rule(2, " ", &all_of([predicate("employees", "=", "x")])),
        rule(1, &"n".repeat(201), &all_of([])),
    ]);
    source.rules[1].action = serde_json::from_value(json!({
        "target": {"queue": ""},
        "fallback": [{"reject": "a\0"}],
    }))
    .unwrap();
    source.catch_all = serde_json::from_value(json!({"target": {"queue": "  "}})).unwrap();
    let faults = Ruleset::check(source, terms()).unwrap_err();
    let found: Vec<_> = faults.iter().map(|f| (f.path.as_str(), f.message.as_str())).collect();
    let empty = "This is empty; write something that people will recognise.";
    let twice = "rule_00000000000000000000000000000001 stands here twice; give each rule its own.";
    assert_eq!(
        found,
        [
            ("rules[1].name", empty),
            ("rules[1].condition.rules[0].value", "Write a number, such as 1000 or 2.5."),
            ("rules[1].action.target.queue", empty),
            (
                "rules[1].action.fallback[0].reject",
                "This holds a NUL character, which cannot be stored; remove it."
            ),
            ("rules[2].id", twice),
            ("rules[2].name", "This is too long; the most is 200 characters."),
            ("catch_all.target.queue", empty),
        ]
    );
}

#[test]
fn a_ruleset_has_at_most_ten_thousand_rules() {
    let rules = |count: usize| (0..count).map(|id| rule(id as u128, "Rule", &all_of([]))).collect();
    assert!(Ruleset::check(ruleset(rules(MAX_RULES)), terms()).is_ok());
    let faults = Ruleset::check(ruleset(rules(MAX_RULES + 1)), terms()).unwrap_err();
    assert_eq!(faults[0].message, "There are 10001 rules; the most is 10000.");
}
