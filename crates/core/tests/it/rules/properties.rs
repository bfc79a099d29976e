//! What holds for every condition and every lead.

use std::collections::BTreeMap;

use lr_core::case::Case;
use lr_core::identify::Account;
use lr_core::lead::Lead;
use lr_core::normalise::country::{Country, State};
use lr_core::rules::Ruleset;
use lr_core::rules::ast::{Group, RulesetSource};
use lr_core::rules::condition::Condition;
use lr_core::rules::field::Field;
use lr_core::rules::field::value::value_of;
use lr_core::rules::kind::ValueKind;
use lr_core::rules::operator::Operator;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::samples::{
    EUROPE, WEST, account, all_of, any_of, condition, not, of_size, predicate, recognised, terms,
};
use super::stored::{rule, ruleset};

/// Few values, so that conditions and leads meet.
const TEXTS: [&str; 6] = ["US", "de", "a", "A b", "Straße", "b"];

/// What custom attributes hold: values of every kind, and some of none.
const HELD: [&str; 9] =
    ["yes", "0", "7.5", "10", "2026-05-01", "2026-05-01T10:00Z", "a; b", "de", "California"];

fn attributes() -> impl Strategy<Value = BTreeMap<String, String>> {
    let names = ValueKind::ALL.map(ValueKind::as_str).to_vec();
    let name = prop::sample::select(names).prop_map(String::from);
    let value = prop::sample::select(&HELD[..]).prop_map(String::from);
    prop::collection::btree_map(name, value, 0..6)
}

pub fn leads() -> impl Strategy<Value = Lead> {
    let text = || prop::option::of(prop::sample::select(&TEXTS[..]).prop_map(String::from));
    let country = prop::option::of(prop::sample::select(&["US", "DE", "CA"][..]));
    let state = prop::option::of(prop::sample::select(&["US-CA", "US-NY"][..]));
    let parts = (text(), text(), attributes(), country, state, prop::option::of(1..12_u32));
    parts.prop_map(|(city, industry, attributes, country, state, size)| Lead {
        city,
        industry,
        attributes,
        country: country.and_then(Country::from_code),
        state: state.and_then(State::from_code),
        employees: size.and_then(|size| of_size(size).employees),
        received_at: "2026-05-03T12:00:00Z".parse().unwrap(),
        ..super::samples::unknown()
    })
}

/// Leads, some of which belong to an account.
fn cases() -> impl Strategy<Value = Case> {
    let of_account = prop::option::of((leads(), prop::sample::select(&TEXTS[..])));
    (leads(), of_account).prop_map(|(lead, of_account)| match of_account {
        None => super::samples::case(&lead),
        Some((like, name)) => {
            let found = Account {
                country: like.country,
                state: like.state,
                employees: like.employees.map(|size| size.value()),
                industry: like.industry,
                attributes: like.attributes,
                ..account(name)
            };
            recognised(&lead, found)
        }
    })
}

fn scalars() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => prop::sample::select(&TEXTS[..]).prop_map(Value::from),
        3 => (0..12_i64).prop_map(Value::from),
        1 => (0..12_i64).prop_map(|number| Value::from(number.to_string())),
        1 => any::<bool>().prop_map(Value::from),
        1 => prop::sample::select(&[EUROPE, WEST][..]).prop_map(|id| id.to_string().into()),
        1 => any::<String>().prop_map(Value::from),
        3 => prop::sample::select(&HELD[..]).prop_map(Value::from),
        1 => prop::sample::select(&["2 days", "1 hour", "9 weeks"][..]).prop_map(Value::from),
        1 => Just(Value::Null),
    ]
}

/// Predicates most of which make sense.
fn predicates() -> impl Strategy<Value = Value> {
    let fields = field_names();
    let operators = Operator::ALL.map(Operator::name).to_vec();
    let values = prop_oneof![
        4 => scalars(),
        3 => prop::collection::vec(scalars(), 1..4).prop_map(Value::from),
        1 => Just(json!("a,b")),
        2 => prop::sample::select(field_names()).prop_map(Value::from),
    ];
    let source = prop::sample::select(&["value", "value", "field"][..]);
    (prop::sample::select(fields), prop::sample::select(operators), values, source).prop_map(
        |(field, operator, value, source)| {
            let mut stored = predicate(&field, operator, value);
            stored["valueSource"] = source.into();
            stored
        },
    )
}

