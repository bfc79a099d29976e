//! The index beside its twin, the plain scan: both must find the same rules for every lead.
//!
//! Each case is a ruleset with 80 leads. The count of cases is proptest's own, 256 unless
//! `PROPTEST_CASES` says another: 20,480 pairs, and a million with 12,500 cases. A few of the rulesets
//! have more rules than fit into a block of the index, and half of them ask the same few things over
//! and over, so that rules are grouped by a field and values begin alike.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use jiff::Timestamp;
use lr_core::case::Case;
use lr_core::id::RuleId;
use lr_core::lead::Lead;
use lr_core::normalise::company::Company;
use lr_core::normalise::country::{Country, State};
use lr_core::normalise::domain::Domain;
use lr_core::normalise::email::Email;
use lr_core::normalise::phone::Phone;
use lr_core::normalise::title::Title;
use lr_core::rules::ast::RulesetSource;
use lr_core::rules::condition::Condition;
use lr_core::rules::field::Field;
use lr_core::rules::field::value::value_of;
use lr_core::rules::kind::ValueKind;
use lr_core::rules::operator::Operator;
use lr_core::rules::{Rule, Ruleset};
use lr_core::snapshot::Snapshot;
use lr_core::snapshot::stored::Stored;
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::samples::{EUROPE, WEST, all_of, beside, case, predicate, terms, types};
use super::stored::{rule, ruleset};

const LEADS: usize = 80;

/// Few values, so that rules and leads meet; some differ in spelling only, some begin alike, and the
/// long ones differ in their middle only.
const TEXTS: [&str; 14] = [
    "a",
    "A",
    "ab",
    "Abc",
    "b",
    "Straße",
    "STRASSE",
    "straßen",
    "ﬁ",
    "fi x",
    "ÀB",
    "東京 都",
    "Northern 1 Company",
    "northern 2 company",
];
const COUNTRIES: [&str; 4] = ["US", "DE", "CA", "FR"];
const STATES: [&str; 4] = ["US-CA", "US-NY", "DE-BY", "CA-ON"];
const POSTAL: [&str; 6] = ["9", "94", "941", "94103", "10115", "1011 AB"];
const EMAILS: [&str; 5] =
    ["ada@a.com", "info@ab.com", "ada@gmail.com", "bob@mailinator.com", "bob@straße.de"];
const TITLES: [&str; 5] = ["CEO", "VP Sales", "Head of Straße", "Intern", "Software Engineer"];
const PHONES: [&str; 2] = ["+14155552671", "+4930901820"];

/// Everything that a predicate could be compared with, whether or not it fits.
fn constants() -> Vec<Value> {
    let lists = [&TEXTS[..], &COUNTRIES, &STATES, &POSTAL, &EMAILS, &TITLES, &PHONES];
    let mut constants: Vec<Value> = lists.concat().into_iter().map(Value::from).collect();
    constants.extend(lists.map(|list| json!(list.iter().step_by(2).collect::<Vec<_>>())));
    constants.extend(lists.map(|list| json!(list[..2])));
    constants.extend([0, 1, 5, 11, 200, i64::MIN, i64::MAX].map(Value::from));
    constants.extend([json!([1, 5]), json!([5, 11]), json!([5, 200]), json!([i64::MIN, i64::MAX])]);
    constants.extend(["^a", r"b\b", ".com", "free", "role", "vp", "sales"].map(Value::from));
    constants.extend([json!(["intern", "vp"]), json!(true), json!("2026-01-01"), Value::Null]);
    let owner = format!("rep_{:032}", 9);
    constants.extend([json!(owner), json!([owner])]);
    constants.extend([EUROPE, WEST].map(|id| json!(id.to_string())));
    constants.extend([
        json!(1.5),
        json!("yes"),
        json!("9 weeks"),
        json!(["2026-01-01", "2027-01-01"]),
    ]);
    constants
}

/// For every field and operator the predicates that pass the check.
static PREDICATES: LazyLock<Vec<Vec<Value>>> = LazyLock::new(|| {
    let fields: Vec<_> = Field::known().iter().cloned().chain(attributes()).collect();
    let names: Vec<_> = fields.iter().map(|field| field.name().into_owned()).collect();
    let asked = fields.iter().flat_map(|field| {
        let operators = field.operators();
        operators.into_iter().map(|operator| sound(field, operator, &names))
    });
    asked.filter(|predicates| !predicates.is_empty()).collect()
});

