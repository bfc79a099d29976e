//! Writes conditions, leads and our answers as JSON, for other engines to answer the same.
//!
//! `scripts/test-oracle` gives it to `oracle/compare.js`, which exports each condition to SQL and to
//! JsonLogic and asks a Postgres and json-logic-js. The same seed writes the same bytes.

use std::error::Error;
use std::io::{self, Write};

use jiff::Timestamp;
use lr_core::case::Case;
use lr_core::id::{AccountId, LeadId};
use lr_core::identify::{Account, AccountMatch, Key, Matches};
use lr_core::lead::raw::RawLead;
use lr_core::normalise::country::Country;
use lr_core::normalise::normalise;
use lr_core::rules::ast::Group;
use lr_core::rules::condition::Condition;
use lr_core::rules::field::Field;
use lr_core::rules::field::value::{Value as Held, value_of};
use lr_core::rules::kind::{AttributeTypes, ValueKind};
use lr_core::rules::terms::Terms;
use serde_json::{Map, Value, json};
use uuid::Uuid;

const SEED: u64 = 20_260_501;
const CONDITIONS: usize = 400;
const LEADS: usize = 60;

/// Few values, so that conditions and leads meet; some with letters that fold, some with signs that
/// mean something to a pattern, none with more than one meaning as text and as number.
const TEXTS: [&str; 12] = [
    "Berlin", "berlin", "BER", "lin", "Straße", "STRASSE", "50% off", "50_off", "5", "O'Hara",
    r"a\b", "東京",
];
const COUNTRIES: [&str; 4] = ["US", "DE", "CA", "FR"];
const NUMBERS: [i64; 5] = [1, 5, 10, 200, 5_000];
const DATES: [&str; 4] = ["2026-04-30", "2026-05-01", "2026-05-02", "2027-01-01"];
const TEXT_FIELDS: [&str; 4] = ["city", "industry", "attributes.text", "account.name"];
const NUMBER_FIELDS: [&str; 3] = ["employees", "attributes.number", "account.employees"];
const ORDER: [&str; 6] = ["=", "!=", "<", "<=", ">", ">="];
const PARTS: [&str; 6] =
    ["contains", "doesNotContain", "beginsWith", "doesNotBeginWith", "endsWith", "doesNotEndWith"];

/// SplitMix64, after Steele, Lea and Flood, “Fast splittable pseudorandom number generators” (2014).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let drawn = (mixed ^ (mixed >> 31)) % u64::try_from(end).unwrap_or(u64::MAX);
        usize::try_from(drawn).unwrap_or_default()
    }

    fn one<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        from.get(self.below(from.len())).copied()
    }

    /// A value in two of three cases.
    fn perhaps<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        if self.below(3) == 0 { None } else { self.one(from) }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let kinds = [ValueKind::Text, ValueKind::Number, ValueKind::Boolean, ValueKind::Time];
    let declared = kinds.map(|kind| (kind.as_str().to_owned(), kind)).into();
    let types = AttributeTypes { lead: declared, ..AttributeTypes::default() };
    let terms = Terms { attributes: types.clone(), ..Terms::default() };
    let mut random = Random(SEED);
    let cases: Vec<_> = (0..LEADS).map(|_| case(&mut random)).collect();
    let mut conditions = Vec::new();
    while conditions.len() < CONDITIONS {
        let stored = group(&mut random, 3);
        let source: Group = serde_json::from_value(stored.clone())?;
        // A range that ends before it begins, or a part of nothing.
        let Ok(condition) = Condition::check(&source, &terms) else { continue };
        let answers: Vec<_> = cases.iter().map(|case| condition.matches(case)).collect();
        conditions.push(json!({"stored": stored, "answers": answers}));
    }
    let leads: Vec<_> = cases.iter().map(|case| values(case, &types)).collect();
    let written = json!({"kinds": column_kinds(&types), "leads": leads, "conditions": conditions});
    writeln!(io::stdout().lock(), "{written}")?;
    Ok(())
}

fn names() -> impl Iterator<Item = &'static str> {
    let others = ["country", "account.country", "attributes.boolean", "attributes.time"];
    TEXT_FIELDS.into_iter().chain(NUMBER_FIELDS).chain(others)
}

fn fields(types: &AttributeTypes) -> impl Iterator<Item = (&'static str, Field)> {
    names().filter_map(|name| Some((name, Field::parse(name, types)?)))
}

fn column_kinds(types: &AttributeTypes) -> Map<String, Value> {
    fields(types).map(|(name, field)| (name.to_owned(), field.kind().as_str().into())).collect()
}

