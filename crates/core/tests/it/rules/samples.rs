//! Leads and conditions that the tests begin with.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use lr_core::case::Case;
use lr_core::id::{AccountId, LeadId, TerritoryId};
use lr_core::identify::{Account, AccountMatch, Key, Matches};
use lr_core::lead::Lead;
use lr_core::normalise::country::{Country, State};
use lr_core::rules::ast::Group;
use lr_core::rules::condition::Condition;
use lr_core::rules::kind::{AttributeTypes, ValueKind};
use lr_core::rules::terms::Terms;
use lr_core::territory::Territory;
use serde_json::{Value, json};

use crate::territory::samples::table;

/// A lead of which nothing is known but its source.
pub fn unknown() -> Lead {
    Lead {
        id: LeadId::new(uuid::Uuid::from_u128(1)),
        source: "web form".into(),
        received_at: Timestamp::UNIX_EPOCH,
        first_name: None,
        last_name: None,
        email: None,
        phone: None,
        company: None,
        domain: None,
        title: None,
        country: None,
        state: None,
        city: None,
        postal_code: None,
        employees: None,
        industry: None,
        message: None,
        attributes: BTreeMap::new(),
    }
}

/// What custom attributes hold in these tests: an attribute of each kind, named after it.
pub fn types() -> AttributeTypes {
    let of_each_kind =
        || ValueKind::ALL.into_iter().map(|kind| (kind.as_str().to_owned(), kind)).collect();
    AttributeTypes { lead: of_each_kind(), account: of_each_kind() }
}

/// The first territory of these tests: Germany by postal prefix, and large companies anywhere.
pub const EUROPE: TerritoryId = TerritoryId::new(uuid::Uuid::from_u128(0xe));
/// The second: California, for a time.
pub const WEST: TerritoryId = TerritoryId::new(uuid::Uuid::from_u128(0xf));

/// What conditions are checked against in these tests.
pub fn terms() -> &'static Terms {
    static TERMS: LazyLock<Terms> = LazyLock::new(|| {
        let europe = "country,postal_code,employees,owner\nDE,10;94,,EMEA\n,,500+,EMEA";
        let west = "state,owner,from,until\nUS-CA,EMEA,1970-01-01,2026-05-03";
        let territories = [(EUROPE, "Europe", europe), (WEST, "West", west)];
        let territories = territories.map(|(id, name, rows)| {
            (id, Territory { id, name: name.into(), table: table(rows).into() })
        });
        Terms { attributes: types(), territories: territories.into() }
    });
    &TERMS
}

/// The lead by itself, at the instant at which it came.
pub fn case(lead: &Lead) -> Case {
    Case::of(lead.clone(), lead.received_at)
}

/// The lead recognised as one of this account's.
pub fn recognised(lead: &Lead, account: Account) -> Case {
    let account = Some(AccountMatch { account, by: Key::Domain });
    Case { matches: Matches { account, duplicate: None }, ..case(lead) }
}

/// An account of which nothing is known but its name.
pub fn account(name: &str) -> Account {
    Account {
        id: AccountId::new(uuid::Uuid::from_u128(2)),
        name: name.into(),
        domain: None,
        owner: None,
        country: None,
        state: None,
        employees: None,
        industry: None,
        attributes: BTreeMap::new(),
    }
}

/// A lead with one custom attribute.
pub fn with(name: &str, value: &str) -> Lead {
    Lead { attributes: BTreeMap::from([(name.into(), value.into())]), ..unknown() }
}

/// One predicate that compares with another field.
pub fn beside(field: &str, operator: &str, other: &str) -> Value {
    json!({"field": field, "operator": operator, "value": other, "valueSource": "field"})
}

/// Somebody in California with a few texts.
pub fn californian() -> Lead {
    Lead {
        first_name: Some("Zoë".into()),
        country: Country::from_code("US"),
        state: State::from_code("US-CA"),
        city: Some("San José".into()),
        postal_code: Some("95112".into()),
        employees: Some(serde_json::from_value(json!({"min": 51, "max": 200})).unwrap()),
        attributes: BTreeMap::from([("plan".into(), "Gold".into())]),
        ..unknown()
    }
}

/// A lead whose head count is exactly `count`.
pub fn of_size(count: u32) -> Lead {
    let employees = serde_json::from_value(json!({"min": count, "max": count})).unwrap();
    Lead { employees: Some(employees), ..unknown() }
}

/// A lead from the city of this name.
pub fn from_city(city: &str) -> Lead {
    Lead { city: Some(city.into()), ..unknown() }
}

/// One predicate as stored.
pub fn predicate(field: &str, operator: &str, value: impl Into<Value>) -> Value {
    json!({"field": field, "operator": operator, "value": value.into()})
}

/// A group that holds when all members do.
pub fn all_of(members: impl IntoIterator<Item = Value>) -> Value {
    json!({"combinator": "and", "not": false, "rules": Vec::from_iter(members)})
}

/// A group that holds when any member does.
pub fn any_of(members: impl IntoIterator<Item = Value>) -> Value {
    json!({"combinator": "or", "not": false, "rules": Vec::from_iter(members)})
}

/// A group that holds when this does not.
pub fn not(member: Value) -> Value {
    json!({"combinator": "and", "not": true, "rules": [member]})
}

/// A stored group, read.
pub fn group(stored: &Value) -> Group {
    serde_json::from_value(stored.clone()).unwrap()
}

/// A stored group, read and checked.
pub fn condition(stored: &Value) -> Condition {
    Condition::check(&group(stored), terms()).unwrap()
}

/// Whether one predicate holds for a lead.
pub fn holds(lead: &Lead, field: &str, operator: &str, value: impl Into<Value>) -> bool {
    condition(&all_of([predicate(field, operator, value)])).matches(&case(lead))
}
