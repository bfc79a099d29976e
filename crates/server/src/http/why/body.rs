//! The answer to "why?": a sentence, the ladder of rules, the candidates.

use jiff::Timestamp;
use lr_app::why::Why;
use lr_core::decide::{Config, Outcome};
use lr_core::id::{PoolId, RepId};
use lr_core::pick::Candidate;
use lr_core::rules::Rule;
use lr_core::rules::evaluate::Failure;
use lr_core::trace::{Attempt, Verdict};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::gates::GateBody;
use crate::http::leads::decision::StateBody;
use crate::http::named::NamedBody;
use crate::http::pools::leads;
use crate::http::why::cohorts::WhyCohortBody;
use crate::http::why::recognised::RecognisedBody;

/// Why a lead went where it went.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Why)]
pub struct WhyBody {
    /// The whole answer in a sentence or two.
    sentence: String,
    /// The decision that is explained.
    #[schema(example = "dec_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6b")]
    decision: String,
    /// When it was decided.
    #[schema(value_type = String, format = DateTime)]
    decided_at: Timestamp,
    /// The version of the rules that decided.
    ruleset_version: u32,
    /// The rule that matched; null is the catch-all.
    #[schema(required)]
    rule: Option<NamedBody>,
    /// What became of the lead.
    outcome: WhyOutcomeBody,
    /// What the lead was recognised as.
    recognised: RecognisedBody,
    /// Every rule in its order, and what it came to.
    ladder: Vec<RungBody>,
    /// The variants that it drew in experiments, those of holdouts first.
    cohorts: Vec<WhyCohortBody>,
    /// The end of the ladder.
    catch_all: CatchAllBody,
    /// Every pool that was asked, and what each member came to.
    pools: Vec<PoolTriedBody>,
    /// Every territory that was asked, and the row that it gave.
    territories: Vec<TerritoryTriedBody>,
}

/// What became of the lead.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WhyOutcome)]
pub struct WhyOutcomeBody {
    state: StateBody,
    /// The new owner.
    #[schema(required)]
    rep: Option<NamedBody>,
    /// The pool whose turn it was.
    #[schema(required)]
    pool: Option<NamedBody>,
    /// The queue in which it waits.
    #[schema(required)]
    queue: Option<String>,
    /// As what it was rejected.
    #[schema(required)]
    rejected_as: Option<String>,
    /// When somebody's working hours begin, for a lead that is held.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    held_until: Option<Timestamp>,
}

/// One rule of the ladder.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rung)]
pub struct RungBody {
    /// From 1.
    position: usize,
    rule: NamedBody,
    verdict: VerdictBody,
    /// The rule's condition in words.
    condition: String,
    /// The first part of the condition that is false, if the verdict is `failed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<FailureBody>,
}

/// What a rule came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Verdict)]
pub enum VerdictBody {
    /// It is switched off.
    SwitchedOff,
    /// Its condition is false.
    Failed,
    /// It is the first that matched.
    Matched,
    /// Its condition is true, but its experiment holds the lead out.
    HeldOut,
    /// One above had matched.
    NotReached,
}

/// The first part of a condition that makes it false.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Failure)]
pub struct FailureBody {
    /// The field's stored name.
    #[schema(example = "country")]
    field: String,
    /// The field's name for people.
    #[schema(example = "Country")]
    label: String,
    /// The operator's stored name.
    operator: String,
    /// What the rule asked for.
    expected: String,
    /// What the lead has; null if nothing.
    #[schema(required)]
    actual: Option<String>,
    /// All of it in one sentence.
    words: String,
}

/// The end of the ladder.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CatchAll)]
pub struct CatchAllBody {
    /// `matched` if no rule did, else `not_reached`.
    verdict: VerdictBody,
}

/// A pool that was asked for somebody.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PoolTried)]
pub struct PoolTriedBody {
    pool: NamedBody,
    candidates: Vec<CandidateBody>,
}

/// A territory that was asked for the owner of a row.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TerritoryTried)]
pub struct TerritoryTriedBody {
    territory: NamedBody,
    /// The line of the row that is for the lead; null if none is.
    #[schema(required)]
    line: Option<u32>,
    /// What the row says of the lead, or how the nearest one misses it.
    words: String,
}

/// What a member of the pool came to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Candidate)]
pub struct CandidateBody {
    rep: NamedBody,
    weight: u32,
    /// Leads that the pool owed the rep before.
    balance_before: f64,
    /// Leads that the pool owes the rep now.
    balance_after: f64,
    /// What kept the lead from the rep; null if nothing did.
    #[schema(required)]
    gate: Option<GateBody>,
    /// Whether the rep got the lead.
    chosen: bool,
}