/// Fields of every kind, and one that is none.
fn field_names() -> Vec<String> {
    let attributes = ValueKind::ALL.map(ValueKind::as_str);
    let of_lead = attributes.map(|name| format!("attributes.{name}"));
    let of_account = attributes.map(|name| format!("account.attributes.{name}"));
    let plain = [
        "city",
        "industry",
        "country",
        "state",
        "employees",
        "received_at",
        "email",
        "territory",
        "?",
    ];
    let account = ["account.name", "account.country", "account.employees", "account.owner"];
    let named = plain.into_iter().chain(account).map(String::from);
    named.chain(of_lead).chain(of_account).collect()
}

/// Predicates that pass the check.
pub fn sound() -> impl Strategy<Value = Value> {
    predicates().prop_filter("passes the check", |predicate| {
        let group = serde_json::from_value(all_of([predicate.clone()])).unwrap();
        Condition::check(&group, terms()).is_ok()
    })
}

pub fn groups(leaves: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Value> {
    let node = leaves.prop_recursive(4, 24, 4, |node| {
        let members = prop::collection::vec(node, 1..4);
        (any::<bool>(), any::<bool>(), members).prop_map(|(or, not, members)| {
            json!({"combinator": if or { "or" } else { "and" }, "not": not, "rules": members})
        })
    });
    node.prop_map(|node| all_of([node]))
}

fn any_json() -> impl Strategy<Value = Value> {
    let keys = ["combinator", "not", "rules", "field", "operator", "value", "valueSource", "muted"];
    let words = ["and", "or", "value", "city", "=", "in", "country"];
    let leaf = prop_oneof![scalars(), prop::sample::select(words.to_vec()).prop_map(Value::from)];
    leaf.prop_recursive(6, 48, 6, move |inner| {
        let map =
            prop::collection::btree_map(prop::sample::select(keys.to_vec()), inner.clone(), 0..6);
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(Value::from),
            map.prop_map(|map| map
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect()),
        ]
    })
}

/// The stored predicate at a path such as `rules[0].rules[1]`.
fn at<'a>(stored: &'a Value, path: &str) -> &'a Value {
    let indexes = path.split(['.', '[', ']']).filter_map(|step| step.parse::<usize>().ok());
    indexes.fold(stored, |node, index| &node["rules"][index])
}

/// Everything that can be asked of a condition, and what must agree.
fn exercise(group: &Group, case: &Case) {
    match Condition::check(group, terms()) {
        Err(faults) => assert!(!faults.is_empty()),
        Ok(condition) => {
            assert!(!condition.describe().is_empty());
            assert_eq!(condition.first_failure(case).is_none(), condition.matches(case));
        }
    }
}

