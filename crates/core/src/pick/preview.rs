//! What each absence policy would give, before one is chosen.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::id::{LeadId, RepId};
use crate::pick::absence::Absence;
use crate::pick::ledger::Ledger;
use crate::pick::load::{self, Loads};
use crate::pick::{Distribution, Pool, Rep, Situation, pick};

/// The most leads that a preview plays through.
pub const MOST_LEADS: u32 = 20_000;

/// A supposed future of a pool: its reps with their absences, and how fast leads come.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The pool, shared by weight whatever it says.
    pub pool: &'a Pool,
    /// Its reps.
    pub reps: &'a BTreeMap<RepId, Rep>,
    /// Its ledger as the future begins.
    pub ledger: &'a Ledger,
    /// When it begins.
    pub from: Timestamp,
    /// How many days it has.
    pub days: u16,
    /// Leads in each 24 hours, evenly spread. Those that nobody can take come again with the next.
    pub leads_per_day: u16,
}

/// What a rep would get under a policy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Leads in all.
    pub leads: u32,
    /// Most leads on a day of his own calendar.
    pub most_on_a_day: u32,
    /// Most leads in a row.
    pub longest_run: u32,
    /// Parts of a lead that the pool owes him for absences in the end.
    pub arrears: i64,
}

/// Plays `plan` through under `policy`. Every member has a forecast.
pub fn preview(plan: Plan<'_>, policy: Absence) -> BTreeMap<RepId, Forecast> {
    let distribution = Distribution::WeightedRoundRobin;
    let pool = Pool { absence: policy, distribution, ..plan.pool.clone() };
    let mut play = Play {
        plan,
        pool: &pool,
        ledger: plan.ledger.clone(),
        loads: Loads::new(),
        days: BTreeMap::new(),
        run: (None, 0),
        forecasts: pool.members.iter().map(|member| (member.rep, Forecast::default())).collect(),
    };
    let mut waiting: u32 = 0;
    for (number, at) in (0_u32..).zip(arrivals(plan)) {
        waiting += 1;
        while waiting > 0 && play.lead(number.saturating_add(waiting), at) {
            waiting -= 1;
        }
    }
    for (rep, forecast) in &mut play.forecasts {
        forecast.arrears = play.ledger.balance(*rep).arrears;
    }
    play.forecasts
}

fn arrivals(plan: Plan<'_>) -> impl Iterator<Item = Timestamp> {
    let leads = u32::from(plan.days) * u32::from(plan.leads_per_day);
    let apart = SignedDuration::from_hours(24) / i32::from(plan.leads_per_day.clamp(1, 1000));
    (0..leads.min(MOST_LEADS))
        .map_while(move |n| plan.from.checked_add(apart * i32::try_from(n).ok()?).ok())
}

struct Play<'a> {
    plan: Plan<'a>,
    pool: &'a Pool,
    ledger: Ledger,
    loads: Loads,
    days: BTreeMap<(RepId, Date), u32>,
    run: (Option<RepId>, u32),
    forecasts: BTreeMap<RepId, Forecast>,
}

impl Play<'_> {
    /// Whether somebody takes the lead of this number.
    fn lead(&mut self, number: u32, at: Timestamp) -> bool {
        let excluded = BTreeSet::new();
        let situation =
            Situation { reps: self.plan.reps, loads: &self.loads, excluded: &excluded, at };
        let id = LeadId::new(Uuid::from_u128(number.into()));
        let Some(turn) = pick(id, self.pool, situation, &self.ledger) else { return false };
        self.ledger.apply(&turn);
        let Some(rep) = self.plan.reps.get(&turn.rep) else { return true };
        load::book(&mut self.loads, rep, at);
        // Nobody knows how fast leads will be closed: in a preview, at once.
        self.loads.entry(rep.id).and_modify(|load| load.open = 0);
        let today = self.days.entry((rep.id, rep.zone.clock(at).date())).or_default();
        *today += 1;
        self.run = match self.run {
            (Some(last), count) if last == rep.id => (Some(last), count + 1),
            _ => (Some(rep.id), 1),
        };
        let forecast = self.forecasts.entry(rep.id).or_default();
        forecast.leads += 1;
        forecast.most_on_a_day = forecast.most_on_a_day.max(*today);
        forecast.longest_run = forecast.longest_run.max(self.run.1);
        true
    }
}
