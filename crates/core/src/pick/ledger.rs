//! The ledger of a pool: what it owes each rep, in parts of a lead.
//!
//! With every lead, the reps present are each entitled to their share of it, and one of them gets it
//! whole. A balance is what a rep was entitled to less what he got: positive when the pool owes him.
//! The balances of a pool sum to zero, always. Entitlement needs presence: who is away gains nothing
//! and owes nothing for it, and who joins starts at zero, so neither is flooded.
//!
//! Beside it each rep has arrears: what absences cost him in a pool that repays them, see
//! [`absence`](crate::pick::absence). They sum to zero too, and no turn by share looks at them.
//! Every change of either is an [`Entry`](crate::pick::entry::Entry).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{PoolId, RepId};
use crate::pick::Member;

/// Parts of one lead: the least common multiple of the numbers from 1 to 36.
///
/// Weights that sum to 36 or less, as those of most pools do, divide a lead exactly. With a larger
/// sum a rep's share is off by less than one part per turn: less than a lead in a hundred trillion
/// turns. An `i64` holds 63,872 leads of this size in either direction.
pub const LEAD: i64 = 144_403_552_893_600;

/// One rep's account with one pool. A rep whom the pool has never entitled has the default, zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Balance {
    /// Parts of a lead that the pool owes him; negative when he is ahead.
    pub balance: i64,
    /// Parts of a lead that it owes him for absences; negative when he gained by those of others.
    pub arrears: i64,
    /// Leads he got from this pool.
    pub assigned: u64,
    /// The number of the turn that gave him the last one; 0 for never.
    pub last_turn: u64,
    /// The last day on which leads repaid him.
    pub repaid: Option<Repaid>,
}

/// The leads of a day that repaid a rep for his absences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repaid {
    /// The day on his own calendar.
    pub on: Date,
    /// How many.
    pub leads: u32,
}

/// The accounts of a pool: what it changes with each lead.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// Turns taken; the number of the last one.
    pub turns: u64,
    /// Everybody who ever had a share, also after he left the pool.
    pub balances: BTreeMap<RepId, Balance>,
}

/// One lead's worth of change: everybody present gains his share, one rep pays for the lead. Or the
/// lead repays a rep for his absences: then nobody gains a share, and he pays out of his arrears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The pool whose ledger changes.
    pub pool: PoolId,
    /// Counts up by one with each turn of the pool, from 1.
    pub number: u64,
    /// Who gets the lead.
    pub rep: RepId,
    /// Parts gained, by rep id; they sum to [`LEAD`], or there are none when the lead repays.
    pub entitled: Vec<(RepId, i64)>,
    /// Changes of arrears, by rep id; they sum to zero.
    pub arrears: Vec<(RepId, i64)>,
    /// The day on the rep's calendar, if the lead repays him.
    pub repaid_on: Option<Date>,
}

impl Ledger {
    /// The account of `rep`, all zero for somebody new.
    pub fn balance(&self, rep: RepId) -> Balance {
        self.balances.get(&rep).copied().unwrap_or_default()
    }

    /// Books `turn`.
    ///
    /// Sums stop at the bounds of an `i64`, some 63,872 leads: no pool strays so far, and a stop
    /// there beats both a wrapped balance and a refused lead.
    pub fn apply(&mut self, turn: &Turn) {
        self.turns = turn.number;
        for (rep, parts) in &turn.entitled {
            let account = self.balances.entry(*rep).or_default();
            account.balance = account.balance.saturating_add(*parts);
        }
        for (rep, parts) in &turn.arrears {
            let account = self.balances.entry(*rep).or_default();
            account.arrears = account.arrears.saturating_add(*parts);
        }
        let account = self.balances.entry(turn.rep).or_default();
        match turn.repaid_on {
            None => account.balance = account.balance.saturating_sub(LEAD),
            Some(day) => {
                let leads = account.repaid_by(day).saturating_add(1);
                let on = account.repaid.map_or(day, |repaid| repaid.on.max(day));
                account.repaid = Some(Repaid { on, leads });
            }
        }
        account.assigned = account.assigned.saturating_add(1);
        account.last_turn = turn.number;
    }
}

impl Balance {
    /// How many leads repaid him on `day`; a calendar that goes backwards stays on its last day.
    pub fn repaid_by(&self, day: Date) -> u32 {
        self.repaid.filter(|repaid| day <= repaid.on).map_or(0, |repaid| repaid.leads)
    }
}

/// Splits one lead among the members present by weight, in order of rep id.
///
/// It stays the same from turn to turn, so that for a fixed set of present members the shares are
/// constant, as the bound of the pick requires.
pub fn entitlements(pool: PoolId, present: &[Member]) -> Vec<(RepId, i64)> {
    apportion(pool, LEAD, present.iter().map(|member| (member.rep, member.weight.get().into())))
}

/// Splits `parts` of a lead in proportion to amounts above zero, in order of rep id.
///
/// What division leaves over goes out in single parts to the largest fractions, and among equal
/// fractions by [`mix`] of pool and rep: an order that differs from pool to pool and has nothing to
/// do with the list. Nobody gets more than his amount while there are no more parts than amounts.
pub(super) fn apportion(
    pool: PoolId,
    parts: i64,
    amounts: impl Iterator<Item = (RepId, i64)> + Clone,
) -> Vec<(RepId, i64)> {
    let total: i128 = amounts.clone().map(|(_, amount)| i128::from(amount)).sum();
    let mut shares: Vec<_> = amounts
        .map(|(rep, amount)| {
            let product = i128::from(parts) * i128::from(amount);
            // A share is at most the whole, so the conversion never fails.
            let share = i64::try_from(product / total).unwrap_or(parts);
            (Reverse(product % total), mix(pool.uuid(), rep.uuid()), rep, share)
        })
        .collect();
    shares.sort_unstable();
    let mut left = parts - shares.iter().map(|(.., share)| share).sum::<i64>();
    let mut entitled: Vec<_> = shares
        .into_iter()
        .map(|(.., rep, share)| {
            let extra = left.clamp(0, 1);
            left -= extra;
            (rep, share + extra)
        })
        .collect();
    entitled.sort_unstable();
    entitled
}

/// A stable hash of two ids, for orders that must not follow any list.
///
/// The four halves of the ids go one by one through the finaliser of SplitMix64. Decisions are
/// replayed, so this never changes.
/// Source: <https://prng.di.unimi.it/splitmix64.c>.
pub(super) fn mix(left: Uuid, right: Uuid) -> u64 {
    let (a, b) = left.as_u64_pair();
    let (c, d) = right.as_u64_pair();
    [a, b, c, d].into_iter().fold(0, |hash, half| {
        let z = (hash ^ half).wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    })
}
