//! Between rules and pick: a lead with the action that is for it, and the steps that action takes.

use jiff::Timestamp;

use crate::case::Case;
use crate::decide::{By, Config, Decision, Outcome, State};
use crate::id::{PoolId, RepId};
use crate::pick::gate::{self, Gate};
use crate::pick::ledger::{Ledger, Turn};
use crate::pick::overflow::{self, Spill};
use crate::pick::{self, Rep, Situation};
use crate::rules::action::{Action, Target};
use crate::rules::experiment::{Cohort, Treatment};
use crate::rules::{Rule, Ruleset};

/// A lead and the action that is for it: the rules have spoken, the pick has not been made.
///
/// It tells which pools' ledgers the pick needs, so that only those are locked.
#[derive(Debug, Clone)]
pub struct Matched<'a> {
    case: &'a Case,
    rule: Option<&'a Rule>,
    action: &'a Action,
    owner_first: bool,
    cohorts: Vec<Cohort>,
    spills: Vec<Spill>,
}

/// Finds the rule for `case`, or the catch-all.
///
/// A rule whose experiment holds the lead out is passed over.
pub fn match_rule<'a>(case: &'a Case, config: &'a Config) -> Matched<'a> {
    let ruleset = &config.ruleset;
    let mut cohorts = Vec::new();
    for rule in in_order(ruleset, case) {
        let variant = rule.experiment.as_ref().and_then(|experiment| {
            let variant = experiment.draw(case)?;
            let name = variant.name.clone();
            cohorts.push(Cohort { experiment: experiment.id, variant: name });
            Some(&variant.treatment)
        });
        let action = match variant {
            None | Some(Treatment::Control) => &rule.action,
            Some(Treatment::Instead(action)) => action,
            Some(Treatment::Holdout) => continue,
        };
        let owner_first = config.settings.owner_first && rule.owner_first;
        let spills = spills(action, config);
        return Matched { case, rule: Some(rule), action, owner_first, cohorts, spills };
    }
    let owner_first = config.settings.owner_first;
    let action = &ruleset.catch_all;
    Matched { case, rule: None, action, owner_first, cohorts, spills: spills(action, config) }
}

/// Where a lead overflows to when none of the action's targets yields anybody.
fn spills(action: &Action, config: &Config) -> Vec<Spill> {
    let pools = action.targets().filter_map(|target| Step::of(target).pool());
    overflow::spills(pools, &config.pools)
}

/// Every rule that matches, in order; all but the first are only looked for when they are asked for.
fn in_order<'a>(ruleset: &'a Ruleset, case: &Case) -> impl Iterator<Item = &'a Rule> {
    let first = ruleset.first_match(case);
    let others = first.into_iter().flat_map(|_| ruleset.all_matches(case).into_iter().skip(1));
    first.into_iter().chain(others)
}

