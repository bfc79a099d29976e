//! The stored form: what it tolerates, and that it survives JSON and bytes.

use lr_core::id::{RuleId, RulesetId};
use lr_core::rules::Ruleset;
use lr_core::rules::action::{Action, Target};
use lr_core::rules::ast::{Group, RuleSource, RulesetSource};
use serde_json::{Value, json};
use uuid::Uuid;

use super::samples::{all_of, group, not, predicate, terms};

/// A switched-on rule that rejects.
pub fn rule(id: u128, name: &str, stored: &Value) -> RuleSource {
    RuleSource {
        id: RuleId::new(Uuid::from_u128(id)),
        name: name.into(),
        enabled: true,
        condition: group(stored),
        action: Action::to(Target::Reject("spam".into())),
        owner_first: true,
        experiment: None,
    }
}

/// A first version with these rules.
pub fn ruleset(rules: Vec<RuleSource>) -> RulesetSource {
    RulesetSource {
        id: RulesetId::new(Uuid::from_u128(7)),
        version: 1,
        rules,
        catch_all: Action::to(Target::Queue("Unrouted".into())),
    }
}

fn every_shape() -> RulesetSource {
    let stored = all_of([
        not(predicate("country", "notIn", "US,CA")),
        predicate("employees", "between", json!([10, "99"])),
        predicate("city", "null", json!(null)),
        predicate("attributes.vip", "=", true),
    ]);
    ruleset(vec![rule(1, "Everything", &stored), rule(2, "Nothing", &all_of([]))])
}

#[test]
fn json_and_bytes_bring_back_the_same_ruleset() {
    let source = every_shape();
    let json = serde_json::to_string(&source).unwrap();
    assert_eq!(serde_json::from_str::<RulesetSource>(&json).unwrap(), source);
    let bytes = postcard::to_stdvec(&source).unwrap();
    let back: RulesetSource = postcard::from_bytes(&bytes).unwrap();
    assert_eq!(postcard::to_stdvec(&back).unwrap(), bytes);
    assert_eq!(Ruleset::check(back, terms()).unwrap(), Ruleset::check(source, terms()).unwrap());
}

#[test]
fn the_stored_json_is_the_builders_own() {
    assert_eq!(
        serde_json::to_value(&every_shape().rules[0]).unwrap(),
        json!({
            "id": "rule_00000000000000000000000000000001",
            "name": "Everything",
            "enabled": true,
            "condition": {
                "combinator": "and",
                "not": false,
                "rules": [
                    {"combinator": "and", "not": true, "rules": [
                        {"field": "country", "operator": "notIn", "value": "US,CA"},
                    ]},
                    {"field": "employees", "operator": "between", "value": [10, "99"]},
                    {"field": "city", "operator": "null", "value": null},
                    {"field": "attributes.vip", "operator": "=", "value": true},
                ],
            },
            "action": {"target": {"reject": "spam"}, "fallback": [], "set": []},
            "owner_first": true,
            "experiment": null,
        })
    );
}

#[test]
fn keys_that_only_concern_the_builders_screen_are_ignored() {
    let stored = json!({
        "id": "root", "path": [], "combinator": "and", "disabled": true, "rules": [
            {"id": "a", "path": [0], "field": "city", "operator": "=", "value": "x",
             "valueSource": "value", "disabled": false, "muted": false},
        ],
    });
    assert_eq!(group(&stored), group(&all_of([predicate("city", "=", "x")])));
}

#[test]
fn a_value_left_out_is_read_as_null() {
    let stored = json!({"combinator": "and", "rules": [{"field": "city", "operator": "null"}]});
    assert_eq!(group(&stored), group(&all_of([predicate("city", "null", Value::Null)])));
}

#[test]
fn a_member_that_is_neither_group_nor_predicate_is_refused_with_the_reason() {
    let neither = "a member of a condition has either `field`, `operator` and `value`, \
                   or `combinator` and `rules`";
    for member in [json!({}), json!({"field": "city"}), json!({"combinator": "and"})] {
        let error = serde_json::from_value::<Group>(all_of([member])).unwrap_err();
        assert_eq!(error.to_string(), neither);
    }
    let error = serde_json::from_value::<Group>(all_of([json!("and")])).unwrap_err();
    assert!(error.to_string().starts_with("invalid type: string \"and\""), "{error}");
    let error = serde_json::from_str::<Group>(r#"{"combinator": "xor", "rules": []}"#).unwrap_err();
    assert!(
        error.to_string().starts_with("unknown variant `xor`, expected `and` or `or`"),
        "{error}"
    );
}

#[test]
fn a_thousand_levels_of_json_are_an_error() {
    let open = r#"{"combinator":"and","rules":["#.repeat(1_000);
    let json = format!("{open}{}", "]}".repeat(1_000));
    let error = serde_json::from_str::<Group>(&json).unwrap_err();
    assert!(error.to_string().starts_with("recursion limit exceeded"), "{error}");
}
