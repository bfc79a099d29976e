//! What came of leads.

use jiff::Timestamp;
use lr_core::id::{LeadId, OutcomeId, WorkspaceId};
use lr_store::error::StoreError;
use lr_store::outcomes::OutcomeRow;
use sha2::{Digest, Sha256};
use uuid::Builder;

use crate::context::App;

/// Outcomes written by one statement.
const CHUNK: usize = 5_000;

/// One kind of thing that can come of a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A meeting was agreed.
    MeetingBooked,
    /// The meeting took place.
    MeetingHeld,
    /// Nobody came.
    NoShow,
    /// They bought.
    Won,
    /// They did not.
    Lost,
}

impl Kind {
    /// The name as stored and as shown by the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MeetingBooked => "meeting_booked",
            Self::MeetingHeld => "meeting_held",
            Self::NoShow => "no_show",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }
}

/// Something that came of a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The lead.
    pub lead: LeadId,
    /// What it was.
    pub kind: Kind,
    /// When it happened.
    pub at: Timestamp,
}

impl Outcome {
    /// Made from what happened, so that hearing of it twice records it once.
    fn id(&self) -> OutcomeId {
        let mut hash = Sha256::new();
        hash.update(self.lead.uuid().as_bytes());
        hash.update(self.kind.as_str());
        hash.update(self.at.as_microsecond().to_be_bytes());
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(hash.finalize()).for_each(|(slot, byte)| *slot = byte);
        OutcomeId::new(Builder::from_custom_bytes(bytes).into_uuid())
    }
}

/// Records what came of leads: all of it, or nothing on an error. What was recorded before stays.
///
/// # Errors
/// If the database does not answer, or a lead is not one of the workspace.
pub async fn record(
    app: &App,
    workspace: WorkspaceId,
    outcomes: &[Outcome],
) -> Result<(), StoreError> {
    let mut tx = app.store.begin(workspace).await?;
    for chunk in outcomes.chunks(CHUNK) {
        let rows = chunk.iter().map(|outcome| OutcomeRow {
            id: outcome.id(),
            lead: outcome.lead,
            kind: outcome.kind.as_str().to_owned(),
            at: outcome.at,
        });
        tx.add_outcomes(&rows.collect::<Vec<_>>()).await?;
        let over = chunk.iter().filter(|outcome| matches!(outcome.kind, Kind::Won | Kind::Lost));
        let over = over.map(|outcome| outcome.lead).collect::<Vec<_>>();
        tx.close_leads(&over, app.clock.now()).await?;
    }
    tx.commit().await
}
