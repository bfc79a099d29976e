//! Between rules and pick: a lead with the action that is for it, and the steps that action takes.

use jiff::Timestamp;

use crate::case::Case;
use crate::decide::{By, Config, Decision, Outcome, State};
use crate::id::{PoolId, RepId, TerritoryId};
use crate::pick::gate::{self, Gate};
use crate::pick::ledger::{Ledger, Turn};
use crate::pick::overflow::{self, Spill};
use crate::pick::{self, Rep, Situation};
use crate::rules::action::{Action, Target};
use crate::rules::experiment::{Cohort, Treatment};
use crate::rules::{Rule, Ruleset};
use crate::territory::table::Row;

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
    /// The action's targets, and where the lead overflows to when none of them yields anybody.
    tried: Vec<Step<'a>>,
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
        return Matched::of(case, Some(rule), action, cohorts, config);
    }
    Matched::of(case, None, &ruleset.catch_all, cohorts, config)
}

/// The same where `rule` is known to be the first that matches, and nothing of the lead is asked for but
/// its id; `None` where an experiment or a territory asks for more.
pub(crate) fn match_outline<'a>(
    outline: &'a Case,
    rule: Option<&'a Rule>,
    config: &'a Config,
) -> Option<Matched<'a>> {
    let action = rule.map_or(&config.ruleset.catch_all, |rule| &rule.action);
    let draws = rule.is_some_and(|rule| rule.experiment.is_some());
    let asks = draws || action.targets().any(|it| matches!(it, Target::TerritoryOwner(_)));
    (!asks).then(|| Matched::of(outline, rule, action, Vec::new(), config))
}

/// An action's targets in order, then where the lead overflows to.
fn tried<'a>(action: &'a Action, case: &Case, config: &'a Config) -> Vec<Step<'a>> {
    let mut steps: Vec<_> = action.targets().map(|target| Step::of(target, case, config)).collect();
    let spills = overflow::spills(steps.iter().filter_map(|step| step.pool()), &config.pools);
    steps.extend(spills.into_iter().map(Step::Spill));
    steps
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
    /// A target that the action names, and its row that is for the lead.
    Territory(TerritoryId, Option<&'a Row>),
    /// A target that the action names.
    Queue(&'a str),
    /// A target that the action names.
    Reject(&'a str),
    /// Where the lead overflows to when none of them yields anybody.
    Spill(Spill),
}

impl<'a> Matched<'a> {
    fn of(
        case: &'a Case,
        rule: Option<&'a Rule>,
        action: &'a Action,
        cohorts: Vec<Cohort>,
        config: &'a Config,
    ) -> Self {
        let owner_first = config.settings.owner_first && rule.is_none_or(|rule| rule.owner_first);
        let tried = tried(action, case, config);
        Self { case, rule, action, owner_first, cohorts, tried }
    }

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
            .chain(self.tried.iter().copied())
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
            Step::DuplicateOwner | Step::AccountOwner => self.owner(step).map(|(rep, _)| rep),
            Step::Rep(_)
            | Step::Pool(_)
            | Step::Territory(..)
            | Step::Queue(_)
            | Step::Reject(_)
            | Step::Spill(_) => step.rep(),
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
            Step::Rep(_) | Step::Pool(_) | Step::Territory(..) | Step::Spill(_) => {
                let by = step.by()?;
                if let Some(rep) = step.rep() {
                    let free = gate::passes(rep, None, situation);
                    return free.then_some((Outcome::Assigned { rep, by }, None));
                }
                let turn = self.turn(step, config, state)?;
                Some((Outcome::Assigned { rep: turn.rep, by }, Some(turn)))
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
            Step::Rep(_)
            | Step::Pool(_)
            | Step::Territory(..)
            | Step::Queue(_)
            | Step::Reject(_)
            | Step::Spill(_) => None,
        }
    }

    /// The earliest instant at which one of the action's targets could yield somebody.
    fn next_opening(&self, config: &Config, state: &State) -> Option<Timestamp> {
        let situation = self.situation(config, state);
        self.steps()
            .filter(|step| !matches!(step, Step::Spill(Spill::Anyway(_))))
            .filter_map(|step| match (step.rep(), step.pool()) {
                (Some(rep), _) => gate::next_passing(rep, None, situation),
                (None, pool) => pick::next_opening(config.pools.get(&pool?)?, situation),
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
            Self::Territory(_, row) => row?.owner.pool(),
            Self::DuplicateOwner
            | Self::AccountOwner
            | Self::Rep(_)
            | Self::Queue(_)
            | Self::Reject(_) => None,
        }
    }

    /// The rep who is asked by name or as the owner of a row.
    fn rep(self) -> Option<RepId> {
        match self {
            Self::Rep(rep) => Some(rep),
            Self::Territory(_, row) => row?.owner.rep(),
            Self::DuplicateOwner
            | Self::AccountOwner
            | Self::Pool(_)
            | Self::Queue(_)
            | Self::Reject(_)
            | Self::Spill(_) => None,
        }
    }

    /// What makes a rep the owner of the lead whom this step yields; `None` where that hangs on what
    /// the lead was recognised as, and where it yields nobody.
    fn by(self) -> Option<By> {
        match self {
            Self::Rep(_) => Some(By::Name),
            Self::Pool(pool) => Some(By::Pool(pool)),
            Self::Spill(spill) => Some(By::Spill(spill)),
            Self::Territory(territory, row) => {
                let Row { line, owner, .. } = row?;
                Some(By::Territory { territory, line: *line, pool: owner.pool() })
            }
            Self::DuplicateOwner | Self::AccountOwner | Self::Queue(_) | Self::Reject(_) => None,
        }
    }

    fn of(target: &'a Target, case: &Case, config: &'a Config) -> Self {
        match target {
            Target::Rep(rep) => Self::Rep(*rep),
            Target::Pool(pool) => Self::Pool(*pool),
            Target::AccountOwner => Self::AccountOwner,
            Target::DuplicateOwner => Self::DuplicateOwner,
            Target::TerritoryOwner(id) => {
                let row = config.territories.get(id).and_then(|territory| territory.find(case));
                Self::Territory(*id, row)
            }
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