impl WhyBody {
    /// Puts names and words to what was recomputed.
    pub fn new(why: &Why) -> Self {
        let config = &why.config;
        let matched = |rule: &&Rule| Some(rule.id) == why.decision.rule;
        let rule = config.ruleset.rules.iter().find(matched);
        let rungs = why.trace.ladder.iter().zip(&config.ruleset.rules).zip(1..);
        let end = if rule.is_none() { VerdictBody::Matched } else { VerdictBody::NotReached };
        Self {
            sentence: why.sentence.clone(),
            decision: why.id.to_string(),
            decided_at: why.decision.at,
            ruleset_version: config.ruleset.version,
            rule: rule.map(|rule| NamedBody::new(rule.id, &rule.name)),
            outcome: outcome(&why.decision.outcome, config),
            recognised: RecognisedBody::new(&why.matches, config),
            ladder: rungs
                .map(|((rung, rule), position)| RungBody::new(position, rule, &rung.verdict))
                .collect(),
            cohorts: why
                .decision
                .cohorts
                .iter()
                .filter_map(|cohort| WhyCohortBody::of(cohort, config))
                .collect(),
            catch_all: CatchAllBody { verdict: end },
            pools: why
                .trace
                .attempts
                .iter()
                .filter_map(|attempt| PoolTriedBody::of(attempt.asked(), config))
                .collect(),
            territories: why
                .trace
                .attempts
                .iter()
                .filter_map(|attempt| TerritoryTriedBody::of(attempt, config))
                .collect(),
        }
    }
}

fn outcome(outcome: &Outcome, config: &Config) -> WhyOutcomeBody {
    let mut body = WhyOutcomeBody {
        state: StateBody::Assigned,
        rep: None,
        pool: None,
        queue: None,
        rejected_as: None,
        held_until: None,
    };
    match outcome {
        Outcome::Assigned { rep, .. } => {
            body.rep = Some(rep_name(*rep, config));
            body.pool = outcome.pool().map(|pool| pool_name(pool, config));
        }
        Outcome::Held { until } => {
            body.state = StateBody::Held;
            body.held_until = *until;
        }
        Outcome::Queued { queue } => {
            body.state = StateBody::Queued;
            body.queue = Some(queue.clone());
        }
        Outcome::Rejected { reason } => {
            body.state = StateBody::Rejected;
            body.rejected_as = Some(reason.clone());
        }
    }
    body
}

impl RungBody {
    fn new(position: usize, rule: &Rule, verdict: &Verdict) -> Self {
        let (verdict, failure) = match verdict {
            Verdict::SwitchedOff => (VerdictBody::SwitchedOff, None),
            Verdict::Failed(failure) => (VerdictBody::Failed, Some(failure.clone().into())),
            Verdict::HeldOut => (VerdictBody::HeldOut, None),
            Verdict::Matched => (VerdictBody::Matched, None),
            Verdict::NotReached => (VerdictBody::NotReached, None),
        };
        let condition = rule.condition.describe();
        Self { position, rule: NamedBody::new(rule.id, &rule.name), verdict, condition, failure }
    }
}

impl From<Failure> for FailureBody {
    fn from(failure: Failure) -> Self {
        Self {
            field: failure.field,
            label: failure.label,
            operator: failure.operator,
            expected: failure.expected,
            actual: failure.actual,
            words: failure.words,
        }
    }
}

impl PoolTriedBody {
    fn of(attempt: &Attempt, config: &Config) -> Option<Self> {
        let Attempt::Pool { pool, candidates, .. } = attempt else { return None };
        let candidates = candidates.iter().map(|candidate| CandidateBody::new(candidate, config));
        Some(Self { pool: pool_name(*pool, config), candidates: candidates.collect() })
    }
}

impl TerritoryTriedBody {
    fn of(attempt: &Attempt, config: &Config) -> Option<Self> {
        let Attempt::Territory { territory, line, words, .. } = attempt else { return None };
        let name = config.territories.get(territory).map_or("", |found| found.name.as_str());
        let territory = NamedBody::new(*territory, name);
        Some(Self { territory, line: *line, words: words.clone() })
    }
}

impl CandidateBody {
    fn new(candidate: &Candidate, config: &Config) -> Self {
        let zone = config.reps.get(&candidate.rep).map(|rep| &rep.zone);
        let gate = candidate.gate.as_ref().zip(zone);
        Self {
            rep: rep_name(candidate.rep, config),
            weight: candidate.weight.get(),
            balance_before: leads(candidate.balance_before),
            balance_after: leads(candidate.balance_after),
            gate: gate.map(|(gate, zone)| GateBody::new(gate, zone)),
            chosen: candidate.chosen,
        }
    }
}

pub(super) fn rep_name(id: RepId, config: &Config) -> NamedBody {
    let name = config.reps.get(&id).map_or_else(String::new, |rep| rep.name.clone());
    NamedBody::new(id, name)
}

fn pool_name(id: PoolId, config: &Config) -> NamedBody {
    let name = config.pools.get(&id).map_or_else(String::new, |pool| pool.name.clone());
    NamedBody::new(id, name)
}
