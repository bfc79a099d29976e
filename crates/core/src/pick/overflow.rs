//! What becomes of a lead that nobody of a pool can take, when no fallback of the rule took it either.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::id::PoolId;
use crate::pick::Pool;

/// A pool's policy for leads that nobody in it can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overflow {
    /// The lead waits for the next opening, the oldest first.
    #[default]
    Hold,
    /// Another pool may take it, and after it that pool's own policy holds.
    Fallback(PoolId),
    /// Whoever's turn it is gets it, be he off, away or full. Nobody inactive, without the skills or
    /// excluded from the lead does.
    AssignAnyway,
}

/// One thing that is tried for a lead that overflows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spill {
    /// This pool, as if the rule had named it.
    To(PoolId),
    /// This pool, gates or not.
    Anyway(PoolId),
}

impl Spill {
    /// The pool that is asked.
    pub const fn pool(self) -> PoolId {
        match self {
            Self::To(pool) | Self::Anyway(pool) => pool,
        }
    }
}

/// What is tried in order when nobody in `asked` could take a lead.
///
/// Each pool's policy is followed to its end, and no pool is come back to: a circle of fallbacks
/// ends where it closes, and the lead is held.
pub fn spills(asked: impl Iterator<Item = PoolId>, pools: &BTreeMap<PoolId, Pool>) -> Vec<Spill> {
    let asked: Vec<_> = asked.collect();
    let holds = |pool: &PoolId| pools.get(pool).is_none_or(|pool| pool.overflow == Overflow::Hold);
    if asked.iter().all(holds) {
        return Vec::new(); // As most do: nothing to follow.
    }
    let mut seen: BTreeSet<_> = asked.iter().copied().collect();
    let mut spills = Vec::new();
    for first in asked {
        let mut pool = pools.get(&first);
        while let Some(Pool { id, overflow, .. }) = pool {
            pool = None;
            match *overflow {
                Overflow::Hold => {}
                Overflow::AssignAnyway => spills.push(Spill::Anyway(*id)),
                Overflow::Fallback(next) => {
                    if seen.insert(next) {
                        spills.push(Spill::To(next));
                        pool = pools.get(&next);
                    }
                }
            }
        }
    }
    spills
}
