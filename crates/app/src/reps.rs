//! Reps as people look at them: who can take a lead now.

use std::collections::BTreeSet;

use lr_core::id::WorkspaceId;
use lr_core::pick::Situation;
use lr_core::pick::gate::{self, Gate};
use lr_core::pick::load::Loads;
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
    let (loads, excluded) = (Loads::new(), BTreeSet::new());
    let situation = Situation { reps: &reps, loads: &loads, excluded: &excluded, at: now };
    let views = rows.into_iter().map(|row| {
        let rep = reps.get(&row.id);
        let gate = gate::first_failing(row.id, None, situation);
        let gate = gate.zip(rep.map(|rep| rep.zone.clone()));
        RepView { row, gate }
    });
    Ok(views.collect())
}
