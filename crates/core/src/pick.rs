//! Who of a pool gets the lead: gates first, then the fair turn.
//!
//! ```text
//!          ┌ gate ─▶ present ─▶ absence: a repaid lead? else round_robin or least_loaded ─▶ Turn
//!   Pool ──┤                                                                               │
//!          └ nobody ─▶ overflow ─▶ another pool, or anyway           Ledger::apply, load::book
//! ```

pub mod absence;
pub mod entry;
pub mod gate;
pub mod holidays;
pub mod hours;
pub mod least_loaded;
pub mod ledger;
pub mod load;
pub mod overflow;
pub mod preview;
pub mod round_robin;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{LeadId, PoolId, RepId};
use crate::pick::absence::Absence;
use crate::pick::gate::Gate;
use crate::pick::holidays::Calendar;
use crate::pick::hours::WeeklyHours;
use crate::pick::ledger::{Ledger, Turn};
use crate::pick::load::{Caps, Loads};
use crate::pick::overflow::Overflow;
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
    /// What he can do, in the workspace's own words.
    pub skills: BTreeSet<String>,
    /// The public holidays on which he is off.
    pub holidays: Option<Calendar>,
    /// The most leads that he takes, from all pools and by name together.
    pub caps: Caps,
}

impl Rep {
    /// An active rep with neither leave nor skills, who works on holidays and takes any number.
    pub fn new(id: RepId, name: &str, zone: Zone, hours: WeeklyHours) -> Self {
        Self {
            id,
            name: name.to_owned(),
            active: true,
            zone,
            hours,
            leave: Vec::new(),
            skills: BTreeSet::new(),
            holidays: None,
            caps: Caps::default(),
        }
    }
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
    /// What a rep must be able to do to get its leads.
    pub skills: BTreeSet<String>,
    /// How the present members share the leads.
    pub distribution: Distribution,
    /// What becomes of the share of those who are away.
    pub absence: Absence,
    /// What becomes of a lead that nobody can take.
    pub overflow: Overflow,
}

impl Pool {
    /// A pool that requires nothing, shares by weight, forgives absences and holds what is left.
    pub fn new(id: PoolId, name: &str, members: Vec<Member>) -> Self {
        Self {
            id,
            name: name.to_owned(),
            members,
            skills: BTreeSet::new(),
            distribution: Distribution::default(),
            absence: Absence::default(),
            overflow: Overflow::default(),
        }
    }
}

/// How the present members of a pool share its leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Distribution {
    /// By weight, as evenly as can be: [`round_robin`].
    #[default]
    WeightedRoundRobin,
    /// To whoever has the fewest open leads for his weight: [`least_loaded`].
    LeastLoaded,
}

/// A rep's place in a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub rep: RepId,
    /// His share relative to the other members present, 1 to 1,000.
    pub weight: NonZeroU32,
}

/// What a pick meant for one member of the pool. Amounts are parts of a lead, see
/// [`LEAD`](ledger::LEAD).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Who.
    pub rep: RepId,
    /// His weight.
    pub weight: NonZeroU32,
    /// What the pool owed him before the lead.
    pub balance_before: i64,
    /// His part of the lead; 0 when a gate kept him out, or the lead repaid somebody.
    pub entitled: i64,
    /// What the pool owes him after the lead.
    pub balance_after: i64,
    /// What it owed him for absences before the lead.
    pub arrears_before: i64,
    /// What it owes him for absences after the lead.
    pub arrears_after: i64,
    /// His open leads before this one, as far as they were counted for the pick.
    pub open: u32,
    /// The first gate that kept him out, or would have if the pool had not overflowed.
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
/// The caller books the turn with [`Ledger::apply`] and [`load::book`].
pub fn pick(lead: LeadId, pool: &Pool, situation: Situation<'_>, ledger: &Ledger) -> Option<Turn> {
    let here = |member: &&Member| gate::passes(member.rep, Some(pool), situation);
    let present: Vec<_> = pool.members.iter().filter(here).copied().collect();
    match pool.distribution {
        Distribution::LeastLoaded => {
            least_loaded::choose(lead, pool.id, &present, situation.loads, ledger)
        }
        Distribution::WeightedRoundRobin => {
            absence::repayment(lead, pool, &present, situation, ledger).or_else(|| {
                let turn = round_robin::choose(lead, pool.id, &present, ledger)?;
                Some(absence::accrue(turn, pool, &present, situation))
            })
        }
    }
}

/// Whose turn it is when `lead` must go to somebody of `pool`, be he off, away or full; `None` when
/// nobody is active, skilled and not excluded.
pub fn pick_anyway(
    lead: LeadId,
    pool: &Pool,
    situation: Situation<'_>,
    ledger: &Ledger,
) -> Option<Turn> {
    let can = |member: &&Member| gate::admissible(member.rep, Some(pool), situation).is_some();
    let able: Vec<_> = pool.members.iter().filter(can).copied().collect();
    match pool.distribution {
        Distribution::LeastLoaded => {
            least_loaded::choose(lead, pool.id, &able, situation.loads, ledger)
        }
        Distribution::WeightedRoundRobin => round_robin::choose(lead, pool.id, &able, ledger),
    }
}

/// What `turn`, as picked in the same situation, means for each member, in order of rep id.
pub fn candidates(
    turn: Option<&Turn>,
    pool: &Pool,
    situation: Situation<'_>,
    ledger: &Ledger,
) -> Vec<Candidate> {
    let mut after = ledger.clone();
    if let Some(turn) = turn {
        after.apply(turn);
    }
    let entitled: BTreeMap<_, _> =
        turn.into_iter().flat_map(|turn| turn.entitled.iter().copied()).collect();
    let mut candidates: Vec<_> = pool
        .members
        .iter()
        .map(|Member { rep, weight }| {
            let (before, after) = (ledger.balance(*rep), after.balance(*rep));
            Candidate {
                rep: *rep,
                weight: *weight,
                balance_before: before.balance,
                entitled: entitled.get(rep).copied().unwrap_or(0),
                balance_after: after.balance,
                arrears_before: before.arrears,
                arrears_after: after.arrears,
                open: situation.loads.get(rep).map_or(0, |load| load.open),
                gate: gate::first_failing(*rep, Some(pool), situation),
                chosen: turn.is_some_and(|turn| turn.rep == *rep),
            }
        })
        .collect();
    candidates.sort_unstable_by_key(|candidate| candidate.rep);
    candidates
}

/// Who would get the next `n` leads if all came to `pool` now.
///
/// A forecast: where members are equal in everything, the real leads' ids may order them otherwise.
pub fn next(pool: &Pool, situation: Situation<'_>, ledger: &Ledger, n: usize) -> Vec<RepId> {
    let any_lead = LeadId::new(Uuid::nil());
    let (mut ledger, mut loads) = (ledger.clone(), situation.loads.clone());
    let turns = std::iter::from_fn(|| {
        let turn = pick(any_lead, pool, Situation { loads: &loads, ..situation }, &ledger)?;
        ledger.apply(&turn);
        if let Some(rep) = situation.reps.get(&turn.rep) {
            load::book(&mut loads, rep, situation.at);
        }
        Some(turn.rep)
    });
    turns.take(n).collect()
}

/// The first instant from now on at which a member passes every gate; `None` if there is none.
pub fn next_opening(pool: &Pool, situation: Situation<'_>) -> Option<Timestamp> {
    let members = pool.members.iter();
    members.filter_map(|member| gate::next_passing(member.rep, Some(pool), situation)).min()
}
