//! Leads that nobody could take when they came: routed again, oldest first.

use jiff::Timestamp;
use lr_core::decide::Outcome;
use lr_core::id::WorkspaceId;
use lr_core::lead::Lead;
use lr_core::snapshot::Snapshot;
use lr_store::error::StoreError;
use lr_store::leads::{HeldLead, LeadCursor};
use lr_store::workspace_tx::WorkspaceTx;

use crate::context::App;
use crate::route::{Decided, RouteError, decide_batch, record};

/// Leads looked at in one transaction.
const BATCH: i64 = 256;

/// Routes the held leads of `workspace` again as of `at`; returns how many left the state.
///
/// A lead for which there is still nobody keeps the decision that held it, so waiting leaves no
/// trail of equal decisions.
///
/// # Errors
/// What was released before the error stays released.
pub async fn release(
    app: &App,
    workspace: WorkspaceId,
    at: Timestamp,
) -> Result<usize, RouteError> {
    let mut released = 0;
    let mut after = None;
    loop {
        let mut tx = app.store.begin(workspace).await?;
        let held = tx.lock_held(after, BATCH).await?;
        let Some(last) = held.last() else { return Ok(released) };
        after = Some(LeadCursor { received_at: last.received_at, id: last.id });
        let config = app.configs.hold(&mut tx, &app.ids).await?;
        let leads = leads(&held)?;
        let decided = leads.iter().map(|lead| (lead, at.max(lead.received_at))).collect();
        let mut decided = decide_batch(app, &mut tx, &config, decided).await?;
        decided.retain(|row| !matches!(row.decision.outcome, Outcome::Held { .. }));
        record(app, &mut tx, &config, &decided).await?;
        move_leads(&mut tx, &decided).await?;
        tx.commit().await?;
        app.configs.keep(workspace, config).await;
        released += decided.len();
    }
}

fn leads(held: &[HeldLead]) -> Result<Vec<Lead>, RouteError> {
    let decode = |row: &HeldLead| Ok(Snapshot::decode(&row.snapshot).map(|inputs| inputs.lead)?);
    held.iter().map(decode).collect()
}

async fn move_leads(tx: &mut WorkspaceTx, decided: &[Decided]) -> Result<(), RouteError> {
    for row in decided {
        tx.move_lead(row.decision.lead, row.id, &row.decision.outcome).await?;
    }
    Ok(())
}

/// Routes the held leads of every workspace that has any; returns how many left the state.
///
/// One workspace's trouble does not keep the others waiting: it is logged, and tried again with
/// the next call.
///
/// # Errors
/// Only if the list of workspaces cannot be read.
pub async fn release_all(app: &App) -> Result<usize, StoreError> {
    let workspaces = app.store.system().await?.workspaces_with_held_leads().await?;
    let mut released = 0;
    for workspace in workspaces {
        match release(app, workspace, app.clock.now()).await {
            Ok(count) => released += count,
            Err(error) => tracing::warn!(
                workspace.id = %workspace,
                error = %error,
                "held leads could not be routed, trying again later"
            ),
        }
    }
    Ok(released)
}
