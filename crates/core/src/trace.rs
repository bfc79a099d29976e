//! Reasons as data: what each rule and each candidate came to, and why.

use serde::Serialize;

use crate::case::Case;
use crate::decide::{Config, Matched, State, match_rule};
use crate::id::{PoolId, RepId, RuleId};
use crate::pick::gate::{self, Gate};
use crate::pick::ledger::Ledger;
use crate::pick::{self, Candidate};
use crate::rules::evaluate::Failure;
use crate::rules::{Rule, Target};

/// Everything that led to one decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// Every rule of the ruleset, in order.
    pub ladder: Vec<Rung>,
    /// The targets of the winning action that were tried, in order; the last one settled it,
    /// unless nobody could be found.
    pub attempts: Vec<Attempt>,
}

/// One rule of the ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct Rung {
    /// The rule.
    pub rule: RuleId,
    /// What it came to.
    pub verdict: Verdict,
}

/// What a rule came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It is switched off, so it was skipped.
    SwitchedOff,
    /// Its condition is false; the failure is the first that makes it so.
    Failed(Failure),
    /// It is the first that matched.
    Matched,
    /// A rule above had matched already.
    NotReached,
}

/// One target that was tried.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Attempt {
    /// A named rep; `gate` is what kept the lead from him.
    Rep {
        /// Who.
        rep: RepId,
        /// The first gate that failed; `None` if he got the lead.
        gate: Option<Gate>,
    },
    /// A pool, with every member.
    Pool {
        /// Which.
        pool: PoolId,
        /// Its members as the pick saw them.
        candidates: Vec<Candidate>,
    },
    /// A queue, which always takes the lead.
    Queue(String),
    /// A refusal, which always takes the lead.
    Reject(String),
    /// A rep or pool that no longer exists, which yields nobody.
    Gone,
}

impl Attempt {
    /// Whether this target settled the decision.
    pub fn settled(&self) -> bool {
        match self {
            Self::Rep { gate, .. } => gate.is_none(),
            Self::Pool { candidates, .. } => candidates.iter().any(|candidate| candidate.chosen),
            Self::Queue(_) | Self::Reject(_) => true,
            Self::Gone => false,
        }
    }
}

/// Recomputes everything that led to the decision on `case`.
pub fn trace(case: &Case, config: &Config, state: &State) -> Trace {
    let matched = match_rule(case, config);
    Trace { ladder: ladder(matched, config), attempts: attempts(matched, config, state) }
}

fn ladder(matched: Matched<'_>, config: &Config) -> Vec<Rung> {
    let mut reached = true;
    let mut rungs = Vec::with_capacity(config.ruleset.rules.len());
    for rule in &config.ruleset.rules {
        let verdict = verdict(rule, reached, matched.case());
        reached &= verdict != Verdict::Matched;
        rungs.push(Rung { rule: rule.id, verdict });
    }
    rungs
}

fn verdict(rule: &Rule, reached: bool, case: &Case) -> Verdict {
    if !reached {
        Verdict::NotReached
    } else if !rule.enabled {
        Verdict::SwitchedOff
    } else {
        rule.condition.first_failure(case).map_or(Verdict::Matched, Verdict::Failed)
    }
}

fn attempts(matched: Matched<'_>, config: &Config, state: &State) -> Vec<Attempt> {
    let mut attempts = Vec::new();
    for target in matched.targets() {
        let attempt = attempt(matched, target, config, state);
        let settled = attempt.settled();
        attempts.push(attempt);
        if settled {
            break;
        }
    }
    attempts
}

fn attempt(matched: Matched<'_>, target: &Target, config: &Config, state: &State) -> Attempt {
    let case = matched.case();
    match target {
        Target::Rep(id) => config.reps.get(id).map_or(Attempt::Gone, |rep| Attempt::Rep {
            rep: rep.id,
            gate: gate::first_failing(rep, case.at),
        }),
        Target::Pool(id) => config.pools.get(id).map_or(Attempt::Gone, |pool| {
            let unused = Ledger::default();
            let ledger = state.ledgers.get(id).unwrap_or(&unused);
            let situation = matched.situation(config, state);
            let candidates = pick::candidates(case.lead.id, pool, situation, ledger);
            Attempt::Pool { pool: pool.id, candidates }
        }),
        Target::Queue(queue) => Attempt::Queue(queue.clone()),
        Target::Reject(reason) => Attempt::Reject(reason.clone()),
    }
}
