//! What a receiver is told: the event `lead.decided`.

use jiff::Timestamp;
use lr_core::decide::{Decision, Outcome};
use lr_core::id::{DecisionId, LeadId, PoolId, RepId, RuleId, SourceId};
use lr_core::snapshot::SnapshotError;
use lr_store::webhooks::DecidedLead;
use serde::Serialize;

/// Why an event cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// The stored decision cannot be read.
    #[error("the stored decision cannot be read")]
    Decision(#[from] SnapshotError),
    /// It cannot be written as JSON.
    #[error("the event cannot be encoded")]
    Encode(#[from] serde_json::Error),
}

#[derive(Serialize)]
struct Event<'a> {
    r#type: &'static str,
    timestamp: Timestamp,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    decision_id: DecisionId,
    decided_at: Timestamp,
    state: &'a str,
    rep: Option<Named<'a, RepId>>,
    pool: Option<Named<'a, PoolId>>,
    queue: Option<String>,
    rule: Option<Named<'a, RuleId>>,
    reason: &'a str,
    lead: Lead<'a>,
}

#[derive(Serialize)]
struct Lead<'a> {
    id: LeadId,
    received_at: Timestamp,
    name: Option<&'a str>,
    email: Option<&'a str>,
    company: Option<&'a str>,
    domain: Option<&'a str>,
    title: Option<&'a str>,
    country: Option<&'a str>,
    source: Named<'a, SourceId>,
}

#[derive(Serialize)]
struct Named<'a, Id> {
    id: Id,
    name: &'a str,
}

impl<'a, Id: Copy> Named<'a, Id> {
    fn of((id, name): &'a (Id, String)) -> Self {
        Self { id: *id, name }
    }
}

/// The body of the message about decision `id`.
///
/// # Errors
/// Only for a decision that this engine cannot read; trying again cannot help.
pub fn body(id: DecisionId, decided: &DecidedLead) -> Result<Vec<u8>, EventError> {
    let queue = match Decision::decode(&decided.decision)?.outcome {
        Outcome::Queued { queue } => Some(queue),
        Outcome::Assigned { .. } | Outcome::Held { .. } | Outcome::Rejected { .. } => None,
    };
    let data = Data {
        decision_id: id,
        decided_at: decided.decided_at,
        state: &decided.state,
        rep: decided.rep.as_ref().map(Named::of),
        pool: decided.pool.as_ref().map(Named::of),
        queue,
        rule: decided.rule.as_ref().map(Named::of),
        reason: &decided.reason,
        lead: lead(decided),
    };
    let event = Event { r#type: "lead.decided", timestamp: decided.decided_at, data };
    Ok(serde_json::to_vec(&event)?)
}

fn lead(decided: &DecidedLead) -> Lead<'_> {
    Lead {
        id: decided.lead,
        received_at: decided.received_at,
        name: decided.name.as_deref(),
        email: decided.email.as_deref(),
        company: decided.company.as_deref(),
        domain: decided.domain.as_deref(),
        title: decided.title.as_deref(),
        country: decided.country.as_deref(),
        source: Named::of(&decided.source),
    }
}
