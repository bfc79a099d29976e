//! Every kind of value with every operator that fits it, and other fields in place of values.

use jiff::Timestamp;
use lr_core::case::Case;
use lr_core::lead::Lead;
use lr_core::rules::field::Field;
use serde_json::{Value, json};

use super::samples::{
    all_of, beside, californian, case, condition, holds, of_size, predicate, types, unknown, with,
};

/// What one predicate says about leads whose attribute is each of these.
fn answers<const N: usize>(
    attribute: &str,
    values: [&str; N],
    operator: &str,
    constant: &Value,
) -> [bool; N] {
    let field = format!("attributes.{attribute}");
    values.map(|value| holds(&with(attribute, value), &field, operator, constant.clone()))
}

/// How many operators fit an attribute of this kind.
fn operators(attribute: &str) -> usize {
    Field::parse(&format!("attributes.{attribute}"), &types()).unwrap().operators().len()
}

#[test]
fn numbers_compare_as_numbers_and_what_is_none_is_missing() {
    let values = ["9.5", "10", "-3", "many"];
    let table = [
        ("=", json!(9.5), [true, false, false, false]),
        ("!=", json!("9.50"), [false, true, true, false]),
        ("<", json!(10), [true, false, true, false]),
        ("<=", json!(10), [true, true, true, false]),
        (">", json!("9.4999"), [true, true, false, false]),
        (">=", json!(9.5), [true, true, false, false]),
        ("between", json!("-3, 9.5"), [true, false, true, false]),
        ("notBetween", json!([-3, 9.5]), [false, true, false, false]),
        ("in", json!(["10", -3]), [false, true, true, false]),
        ("notIn", json!("10,-3"), [true, false, false, false]),
        ("null", json!(null), [false, false, false, true]),
        ("notNull", json!(null), [true, true, true, false]),
    ];
    assert_eq!(table.len(), operators("number"));
    for (operator, constant, expected) in table {
        assert_eq!(answers("number", values, operator, &constant), expected, "{operator}");
    }
}

#[test]
fn a_yes_or_no_is_asked_with_any_spelling_of_it() {
    let values = ["Yes", "0", "perhaps"];
    let table = [
        ("=", json!(true), [true, false, false]),
        ("=", json!("no"), [false, true, false]),
        ("!=", json!(1), [false, true, false]),
        ("null", json!(null), [false, false, true]),
        ("notNull", json!(null), [true, true, false]),
    ];
    assert_eq!(table.len(), operators("boolean") + 1);
    for (operator, constant, expected) in table {
        assert_eq!(answers("boolean", values, operator, &constant), expected, "{operator}");
    }
}

#[test]
fn a_list_is_asked_what_it_contains() {
    let values = ["CRM; Chat", "crm", "Mail", ";"];
    let table = [
        ("contains", json!("CRM"), [true, true, false, false]),
        ("doesNotContain", json!("crm"), [false, false, true, false]),
        ("in", json!("Chat,Mail"), [true, false, true, false]),
        ("notIn", json!(["chat", "MAIL"]), [false, true, false, false]),
        ("null", json!(null), [false, false, false, true]),
        ("notNull", json!(null), [true, true, true, false]),
    ];
    assert_eq!(table.len(), operators("list"));
    for (operator, constant, expected) in table {
        assert_eq!(answers("list", values, operator, &constant), expected, "{operator}");
    }
    assert_eq!(answers("list", ["CRM"], "contains", &json!("C")), [false], "not a part of a text");
}

#[test]
fn a_date_counts_as_its_whole_day_of_utc() {
    let values = [
        "2026-04-30T23:59:59.999Z",
        "2026-05-01T00:00+00:00",
        "2026-05-02T00:59+01:00",
        "2026-05-01",
        "2026-05-02",
        "May",
    ];
    let day = "2026-05-01";
    let table = [
        ("=", json!(day), [false, true, true, true, false, false]),
        ("!=", json!(day), [true, false, false, false, true, false]),
        ("<", json!(day), [true, false, false, false, false, false]),
        ("<=", json!(day), [true, true, true, true, false, false]),
        (">", json!(day), [false, false, false, false, true, false]),
        (">=", json!(day), [false, true, true, true, true, false]),
        ("between", json!([day, day]), [false, true, true, true, false, false]),
        ("notBetween", json!("2026-05-01,2026-05-01"), [true, false, false, false, true, false]),
        ("in", json!("2026-05-02,2026-04-30"), [true, false, false, false, true, false]),
        ("notIn", json!(["2026-05-02"]), [true, true, true, true, false, false]),
        ("null", json!(null), [false, false, false, false, false, true]),
        ("notNull", json!(null), [true, true, true, true, true, false]),
    ];
    assert_eq!(table.len() + 4, operators("time"));
    for (operator, constant, expected) in table {
        assert_eq!(answers("time", values, operator, &constant), expected, "{operator}");
    }
}

