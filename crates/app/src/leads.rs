//! Leads as people look at them: in pages, and one with everything about it.

use lr_core::id::{LeadId, WorkspaceId};
use lr_core::lead::Lead;
use lr_core::lead::raw::RawLead;
use lr_core::normalise::{Note, normalise};
use lr_core::snapshot::{Snapshot, SnapshotError};
use lr_store::decisions::AssignmentRow;
use lr_store::error::StoreError;
use lr_store::leads::{LeadCursor, LeadFilter, LeadMarks, LeadSummary};
use lr_store::outcomes::OutcomeRow;

use crate::context::App;

/// A page of leads, newest first.
#[derive(Debug)]
pub struct LeadPage {
    /// The leads.
    pub items: Vec<LeadSummary>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<LeadCursor>,
}

/// A lead with everything that is known about it.
#[derive(Debug)]
pub struct LeadView {
    /// As lists show it.
    pub summary: LeadSummary,
    /// Clean, as it was decided.
    pub clean: Lead,
    /// As it came.
    pub raw: RawLead,
    /// What was changed or left out on the way from one to the other.
    pub notes: Vec<Note>,
    /// Everybody who owned it, the latest first.
    pub history: Vec<AssignmentRow>,
    /// What came of it, in order.
    pub outcomes: Vec<OutcomeRow>,
    /// What rules wrote on it.
    pub marks: LeadMarks,
}

/// Why a lead cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// Its stored snapshot is of another engine or damaged.
    #[error("the stored snapshot of the lead cannot be read")]
    Snapshot(#[from] SnapshotError),
    /// What was received cannot be read back.
    #[error("the stored lead as it came cannot be read")]
    Raw(#[from] serde_json::Error),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A page of the leads of `workspace` that `filter` lets through.
///
/// # Errors
/// If the database does not answer.
pub async fn page(
    app: &App,
    workspace: WorkspaceId,
    filter: &LeadFilter,
    after: Option<LeadCursor>,
    limit: u16,
) -> Result<LeadPage, StoreError> {
    let mut tx = app.store.begin(workspace).await?;
    // One more than is shown tells whether there is another page.
    let mut items = tx.leads_page(filter, after, i64::from(limit) + 1).await?;
    let more = items.len() > usize::from(limit);
    items.truncate(limit.into());
    let last = items.last().filter(|_| more);
    let next = last.map(|lead| LeadCursor { received_at: lead.received_at, id: lead.id });
    Ok(LeadPage { items, next })
}

/// One lead; `None` if `workspace` has no such lead.
///
/// # Errors
/// [`ViewError::Snapshot`] or [`ViewError::Raw`] if what was stored cannot be read.
pub async fn view(
    app: &App,
    workspace: WorkspaceId,
    lead: LeadId,
) -> Result<Option<LeadView>, ViewError> {
    let mut tx = app.store.begin(workspace).await?;
    let (Some(summary), Some(decision), Some(raw)) =
        (tx.lead(lead).await?, tx.decision_of(lead).await?, tx.raw_lead(lead).await?)
    else {
        return Ok(None);
    };
    let raw: RawLead = serde_json::from_slice(&raw)?;
    let notes = normalise(lead, &summary.source.1, summary.received_at, &raw).notes;
    Ok(Some(LeadView {
        clean: Snapshot::decode(&decision.snapshot)?.case.lead,
        notes,
        raw,
        history: tx.assignments_of(lead).await?,
        outcomes: tx.outcomes_of(lead).await?,
        marks: tx.marks_of(lead).await?,
        summary,
    }))
}
