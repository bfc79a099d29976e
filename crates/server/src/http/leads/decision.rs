//! What was decided about a lead, as the API says it.

use jiff::Timestamp;
use lr_app::route::Routed;
use lr_core::decide::Outcome;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::named::NamedBody;
use crate::http::problem::ProblemBody;

/// What was decided about a lead.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LeadDecision)]
pub struct DecisionBody {
    /// The lead.
    #[schema(example = "lead_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    lead_id: String,
    /// The decision.
    #[schema(example = "dec_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6b")]
    decision_id: String,
    /// What became of the lead.
    state: StateBody,
    /// Who owns it, if anybody does.
    #[schema(required)]
    rep: Option<NamedBody>,
    /// The pool whose turn it was.
    #[schema(required)]
    pool: Option<NamedBody>,
    /// The queue in which it waits.
    #[schema(required)]
    queue: Option<String>,
    /// The rule that matched; null is the catch-all.
    #[schema(required)]
    rule: Option<NamedBody>,
    /// Why, in one line.
    reason: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    decided_at: Timestamp,
}

/// What became of a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LeadState)]
pub enum StateBody {
    /// A rep owns it.
    Assigned,
    /// Nobody is available; it is routed again at the next opening.
    Held,
    /// It waits in a queue.
    Queued,
    /// A rule refused it.
    Rejected,
}

impl StateBody {
    /// The name as stored and as shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Held => "held",
            Self::Queued => "queued",
            Self::Rejected => "rejected",
        }
    }
}

impl From<&Routed> for DecisionBody {
    fn from(routed: &Routed) -> Self {
        let (state, queue) = match &routed.decision.outcome {
            Outcome::Assigned { .. } => (StateBody::Assigned, None),
            Outcome::Held { .. } => (StateBody::Held, None),
            Outcome::Queued { queue } => (StateBody::Queued, Some(queue.clone())),
            Outcome::Rejected { .. } => (StateBody::Rejected, None),
        };
        Self {
            lead_id: routed.lead.to_string(),
            decision_id: routed.id.to_string(),
            state,
            rep: routed.rep.as_ref().map(NamedBody::from),
            pool: routed.pool.as_ref().map(NamedBody::from),
            queue,
            rule: routed.rule.as_ref().map(NamedBody::from),
            reason: routed.reason.clone(),
            decided_at: routed.decision.at,
        }
    }
}

/// What came of a batch.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BatchResults)]
pub struct BatchBody {
    /// One for each lead, in the batch's order.
    results: Vec<BatchResultBody>,
}

/// What came of one lead of a batch: a decision or a problem.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BatchResult)]
pub struct BatchResultBody {
    /// Its place in the batch, from 0.
    index: usize,
    /// What was decided, if it was accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<DecisionBody>,
    /// Why it was not accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<ProblemBody>,
}

impl BatchBody {
    /// The results in the batch's order.
    pub fn new<'a>(results: impl IntoIterator<Item = Result<&'a Routed, &'a ProblemBody>>) -> Self {
        let results = results.into_iter().enumerate().map(|(index, result)| BatchResultBody {
            index,
            decision: result.ok().map(DecisionBody::from),
            problem: result.err().cloned(),
        });
        Self { results: results.collect() }
    }
}
