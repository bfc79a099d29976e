//! The only door in: [`decide`], and [`decide_all`] for a batch.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::id::{LeadId, PoolId, RepId, RuleId};
use crate::pick::gate;
use crate::pick::ledger::{Ledger, Turn};
use crate::pick::load::Loads;
use crate::pick::{self, Pool, Rep, Situation};
use crate::rules::{Action, Rule, Ruleset, Target};

/// Everything that decides and changes rarely.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The published rules.
    pub ruleset: Ruleset,
    /// Every rep of the workspace, active or not.
    pub reps: BTreeMap<RepId, Rep>,
    /// Every pool of the workspace.
    pub pools: BTreeMap<PoolId, Pool>,
}

/// The pools' ledgers. A pool without one is one that nobody had a turn in yet.
pub type Ledgers = BTreeMap<PoolId, Ledger>;

/// Everything that decides and changes with each lead.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Whose turn it is in each pool.
    pub ledgers: Ledgers,
    /// How much each rep has on his hands.
    pub loads: Loads,
}

impl State {
    /// Books what `decision` changes.
    pub fn apply(&mut self, decision: &Decision) {
        if let Some(turn) = &decision.turn {
            self.ledgers.entry(turn.pool).or_default().apply(turn);
        }
    }
}

/// What was decided about one lead, and by which rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The lead.
    pub lead: LeadId,
    /// As of when.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub at: Timestamp,
    /// The rule that matched; `None` is the catch-all.
    pub rule: Option<RuleId>,
    /// Who or what the lead went to.
    pub outcome: Outcome,
    /// The change of a pool's ledger, if a pool had its turn.
    pub turn: Option<Turn>,
}

/// Who or what a lead went to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// A rep owns it, by name or by a pool's turn.
    Assigned {
        /// The owner.
        rep: RepId,
        /// The pool whose turn it was, unless the rule names the rep.
        pool: Option<PoolId>,
    },
    /// Nobody passes the gates now; it is routed again at the next opening, oldest first.
    Held {
        /// When somebody next passes the gates, as far as hours and leave tell.
        #[serde(with = "jiff::fmt::serde::timestamp::microsecond::optional")]
        until: Option<Timestamp>,
    },
    /// In a named queue.
    Queued {
        /// The queue's name.
        queue: String,
    },
    /// Refused, as the rule says.
    Rejected {
        /// The rule's reason.
        reason: String,
    },
}

/// A lead and the action that is for it: the rules have spoken, the pick has not been made.
///
/// It tells which pools' ledgers the pick needs, so that only those are locked.
#[derive(Debug, Clone, Copy)]
pub struct Matched<'a> {
    case: &'a Case,
    rule: Option<&'a Rule>,
    action: &'a Action,
}

/// Finds the rule for `case`, or the catch-all.
pub fn match_rule<'a>(case: &'a Case, config: &'a Config) -> Matched<'a> {
    let rule = config.ruleset.first_match(case);
    let action = rule.map_or(&config.ruleset.catch_all, |rule| &rule.action);
    Matched { case, rule, action }
}

impl<'a> Matched<'a> {
    /// The lead with what is known about it.
    pub fn case(self) -> &'a Case {
        self.case
    }

    /// Its rule; `None` is the catch-all.
    pub fn rule(self) -> Option<&'a Rule> {
        self.rule
    }

    /// The pools that the action or its fallbacks name, whose ledgers [`Matched::settle`] reads.
    pub fn pools(self) -> impl Iterator<Item = PoolId> + 'a {
        self.targets().filter_map(|target| match target {
            Target::Pool(pool) => Some(*pool),
            Target::Rep(_) | Target::Queue(_) | Target::Reject(_) => None,
        })
    }

    /// The action's targets, in the order in which they are tried.
    pub fn targets(self) -> impl Iterator<Item = &'a Target> + 'a {
        std::iter::once(&self.action.target).chain(&self.action.fallback)
    }

    /// What the gates look at for this lead.
    pub fn situation(self, config: &'a Config, state: &'a State) -> Situation<'a> {
        let Case { excluded, at, .. } = self.case;
        Situation { reps: &config.reps, loads: &state.loads, excluded, at: *at }
    }

    /// Makes the pick: the first target that yields somebody, else the lead is held.
    pub fn settle(self, config: &Config, state: &State) -> Decision {
        let lead = self.case.lead.id;
        let situation = self.situation(config, state);
        let mut found = None;
        for target in self.targets() {
            found = try_target(lead, target, config, situation, &state.ledgers);
            if found.is_some() {
                break;
            }
        }
        let (outcome, turn) = found.unwrap_or_else(|| {
            (Outcome::Held { until: self.next_opening(config, situation) }, None)
        });
        Decision { lead, at: self.case.at, rule: self.rule.map(|rule| rule.id), outcome, turn }
    }

    /// The earliest instant at which one of the targets could yield somebody.
    fn next_opening(self, config: &Config, situation: Situation<'_>) -> Option<Timestamp> {
        self.targets()
            .filter_map(|target| match target {
                Target::Rep(rep) => {
                    config.reps.get(rep).and_then(|rep| gate::next_passing(rep, situation.at))
                }
                Target::Pool(pool) => {
                    config.pools.get(pool).and_then(|pool| pick::next_opening(pool, situation))
                }
                Target::Queue(_) | Target::Reject(_) => None,
            })
            .min()
    }
}

/// Decides who gets the lead of `case`.
///
/// The same arguments give the same bytes: below this call there is no clock, no randomness and no
/// I/O, so every past decision can be replayed.
pub fn decide(case: &Case, config: &Config, state: &State) -> Decision {
    match_rule(case, config).settle(config, state)
}

/// Decides a batch in its order; each decision moves `state` before the next lead is decided.
///
/// `before` sees each lead with the state as its decision will find it: there its inputs are stored.
pub fn decide_all<'a, S>(
    batch: impl IntoIterator<Item = Matched<'a>>,
    config: &Config,
    state: &mut State,
    mut before: impl FnMut(Matched<'a>, &State) -> S,
) -> Vec<(S, Decision)> {
    let mut decided = Vec::new();
    for matched in batch {
        let inputs = before(matched, state);
        let decision = matched.settle(config, state);
        state.apply(&decision);
        decided.push((inputs, decision));
    }
    decided
}

type Settled = (Outcome, Option<Turn>);

fn try_target(
    lead: LeadId,
    target: &Target,
    config: &Config,
    situation: Situation<'_>,
    ledgers: &Ledgers,
) -> Option<Settled> {
    match target {
        Target::Rep(rep) => {
            let rep = config.reps.get(rep)?;
            let free = gate::first_failing(rep, situation.at).is_none();
            free.then_some((Outcome::Assigned { rep: rep.id, pool: None }, None))
        }
        Target::Pool(pool) => {
            let pool = config.pools.get(pool)?;
            let unused = Ledger::default();
            let ledger = ledgers.get(&pool.id).unwrap_or(&unused);
            let turn = pick::pick(lead, pool, situation, ledger)?;
            Some((Outcome::Assigned { rep: turn.rep, pool: Some(pool.id) }, Some(turn)))
        }
        Target::Queue(queue) => Some((Outcome::Queued { queue: queue.clone() }, None)),
        Target::Reject(reason) => Some((Outcome::Rejected { reason: reason.clone() }, None)),
    }
}
