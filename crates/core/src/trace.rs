//! Reasons as data: what each rule and each candidate came to, and why.

use serde::Serialize;

use crate::case::Case;
use crate::decide::matched::{Matched, Step, match_rule, owner_gate};
use crate::decide::{Config, State};
use crate::id::{PoolId, RepId, RuleId, TerritoryId};
use crate::pick::gate::{self, Gate};
use crate::pick::ledger::Ledger;
use crate::pick::overflow::Spill;
use crate::pick::{self, Candidate};
use crate::rules::Rule;
use crate::rules::evaluate::Failure;
use crate::rules::experiment::Cohort;
use crate::territory::owner::Owner;

/// Everything that led to one decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// Every rule of the ruleset, in order.
    pub ladder: Vec<Rung>,
    /// The variants drawn on the way, of holdouts first.
    pub cohorts: Vec<Cohort>,
    /// The owners and targets that were tried, in order; the last one settled it, unless nobody
    /// could be found.
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
    /// Its condition is true, but its experiment holds the lead out, so it was passed over.
    HeldOut,
    /// It is the first that matched.
    Matched,
    /// A rule above had matched already.
    NotReached,
}

/// What can have an owner before the lead has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Owned {
    /// The same person's earlier lead.
    Duplicate,
    /// The matched account.
    Account,
}

/// One owner or target that was tried.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Attempt {
    /// The owner of what the lead was recognised as.
    Owner {
        /// Of what.
        of: Owned,
        /// Who; `None` if there is no such thing, or it has no owner.
        rep: Option<RepId>,
        /// What kept the lead from him.
        gate: Option<Gate>,
    },
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
        /// How the lead overflowed to it; `None` if the action names it.
        overflow: Option<Spill>,
        /// Its members as the pick saw them.
        candidates: Vec<Candidate>,
    },
    /// The owner of a territory's row.
    Territory {
        /// Which.
        territory: TerritoryId,
        /// The line of the row that is for the lead; `None` if none is.
        line: Option<u32>,
        /// What the row's owner came to.
        owner: Option<Box<Attempt>>,
        /// What of the lead led to the row, or how the nearest row misses it.
        words: String,
    },
    /// A queue, which always takes the lead.
    Queue(String),
    /// A refusal, which always takes the lead.
    Reject(String),
    /// A rep, pool or territory that no longer exists, which yields nobody.
    Gone,
}

impl Attempt {
    /// Who was asked in the end: the owner of a territory's row in place of the territory.
    pub fn asked(&self) -> &Self {
        if let Self::Territory { owner: Some(owner), .. } = self { owner } else { self }
    }

    /// Whether this target settled the decision.
    pub fn settled(&self) -> bool {
        match self.asked() {
            Self::Owner { rep, gate, .. } => rep.is_some() && gate.is_none(),
            Self::Rep { gate, .. } => gate.is_none(),
            Self::Pool { candidates, .. } => candidates.iter().any(|candidate| candidate.chosen),
            Self::Queue(_) | Self::Reject(_) => true,
            Self::Territory { .. } | Self::Gone => false,
        }
    }
}

/// Recomputes everything that led to the decision on `case`.
pub fn trace(case: &Case, config: &Config, state: &State) -> Trace {
    let matched = match_rule(case, config);
    Trace {
        ladder: ladder(&matched, config),
        cohorts: matched.cohorts().to_vec(),
        attempts: attempts(&matched, config, state),
    }
}

fn ladder(matched: &Matched<'_>, config: &Config) -> Vec<Rung> {
    let winner = matched.rule().map(|rule| rule.id);
    let mut reached = true;
    let mut rungs = Vec::with_capacity(config.ruleset.rules.len());
    for rule in &config.ruleset.rules {
        let wins = Some(rule.id) == winner;
        let verdict = match () {
            () if wins => Verdict::Matched,
            () if !reached => Verdict::NotReached,
            () => verdict(rule, matched.case()),
        };
        reached &= !wins;
        rungs.push(Rung { rule: rule.id, verdict });
    }
    rungs
}

/// What a rule above the winner came to.
fn verdict(rule: &Rule, case: &Case) -> Verdict {
    if !rule.enabled {
        return Verdict::SwitchedOff;
    }
    rule.condition.first_failure(case).map_or(Verdict::HeldOut, Verdict::Failed)
}

fn attempts(matched: &Matched<'_>, config: &Config, state: &State) -> Vec<Attempt> {
    let mut attempts = Vec::new();
    for step in matched.steps() {
        let attempt = attempt(matched, step, config, state);
        let settled = attempt.settled();
        attempts.push(attempt);
        if settled {
            break;
        }
    }
    attempts
}

fn attempt(matched: &Matched<'_>, step: Step<'_>, config: &Config, state: &State) -> Attempt {
    let situation = matched.situation(config, state);
    let owner = |of| {
        let rep = matched.owner(step).and_then(|(rep, _)| config.reps.get(&rep));
        let gate = rep.and_then(|rep| owner_gate(rep, situation));
        Attempt::Owner { of, rep: rep.map(|rep| rep.id), gate }
    };
    let rep = |id| {
        if !config.reps.contains_key(&id) {
            return Attempt::Gone;
        }
        Attempt::Rep { rep: id, gate: gate::first_failing(id, None, situation) }
    };
    let pool = |id, overflow| {
        let Some(pool) = config.pools.get(&id) else { return Attempt::Gone };
        let unused = Ledger::default();
        let ledger = state.ledgers.get(&id).unwrap_or(&unused);
        let turn = matched.turn(step, config, state);
        let candidates = pick::candidates(turn.as_ref(), pool, situation, ledger);
        Attempt::Pool { pool: id, overflow, candidates }
    };
    match step {
        Step::DuplicateOwner => owner(Owned::Duplicate),
        Step::AccountOwner => owner(Owned::Account),
        Step::Rep(id) => rep(id),
        Step::Pool(id) => pool(id, None),
        Step::Territory(id, row) => {
            let Some(territory) = config.territories.get(&id) else { return Attempt::Gone };
            let owner = row.map(|row| match row.owner {
                Owner::Rep(id) => rep(id),
                Owner::Pool(id) => pool(id, None),
            });
            let words = territory.words(row, matched.case());
            let line = row.map(|row| row.line);
            Attempt::Territory { territory: id, line, owner: owner.map(Box::new), words }
        }
        Step::Spill(spill) => pool(spill.pool(), Some(spill)),
        Step::Queue(queue) => Attempt::Queue(queue.to_owned()),
        Step::Reject(reason) => Attempt::Reject(reason.to_owned()),
    }
}
