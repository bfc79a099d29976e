//! A decision's inputs in compact, versioned bytes: one byte of version, then postcard.
//!
//! Rules, reps and pools change rarely, so they are stored once per change ([`ConfigSource`]) and
//! named by each decision; what moves with every lead is stored with it ([`Snapshot`]).

pub mod stored;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::decide::matched::Matched;
use crate::decide::{Config, Decision, Settings, State};
use crate::engine::Engine;
use crate::id::{PoolId, RepId};
use crate::pick::{Distribution, Pool, Rep};
use crate::rules::Ruleset;
use crate::rules::ast::RulesetSource;
use crate::rules::kind::AttributeTypes;

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
    /// What holds for every rule.
    pub settings: Settings,
    /// What decides by it.
    pub engine: Engine,
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

    /// Checks the ruleset, which makes it ready to decide.
    pub fn check(self) -> Result<Config, SnapshotError> {
        let ruleset = Ruleset::check(self.ruleset, &self.attributes).map_err(|faults| {
            let words = faults.iter().map(|fault| format!("{}: {}", fault.path, fault.message));
            SnapshotError::Ruleset(words.collect::<Vec<_>>().join("; "))
        })?;
        Ok(Config {
            ruleset,
            reps: self.reps,
            pools: self.pools,
            settings: self.settings,
            engine: self.engine,
        })
    }
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
