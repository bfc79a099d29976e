//! Reps as people look at them: who can take a lead now.

use std::collections::BTreeSet;

use lr_core::id::WorkspaceId;
use lr_core::pick::gate::{self, Gate};
use lr_core::pick::{Rep, Situation};
use lr_store::error::StoreError;
use lr_store::teams::RepRow;

use crate::context::App;

/// A rep.
#[derive(Debug)]
pub struct RepView {
    /// How lists show him.
    pub row: RepRow,
    /// What decides when and how many leads he takes.
    pub rep: Rep,
    /// His open leads.
    pub open: u32,
    /// The first gate that keeps leads from him now.
    pub gate: Option<Gate>,
}

/// Every rep of the workspace as he stands now, by name.
///
/// # Errors
/// If the database does not answer.
pub async fn reps(app: &App, workspace: WorkspaceId) -> Result<Vec<RepView>, StoreError> {
    let now = app.clock.now();
    let mut tx = app.store.begin(workspace).await?;
    let rows = tx.reps().await?;
    let (reps, loads) = (tx.config_reps().await?, tx.loads().await?);
    let excluded = BTreeSet::new();
    let situation = Situation { reps: &reps, loads: &loads, excluded: &excluded, at: now };
    let views = rows.into_iter().filter_map(|row| {
        let rep = reps.get(&row.id)?.clone();
        let open = loads.get(&row.id).map_or(0, |load| load.open);
        let gate = gate::first_failing(row.id, None, situation);
        Some(RepView { row, rep, open, gate })
    });
    Ok(views.collect())
}
