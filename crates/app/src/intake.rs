//! Intake: from what a source sent to decided leads.

use jiff::Timestamp;
use lr_core::id::{LeadId, SourceId, WorkspaceId};
use lr_core::lead::Lead;
use lr_core::lead::raw::RawLead;
use lr_core::normalise::normalise;

use lr_store::sources::Source;

use crate::context::App;
use crate::route::{Receipt, RouteError, Routing, route};

/// A lead that has arrived and has not been decided.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// As it came.
    pub raw: RawLead,
    /// Cleaned.
    pub lead: Lead,
    /// From where.
    pub source: SourceId,
}

impl Arrival {
    /// Cleans what `source` sent; it is accepted, and will be decided, as of `at`.
    pub fn new(app: &App, source: &Source, raw: RawLead, at: Timestamp) -> Self {
        let id = LeadId::new(app.ids.make());
        let lead = normalise(id, &source.name, at, &raw).lead;
        Self { raw, lead, source: source.id }
    }
}

/// Accepts leads as of now, each with its source, and routes them together.
///
/// # Errors
/// As [`route`]: nothing was accepted, and the same call can be made again.
pub async fn accept(
    app: &App,
    workspace: WorkspaceId,
    leads: Vec<(&Source, RawLead)>,
    receipt: Receipt,
) -> Result<Routing, RouteError> {
    let now = app.clock.now();
    let arrivals = leads.into_iter().map(|(source, raw)| Arrival::new(app, source, raw, now));
    route(app, workspace, arrivals.collect(), receipt).await
}
