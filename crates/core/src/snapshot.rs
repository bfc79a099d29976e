//! A decision's inputs in compact, versioned bytes: one byte of version, then postcard.
//!
//! Rules, reps and pools change rarely, so they are stored once per change ([`ConfigSource`]) and
//! named by each decision; what moves with every lead is stored with it ([`Snapshot`]).

pub mod stored;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::decide::matched::Matched;
use crate::decide::{Config, Decision, Settings, State};
use crate::engine::Engine;
use crate::id::{PoolId, RepId, TerritoryId};
use crate::pick::{Distribution, Pool, Rep};
use crate::rules::Ruleset;
use crate::rules::ast::RulesetSource;
use crate::rules::kind::AttributeTypes;
use crate::rules::terms::{Terms, Territories};
use crate::territory::Territory;
use crate::territory::table::Table;

/// Version of every form in this module; a reader of an older one is kept for as long as such
/// bytes exist.
pub const VERSION: u8 = 2;

/// Why stored bytes cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// Nothing was stored.
    #[error("the stored bytes are empty")]
    Empty,
    /// Written by another engine.
    #[error("the stored bytes have version {0}, this engine reads {VERSION}")]
    Version(u8),
    /// Damaged, or not what they are taken for.
    #[error("the stored bytes cannot be read")]
    Damaged,
    /// A territory's table, of this name, is not at hand.
    #[error("the table of the territory {0} is missing")]
    Table(String),
    /// The stored ruleset no longer passes the checks of this engine.
    #[error("the stored ruleset is not valid: {0}")]
    Ruleset(String),
}

/// What one decision was made from, beside its [`Config`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The lead with what was known about it.
    pub case: Case,
    /// The part of the state that could matter, as it stood before.
    pub state: State,
}

impl Snapshot {
    /// Takes the ledgers of the pools that may be asked and the loads that caps or a least-loaded
    /// pool look at: nothing else can matter.
    pub fn take(matched: &Matched<'_>, config: &Config, state: &State) -> Self {
        let ledgers = matched
            .pools()
            .filter_map(|pool| state.ledgers.get(&pool).map(|ledger| (pool, ledger.clone())));
        let least_loaded = matched.pools().any(|pool| {
            let pool = config.pools.get(&pool);
            pool.is_some_and(|pool| pool.distribution == Distribution::LeastLoaded)
        });
        let capped = |rep: &RepId| config.reps.get(rep).is_some_and(|rep| rep.caps.any());
        let loads = matched
            .reps(config)
            .filter(|rep| least_loaded || capped(rep))
            .filter_map(|rep| Some((rep, *state.loads.get(&rep)?)));
        let state = State { ledgers: ledgers.collect(), loads: loads.collect() };
        Self { case: matched.case().clone(), state }
    }

    /// The stored form.
    pub fn encode(&self) -> Vec<u8> {
        encode(self)
    }

    /// Reads the stored form back.
    pub fn decode(bytes: &[u8]) -> Result<Self, SnapshotError> {
        decode(bytes)
    }
}

/// The stored form of a [`Config`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConfigSource {
    /// The ruleset as it was written.
    pub ruleset: RulesetSource,
    /// What custom attributes hold.
    pub attributes: AttributeTypes,
    /// Every rep.
    pub reps: BTreeMap<RepId, Rep>,
    /// Every pool.
    pub pools: BTreeMap<PoolId, Pool>,
    /// Every territory, its table by digest only: a table may have 100,000 rows, and most changes of a
    /// config leave it as it was.
    pub territories: BTreeMap<TerritoryId, TerritorySource>,
    /// What holds for every rule.
    pub settings: Settings,
    /// What decides by it.
    pub engine: Engine,
}

/// SHA-256 of a table's stored form, by which it is found again.
pub type TableDigest = [u8; 32];

/// The tables at hand, by digest.
pub type Tables = BTreeMap<TableDigest, Arc<Table>>;

/// The stored form of a [`Territory`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerritorySource {
    /// Shown wherever it is named.
    pub name: String,
    /// Which table it has.
    pub table: TableDigest,
}

impl ConfigSource {
    /// The stored form; equal states give equal bytes.
    pub fn encode(&self) -> Vec<u8> {
        encode(self)
    }

    /// Reads the stored form back.
    pub fn decode(bytes: &[u8]) -> Result<Self, SnapshotError> {
        decode(bytes)
    }

    /// Checks the ruleset and finds the tables, which makes it ready to decide.
    ///
    /// # Errors
    /// [`SnapshotError::Table`] if the table of a territory is not among `tables`.
    pub fn check(self, tables: &Tables) -> Result<Config, SnapshotError> {
        let Self { ruleset, attributes, reps, pools, territories, settings, engine } = self;
        let terms = Terms { attributes, territories: self::territories(&territories, tables)? };
        let ruleset = Ruleset::check(ruleset, &terms).map_err(|faults| {
            let words = faults.iter().map(|fault| format!("{}: {}", fault.path, fault.message));
            SnapshotError::Ruleset(words.collect::<Vec<_>>().join("; "))
        })?;
        Ok(Config { ruleset, reps, pools, territories: terms.territories, settings, engine })
    }
}

/// Territories with their tables.
///
/// # Errors
/// [`SnapshotError::Table`] if the table of one is not among `tables`.
pub fn territories(
    sources: &BTreeMap<TerritoryId, TerritorySource>,
    tables: &Tables,
) -> Result<Territories, SnapshotError> {
    let find = |(id, source): (&TerritoryId, &TerritorySource)| {
        let TerritorySource { name, table } = source;
        let table = tables.get(table).map(Arc::clone);
        let table = table.ok_or_else(|| SnapshotError::Table(name.clone()))?;
        Ok((*id, Territory { id: *id, name: name.clone(), table }))
    };
    sources.iter().map(find).collect()
}

impl Decision {
    /// The stored form, byte for byte what a replay must give again.
    pub fn encode(&self) -> Vec<u8> {
        encode(self)
    }

    /// Reads the stored form back.
    pub fn decode(bytes: &[u8]) -> Result<Self, SnapshotError> {
        decode(bytes)
    }
}

fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    #[expect(
        clippy::expect_used,
        reason = "these types have no map keys or lengths postcard refuses"
    )]
    postcard::to_extend(value, vec![VERSION]).expect("core types are encodable")
}

fn decode<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Result<T, SnapshotError> {
    match bytes.split_first() {
        None => Err(SnapshotError::Empty),
        Some((&VERSION, rest)) => postcard::from_bytes(rest).map_err(|_| SnapshotError::Damaged),
        Some((&other, _)) => Err(SnapshotError::Version(other)),
    }
}