/// What a case holds, by field; a missing value is left out.
fn values(case: &Case, types: &AttributeTypes) -> Map<String, Value> {
    let held = fields(types).filter_map(|(name, field)| {
        let value = match value_of(case, &field)? {
            Held::Number(number) => serde_json::from_str(&number.to_string()).ok()?,
            Held::Boolean(flag) => Value::Bool(flag),
            text @ (Held::Text(_) | Held::Time(_) | Held::List(_)) => text.to_string().into(),
        };
        Some((name.to_owned(), value))
    });
    held.collect()
}

fn case(random: &mut Random) -> Case {
    let mut raw = RawLead {
        city: random.perhaps(&TEXTS).map(str::to_owned),
        industry: random.perhaps(&TEXTS).map(str::to_owned),
        country: random.perhaps(&COUNTRIES).map(str::to_owned),
        employees: random.perhaps(&NUMBERS).map(|number| number.to_string()),
        ..RawLead::default()
    };
    let attributes = [
        ("text", random.perhaps(&TEXTS).map(str::to_owned)),
        ("number", random.perhaps(&NUMBERS).map(|number| format!("{number}.5"))),
        ("boolean", random.perhaps(&["yes", "no"]).map(str::to_owned)),
        ("time", random.perhaps(&DATES).map(str::to_owned)),
    ];
    let held = attributes.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    raw.attributes = held.collect();
    let lead = normalise(LeadId::new(Uuid::nil()), "oracle", Timestamp::UNIX_EPOCH, &raw).lead;
    let account =
        (random.below(2) == 0).then(|| AccountMatch { account: account(random), by: Key::Domain });
    let matches = Matches { account, duplicate: None };
    Case { matches, ..Case::of(lead, Timestamp::UNIX_EPOCH) }
}

fn account(random: &mut Random) -> Account {
    Account {
        id: AccountId::new(Uuid::nil()),
        name: random.one(&TEXTS).unwrap_or_default().to_owned(),
        domain: None,
        owner: None,
        country: random.perhaps(&COUNTRIES).and_then(Country::from_code),
        state: None,
        employees: random.perhaps(&NUMBERS).and_then(|number| u32::try_from(number).ok()),
        industry: None,
        attributes: std::collections::BTreeMap::new(),
    }
}

fn group(random: &mut Random, depth: usize) -> Value {
    let combinator = random.one(&["and", "or"]);
    let not = random.below(4) == 0;
    let count = 1 + random.below(3);
    let members: Vec<_> = (0..count)
        .map(|_| match depth {
            0 => predicate(random),
            _ if random.below(3) > 0 => predicate(random),
            _ => group(random, depth - 1),
        })
        .collect();
    json!({"combinator": combinator, "not": not, "rules": members})
}

fn predicate(random: &mut Random) -> Value {
    match random.below(10) {
        0 => asked(
            random.one(&names().collect::<Vec<_>>()),
            random.one(&["null", "notNull"]),
            json!(null),
        ),
        1 => beside(random),
        2 => country(random),
        3 => {
            asked(Some("attributes.boolean"), random.one(&["=", "!="]), json!(random.below(2) == 0))
        }
        4 => {
            let (operator, value) = compared(random, &DATES);
            asked(Some("attributes.time"), operator, value)
        }
        5 | 6 => {
            let (operator, value) = compared(random, &NUMBERS);
            asked(random.one(&NUMBER_FIELDS), operator, value)
        }
        7 => {
            // Attributes that are text have no order.
            let (operator, value) = compared(random, &TEXTS);
            asked(random.one(&["city", "industry", "account.name"]), operator, value)
        }
        _ => asked(random.one(&TEXT_FIELDS), random.one(&PARTS), json!(random.one(&TEXTS))),
    }
}

fn country(random: &mut Random) -> Value {
    let list = [random.one(&COUNTRIES), random.one(&COUNTRIES)];
    let field = random.one(&["country", "account.country"]);
    asked(field, random.one(&["in", "notIn"]), json!(list))
}

/// A comparison of a whole value with one, two or several of these.
fn compared<T: Copy + serde::Serialize>(
    random: &mut Random,
    from: &[T],
) -> (Option<&'static str>, Value) {
    let two = json!([random.one(from), random.one(from)]);
    match random.below(4) {
        0 => (random.one(&["in", "notIn"]), two),
        1 => (random.one(&["between", "notBetween"]), two),
        _ => (random.one(&ORDER), json!(random.one(from))),
    }
}

/// A predicate with another field in place of the value.
fn beside(random: &mut Random) -> Value {
    let (field, operator, other) = match random.below(3) {
        0 => ("country", random.one(&["=", "!="]), Some("account.country")),
        1 => ("employees", random.one(&ORDER), random.one(&NUMBER_FIELDS)),
        _ => ("city", random.one(&ORDER), random.one(&TEXT_FIELDS)),
    };
    json!({"field": field, "operator": operator, "value": other, "valueSource": "field"})
}

fn asked(field: Option<&str>, operator: Option<&str>, value: Value) -> Value {
    json!({"field": field, "operator": operator, "value": value})
}
