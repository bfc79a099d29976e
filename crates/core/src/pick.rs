//! Who of a pool gets the lead: gates first, then the fair turn.
//!
//! ```text
//! Pool ─ gate ─▶ members present ─ round_robin ─▶ Turn ─ Ledger::apply ─▶ Ledger of the next lead
//! ```

pub mod gate;
pub mod hours;
pub mod ledger;
pub mod load;
pub mod round_robin;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{LeadId, PoolId, RepId};
use crate::pick::gate::Gate;
use crate::pick::hours::WeeklyHours;
use crate::pick::ledger::{LEAD, Ledger, Turn};
use crate::pick::load::Loads;
use crate::time::Zone;

/// A person who takes leads, with all that says when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rep {
    /// His id.
    pub id: RepId,
    /// Shown name.
    pub name: String,
    /// False for a leaver or a pause.
    pub active: bool,
    /// The zone of his working hours.
    pub zone: Zone,
    /// Working hours on the wall clock of `zone`.
    pub hours: WeeklyHours,
    /// Absences, whole days or parts of them.
    pub leave: Vec<Leave>,
}

/// An absence, from `from` up to but not including `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    /// First instant away.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub from: Timestamp,
    /// First instant back.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub until: Timestamp,
}

impl Leave {
    /// Whether `at` is part of the absence.
    pub fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }
}

/// A team's rotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    /// Its id.
    pub id: PoolId,
    /// Shown name.
    pub name: String,
    /// Ordered by rep id, each rep once; the order means nothing to the pick.
    pub members: Vec<Member>,
}

/// A rep's place in a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub rep: RepId,
    /// His share relative to the other members present, 1 to 1,000.
    pub weight: NonZeroU32,
}

/// What a pick meant for one member of the pool. Amounts are parts of a lead, see [`LEAD`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Who.
    pub rep: RepId,
    /// His weight.
    pub weight: NonZeroU32,
    /// What the pool owed him before the lead.
    pub balance_before: i64,
    /// His part of the lead; 0 when a gate kept him out.
    pub entitled: i64,
    /// What the pool owes him after the lead.
    pub balance_after: i64,
    /// The first gate that kept him out.
    pub gate: Option<Gate>,
    /// Whether he got the lead.
    pub chosen: bool,
}

/// What the gates look at beside the rep himself.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// Every rep of the workspace; a member of a pool who is not here is away.
    pub reps: &'a BTreeMap<RepId, Rep>,
    /// How much each has on his hands.
    pub loads: &'a Loads,
    /// Who must not get this lead.
    pub excluded: &'a BTreeSet<RepId>,
    /// The instant.
    pub at: Timestamp,
}

/// Whose turn it is when `lead` comes to `pool`; `None` when nobody passes the gates.
///
/// The caller books the turn with [`Ledger::apply`].
pub fn pick(lead: LeadId, pool: &Pool, situation: Situation<'_>, ledger: &Ledger) -> Option<Turn> {
    round_robin::choose(lead, pool.id, &present(pool, situation), ledger)
}

/// What [`pick`] with the same arguments means for each member, in order of rep id.
pub fn candidates(
    lead: LeadId,
    pool: &Pool,
    situation: Situation<'_>,
    ledger: &Ledger,
) -> Vec<Candidate> {
    let Situation { reps, at, .. } = situation;
    let turn = pick(lead, pool, situation, ledger);
    let chosen = turn.as_ref().map(|turn| turn.rep);
    let entitled: BTreeMap<_, _> = turn.map(|turn| turn.entitled).into_iter().flatten().collect();
    let mut candidates: Vec<_> = pool
        .members
        .iter()
        .map(|Member { rep, weight }| {
            let chosen = chosen == Some(*rep);
            let balance_before = ledger.balance(*rep).balance;
            let entitled = entitled.get(rep).copied().unwrap_or(0);
            let paid = if chosen { LEAD } else { 0 };
            let balance_after = balance_before.saturating_add(entitled).saturating_sub(paid);
            let gate =
                reps.get(rep).map_or(Some(Gate::Inactive), |rep| gate::first_failing(rep, at));
            let (rep, weight) = (*rep, *weight);
            Candidate { rep, weight, balance_before, entitled, balance_after, gate, chosen }
        })
        .collect();
    candidates.sort_unstable_by_key(|candidate| candidate.rep);
    candidates
}

/// Who would get the next `n` leads if all came to `pool` now.
///
/// A forecast: where members are equal in everything, the real leads' ids may order them otherwise.
pub fn next(pool: &Pool, situation: Situation<'_>, ledger: &Ledger, n: usize) -> Vec<RepId> {
    let present = present(pool, situation);
    let any_lead = LeadId::new(Uuid::nil());
    let mut ledger = ledger.clone();
    let turns = std::iter::from_fn(|| {
        let turn = round_robin::choose(any_lead, pool.id, &present, &ledger)?;
        ledger.apply(&turn);
        Some(turn.rep)
    });
    turns.take(n).collect()
}

/// The first instant from now on at which a member passes every gate; `None` if there is none.
pub fn next_opening(pool: &Pool, situation: Situation<'_>) -> Option<Timestamp> {
    let Situation { reps, at, .. } = situation;
    let members = pool.members.iter().filter_map(|member| reps.get(&member.rep));
    members.filter_map(|rep| gate::next_passing(rep, at)).min()
}

/// The members who pass every gate.
fn present(pool: &Pool, situation: Situation<'_>) -> Vec<Member> {
    let Situation { reps, at, .. } = situation;
    let here = |member: &&Member| reps.get(&member.rep).is_some_and(|rep| gate::passes(rep, at));
    pool.members.iter().filter(here).copied().collect()
}
