//! What holds for every condition and every lead.

use lr_core::lead::Lead;
use lr_core::normalise::country::{Country, State};
use lr_core::rules::Ruleset;
use lr_core::rules::ast::{Group, RulesetSource};
use lr_core::rules::condition::Condition;
use lr_core::rules::field::{Field, value_of};
use lr_core::rules::operator::Operator;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::samples::{all_of, any_of, case, condition, not, of_size, predicate};
use super::stored::{rule, ruleset};

/// Few values, so that conditions and leads meet.
const TEXTS: [&str; 6] = ["US", "de", "a", "A b", "Straße", "b"];

fn leads() -> impl Strategy<Value = Lead> {
    let text = || prop::option::of(prop::sample::select(&TEXTS[..]).prop_map(String::from));
    let country = prop::option::of(prop::sample::select(&["US", "DE", "CA"][..]));
    let state = prop::option::of(prop::sample::select(&["US-CA", "US-NY"][..]));
    let parts = (text(), text(), text(), country, state, prop::option::of(1..12_u32));
    parts.prop_map(|(city, industry, attribute, country, state, size)| Lead {
        city,
        industry,
        attributes: attribute.into_iter().map(|text| ("a".to_owned(), text)).collect(),
        country: country.and_then(Country::from_code),
        state: state.and_then(State::from_code),
        employees: size.and_then(|size| of_size(size).employees),
        ..super::samples::unknown()
    })
}

fn scalars() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => prop::sample::select(&TEXTS[..]).prop_map(Value::from),
        3 => (0..12_i64).prop_map(Value::from),
        1 => (0..12_i64).prop_map(|number| Value::from(number.to_string())),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<String>().prop_map(Value::from),
        1 => Just(Value::Null),
    ]
}

/// Predicates most of which make sense.
fn predicates() -> impl Strategy<Value = Value> {
    let fields =
        ["city", "industry", "country", "state", "employees", "attributes.a", "email", "?"];
    let operators = Operator::ALL.map(Operator::name).to_vec();
    let values = prop_oneof![
        4 => scalars(),
        3 => prop::collection::vec(scalars(), 1..4).prop_map(Value::from),
        1 => Just(json!("a,b")),
    ];
    (prop::sample::select(fields.to_vec()), prop::sample::select(operators), values)
        .prop_map(|(field, operator, value)| predicate(field, operator, value))
}

/// Predicates that pass the check.
fn sound() -> impl Strategy<Value = Value> {
    predicates().prop_filter("passes the check", |predicate| {
        let group = serde_json::from_value(all_of([predicate.clone()])).unwrap();
        Condition::check(&group).is_ok()
    })
}

fn groups(leaves: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Value> {
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
fn exercise(group: &Group, lead: &Lead) {
    match Condition::check(group) {
        Err(faults) => assert!(!faults.is_empty()),
        Ok(condition) => {
            assert!(!condition.describe().is_empty());
            assert_eq!(
                condition.first_failure(&case(lead)).is_none(),
                condition.matches(&case(lead))
            );
        }
    }
}

proptest! {
    #[test]
    fn nothing_that_is_json_panics(stored in any_json(), lead in leads()) {
        if let Ok(group) = serde_json::from_value(stored.clone()) {
            exercise(&group, &lead);
        }
        if let Ok(group) = serde_json::from_value(all_of([stored])) {
            exercise(&group, &lead);
        }
    }

    #[test]
    fn no_condition_of_right_shape_panics(stored in groups(predicates()), lead in leads()) {
        exercise(&serde_json::from_value(stored).unwrap(), &lead);
    }

    #[test]
    fn a_failure_names_a_predicate_that_alone_could_not_hold(
        members in prop::collection::vec(sound(), 1..4),
        lead in leads(),
    ) {
        let stored = all_of(members);
        if let Some(failure) = condition(&stored).first_failure(&case(&lead)) {
            let blamed = at(&stored, &failure.path);
            prop_assert_eq!(blamed["field"].as_str(), Some(failure.field.as_str()));
            prop_assert!(!condition(&all_of([blamed.clone()])).matches(&case(&lead)));
        }
    }

    #[test]
    fn a_failure_at_any_depth_names_the_predicate_at_its_path(
        stored in groups(sound()),
        lead in leads(),
    ) {
        if let Some(failure) = condition(&stored).first_failure(&case(&lead)) {
            let blamed = at(&stored, &failure.path);
            prop_assert_eq!(blamed["field"].as_str(), Some(failure.field.as_str()));
            prop_assert_eq!(blamed["operator"].as_str(), Some(failure.operator.as_str()));
        }
    }

    #[test]
    fn not_all_is_any_not_and_not_any_is_all_not(
        members in prop::collection::vec(groups(sound()), 1..4),
        lead in leads(),
    ) {
        let each_not = || members.iter().cloned().map(not);
        let asked = |stored: Value| condition(&stored).matches(&case(&lead));
        prop_assert_eq!(asked(not(all_of(members.clone()))), asked(any_of(each_not())));
        prop_assert_eq!(asked(not(any_of(members.clone()))), asked(all_of(each_not())));
    }

    #[test]
    fn the_order_of_members_and_saying_one_twice_change_nothing(
        members in prop::collection::vec(groups(sound()), 1..4),
        lead in leads(),
    ) {
        let twice = || members.iter().rev().chain(&members).cloned();
        let asked = |stored: Value| condition(&stored).matches(&case(&lead));
        prop_assert_eq!(asked(all_of(members.clone())), asked(all_of(twice())));
        prop_assert_eq!(asked(any_of(members.clone())), asked(any_of(twice())));
        prop_assert_eq!(asked(not(not(all_of(members.clone())))), asked(all_of(members.clone())));
    }

    #[test]
    fn an_operator_and_its_negation_split_the_leads_that_have_a_value(
        stored in sound(),
        lead in leads(),
    ) {
        let operator = stored["operator"].as_str().unwrap();
        let Some(opposite) = opposite(operator) else { return Ok(()) };
        let mut turned = stored.clone();
        turned["operator"] = opposite.into();
        let [plain, turned] = [&stored, &turned].map(|one| condition(&all_of([one.clone()])).matches(&case(&lead)));
        let field = Field::parse(stored["field"].as_str().unwrap()).unwrap();
        prop_assert_eq!(plain != turned, value_of(&case(&lead), &field).is_some());
    }

    #[test]
    fn the_case_of_constants_changes_nothing(stored in sound(), lead in leads()) {
        prop_assume!(stored["operator"] != "matches");
        let mut shouted = stored.clone();
        if let Value::String(text) = &stored["value"] {
            shouted["value"] = text.to_uppercase().into();
        }
        let [plain, shouted] = [stored, shouted].map(|one| condition(&all_of([one])).matches(&case(&lead)));
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
        prop_assert_eq!(Ruleset::check(back), Ruleset::check(source));
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
    ];
    pairs.into_iter().find(|(plain, _)| *plain == operator).map(|(_, opposite)| opposite)
}
