//! Reps as people look at them: who can take a lead now.

use lr_core::id::WorkspaceId;
use lr_core::pick::gate::{self, Gate};
use lr_core::snapshot::ConfigSource;
use lr_core::time::Zone;
use lr_store::error::StoreError;
use lr_store::teams::RepRow;

use crate::context::App;

/// A rep.
#[derive(Debug)]
pub struct RepView {
    /// Who.
    pub row: RepRow,
    /// The first gate that keeps leads from him now, and the zone of his clock.
    pub gate: Option<(Gate, Zone)>,
}

/// Every rep of the workspace as he stands now, by name.
///
/// # Errors
/// If the database does not answer.
pub async fn reps(app: &App, workspace: WorkspaceId) -> Result<Vec<RepView>, StoreError> {
    let now = app.clock.now();
    let mut tx = app.store.begin(workspace).await?;
    let rows = tx.reps().await?;
    let reps = tx.config().await?.map(|ConfigSource { reps, .. }| reps).unwrap_or_default();
    let views = rows.into_iter().map(|row| {
        let rep = reps.get(&row.id);
        let gate = rep.and_then(|rep| Some((gate::first_failing(rep, now)?, rep.zone.clone())));
        RepView { row, gate }
    });
    Ok(views.collect())
}
