//! Two runs over the same leads, side by side.

use std::collections::{BTreeMap, VecDeque};

use crate::decide::{Decision, Outcome};
use crate::id::{LeadId, PoolId, RepId, RuleId};

/// Moved leads that are shown for each way that leads move: the latest.
const SHOWN_PER_FLOW: usize = 3;

/// Where a ruleset sends a lead.
///
/// A pool is one place: a lead more or less before it gives every later lead of the pool to another
/// of its reps, which says nothing of the rules.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// To whoever of a pool has the turn.
    Pool(PoolId),
    /// To a rep who is named or owns what the lead belongs to.
    Rep(RepId),
    /// Into a queue of this name.
    Queue(String),
    /// To nobody, for this reason.
    Rejected(String),
    /// Nowhere: nobody it could go to ever passes the gates.
    Held,
}

impl Place {
    /// The place that `outcome` is.
    pub fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Assigned { rep, .. } => outcome.pool().map_or(Self::Rep(*rep), Self::Pool),
            Outcome::Held { .. } => Self::Held,
            Outcome::Queued { queue } => Self::Queue(queue.clone()),
            Outcome::Rejected { reason } => Self::Rejected(reason.clone()),
        }
    }
}

/// How many leads, by the one ruleset and by the other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pair {
    /// By the ruleset that the other is compared with.
    pub before: u64,
    /// By the ruleset that is tested.
    pub after: u64,
}

impl Pair {
    fn of(&mut self, side: Side) -> &mut u64 {
        match side {
            Side::Before => &mut self.before,
            Side::After => &mut self.after,
        }
    }
}

/// Whose decision it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// That of the ruleset which the other is compared with.
    Before,
    /// That of the ruleset which is tested.
    After,
}

/// A lead that the two rulesets send to different places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// What the one decides.
    pub before: Decision,
    /// What the other decides.
    pub after: Decision,
}

/// What two rulesets make of the same leads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Leads that both have settled.
    pub leads: u64,
    /// Those of them that go to another place.
    pub moved: u64,
    /// By rule, the catch-all without one: the leads that it is the first to match.
    pub rules: BTreeMap<Option<RuleId>, Pair>,
    /// The leads that go to each place.
    pub places: BTreeMap<Place, Pair>,
    /// The leads that each rep gets, in whatever way.
    pub reps: BTreeMap<RepId, Pair>,
    /// Who moves from where to where: how many, and some of them.
    pub flows: BTreeMap<(Place, Place), Flow>,
}

/// The leads that move from one place to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flow {
    /// How many.
    pub leads: u64,
    /// The latest few.
    pub latest: VecDeque<Moved>,
}

/// Brings the decisions of two runs together, lead by lead.
#[derive(Debug, Default)]
pub struct Comparison {
    report: Report,
    /// Settled by one of the runs: by the other they are held.
    half: BTreeMap<LeadId, (Side, Decision)>,
}

impl Comparison {
    /// Counts the decision by which one of the runs has settled a lead.
    pub fn add(&mut self, side: Side, decision: Decision) {
        *self.report.rules.entry(decision.rule).or_default().of(side) += 1;
        *self.report.places.entry(Place::of(&decision.outcome)).or_default().of(side) += 1;
        if let Some(rep) = decision.outcome.rep() {
            *self.report.reps.entry(rep).or_default().of(side) += 1;
        }
        match self.half.remove(&decision.lead) {
            Some((Side::Before, before)) => self.both(before, decision),
            Some((Side::After, after)) => self.both(decision, after),
            None => {
                self.half.insert(decision.lead, (side, decision));
            }
        }
    }

    /// What came of it, once both runs have finished.
    pub fn report(self) -> Report {
        self.report
    }

    fn both(&mut self, before: Decision, after: Decision) {
        self.report.leads += 1;
        let places = (Place::of(&before.outcome), Place::of(&after.outcome));
        if places.0 == places.1 {
            return;
        }
        self.report.moved += 1;
        let flow = self.report.flows.entry(places).or_default();
        flow.leads += 1;
        if flow.latest.len() == SHOWN_PER_FLOW {
            flow.latest.pop_front();
        }
        flow.latest.push_back(Moved { before, after });
    }
}
