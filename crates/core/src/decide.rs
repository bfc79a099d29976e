//! The only door in: [`decide`], and [`decide_all`] for a batch.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{LeadId, PoolId, RepId, RuleId};
use crate::lead::Lead;
use crate::pick::gate;
use crate::pick::ledger::{Ledger, Turn};
use crate::pick::{self, Pool, Rep};
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

/// Everything that decides and changes with each lead: the pools' ledgers.
///
/// A pool without a ledger here is one that nobody had a turn in yet.
pub type Ledgers = BTreeMap<PoolId, Ledger>;

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
    lead: &'a Lead,
    rule: Option<&'a Rule>,
    action: &'a Action,
}

/// Finds the rule for `lead`, or the catch-all.
pub fn match_rule<'a>(lead: &'a Lead, config: &'a Config) -> Matched<'a> {
    let rule = config.ruleset.first_match(lead);
    let action = rule.map_or(&config.ruleset.catch_all, |rule| &rule.action);
    Matched { lead, rule, action }
}

impl<'a> Matched<'a> {
    /// The lead.
    pub fn lead(self) -> &'a Lead {
        self.lead
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

    /// Makes the pick: the first target that yields somebody, else the lead is held.
    pub fn settle(self, at: Timestamp, config: &Config, ledgers: &Ledgers) -> Decision {
        let mut found = None;
        for target in self.targets() {
            found = try_target(self.lead.id, target, at, config, ledgers);
            if found.is_some() {
                break;
            }
        }
        let (outcome, turn) =
            found.unwrap_or_else(|| (Outcome::Held { until: self.next_opening(at, config) }, None));
        Decision { lead: self.lead.id, at, rule: self.rule.map(|rule| rule.id), outcome, turn }
    }

    /// The earliest instant at which one of the targets could yield somebody.
    fn next_opening(self, at: Timestamp, config: &Config) -> Option<Timestamp> {
        self.targets()
            .filter_map(|target| match target {
                Target::Rep(rep) => {
                    config.reps.get(rep).and_then(|rep| gate::next_passing(rep, at))
                }
                Target::Pool(pool) => config
                    .pools
                    .get(pool)
                    .and_then(|pool| pick::next_opening(pool, &config.reps, at)),
                Target::Queue(_) | Target::Reject(_) => None,
            })
            .min()
    }
}

/// Decides who gets `lead` as of `at`.
///
/// The same arguments give the same bytes: below this call there is no clock, no randomness and no
/// I/O, so every past decision can be replayed.
pub fn decide(lead: &Lead, at: Timestamp, config: &Config, ledgers: &Ledgers) -> Decision {
    match_rule(lead, config).settle(at, config, ledgers)
}

/// Decides a batch in its order; each turn moves `ledgers` before the next lead is decided.
///
/// `before` sees each lead with the ledgers as its decision will find them: there its inputs are
/// stored. Each lead is decided as of its own instant.
pub fn decide_all<'a, S>(
    batch: impl IntoIterator<Item = (Matched<'a>, Timestamp)>,
    config: &Config,
    ledgers: &mut Ledgers,
    mut before: impl FnMut(Matched<'a>, Timestamp, &Ledgers) -> S,
) -> Vec<(S, Decision)> {
    let mut decided = Vec::new();
    for (matched, at) in batch {
        let inputs = before(matched, at, ledgers);
        let decision = matched.settle(at, config, ledgers);
        if let Some(turn) = &decision.turn {
            ledgers.entry(turn.pool).or_default().apply(turn);
        }
        decided.push((inputs, decision));
    }
    decided
}

type Settled = (Outcome, Option<Turn>);

fn try_target(
    lead: LeadId,
    target: &Target,
    at: Timestamp,
    config: &Config,
    ledgers: &Ledgers,
) -> Option<Settled> {
    match target {
        Target::Rep(rep) => {
            let rep = config.reps.get(rep)?;
            let free = gate::first_failing(rep, at).is_none();
            free.then_some((Outcome::Assigned { rep: rep.id, pool: None }, None))
        }
        Target::Pool(pool) => {
            let pool = config.pools.get(pool)?;
            let unused = Ledger::default();
            let ledger = ledgers.get(&pool.id).unwrap_or(&unused);
            let turn = pick::pick(lead, pool, &config.reps, ledger, at)?;
            Some((Outcome::Assigned { rep: turn.rep, pool: Some(pool.id) }, Some(turn)))
        }
        Target::Queue(queue) => Some((Outcome::Queued { queue: queue.clone() }, None)),
        Target::Reject(reason) => Some((Outcome::Rejected { reason: reason.clone() }, None)),
    }
}
