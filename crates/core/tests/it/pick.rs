//! Who of a pool gets the lead.

mod absence;
mod entries;
mod fairness;
mod gates;
mod least_loaded;
mod ledger;
mod loads;
mod openings;
mod overflow;
mod people;
mod preview;
mod ties;
mod zones;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use jiff::Timestamp;
use lr_core::id::{LeadId, PoolId, RepId};
use lr_core::pick::hours::WeeklyHours;
use lr_core::pick::ledger::{Ledger, Turn};
use lr_core::pick::load::{Loads, book};
use lr_core::pick::{Candidate, Leave, Member, Pool, Rep, Situation, candidates, pick};
use lr_core::time::Zone;
use uuid::Uuid;

/// A UUID that looks like a stored one: version 7, made at second `n`.
fn uuid(n: u32) -> Uuid {
    Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0000 | u128::from(n) << 80 | u128::from(n))
}

fn rep_id(n: u32) -> RepId {
    RepId::new(uuid(n))
}

fn lead_id(n: u32) -> LeadId {
    LeadId::new(uuid(n))
}

fn pool_id() -> PoolId {
    PoolId::new(uuid(1))
}

fn member(n: u32, weight: u32) -> Member {
    Member { rep: rep_id(n), weight: NonZeroU32::new(weight).unwrap() }
}

/// Members 0, 1, 2… with these weights.
fn members(weights: &[u32]) -> Vec<Member> {
    (0..).zip(weights).map(|(n, weight)| member(n, *weight)).collect()
}

fn pool(members: Vec<Member>) -> Pool {
    Pool::new(pool_id(), "Europe", members)
}

/// A rep in UTC who never rests.
fn rep(n: u32) -> Rep {
    let zone = Zone::parse("UTC").unwrap();
    Rep::new(rep_id(n), &format!("Rep {n}"), zone, WeeklyHours::always())
}

fn reps(reps: impl IntoIterator<Item = Rep>) -> BTreeMap<RepId, Rep> {
    reps.into_iter().map(|rep| (rep.id, rep)).collect()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A pool at work: its ledger moves with each lead, and so do the lead's ids.
#[derive(Debug)]
struct Desk {
    pool: Pool,
    reps: BTreeMap<RepId, Rep>,
    loads: Loads,
    excluded: BTreeSet<RepId>,
    ledger: Ledger,
    now: Timestamp,
    leads: u32,
}

impl Desk {
    fn of(weights: &[u32]) -> Self {
        let reps = reps((0..).zip(weights).map(|(n, _)| rep(n)));
        Self {
            pool: pool(members(weights)),
            reps,
            loads: Loads::new(),
            excluded: BTreeSet::new(),
            ledger: Ledger::default(),
            now: at("2026-03-02T12:00:00Z"),
            leads: 0,
        }
    }

    fn at(&self, at: Timestamp) -> Situation<'_> {
        Situation { reps: &self.reps, loads: &self.loads, excluded: &self.excluded, at }
    }

    /// What the next lead means for each member, if it comes at `now`.
    fn candidates(&self, now: Timestamp) -> Vec<Candidate> {
        let turn = pick(lead_id(1), &self.pool, self.at(now), &self.ledger);
        candidates(turn.as_ref(), &self.pool, self.at(now), &self.ledger)
    }

    fn try_lead(&mut self) -> Option<Turn> {
        self.leads += 1;
        let turn = pick(lead_id(self.leads), &self.pool, self.at(self.now), &self.ledger)?;
        self.ledger.apply(&turn);
        if let Some(rep) = self.reps.get(&turn.rep) {
            book(&mut self.loads, rep, self.now);
        }
        Some(turn)
    }

    fn lead(&mut self) -> RepId {
        self.try_lead().unwrap().rep
    }

    fn leads(&mut self, n: usize) -> Vec<RepId> {
        (0..n).map(|_| self.lead()).collect()
    }

    fn away(&mut self, n: u32) {
        self.reps.get_mut(&rep_id(n)).unwrap().active = false;
    }

    fn back(&mut self, n: u32) {
        self.reps.get_mut(&rep_id(n)).unwrap().active = true;
    }

    fn rep(&mut self, n: u32) -> &mut Rep {
        self.reps.get_mut(&rep_id(n)).unwrap()
    }

    /// From now on, until somebody clears it.
    fn on_leave(&mut self, n: u32) {
        self.rep(n).leave = vec![Leave { from: Timestamp::MIN, until: Timestamp::MAX }];
    }

    fn back_from_leave(&mut self, n: u32) {
        self.rep(n).leave.clear();
    }

    fn arrears(&self, n: u32) -> i64 {
        self.ledger.balance(rep_id(n)).arrears
    }

    fn join(&mut self, n: u32, weight: u32) {
        self.pool.members.push(member(n, weight));
        self.reps.insert(rep_id(n), rep(n));
    }

    fn assigned(&self, n: u32) -> u64 {
        self.ledger.balance(rep_id(n)).assigned
    }
}