/// Two that are text, and one of each kind.
fn attributes() -> impl Iterator<Item = Field> {
    let names = ["a", "Straße"].into_iter().chain(ValueKind::ALL.map(ValueKind::as_str));
    names.map(|name| Field::parse(&format!("attributes.{name}"), &types()).unwrap())
}

fn sound(field: &Field, operator: Operator, others: &[String]) -> Vec<Value> {
    let asked =
        constants().into_iter().map(|value| predicate(&field.name(), operator.name(), value));
    let beside = others.iter().map(|other| beside(&field.name(), operator.name(), other));
    let mut sound: Vec<_> = asked
        .chain(beside)
        .filter(|asked| {
            let group = serde_json::from_value(all_of([asked.clone()])).unwrap();
            Condition::check(&group, terms()).is_ok()
        })
        .collect();
    if matches!(operator, Operator::Null | Operator::NotNull) {
        sound.truncate(1);
    }
    sound
}

/// What a ruleset asks: a few fields with operators, or any where that is empty.
type Topics = Vec<Index>;

fn predicates(topics: Topics) -> impl Strategy<Value = Value> {
    let of_topic = (any::<Index>(), any::<Index>());
    of_topic.prop_map(move |(topic, which)| {
        let topic = if topics.is_empty() { &topic } else { topic.get(&topics) };
        which.get(topic.get(&PREDICATES[..]).as_slice()).clone()
    })
}

/// Groups of every kind, an empty one among them where it is allowed.
fn conditions(topics: Topics) -> impl Strategy<Value = Value> {
    let empty = |or: bool| json!({"combinator": if or { "or" } else { "and" }, "rules": []});
    let node = predicates(topics).prop_recursive(3, 12, 4, |node| {
        (any::<bool>(), prop::bool::weighted(0.3), vec(node, 1..4)).prop_map(|(or, not, members)| {
            json!({"combinator": if or { "or" } else { "and" }, "not": not, "rules": members})
        })
    });
    let all = (vec(node, 0..4), of(prop::bool::weighted(0.5).prop_map(empty)));
    all.prop_map(|(mut members, empty)| {
        if members.len() % 2 == 0 {
            members.extend(empty);
        }
        all_of(members)
    })
}

/// Mostly few rules; sometimes several words of bits, or several blocks of words.
fn rulesets() -> impl Strategy<Value = RulesetSource> {
    let count = prop_oneof![
        54 => 1..12_usize,
        3 => 60..70_usize,
        2 => 130..150_usize,
        1 => 1_100..1_200_usize,
    ];
    let topics = prop_oneof![Just(Topics::new()), vec(any::<Index>(), 1..6)];
    let rules = (count, topics).prop_flat_map(|(count, topics)| {
        let (one, other) = (conditions(topics.clone()), conditions(topics));
        vec((one, other, prop::bool::weighted(0.9)), count)
    });
    rules.prop_map(|rules| {
        let rules = rules.into_iter().enumerate().map(|(number, (one, other, enabled))| {
            let mut made = rule(number as u128, "Rule", &all_of([one, other]));
            made.enabled = enabled;
            made
        });
        ruleset(rules.collect())
    })
}

fn texts() -> impl Strategy<Value = Option<String>> {
    of(prop_oneof![9 => select(&TEXTS[..]).prop_map(String::from), 1 => ".{0,70}"])
}

/// Attributes named after their kinds, with values of every kind.
fn typed() -> impl Strategy<Value = BTreeMap<String, String>> {
    let names = select(ValueKind::ALL.map(ValueKind::as_str).to_vec()).prop_map(String::from);
    let values = ["a", "a; ab", "1.5", "5", "yes", "0", "2026-01-01", "1970-01-02T00:00Z", "DE"];
    btree_map(names, select(values.to_vec()).prop_map(String::from), 0..7)
}

/// A clean value read from one of `raws`, which are read once: that takes longer than a match.
fn clean<T: Clone + fmt::Debug + 'static>(
    raws: &[&str],
    read: impl Fn(&str) -> Option<T>,
) -> impl Strategy<Value = Option<T>> {
    of(select(raws.iter().map(|raw| read(raw).unwrap()).collect::<Vec<_>>()))
}

