//! Fields of the account that a lead belongs to.

use std::collections::BTreeMap;

use lr_core::id::RepId;
use lr_core::identify::Account;
use lr_core::normalise::country::{Country, State};
use lr_core::normalise::domain::Domain;
use lr_core::rules::field::Field;
use serde_json::Value;
use uuid::Uuid;

use super::samples::{
    account, all_of, beside, californian, case, condition, predicate, recognised, unknown,
};

fn acme() -> Account {
    Account {
        domain: Domain::parse("acme.com").ok(),
        owner: Some(RepId::new(Uuid::from_u128(9))),
        country: Country::from_code("DE"),
        state: State::from_code("DE-BE"),
        employees: Some(500),
        industry: Some("Software".into()),
        attributes: BTreeMap::from([
            ("text".into(), "Gold".into()),
            ("number".into(), "12".into()),
        ]),
        ..account("Acme")
    }
}

/// Whether one predicate holds for a lead of which nothing is known but its account.
fn asked(field: &str, operator: &str, value: impl Into<Value>) -> bool {
    let condition = condition(&all_of([predicate(field, operator, value)]));
    condition.matches(&recognised(&unknown(), acme()))
}

#[test]
fn every_field_of_an_account_can_be_asked() {
    assert!(asked("account.name", "=", "ACME"));
    assert!(asked("account.domain", "endsWith", ".com"));
    assert!(asked("account.country", "in", "AT,DE"));
    assert!(asked("account.state", "beginsWith", "DE-"));
    assert!(asked("account.employees", ">=", 500));
    assert!(asked("account.industry", "contains", "soft"));
    assert!(asked("account.owner", "=", "rep_00000000000000000000000000000009"));
    assert!(asked("account.owner", "in", "REP_00000000000000000000000000000009"));
    assert!(asked("account.attributes.text", "=", "gold"));
    assert!(asked("account.attributes.number", ">", "9"));
}

#[test]
fn without_an_account_its_fields_are_missing() {
    let of_account = Field::known().iter().filter(|field| matches!(field, Field::Account(_)));
    for field in of_account.map(Field::name).chain(["account.attributes.text".into()]) {
        let is_missing = condition(&all_of([predicate(&field, "null", "")]));
        assert!(is_missing.matches(&case(&californian())), "{field}");
        assert!(!is_missing.matches(&recognised(&unknown(), acme())), "{field}");
    }
    assert!(
        condition(&all_of([predicate("account.owner", "null", "")]))
            .matches(&recognised(&unknown(), account("Nobody's")))
    );
}

#[test]
fn a_lead_is_compared_with_its_account() {
    let elsewhere = condition(&all_of([beside("country", "!=", "account.country")]));
    assert!(elsewhere.matches(&recognised(&californian(), acme())));
    assert!(!elsewhere.matches(&recognised(&unknown(), acme())));
    assert!(!elsewhere.matches(&case(&californian())));
    let failure = elsewhere.first_failure(&case(&californian())).unwrap();
    assert_eq!(
        failure.words,
        "Country is United States (US), needed: not the same as Account country, which is missing"
    );
    let same = condition(&all_of([beside("country", "=", "account.country")]));
    let failure = same.first_failure(&recognised(&californian(), acme())).unwrap();
    assert_eq!(
        failure.words,
        "Country is United States (US), needed: the same as Account country, which is Germany (DE)"
    );
}
