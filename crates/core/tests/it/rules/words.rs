//! Conditions and actions as sentences.

use lr_core::id::{PoolId, RepId};
use lr_core::rules::action::{Action, Priority, Setting, Target};
use serde_json::{Value, json};

use super::samples::{all_of, any_of, beside, condition, not, predicate};

#[track_caller]
fn reads(stored: &Value, words: &str) {
    assert_eq!(condition(stored).describe(), words);
}

#[test]
fn a_condition_reads_as_a_sentence() {
    let country = predicate("country", "in", json!(["US", "ca"]));
    let size = predicate("employees", ">=", 1000);
    reads(
        &all_of([country.clone(), size.clone()]),
        "Country is one of US, CA and Employees is at least 1,000",
    );
    reads(&any_of([country, size]), "Country is one of US, CA or Employees is at least 1,000");
}

#[test]
fn brackets_stand_only_where_they_change_the_meaning() {
    let [a, b, c] = ["A", "B", "C"].map(|city| predicate("city", "=", city));
    reads(
        &all_of([any_of([a.clone(), b.clone()]), c.clone()]),
        "(City is “A” or City is “B”) and City is “C”",
    );
    reads(&all_of([any_of([a.clone(), b.clone()])]), "City is “A” or City is “B”");
    reads(&all_of([any_of([a.clone()]), b.clone()]), "City is “A” and City is “B”");
    reads(
        &all_of([all_of([any_of([a.clone(), b.clone()])]), c.clone()]),
        "(City is “A” or City is “B”) and City is “C”",
    );
    reads(&not(any_of([a.clone(), b])), "not (City is “A” or City is “B”)");
    reads(&all_of([not(a), c]), "not (City is “A”) and City is “C”");
}

#[test]
fn an_empty_condition_is_for_every_lead() {
    reads(&all_of([]), "every lead");
    reads(&any_of([all_of([]), predicate("city", "null", "")]), "anything or City is missing");
}

#[test]
fn every_operator_has_its_words() {
    let table = [
        ("city", "=", json!("Rome"), "City is “Rome”"),
        ("city", "!=", json!("Rome"), "City is not “Rome”"),
        ("city", "<", json!("N"), "City is before “N” in the alphabet"),
        ("city", "<=", json!("N"), "City is not after “N” in the alphabet"),
        ("city", ">", json!("N"), "City is after “N” in the alphabet"),
        ("city", ">=", json!("N"), "City is not before “N” in the alphabet"),
        ("city", "between", json!(["A", "N"]), "City is between “A” and “N”"),
        ("city", "notBetween", json!("A,N"), "City is not between “A” and “N”"),
        ("city", "in", json!("Rome,Oslo"), "City is one of “Rome”, “Oslo”"),
        ("city", "notIn", json!("Rome,Oslo"), "City is none of “Rome”, “Oslo”"),
        ("city", "contains", json!("o"), "City contains “o”"),
        ("city", "doesNotContain", json!("o"), "City does not contain “o”"),
        ("city", "beginsWith", json!("Ro"), "City begins with “Ro”"),
        ("city", "doesNotBeginWith", json!("Ro"), "City does not begin with “Ro”"),
        ("city", "endsWith", json!("me"), "City ends with “me”"),
        ("city", "doesNotEndWith", json!("me"), "City does not end with “me”"),
        ("city", "matches", json!("^r"), "City matches /^r/"),
        ("city", "null", json!(null), "City is missing"),
        ("city", "notNull", json!(null), "City is present"),
        ("employees", "<", json!(1_234_567), "Employees is less than 1,234,567"),
        ("employees", "<=", json!(50), "Employees is at most 50"),
        ("employees", ">", json!(999), "Employees is more than 999"),
        ("employees", ">=", json!(-1000), "Employees is at least -1,000"),
        ("employees", "between", json!([50, 1000]), "Employees is between 50 and 1,000"),
        ("seniority", "in", json!("VP,c_level"), "Seniority is one of vice president, C-level"),
        ("email_kind", "!=", json!("free"), "E-mail kind is not free mailbox"),
        ("attributes.plan", "=", json!("gold"), "plan is “gold”"),
        ("attributes.number", ">", json!("1234.5"), "number is more than 1,234.5"),
        ("attributes.boolean", "=", json!(1), "boolean is yes"),
        ("attributes.boolean", "!=", json!(1), "boolean is no"),
        ("attributes.list", "contains", json!("CRM"), "list contains “CRM”"),
        ("attributes.list", "doesNotContain", json!("CRM"), "list does not contain “CRM”"),
        ("attributes.list", "in", json!("a,b"), "list contains one of “a”, “b”"),
        ("attributes.list", "notIn", json!("a,b"), "list contains none of “a”, “b”"),
        ("attributes.country", "=", json!("de"), "country is DE"),
        ("received_at", "<", json!("2026-05-01"), "Received is before 2026-05-01"),
        ("received_at", ">=", json!("2026-05-01"), "Received is not before 2026-05-01"),
        ("received_at", "<=", json!("2026-05-01"), "Received is not after 2026-05-01"),
        (
            "received_at",
            ">",
            json!("2026-05-01T09:30+02:00"),
            "Received is after 2026-05-01T07:30:00Z",
        ),
        ("received_at", "withinLast", json!("7 days"), "Received is within the last 7 days"),
        ("received_at", "notWithinNext", json!("1 hour"), "Received is not within the next 1 hour"),
        ("account.name", "notNull", json!(null), "Account name is present"),
    ];
    for (field, operator, value, words) in table {
        reads(&all_of([predicate(field, operator, value)]), words);
    }
}

#[test]
fn another_field_is_named_in_place_of_a_value() {
    let table = [
        ("country", "=", "account.country", "Country is the same as Account country"),
        ("country", "!=", "account.country", "Country is not the same as Account country"),
        ("employees", "<", "account.employees", "Employees is less than Account employees"),
        ("received_at", ">", "attributes.time", "Received is after time"),
        ("city", ">=", "industry", "City is not before Industry in the alphabet"),
        ("company", "doesNotContain", "account.name", "Company does not contain Account name"),
        ("attributes.list", "contains", "city", "list contains City"),
    ];
    for (field, operator, other, words) in table {
        reads(&all_of([beside(field, operator, other)]), words);
    }
}

#[test]
fn a_long_list_names_its_first_ten_values() {
    let cities: Vec<_> = (1..=13).map(|number| format!("c{number}")).collect();
    reads(
        &all_of([predicate("city", "in", cities)]),
        "City is one of “c1”, “c2”, “c3”, “c4”, “c5”, “c6”, “c7”, “c8”, “c9”, “c10” and 3 more",
    );
}

#[test]
fn an_action_names_its_targets_in_order() {
    let [pool, rep] = [1, 2].map(uuid::Uuid::from_u128);
    let action = Action {
        target: Target::Pool(PoolId::new(pool)),
        fallback: vec![
            Target::Rep(RepId::new(rep)),
            Target::Queue("Unrouted".into()),
            Target::AccountOwner,
            Target::Reject("spam".into()),
        ],
        set: vec![Setting::Tag("hot".into()), Setting::Priority(Priority::High)],
    };
    let names = |target: &Target| matches!(target, Target::Pool(_)).then(|| "EMEA".to_owned());
    assert_eq!(
        action.describe(names),
        "pool EMEA, else rep_00000000000000000000000000000002, else queue “Unrouted”, \
         else owner of the account, else reject as “spam”; tag “hot”; high priority"
    );
}
