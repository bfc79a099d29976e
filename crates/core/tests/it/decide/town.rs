//! A small configuration: two pools, four reps in three zones, rules by city.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use jiff::Timestamp;
use jiff::civil::date;
use lr_core::case::Case;
use lr_core::decide::{Config, Settings};
use lr_core::engine::Engine;
use lr_core::id::{LeadId, PoolId, RepId, RuleId, RulesetId, TerritoryId};
use lr_core::lead::Lead;
use lr_core::pick::hours::WeeklyHours;
use lr_core::pick::{Leave, Member, Pool, Rep};
use lr_core::rules::action::{Action, Target};
use lr_core::rules::ast::{RuleSource, RulesetSource};
use lr_core::rules::field::Field;
use lr_core::rules::kind::AttributeTypes;
use lr_core::snapshot::{ConfigSource, TableDigest, Tables, TerritorySource};
use lr_core::territory::cell::Value;
use lr_core::territory::column::{Column, Matching};
use lr_core::territory::owner::Owner;
use lr_core::territory::table::{Row, Table};
use lr_core::time::Zone;
use serde_json::json;
use uuid::Uuid;

pub const ANA: RepId = RepId::new(Uuid::from_u128(0xa));
pub const BEN: RepId = RepId::new(Uuid::from_u128(0xb));
pub const CHI: RepId = RepId::new(Uuid::from_u128(0xc));
pub const DAN: RepId = RepId::new(Uuid::from_u128(0xd));
pub const EUROPE: PoolId = PoolId::new(Uuid::from_u128(0x10));
/// The digest by which the table of [`MARKETS`] is found.
const DIGEST: TableDigest = [7; 32];
pub const MARKETS: TerritoryId = TerritoryId::new(Uuid::from_u128(0x30));
pub const ASIA: PoolId = PoolId::new(Uuid::from_u128(0x20));

/// Ana and Ben in Berlin (Ben on leave in the first week of 2026), Chi in Singapore, and Dan, who
/// has left. Berlin → Europe, else Asia; Paris → Ana; Rome → Europe; spam is rejected; who writes of
/// Iberia goes to the owner of the market, else to Asia; else a queue.
pub fn source() -> ConfigSource {
    let mut ben = rep(BEN, "Ben", "Europe/Berlin");
    let day = |text: &str| text.parse::<Timestamp>().unwrap();
    ben.leave =
        vec![Leave { from: day("2026-01-01T00:00:00Z"), until: day("2026-01-08T00:00:00Z") }];
    let mut dan = rep(DAN, "Dan", "Europe/Berlin");
    dan.active = false;
    let reps = [rep(ANA, "Ana", "Europe/Berlin"), ben, rep(CHI, "Chi", "Asia/Singapore"), dan];
    let pools =
        [pool(EUROPE, "Europe", &[(ANA, 2), (BEN, 1), (DAN, 1)]), pool(ASIA, "Asia", &[(CHI, 1)])];
    let rules = vec![
        rule(1, "Spam", "message", "casino", vec![Target::Reject("spam".into())]),
        rule(2, "Berlin", "city", "berlin", vec![Target::Pool(EUROPE), Target::Pool(ASIA)]),
        rule(3, "Paris", "city", "paris", vec![Target::Rep(ANA)]),
        rule(4, "Rome", "city", "rome", vec![Target::Pool(EUROPE)]),
        rule(5, "Oslo", "city", "oslo", vec![Target::Rep(DAN), Target::Queue("Nordics".into())]),
        rule(
            6,
            "Iberia",
            "message",
            "iberia",
            vec![Target::TerritoryOwner(MARKETS), Target::Pool(ASIA)],
        ),
    ];
    let of_markets = TerritorySource { name: "Markets".into(), table: DIGEST };
    let catch_all = Action::to(Target::Queue("Unrouted".into()));
    let id = RulesetId::new(Uuid::from_u128(1));
    ConfigSource {
        attributes: AttributeTypes::default(),
        ruleset: RulesetSource { id, version: 1, rules, catch_all },
        reps: reps.into_iter().map(|rep| (rep.id, rep)).collect(),
        pools: pools.into_iter().map(|pool| (pool.id, pool)).collect(),
        territories: BTreeMap::from([(MARKETS, of_markets)]),
        settings: Settings { owner_first: true },
        engine: Engine { version: 2, zones: "2026a".into(), holidays: "holidays 0.109".into() },
    }
}

pub fn config() -> Config {
    source().check(&tables()).unwrap()
}

/// The table of the territory Markets: Madrid is Ana's and becomes Chi's in February, Lisbon is the
/// pool Europe's, Malmö Dan's.
pub fn tables() -> Tables {
    let rows = [
        ("Madrid", Owner::Rep(ANA), None, Some(1)),
        ("Madrid", Owner::Rep(CHI), Some(1), None),
        ("Lisbon", Owner::Pool(EUROPE), None, None),
        ("Malmö", Owner::Rep(DAN), None, None),
    ];
    let rows = rows.into_iter().zip(2..).map(|((city, owner, from, until), line)| {
        let february = |_| date(2026, 2, 1);
        let cells = vec![vec![Value::Text(city.into())]];
        Row { line, cells, owner, from: from.map(february), until: until.map(february) }
    });
    let columns = vec![Column::new(Field::City, Matching::Exact).unwrap()];
    Tables::from([(DIGEST, Table::check(columns, rows.collect()).unwrap().into())])
}

/// The lead of this number, from a city.
pub fn lead(number: u128, city: &str) -> Lead {
    Lead {
        id: LeadId::new(Uuid::from_u128(number)),
        source: "api".into(),
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
        city: Some(city.into()),
        postal_code: None,
        employees: None,
        industry: None,
        message: None,
        attributes: BTreeMap::new(),
    }
}

/// The lead by itself.
pub fn case(lead: Lead, at: Timestamp) -> Case {
    Case::of(lead, at)
}

pub fn rule_id(number: u128) -> RuleId {
    RuleId::new(Uuid::from_u128(number))
}

fn rep(id: RepId, name: &str, zone: &str) -> Rep {
    let hours = WeeklyHours::weekdays("09:00", "17:00").unwrap();
    let zone = Zone::parse(zone).unwrap();
    Rep::new(id, name, zone, hours)
}

fn pool(id: PoolId, name: &str, members: &[(RepId, u32)]) -> Pool {
    let member = |&(rep, weight)| Member { rep, weight: NonZeroU32::new(weight).unwrap() };
    Pool::new(id, name, members.iter().map(member).collect())
}

fn rule(number: u128, name: &str, field: &str, word: &str, targets: Vec<Target>) -> RuleSource {
    let condition = json!({
        "combinator": "and",
        "rules": [{"field": field, "operator": "contains", "value": word}],
    });
    let mut targets = targets.into_iter();
    RuleSource {
        id: rule_id(number),
        name: name.into(),
        enabled: true,
        condition: serde_json::from_value(condition).unwrap(),
        action: Action {
            target: targets.next().unwrap(),
            fallback: targets.collect(),
            set: vec![],
        },
        owner_first: true,
        experiment: None,
    }
}