proptest! {
    #[test]
    fn nothing_that_is_json_panics(stored in any_json(), case in cases()) {
        if let Ok(group) = serde_json::from_value(stored.clone()) {
            exercise(&group, &case);
        }
        if let Ok(group) = serde_json::from_value(all_of([stored])) {
            exercise(&group, &case);
        }
    }

    #[test]
    fn no_condition_of_right_shape_panics(stored in groups(predicates()), case in cases()) {
        exercise(&serde_json::from_value(stored).unwrap(), &case);
    }

    #[test]
    fn a_failure_names_a_predicate_that_alone_could_not_hold(
        members in prop::collection::vec(sound(), 1..4),
        case in cases(),
    ) {
        let stored = all_of(members);
        if let Some(failure) = condition(&stored).first_failure(&case) {
            let blamed = at(&stored, &failure.path);
            prop_assert_eq!(blamed["field"].as_str(), Some(failure.field.as_str()));
            prop_assert!(!condition(&all_of([blamed.clone()])).matches(&case));
        }
    }

    #[test]
    fn a_failure_at_any_depth_names_the_predicate_at_its_path(
        stored in groups(sound()),
        case in cases(),
    ) {
        if let Some(failure) = condition(&stored).first_failure(&case) {
            let blamed = at(&stored, &failure.path);
            prop_assert_eq!(blamed["field"].as_str(), Some(failure.field.as_str()));
            prop_assert_eq!(blamed["operator"].as_str(), Some(failure.operator.as_str()));
        }
    }

    #[test]
    fn not_all_is_any_not_and_not_any_is_all_not(
        members in prop::collection::vec(groups(sound()), 1..4),
        case in cases(),
    ) {
        let each_not = || members.iter().cloned().map(not);
        let asked = |stored: Value| condition(&stored).matches(&case);
        prop_assert_eq!(asked(not(all_of(members.clone()))), asked(any_of(each_not())));
        prop_assert_eq!(asked(not(any_of(members.clone()))), asked(all_of(each_not())));
    }

    #[test]
    fn the_order_of_members_and_saying_one_twice_change_nothing(
        members in prop::collection::vec(groups(sound()), 1..4),
        case in cases(),
    ) {
        let twice = || members.iter().rev().chain(&members).cloned();
        let asked = |stored: Value| condition(&stored).matches(&case);
        prop_assert_eq!(asked(all_of(members.clone())), asked(all_of(twice())));
        prop_assert_eq!(asked(any_of(members.clone())), asked(any_of(twice())));
        prop_assert_eq!(asked(not(not(all_of(members.clone())))), asked(all_of(members.clone())));
    }

    #[test]
    fn an_operator_and_its_negation_split_the_leads_that_have_a_value(
        stored in sound(),
        case in cases(),
    ) {
        let operator = stored["operator"].as_str().unwrap();
        let Some(opposite) = opposite(operator) else { return Ok(()) };
        let mut turned = stored.clone();
        turned["operator"] = opposite.into();
        let [plain, turned] = [&stored, &turned].map(|one| condition(&all_of([one.clone()])).matches(&case));
        let field = Field::parse(stored["field"].as_str().unwrap(), &terms().attributes).unwrap();
        let mut present = value_of(&case, &field).is_some();
        if stored["valueSource"] == "field" {
            let other = Field::parse(stored["value"].as_str().unwrap(), &terms().attributes).unwrap();
            present &= value_of(&case, &other).is_some();
        }
        prop_assert_eq!(plain != turned, present);
    }

    #[test]
    fn the_case_of_constants_changes_nothing(stored in sound(), case in cases()) {
        // A territory is named by its id, which is no text.
        prop_assume!(stored["operator"] != "matches" && stored["field"] != "territory");
        prop_assume!(stored["valueSource"] == "value");
        let mut shouted = stored.clone();
        if let Value::String(text) = &stored["value"] {
            shouted["value"] = text.to_uppercase().into();
        }
        let [plain, shouted] = [stored, shouted].map(|one| condition(&all_of([one])).matches(&case));
        prop_assert_eq!(plain, shouted);
    }

    #[test]
    fn json_and_bytes_bring_back_equal_rulesets(stored in groups(predicates())) {
        let source = ruleset(vec![rule(1, "One", &stored)]);
        let json = serde_json::to_vec(&source).unwrap();
        prop_assert_eq!(&serde_json::from_slice::<RulesetSource>(&json).unwrap(), &source);
        let bytes = postcard::to_stdvec(&source).unwrap();
        let back: RulesetSource = postcard::from_bytes(&bytes).unwrap();
        prop_assert_eq!(&back, &source);
        prop_assert_eq!(Ruleset::check(back, terms()), Ruleset::check(source, terms()));
    }
}

fn opposite(operator: &str) -> Option<&'static str> {
    let pairs = [
        ("=", "!="),
        ("<", ">="),
        ("<=", ">"),
        ("between", "notBetween"),
        ("in", "notIn"),
        ("contains", "doesNotContain"),
        ("beginsWith", "doesNotBeginWith"),
        ("endsWith", "doesNotEndWith"),
        ("withinLast", "notWithinLast"),
        ("withinNext", "notWithinNext"),
    ];
    pairs.into_iter().find(|(plain, _)| *plain == operator).map(|(_, opposite)| opposite)
}