/// One thing that is tried for a lead: an owner before the rule's action, or one of its targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// The owner of the same person's earlier lead, as the action's target or before it.
    DuplicateOwner,
    /// The owner of the matched account, as the action's target or before it.
    AccountOwner,
    /// A target that the action names.
    Rep(RepId),
    /// A target that the action names.
    Pool(PoolId),
    /// A target that the action names.
    Queue(&'a str),
    /// A target that the action names.
    Reject(&'a str),
    /// Where the lead overflows to when none of them yields anybody.
    Spill(Spill),
}

impl<'a> Matched<'a> {
    /// The lead with what is known about it.
    pub fn case(&self) -> &'a Case {
        self.case
    }

    /// Its rule; `None` is the catch-all.
    pub fn rule(&self) -> Option<&'a Rule> {
        self.rule
    }

    /// The variants drawn on the way.
    pub fn cohorts(&self) -> &[Cohort] {
        &self.cohorts
    }

    /// What is tried, in order. Nobody owns what the action rejects.
    pub fn steps(&self) -> impl Iterator<Item = Step<'a>> {
        let rejects = matches!(self.action.target, Target::Reject(_));
        let first = self.owner_first && !rejects;
        [Step::DuplicateOwner, Step::AccountOwner]
            .into_iter()
            .filter(move |step| first && self.owner(*step).is_some())
            .chain(self.action.targets().map(Step::of))
            .chain(self.spills.iter().copied().map(Step::Spill))
    }

    /// The pools that may be asked, whose ledgers [`Matched::settle`] reads.
    pub fn pools(&self) -> impl Iterator<Item = PoolId> {
        self.steps().filter_map(Step::pool)
    }

    /// The reps who may get the lead, as often as they are named: their loads count.
    pub fn reps(&self, config: &'a Config) -> impl Iterator<Item = RepId> {
        let members = |pool| config.pools.get(&pool).map_or(&[][..], |pool| &pool.members);
        let members = self.pools().flat_map(members).map(|member| member.rep);
        let named = self.steps().filter_map(|step| match step {
            Step::Rep(rep) => Some(rep),
            Step::DuplicateOwner | Step::AccountOwner => self.owner(step).map(|(rep, _)| rep),
            Step::Pool(_) | Step::Queue(_) | Step::Reject(_) | Step::Spill(_) => None,
        });
        named.chain(members)
    }

    /// What the gates look at for this lead.
    pub fn situation(&self, config: &'a Config, state: &'a State) -> Situation<'a> {
        let Case { excluded, at, .. } = self.case;
        Situation { reps: &config.reps, loads: &state.loads, excluded, at: *at }
    }

    /// Makes the pick: the first step that yields somebody, else the lead is held.
    pub fn settle(&self, config: &Config, state: &State) -> Decision {
        let (outcome, turn) = self
            .steps()
            .find_map(|step| self.take(step, config, state))
            .unwrap_or_else(|| (Outcome::Held { until: self.next_opening(config, state) }, None));
        Decision {
            lead: self.case.lead.id,
            at: self.case.at,
            rule: self.rule.map(|rule| rule.id),
            cohorts: self.cohorts.clone(),
            outcome,
            set: self.action.set.clone(),
            turn,
        }
    }

    /// What `step` makes of the lead; `None` when it yields nobody.
    fn take(&self, step: Step<'_>, config: &Config, state: &State) -> Option<Settled> {
        let situation = self.situation(config, state);
        match step {
            Step::DuplicateOwner | Step::AccountOwner => {
                let (rep, by) = self.owner(step)?;
                let rep = config.reps.get(&rep)?;
                let free = owner_gate(rep, situation).is_none();
                free.then_some((Outcome::Assigned { rep: rep.id, by }, None))
            }
            Step::Rep(rep) => {
                let free = gate::passes(rep, None, situation);
                free.then_some((Outcome::Assigned { rep, by: By::Name }, None))
            }
            Step::Pool(pool) => {
                let turn = self.turn(step, config, state)?;
                Some((Outcome::Assigned { rep: turn.rep, by: By::Pool(pool) }, Some(turn)))
            }
            Step::Spill(spill) => {
                let turn = self.turn(step, config, state)?;
                Some((Outcome::Assigned { rep: turn.rep, by: By::Spill(spill) }, Some(turn)))
            }
            Step::Queue(queue) => Some((Outcome::Queued { queue: queue.to_owned() }, None)),
            Step::Reject(reason) => Some((Outcome::Rejected { reason: reason.to_owned() }, None)),
        }
    }

    /// Whose turn it is in the pool of `step`.
    pub(crate) fn turn(&self, step: Step<'_>, config: &Config, state: &State) -> Option<Turn> {
        let pool = config.pools.get(&step.pool()?)?;
        let unused = Ledger::default();
        let ledger = state.ledgers.get(&pool.id).unwrap_or(&unused);
        let anyway = matches!(step, Step::Spill(Spill::Anyway(_)));
        let pick = if anyway { pick::pick_anyway } else { pick::pick };
        pick(self.case.lead.id, pool, self.situation(config, state), ledger)
    }

    /// Who owns what the lead was recognised as.
    pub(crate) fn owner(&self, step: Step<'_>) -> Option<(RepId, By)> {
        match step {
            Step::DuplicateOwner => {
                let found = self.case.matches.duplicate.as_ref()?;
                Some((found.owner?, By::Duplicate(found.lead)))
            }
            Step::AccountOwner => {
                let account = self.case.account()?;
                Some((account.owner?, By::Account(account.id)))
            }
            Step::Rep(_) | Step::Pool(_) | Step::Queue(_) | Step::Reject(_) | Step::Spill(_) => {
                None
            }
        }
    }

    /// The earliest instant at which one of the action's targets could yield somebody.
    fn next_opening(&self, config: &Config, state: &State) -> Option<Timestamp> {
        let situation = self.situation(config, state);
        self.steps()
            .filter_map(|step| match step {
                Step::Rep(rep) => gate::next_passing(rep, None, situation),
                Step::Pool(pool) | Step::Spill(Spill::To(pool)) => {
                    config.pools.get(&pool).and_then(|pool| pick::next_opening(pool, situation))
                }
                Step::DuplicateOwner
                | Step::AccountOwner
                | Step::Queue(_)
                | Step::Reject(_)
                | Step::Spill(Spill::Anyway(_)) => None,
            })
            .min()
    }
}

impl<'a> Step<'a> {
    /// The pool that is asked, if one is.
    fn pool(self) -> Option<PoolId> {
        match self {
            Self::Pool(pool) => Some(pool),
            Self::Spill(spill) => Some(spill.pool()),
            Self::DuplicateOwner
            | Self::AccountOwner
            | Self::Rep(_)
            | Self::Queue(_)
            | Self::Reject(_) => None,
        }
    }

    fn of(target: &'a Target) -> Self {
        match target {
            Target::Rep(rep) => Self::Rep(*rep),
            Target::Pool(pool) => Self::Pool(*pool),
            Target::AccountOwner => Self::AccountOwner,
            Target::DuplicateOwner => Self::DuplicateOwner,
            Target::Queue(queue) => Self::Queue(queue),
            Target::Reject(reason) => Self::Reject(reason),
        }
    }
}

/// What keeps a lead from the rep who owns it already.
///
/// He knows the customer, so it may wait for him over a night, a weekend or a full day's list; it
/// does not wait for somebody who has left, is on leave, or let this very lead lie.
pub(crate) fn owner_gate(rep: &Rep, situation: Situation<'_>) -> Option<Gate> {
    let gone = !rep.active || situation.excluded.contains(&rep.id);
    gone.then_some(Gate::Inactive).or_else(|| gate::on_leave(rep, situation.at))
}

type Settled = (Outcome, Option<Turn>);
