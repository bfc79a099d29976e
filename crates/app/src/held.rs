//! Leads that nobody could take when they came: routed again, oldest first.

use jiff::Timestamp;
use lr_core::case::Case;
use lr_core::decide::Outcome;
use lr_core::id::WorkspaceId;
use lr_core::snapshot::Snapshot;
use lr_store::error::StoreError;
use lr_store::leads::{HeldLead, LeadCursor};

use crate::clock::Clock;
use crate::context::App;
use crate::route::{RouteError, decide_batch, record};

/// Leads looked at in one transaction.
const BATCH: i64 = 256;

/// Routes the held leads of `workspace` again as of what `clock` shows; returns how many left the
/// state.
///
/// A lead for which there is still nobody keeps the decision that held it, so waiting leaves no
/// trail of equal decisions.
///
/// # Errors
/// What was released before the error stays released.
pub async fn release(
    app: &App,
    workspace: WorkspaceId,
    clock: &Clock,
) -> Result<usize, RouteError> {
    let mut released = 0;
    let mut after = None;
    loop {
        let mut tx = app.store.begin(workspace).await?;
        let held = tx.lock_held(after, BATCH).await?;
        let Some(last) = held.last() else { return Ok(released) };
        after = Some(LeadCursor { received_at: last.received_at, id: last.id });
        let config = app.configs.hold(&mut tx, &app.ids).await?;
        let now = clock.now();
        let due = held.iter().filter_map(|held| case(held, now)).collect::<Vec<_>>();
        let (mut decided, state) = decide_batch(app, &mut tx, &config, due, None).await?;
        decided.retain(|row| !matches!(row.decision.outcome, Outcome::Held { .. }));
        if decided.is_empty() {
            continue; // Nothing to commit: the locks go with the transaction.
        }
        record(app, &mut tx, &config, (&decided, &state)).await?;
        let moves = decided.iter().map(|row| (row.id, &row.decision));
        tx.move_leads(&moves.collect::<Vec<_>>()).await?;
        tx.commit().await?;
        app.configs.keep(workspace, config).await;
        app.news.tell(workspace);
        released += decided.len();
    }
}

/// The lead as of `now`; one that cannot be read must not keep those behind it waiting.
fn case(held: &HeldLead, now: Timestamp) -> Option<Case> {
    match Snapshot::decode(&held.snapshot) {
        Ok(Snapshot { case, .. }) => Some(Case { at: now.max(case.lead.received_at), ..case }),
        Err(error) => {
            tracing::error!(
                lead.id = %held.id,
                error = &error as &dyn std::error::Error,
                "a held lead cannot be read and stays held"
            );
            None
        }
    }
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
        match release(app, workspace, &app.clock).await {
            Ok(count) => released += count,
            Err(error) => tracing::warn!(
                workspace.id = %workspace,
                error = &error as &dyn std::error::Error,
                "held leads could not be routed, trying again later"
            ),
        }
    }
    Ok(released)
}
