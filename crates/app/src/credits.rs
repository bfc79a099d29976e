//! Credits: turns that bad leads give back, and turns that somebody gives or takes by hand.

use lr_core::decide::Decision;
use lr_core::id::{LeadId, PoolId, RepId, WorkspaceId};
use lr_core::pick::Distribution;
use lr_core::pick::entry::{Credit, Entry, granted};
use lr_core::snapshot::SnapshotError;
use lr_store::audit::AuditEntry;
use lr_store::error::StoreError;
use lr_store::ledger_entries::EntryRow;
use lr_store::ledgers::{NewNote, PoolTurns};
use lr_store::workspace_tx::WorkspaceTx;
use serde_json::json;

use crate::audit::entry;
use crate::context::App;
use crate::idempotency::{Once, OnceError};
use crate::rulesets::note::Note;

/// The most leads that one credit gives or takes.
pub const MOST_LEADS: i32 = 100;

/// Why nothing was credited.
#[derive(Debug, thiserror::Error)]
pub enum CreditError {
    /// No such pool.
    #[error("there is no pool {0}")]
    NoPool(PoolId),
    /// No such lead.
    #[error("there is no lead {0}")]
    NoLead(LeadId),
    /// Not from 1 to [`MOST_LEADS`] leads, given or taken.
    #[error("a credit gives or takes 1 to {MOST_LEADS} leads")]
    Leads,
    /// He is no member of the pool, or nobody else is, who would pay.
    #[error("a credit is for a member of a pool that has others")]
    Alone,
    /// The pool gives leads to the least loaded, which no balance changes.
    #[error("the pool shares by load, where a credit changes nothing")]
    ByLoad,
    /// The lead took no turn of a pool, so there is none to give back.
    #[error("the lead took no turn of a pool")]
    NoTurn,
    /// The decision's bytes cannot be read.
    #[error("the stored decision cannot be read")]
    Unreadable(#[from] SnapshotError),
    /// It could not be told whether the same request was answered before.
    #[error(transparent)]
    Once(#[from] OnceError),
    /// The answer cannot be encoded.
    #[error("the answer cannot be encoded")]
    Encode(#[from] serde_json::Error),
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A credit by hand.
#[derive(Debug, Clone)]
pub struct Grant {
    /// The pool.
    pub pool: PoolId,
    /// The member.
    pub rep: RepId,
    /// How many leads he is owed more; less when below zero.
    pub leads: i32,
    /// Why.
    pub reason: Note,
}

/// Gives a member turns, or takes them; the other members pay or gain by their weights.
///
/// # Errors
/// Nothing was changed.
pub async fn grant(
    app: &App,
    workspace: WorkspaceId,
    actor: &str,
    grant: Grant,
    once: Option<Once>,
) -> Result<EntryRow, CreditError> {
    let mut tx = app.store.begin(workspace).await?;
    if let Some(row) = earlier(&mut tx, once.as_ref()).await? {
        return Ok(row);
    }
    let Grant { pool: id, rep, leads, reason } = grant;
    if leads == 0 || leads.unsigned_abs() > MOST_LEADS.unsigned_abs() {
        return Err(CreditError::Leads);
    }
    let pool = tx.config_pools().await?.remove(&id).ok_or(CreditError::NoPool(id))?;
    if pool.distribution == Distribution::LeastLoaded {
        return Err(CreditError::ByLoad);
    }
    let posted = granted(&pool, rep, leads).ok_or(CreditError::Alone)?;
    let reason = reason.as_str().to_owned();
    let after = json!({ "rep": rep, "leads": leads, "reason": reason });
    let note = NewNote { actor: actor.to_owned(), reason, decision: None };
    let row = post(app, &mut tx, &posted, note, once).await?;
    let line = AuditEntry { after: Some(after), ..entry(app, actor, "credit.granted", id) };
    tx.add_audit_entry(&line).await?;
    tx.commit().await?;
    Ok(row)
}

/// Gives the turn back that a bad lead took: exactly what it cost its owner and brought the others.
/// The lead stays where it is. Done again, it changes nothing and gives the same entry.
///
/// # Errors
/// Nothing was changed.
pub async fn give_back(
    app: &App,
    workspace: WorkspaceId,
    actor: &str,
    (lead, reason): (LeadId, Note),
    once: Option<Once>,
) -> Result<EntryRow, CreditError> {
    let mut tx = app.store.begin(workspace).await?;
    if let Some(row) = earlier(&mut tx, once.as_ref()).await? {
        return Ok(row);
    }
    let found = tx.decision_of(lead).await?.ok_or(CreditError::NoLead(lead))?;
    let turn = Decision::decode(&found.decision)?.turn.ok_or(CreditError::NoTurn)?;
    // The pool is locked before its entries are asked, so that of two who ask at once one waits.
    tx.lock_ledgers(&[turn.pool]).await?;
    if let Some(row) = tx.correction_of(found.id).await? {
        return Ok(row);
    }
    let reason = reason.as_str().to_owned();
    let after = json!({ "pool": turn.pool, "rep": turn.rep, "reason": reason });
    let note = NewNote { actor: actor.to_owned(), reason, decision: Some(found.id) };
    let row = post(app, &mut tx, &turn.credited(Credit::Returned), note, once).await?;
    let line = AuditEntry { after: Some(after), ..entry(app, actor, "credit.returned", lead) };
    tx.add_audit_entry(&line).await?;
    tx.commit().await?;
    Ok(row)
}

/// Books `posted` in its pool's ledger.
async fn post(
    app: &App,
    tx: &mut WorkspaceTx,
    posted: &Entry,
    note: NewNote,
    once: Option<Once>,
) -> Result<EntryRow, CreditError> {
    let mut ledgers = tx.lock_ledgers(&[posted.pool]).await?;
    ledgers.entry(posted.pool).or_default().post(posted);
    let sum = PoolTurns::correction(posted, note);
    tx.save_turns(&[sum], &ledgers, app.clock.now()).await?;
    let entry = tx.ledger_entries(posted.pool, None, 1).await?.pop();
    let row = entry.ok_or_else(not_there)?;
    if let Some(once) = once {
        once.keep(tx, serde_json::to_vec(&(posted.pool, row.seq))?).await?;
    }
    Ok(row)
}

/// The entry that an equal request made before.
async fn earlier(
    tx: &mut WorkspaceTx,
    once: Option<&Once>,
) -> Result<Option<EntryRow>, CreditError> {
    let Some(once) = once else { return Ok(None) };
    let Some(answer) = once.answer(tx).await? else { return Ok(None) };
    let (pool, seq): (PoolId, u64) = serde_json::from_slice(&answer)?;
    let entry = tx.ledger_entries(pool, Some(seq.saturating_add(1)), 1).await?.pop();
    Ok(Some(entry.ok_or_else(not_there)?))
}

fn not_there() -> StoreError {
    StoreError::Corrupt { what: "ledger", source: "an entry that was written is not there".into() }
}
