//! "Why not?": why a rule did not decide about a lead or a rep did not get it, and the smallest
//! change that would have made it so.

use crate::case::Case;
use crate::decide::matched::match_rule;
use crate::decide::{Config, State};
use crate::id::{PoolId, RepId, RuleId};
use crate::pick::gate::Gate;
use crate::pick::{self, Candidate};
use crate::rules::Rule;
use crate::rules::action::Target;
use crate::rules::evaluate::Failure;
use crate::trace::{Attempt, Owned, Trace, trace};

/// How many turns ahead of a pool are looked at for a rep's next one.
const FORETOLD: usize = 200;

/// Why a rule did not decide, or that it did.
#[derive(Debug, Clone, PartialEq)]
pub struct WhyNotRule {
    /// The rule that was asked about.
    pub rule: RuleId,
    /// What kept it from deciding, and from top to bottom: all of it would have to change.
    pub obstacles: Vec<Obstacle>,
}

/// One thing that keeps a rule from deciding.
#[derive(Debug, Clone, PartialEq)]
pub enum Obstacle {
    /// This rule stands above it and takes the lead.
    TakenAbove(RuleId),
    /// It is switched off.
    SwitchedOff,
    /// Its condition is false: the fewest of its predicates that would have to answer otherwise.
    Condition(Vec<Failure>),
    /// Its experiment holds the lead out.
    HeldOut,
}

/// Why a rep did not get a lead, or that he did.
#[derive(Debug, Clone, PartialEq)]
pub struct WhyNotRep {
    /// The rep who was asked about.
    pub rep: RepId,
    /// What he came to where he could have got it, in the order in which it was tried.
    pub places: Vec<Place>,
    /// Rules that did not decide and might have given it to him, in order, with what kept each from
    /// deciding.
    pub rules: Vec<WhyNotRule>,
}

/// What a rep came to in one place where the lead could have become his.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// He got it here.
    Got,
    /// A gate kept it from him.
    Gate {
        /// The pool that was asked; `None` where the rule or the owner-first setting names him.
        pool: Option<PoolId>,
        /// The first gate that failed.
        gate: Gate,
    },
    /// It was another's turn.
    NotHisTurn {
        /// The pool.
        pool: PoolId,
        /// Leads until his turn if everybody stays, this one counted; `None` if it is further off
        /// than 200.
        turns: Option<usize>,
        /// What he was owed, in parts of a lead, this one's share included.
        owed: i64,
    },
}

/// Why `rule` did not decide about `case`; `None` if the ruleset has no such rule.
pub fn why_not_rule(case: &Case, config: &Config, rule: RuleId) -> Option<WhyNotRule> {
    let winner = match_rule(case, config).rule().map(|rule| rule.id);
    let rule = config.ruleset.rules.iter().find(|candidate| candidate.id == rule)?;
    Some(WhyNotRule { rule: rule.id, obstacles: obstacles(case, config, rule, winner) })
}

fn obstacles(case: &Case, config: &Config, rule: &Rule, winner: Option<RuleId>) -> Vec<Obstacle> {
    if winner == Some(rule.id) {
        return Vec::new();
    }
    let above = config.ruleset.rules.iter().take_while(|above| above.id != rule.id);
    let taken = above.filter(|above| Some(above.id) == winner).map(|above| above.id);
    let mut obstacles = taken.map(Obstacle::TakenAbove).collect::<Vec<_>>();
    if !rule.enabled {
        obstacles.push(Obstacle::SwitchedOff);
    }
    let needed = rule.condition.nearest(case);
    if !needed.is_empty() {
        obstacles.push(Obstacle::Condition(needed));
    } else if rule.enabled && obstacles.is_empty() {
        obstacles.push(Obstacle::HeldOut);
    }
    obstacles
}

/// Why `rep` did not get the lead of `case`; `None` if the workspace had no such rep.
pub fn why_not_rep(case: &Case, config: &Config, state: &State, rep: RepId) -> Option<WhyNotRep> {
    config.reps.get(&rep)?;
    let trace = trace(case, config, state);
    let winner = match_rule(case, config).rule().map(|rule| rule.id);
    let others = config.ruleset.rules.iter().filter(|rule| Some(rule.id) != winner);
    let rules = others
        .filter(|rule| leads_to(rule, case, config, rep))
        .map(|rule| WhyNotRule { rule: rule.id, obstacles: obstacles(case, config, rule, winner) });
    Some(WhyNotRep {
        rep,
        places: places(&trace, case, config, state, rep),
        rules: rules.collect(),
    })
}

/// Whether one of the rule's own targets can yield `rep` for the lead of `case`.
fn leads_to(rule: &Rule, case: &Case, config: &Config, rep: RepId) -> bool {
    let has = |pool: PoolId| {
        let pool = config.pools.get(&pool);
        pool.is_some_and(|pool| pool.members.iter().any(|member| member.rep == rep))
    };
    rule.action.targets().any(|target| match target {
        Target::Rep(named) => *named == rep,
        Target::Pool(pool) => has(*pool),
        Target::TerritoryOwner(id) => {
            let row = config.territories.get(id).and_then(|territory| territory.find(case));
            row.is_some_and(|row| row.owner.rep() == Some(rep) || row.owner.pool().is_some_and(has))
        }
        Target::AccountOwner | Target::DuplicateOwner | Target::Queue(_) | Target::Reject(_) => {
            false
        }
    })
}

fn places(trace: &Trace, case: &Case, config: &Config, state: &State, rep: RepId) -> Vec<Place> {
    let place = |attempt: &Attempt| match attempt.asked() {
        Attempt::Owner { of: Owned::Duplicate | Owned::Account, rep: Some(owner), gate }
        | Attempt::Rep { rep: owner, gate } => {
            let gate = gate.as_ref().map(|gate| Place::Gate { pool: None, gate: gate.clone() });
            (*owner == rep).then_some(gate.unwrap_or(Place::Got))
        }
        Attempt::Pool { pool, candidates, .. } => {
            let candidate = candidates.iter().find(|candidate| candidate.rep == rep)?;
            Some(in_pool(*pool, candidate, case, config, state))
        }
        Attempt::Owner { rep: None, .. }
        | Attempt::Territory { .. }
        | Attempt::Queue(_)
        | Attempt::Reject(_)
        | Attempt::Gone => None,
    };
    trace.attempts.iter().filter_map(place).collect()
}

fn in_pool(
    pool: PoolId,
    candidate: &Candidate,
    case: &Case,
    config: &Config,
    state: &State,
) -> Place {
    if candidate.chosen {
        return Place::Got;
    }
    if let Some(gate) = &candidate.gate {
        return Place::Gate { pool: Some(pool), gate: gate.clone() };
    }
    let owed = candidate.balance_before.saturating_add(candidate.entitled);
    Place::NotHisTurn { pool, turns: turns_until(pool, candidate.rep, case, config, state), owed }
}

/// The number of leads after which it is his turn, the first one counted.
fn turns_until(
    pool: PoolId,
    rep: RepId,
    case: &Case,
    config: &Config,
    state: &State,
) -> Option<usize> {
    let pool = config.pools.get(&pool)?;
    let matched = match_rule(case, config);
    let ledger = state.ledgers.get(&pool.id).cloned().unwrap_or_default();
    let next = pick::next(pool, matched.situation(config, state), &ledger, FORETOLD);
    next.iter().position(|turn| *turn == rep).map(|index| index.saturating_add(1))
}