fn leads() -> impl Strategy<Value = Lead> {
    let emails = clean(&EMAILS, |raw| Email::parse(raw).ok());
    let phones = clean(&PHONES, |raw| Phone::parse(raw, None).ok());
    let companies = clean(&TEXTS[2..4], |raw| Company::parse(raw).ok());
    let domains = clean(&["a.com", "ab.com", "b.de"], |raw| Domain::parse(raw).ok());
    let titles = clean(&TITLES, |raw| Title::parse(raw).ok());
    let countries = clean(&COUNTRIES, Country::from_code);
    let states = clean(&STATES, State::from_code);
    let postal_codes = clean(&POSTAL, |raw| Some(raw.to_owned()));
    let people = (texts(), texts(), emails, phones);
    let places = (countries, states, postal_codes, texts());
    let companies = (companies, domains, titles, of(1..12_u32), texts());
    let others = (texts(), texts(), texts(), typed());
    (people, companies, places, others).prop_map(|(person, company, place, other)| {
        let named = [("a", other.1), ("Straße", other.2)];
        let named = named.into_iter().filter_map(|(name, text)| Some((name.into(), text?)));
        let attributes = named.chain(other.3);
        Lead {
            first_name: person.0,
            last_name: person.1,
            email: person.2,
            phone: person.3,
            company: company.0,
            domain: company.1,
            title: company.2,
            employees: company.3.and_then(|size| super::samples::of_size(size).employees),
            industry: company.4,
            country: place.0,
            state: place.1,
            postal_code: place.2,
            city: place.3,
            message: other.0,
            attributes: attributes.collect(),
            ..super::samples::unknown()
        }
    })
}

/// Leads decided when they came, or so much later that what is "within 9 weeks" has changed.
fn cases() -> impl Strategy<Value = Case> {
    let day = |text: &str| text.parse::<Timestamp>().unwrap();
    let days = ["1970-01-01T00:00Z", "1970-02-10T00:00Z", "1970-06-01T00:00Z", "2026-02-01T00:00Z"];
    let instants = select(days.map(day).to_vec());
    (leads(), instants.clone(), instants).prop_map(|(lead, one, other)| {
        let lead = Lead { received_at: one.min(other), ..lead };
        Case::of(lead, one.max(other))
    })
}

fn stored(case: &Case) -> Vec<u8> {
    Snapshot { case: case.clone(), state: lr_core::decide::State::default() }.encode()
}

fn ids<'a>(rules: impl IntoIterator<Item = &'a Rule>) -> Vec<RuleId> {
    rules.into_iter().map(|rule| rule.id).collect()
}

proptest! {
    #[test]
    fn the_index_finds_the_rules_that_the_plain_scan_finds(
        source in rulesets(),
        cases in vec(cases(), LEADS),
    ) {
        let ruleset = Ruleset::check(source, terms()).unwrap();
        for case in cases {
            let scanned = ids(ruleset.scan(&case));
            prop_assert_eq!(ids(ruleset.first_match(&case)), &scanned[..scanned.len().min(1)]);
            let bytes = stored(&case);
            let read = Stored::read(&bytes).unwrap();
            prop_assert_eq!(read.first_match(&ruleset).unwrap(), ruleset.first_match(&case));
            prop_assert_eq!(ids(ruleset.all_matches(&case)), scanned);
        }
    }
}

proptest! {
    #[test]
    fn a_stored_lead_has_the_values_of_the_decoded_one(case in cases()) {
        let bytes = stored(&case);
        let read = Stored::read(&bytes).unwrap();
        for field in Field::known().iter().cloned().chain(attributes()) {
            prop_assert_eq!(read.value(&field), value_of(&case, &field));
        }
    }

    #[test]
    fn damaged_bytes_are_refused_or_read_as_something(
        lead in leads(),
        place in any::<Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = stored(&case(&lead));
        *place.get_mut(&mut bytes) = byte;
        if let Ok(stored) = Stored::read(&bytes) {
            let _ = stored.first_match(&Ruleset::check(ruleset(vec![]), terms()).unwrap());
            let _ = stored.value(&Field::Email);
        }
        bytes.truncate(place.index(20));
        prop_assert!(Stored::read(&bytes).is_err());
    }
}

#[test]
fn the_twins_are_asked_every_operator_of_every_field() {
    let asked = PREDICATES.iter().map(|predicates| {
        let first = &predicates[0];
        (first["field"].as_str().unwrap(), first["operator"].as_str().unwrap())
    });
    let asked: std::collections::BTreeSet<_> = asked.collect();
    for field in Field::known() {
        for operator in field.operators() {
            assert!(
                asked.contains(&(field.name().as_ref(), operator.name())),
                "{field:?} {operator:?}"
            );
        }
    }
}