#[test]
fn a_time_is_compared_to_the_instant() {
    let values = ["2026-05-01T09:30:00Z", "2026-05-01T11:30:00+02:00", "2026-05-01T09:30:01Z"];
    let at = json!("2026-05-01T09:30:00");
    assert_eq!(answers("time", values, "=", &at), [true, true, false]);
    assert_eq!(answers("time", values, ">", &at), [false, false, true]);
    assert_eq!(answers("time", ["2026-05-01"], "<", &at), [true], "a day stands where it begins");
}

/// Whether it holds for somebody who came then, decided at noon of the tenth.
fn relative(operator: &str, span: &str, received: &str) -> bool {
    let received_at: Timestamp = received.parse().unwrap();
    let at = "2026-05-10T12:00:00Z".parse().unwrap();
    let case = Case { at, ..case(&Lead { received_at, ..unknown() }) };
    condition(&all_of([predicate("received_at", operator, span)])).matches(&case)
}

#[test]
fn a_span_is_counted_from_the_instant_of_the_decision() {
    let table = [
        ("2026-05-03T11:59:59Z", [false, true, false, true]),
        ("2026-05-03T12:00:00Z", [true, false, false, true]),
        ("2026-05-10T12:00:00Z", [true, false, true, false]),
        ("2026-05-17T12:00:00Z", [false, true, true, false]),
        ("2026-05-17T12:00:01Z", [false, true, false, true]),
    ];
    let operators = ["withinLast", "notWithinLast", "withinNext", "notWithinNext"];
    for (received, expected) in table {
        for span in ["7 days", "1 week", "168 hours", " 10080 Minutes"] {
            assert_eq!(operators.map(|it| relative(it, span, received)), expected, "{received}");
        }
    }
    for operator in operators {
        let missing = holds(&unknown(), "attributes.time", operator, "7 days");
        assert!(!missing, "{operator}");
    }
}

#[test]
fn a_country_or_state_attribute_is_read_by_name_or_code() {
    let countries = ["Germany", "de", "Deutschland", "Mars"];
    assert_eq!(answers("country", countries, "=", &json!("DE")), [true, true, true, false]);
    assert_eq!(answers("state", ["California", "us-ca"], "in", &json!("US-CA")), [true, true]);
}

#[test]
fn two_fields_compare_by_their_type() {
    let lead = |number: &str| {
        let mut lead = of_size(10);
        lead.attributes.insert("number".into(), number.into());
        lead
    };
    let table = [
        ("=", [false, true, false]),
        ("!=", [true, false, true]),
        ("<", [false, false, true]),
        ("<=", [false, true, true]),
        (">", [true, false, false]),
        (">=", [true, true, false]),
    ];
    for (operator, expected) in table {
        let condition = condition(&all_of([beside("employees", operator, "attributes.number")]));
        let asked = |number| condition.matches(&case(&lead(number)));
        assert_eq!(["9", "10", "10.5"].map(asked), expected, "{operator}");
        assert!(!asked("many"), "{operator} with a missing value on the right");
        assert!(!condition.matches(&case(&with("number", "10"))), "and on the left");
    }
}

#[test]
fn texts_and_lists_compare_with_other_fields_in_any_case() {
    let mut lead = californian();
    lead.attributes.insert("text".into(), "SAN".into());
    lead.attributes.insert("list".into(), "Paris; SAN JOSÉ".into());
    lead.attributes.insert("country".into(), "United States".into());
    let asked = |stored| condition(&all_of([stored])).matches(&case(&lead));
    assert!(asked(beside("city", "beginsWith", "attributes.text")));
    assert!(asked(beside("city", "doesNotEndWith", "attributes.text")));
    assert!(asked(beside("city", "contains", "attributes.text")));
    assert!(asked(beside("attributes.list", "contains", "city")));
    assert!(!asked(beside("attributes.list", "contains", "attributes.text")));
    assert!(asked(beside("country", "=", "attributes.country")));
    assert!(asked(beside("state", "beginsWith", "country")));
    assert!(!asked(beside("city", "doesNotContain", "industry")), "industry is missing");
}

#[test]
fn two_times_compare_as_a_time_and_a_day_do() {
    let asked = |operator, value: &str| {
        let lead =
            Lead { received_at: "2026-05-01T09:30:00Z".parse().unwrap(), ..with("time", value) };
        condition(&all_of([beside("received_at", operator, "attributes.time")]))
            .matches(&case(&lead))
    };
    assert!(asked("=", "2026-05-01"));
    assert!(!asked(">", "2026-05-01"));
    assert!(asked(">", "2026-05-01T09:29:59Z"));
    assert!(asked("<", "2026-05-02"));
}
