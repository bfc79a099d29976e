//! Every operator, on values, on missing values and under a `not`.

use lr_core::rules::field::Field;
use lr_core::rules::operator::Operator;
use serde_json::{Value, json};

use super::samples::{
    all_of, any_of, californian, case, condition, from_city, holds, not, of_size, predicate,
    unknown,
};

/// A value that fits the operator on a text field.
fn text_value(operator: Operator) -> Value {
    match operator.name() {
        "in" | "notIn" => json!(["Berlin", "Paris"]),
        "between" | "notBetween" => json!(["A", "C"]),
        "null" | "notNull" => Value::Null,
        _ => json!("Berlin"),
    }
}

/// A value that fits the operator on a number field.
fn number_value(operator: Operator) -> Value {
    match operator.name() {
        "in" | "notIn" => json!([10, 20]),
        "between" | "notBetween" => json!([10, 20]),
        "null" | "notNull" => Value::Null,
        _ => json!(10),
    }
}

#[test]
fn every_text_operator_answers_as_its_name_says() {
    let table = [
        ("=", "Berlin", true, false),
        ("!=", "Berlin", false, true),
        ("<", "Berlin", false, false),
        ("<=", "Berlin", true, false),
        (">", "Berlin", false, true),
        (">=", "Berlin", true, true),
        ("between", "Aachen,Berlin", true, false),
        ("notBetween", "Aachen,Berlin", false, true),
        ("in", "Paris,Berlin", true, false),
        ("notIn", "Paris,Berlin", false, true),
        ("contains", "erl", true, false),
        ("doesNotContain", "erl", false, true),
        ("beginsWith", "Ber", true, false),
        ("doesNotBeginWith", "Ber", false, true),
        ("endsWith", "lin", true, false),
        ("doesNotEndWith", "lin", false, true),
        ("matches", "^b.*n$", true, false),
        ("null", "", false, false),
        ("notNull", "", true, true),
    ];
    assert_eq!(table.len(), Field::City.operators().len());
    for (operator, value, in_berlin, in_madrid) in table {
        let asked = |city| holds(&from_city(city), "city", operator, value);
        assert_eq!((asked("Berlin"), asked("Madrid")), (in_berlin, in_madrid), "{operator}");
    }
}

#[test]
fn every_number_operator_knows_which_side_its_bound_is_on() {
    let table = [
        ("=", json!(10), [false, true, false, false]),
        ("!=", json!(10), [true, false, true, true]),
        ("<", json!(10), [true, false, false, false]),
        ("<=", json!(10), [true, true, false, false]),
        (">", json!(10), [false, false, true, true]),
        (">=", json!(10), [false, true, true, true]),
        ("between", json!([10, 11]), [false, true, true, false]),
        ("notBetween", json!([10, 11]), [true, false, false, true]),
        ("in", json!([12, 10]), [false, true, false, true]),
        ("notIn", json!([12, 10]), [true, false, true, false]),
        ("null", json!(null), [false; 4]),
        ("notNull", json!(null), [true; 4]),
    ];
    assert_eq!(table.len(), Field::Employees.operators().len());
    for (operator, value, expected) in table {
        let asked = |count| holds(&of_size(count), "employees", operator, value.clone());
        assert_eq!([9, 10, 11, 12].map(asked), expected, "{operator}");
    }
}

#[test]
fn on_a_missing_value_an_operator_and_its_negation_are_both_false() {
    for operator in Field::City.operators() {
        let expected = operator == Operator::Null;
        let text = holds(&unknown(), "city", operator.name(), text_value(operator));
        assert_eq!(text, expected, "city {operator:?}");
        if Field::Employees.operators().contains(&operator) {
            let value = number_value(operator);
            let number = holds(&unknown(), "employees", operator.name(), value);
            assert_eq!(number, expected, "employees {operator:?}");
        }
    }
}

#[test]
fn every_field_is_missing_when_nothing_is_known_but_the_source() {
    for field in Field::known().iter().filter(|field| **field != Field::Territory) {
        let expected = !matches!(field, Field::Source | Field::ReceivedAt | Field::Quality);
        assert_eq!(holds(&unknown(), &field.name(), "null", json!(null)), expected, "{field:?}");
        assert_eq!(holds(&unknown(), &field.name(), "notNull", ""), !expected, "{field:?}");
    }
    assert!(holds(&unknown(), "attributes.plan", "null", ""));
    assert!(holds(&californian(), "attributes.plan", "notNull", ""));
    let mut lead = californian();
    lead.attributes.insert("plan".into(), String::new());
    assert!(holds(&lead, "attributes.plan", "null", ""));
}

#[test]
fn a_negated_group_turns_every_operator_round_also_on_a_missing_value() {
    for operator in Field::City.operators() {
        let plain = predicate("city", operator.name(), text_value(operator));
        let negated = condition(&not(plain.clone()));
        let plain = condition(&all_of([plain]));
        for lead in [unknown(), from_city("Berlin"), from_city("Madrid")] {
            assert_ne!(
                negated.matches(&case(&lead)),
                plain.matches(&case(&lead)),
                "{operator:?} {:?}",
                lead.city
            );
        }
    }
}

#[test]
fn an_empty_group_is_true_whatever_its_combinator() {
    for empty in [all_of([]), any_of([])] {
        assert!(condition(&empty).matches(&case(&unknown())));
        assert!(condition(&all_of([empty])).matches(&case(&unknown())));
    }
}

#[test]
fn texts_compare_in_any_case_and_in_any_unicode_form() {
    assert!(holds(&from_city("Weißenburg"), "city", "=", "WEISSENBURG"));
    assert!(holds(&from_city("SAN JOSÉ"), "city", "endsWith", "jose\u{301}"));
    assert!(holds(&from_city("Ｏｓａｋａ"), "city", "in", json!(["osaka"])));
    assert!(holds(&californian(), "country", "=", "us"));
    assert!(holds(&californian(), "state", "beginsWith", "us-"));
    assert!(holds(&californian(), "attributes.plan", "in", "silver, GOLD"));
    assert!(!holds(&californian(), "attributes.Plan", "in", "silver, GOLD"));
}

#[test]
fn values_may_come_as_the_builder_gives_them() {
    let lead = of_size(125);
    assert!(holds(&lead, "employees", ">=", " 125 "));
    assert!(holds(&lead, "employees", "between", "100, 200"));
    assert!(holds(&lead, "employees", "between", json!(["100", 200])));
    assert!(holds(&lead, "employees", "in", 125));
    assert!(holds(&californian(), "postal_code", "=", 95112));
    assert!(holds(&californian(), "postal_code", "between", "90000,96199"));
    assert!(holds(&californian(), "country", "in", " ca, ,us,"));
    assert!(holds(&from_city("Washington, D.C."), "city", "in", r"Paris, Washington\, D.C."));
    assert!(holds(&from_city(r"a\b"), "city", "in", r"x,a\b"));
    assert!(holds(&from_city("Berlin"), "city", "=", " Berlin "));
    assert!(!holds(&from_city("Berlin"), "city", "contains", " Berlin"));
}

#[test]
fn a_pattern_is_found_anywhere_in_any_case_unless_anchored() {
    assert!(holds(&from_city("San José"), "city", "matches", "JOSÉ"));
    assert!(holds(&from_city("San José"), "city", "matches", r"\S\s\S"));
    assert!(!holds(&from_city("San José"), "city", "matches", "^josé"));
}
