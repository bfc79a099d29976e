//! The way of a lead: gather, decide, commit. One transaction carries a whole batch.

use std::collections::BTreeSet;

use lr_core::case::Case;
use lr_core::decide::matched::{Matched, match_rule};
use lr_core::decide::{Config, Decision, State, decide_all};
use lr_core::explain::reason;
use lr_core::id::{AssignmentId, DecisionId, ImportId, LeadId, PoolId, RepId, RuleId, WorkspaceId};
use lr_core::snapshot::{Snapshot, SnapshotError};
use lr_store::decisions::NewDecision;
use lr_store::error::StoreError;
use lr_store::leads::NewLead;
use lr_store::ledgers::PoolTurns;
use lr_store::workspace_tx::WorkspaceTx;

use crate::configs::{ConfigError, StoredConfig};
use crate::context::App;
use crate::idempotency::{Once, OnceError};
use crate::intake::Arrival;
use crate::recognise::recognise;
use crate::webhook;

/// Why a batch was not routed. Nothing of it was committed.
#[derive(Debug, thiserror::Error)]
pub enum RouteError {
    /// It could not be told whether the same request was answered before.
    #[error(transparent)]
    Once(#[from] OnceError),
    /// Another process takes in the same rows of the same file.
    #[error("the same file is being taken in by another process")]
    ImportMoved,
    /// The workspace cannot decide: it has no rules in force, or they cannot be read.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// What was stored about a held lead cannot be read.
    #[error("a stored snapshot cannot be read")]
    Snapshot(#[from] SnapshotError),
    /// A lead cannot be written down as JSON.
    #[error("a lead cannot be encoded")]
    Encode(#[from] serde_json::Error),
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is committed together with the batch, beside the leads.
pub enum Receipt {
    /// Nothing.
    None,
    /// The answer to a request that may be sent again.
    Once {
        /// The request.
        once: Once,
        /// Makes the answer from what was decided.
        answer: MakeAnswer,
    },
    /// How far a file has been taken in.
    Import {
        /// The import.
        import: ImportId,
        /// Rows taken in before these.
        rows_done: u64,
        /// Rows that were leads.
        accepted: u64,
        /// Rows that were not.
        rejected: u64,
    },
}

/// Makes the bytes of an answer from what was decided, before it is committed.
pub type MakeAnswer = Box<dyn FnOnce(&[Routed]) -> Vec<u8> + Send + Sync>;

/// What came of a batch.
#[derive(Debug)]
pub enum Routing {
    /// It was routed now.
    Fresh(Vec<Routed>),
    /// The same request was answered before; these are the bytes of that answer.
    Repeated(Vec<u8>),
}

/// An id with the name it had at the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<Id> {
    /// The id.
    pub id: Id,
    /// The name.
    pub name: String,
}

/// One lead, decided and committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routed {
    /// The lead.
    pub lead: LeadId,
    /// The decision's id.
    pub id: DecisionId,
    /// What was decided.
    pub decision: Decision,
    /// The rule; `None` is the catch-all.
    pub rule: Option<Named<RuleId>>,
    /// The new owner.
    pub rep: Option<Named<RepId>>,
    /// The pool whose turn it was.
    pub pool: Option<Named<PoolId>>,
    /// Why, in one line.
    pub reason: String,
}

/// A decision with the inputs that are stored beside it.
pub(crate) struct Decided {
    pub(crate) id: DecisionId,
    pub(crate) decision: Decision,
    pub(crate) snapshot: Vec<u8>,
}

/// Routes a batch of leads of one workspace, each as of the instant at which it was received.
///
/// # Errors
/// Nothing was committed, so the batch can be tried again.
pub async fn route(
    app: &App,
    workspace: WorkspaceId,
    batch: Vec<Arrival>,
    receipt: Receipt,
) -> Result<Routing, RouteError> {
    let mut tx = app.store.begin(workspace).await?;
    if let Some(answer) = earlier_answer(&mut tx, &receipt).await? {
        return Ok(Routing::Repeated(answer));
    }
    let config = app.configs.hold(&mut tx, &app.ids).await?;
    let cases = batch.iter().map(|arrival| {
        let lead = arrival.lead.clone();
        let at = lead.received_at;
        Case::of(lead, at)
    });
    let (decided, state) = decide_batch(app, &mut tx, &config, cases.collect(), None).await?;
    insert_leads(&mut tx, &batch, &decided).await?;
    record(app, &mut tx, &config, (&decided, &state)).await?;
    let routed = decided.into_iter().map(|row| routed(row, &config.config)).collect::<Vec<_>>();
    keep_receipt(&mut tx, receipt, &routed).await?;
    tx.commit().await?;
    app.configs.keep(workspace, config).await;
    app.news.tell(workspace);
    Ok(Routing::Fresh(routed))
}

/// Recognises every lead, matches it, locks the pools that can be asked and then the reps' loads,
/// and picks.
///
/// Gives the state as the decisions leave it too, with the load of `also`.
pub(crate) async fn decide_batch(
    app: &App,
    tx: &mut WorkspaceTx,
    config: &StoredConfig,
    mut cases: Vec<Case>,
    also: Option<RepId>,
) -> Result<(Vec<Decided>, State), StoreError> {
    let mut people = recognise(tx, &mut cases).await?;
    let matched = cases.iter().map(|case| match_rule(case, &config.config)).collect::<Vec<_>>();
    let pools = matched.iter().flat_map(Matched::pools).collect::<BTreeSet<_>>();
    let mut state = State::default();
    if !pools.is_empty() {
        state.ledgers = tx.lock_ledgers(&pools.into_iter().collect::<Vec<_>>()).await?;
    }
    let reps = matched.iter().flat_map(|matched| matched.reps(&config.config));
    let reps = reps.chain(also).collect::<BTreeSet<_>>();
    if !reps.is_empty() {
        state.loads = tx.lock_loads(&reps.into_iter().collect::<Vec<_>>()).await?;
    }
    let decided = decide_all(matched, &config.config, &mut state, &mut people, |matched, state| {
        Snapshot::take(matched, &config.config, state).encode()
    });
    let decided = decided.into_iter().map(|(snapshot, decision)| Decided {
        id: DecisionId::new(app.ids.make()),
        decision,
        snapshot,
    });
    Ok((decided.collect(), state))
}

/// Writes decisions with their inputs, the assignments they make, the pools' turns and the reps'
/// loads, with the state as they leave it.
pub(crate) async fn record(
    app: &App,
    tx: &mut WorkspaceTx,
    config: &StoredConfig,
    (decided, state): (&[Decided], &State),
) -> Result<(), StoreError> {
    let rows = decided.iter().map(|row| NewDecision {
        id: row.id,
        lead: row.decision.lead,
        at: row.decision.at,
        config: config.id,
        rule: rule(&row.decision, &config.config).map(|rule| (rule.id, rule.name)),
        outcome: row.decision.outcome.clone(),
        cohorts: row.decision.cohorts.clone(),
        reason: reason(&row.decision, &config.config),
        snapshot: row.snapshot.clone(),
        decision: row.decision.encode(),
        assignment: AssignmentId::new(app.ids.make()),
    });
    tx.insert_decisions(&rows.collect::<Vec<_>>()).await?;
    tx.mark_leads(&decided.iter().map(|row| &row.decision).collect::<Vec<_>>()).await?;
    let turns = decided.iter().filter_map(|row| row.decision.turn.as_ref());
    let last = decided.iter().map(|row| row.decision.at).max();
    if let Some(at) = last {
        tx.save_turns(&PoolTurns::sum(turns), &state.ledgers, at).await?;
    }
    let owners = decided.iter().filter_map(|row| row.decision.outcome.rep());
    tx.save_loads(owners.collect::<BTreeSet<_>>().into_iter(), &state.loads).await?;
    webhook::announce(tx, decided.iter().map(|row| row.id).collect()).await?;
    Ok(())
}

/// Puts names to a decision.
pub(crate) fn routed(row: Decided, config: &Config) -> Routed {
    let (rep, pool) = (row.decision.outcome.rep(), row.decision.outcome.pool());
    let rep = rep.and_then(|id| config.reps.get(&id));
    let pool = pool.and_then(|id| config.pools.get(&id));
    Routed {
        lead: row.decision.lead,
        id: row.id,
        rule: rule(&row.decision, config),
        rep: rep.map(|rep| Named { id: rep.id, name: rep.name.clone() }),
        pool: pool.map(|pool| Named { id: pool.id, name: pool.name.clone() }),
        reason: reason(&row.decision, config),
        decision: row.decision,
    }
}

fn rule(decision: &Decision, config: &Config) -> Option<Named<RuleId>> {
    let id = decision.rule?;
    let rule = config.ruleset.rules.iter().find(|rule| rule.id == id)?;
    Some(Named { id, name: rule.name.clone() })
}

async fn insert_leads(
    tx: &mut WorkspaceTx,
    batch: &[Arrival],
    decided: &[Decided],
) -> Result<(), RouteError> {
    let mut rows = Vec::with_capacity(batch.len());
    for (arrival, decided) in batch.iter().zip(decided) {
        rows.push(NewLead {
            lead: &arrival.lead,
            source: arrival.source,
            raw: serde_json::to_vec(&arrival.raw)?,
            decision: decided.id,
            outcome: &decided.decision.outcome,
        });
    }
    Ok(tx.insert_leads(&rows).await?)
}

async fn earlier_answer(
    tx: &mut WorkspaceTx,
    receipt: &Receipt,
) -> Result<Option<Vec<u8>>, RouteError> {
    let Receipt::Once { once, .. } = receipt else { return Ok(None) };
    Ok(once.answer(tx).await?)
}

async fn keep_receipt(
    tx: &mut WorkspaceTx,
    receipt: Receipt,
    routed: &[Routed],
) -> Result<(), RouteError> {
    match receipt {
        Receipt::None => Ok(()),
        Receipt::Once { once, answer } => Ok(once.keep(tx, answer(routed)).await?),
        Receipt::Import { import, rows_done, accepted, rejected } => {
            let moved = tx.advance_import(import, rows_done, accepted, rejected).await?;
            moved.then_some(()).ok_or(RouteError::ImportMoved)
        }
    }
}
