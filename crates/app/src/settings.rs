//! Changing how pools share leads, when and how many of them reps take, and what holds for every rule.

use std::collections::BTreeSet;

use lr_core::decide::Settings;
use lr_core::id::{PoolId, RepId, WorkspaceId};
use lr_core::pick::absence::Absence;
use lr_core::pick::holidays::Calendar;
use lr_core::pick::load::Caps;
use lr_core::pick::overflow::Overflow;
use lr_core::pick::{Distribution, Pool, Rep};
use lr_store::audit::AuditEntry;
use lr_store::error::StoreError;
use serde_json::{Value, json};

use crate::audit::entry;
use crate::context::App;

/// Why settings were not changed.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// No such pool.
    #[error("there is no pool {0}")]
    NoPool(PoolId),
    /// No such rep.
    #[error("there is no rep {0}")]
    NoRep(RepId),
    /// The overflow names a pool that is not there, or the pool itself.
    #[error("leads cannot overflow to pool {0}")]
    Overflow(PoolId),
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is to change about a pool; `None` leaves it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PoolChange {
    /// What its reps must be able to do.
    pub skills: Option<BTreeSet<String>>,
    /// How its leads are shared.
    pub distribution: Option<Distribution>,
    /// What becomes of the share of those who are away.
    pub absence: Option<Absence>,
    /// What becomes of leads that nobody can take.
    pub overflow: Option<Overflow>,
}

/// What is to change about a rep; `None` leaves it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RepChange {
    /// What he can do.
    pub skills: Option<BTreeSet<String>>,
    /// The public holidays on which he is off; `Some(None)` is none of them.
    pub holidays: Option<Option<Calendar>>,
    /// How many leads he takes at most.
    pub caps: Option<Caps>,
    /// Whether he takes leads at all. A leaver's leads are handed over by
    /// [`leave`](crate::leavers::leave); this is for a pause and for who comes back.
    pub active: Option<bool>,
}

/// Changes a pool; no ledger moves.
///
/// # Errors
/// [`SettingsError::NoPool`] and [`SettingsError::Overflow`]: nothing was changed.
pub async fn change_pool(
    app: &App,
    workspace: WorkspaceId,
    actor: &str,
    id: PoolId,
    change: PoolChange,
) -> Result<Pool, SettingsError> {
    let mut tx = app.store.begin(workspace).await?;
    let mut pools = tx.config_pools().await?;
    let mut pool = pools.remove(&id).ok_or(SettingsError::NoPool(id))?;
    let before = pool_json(&pool);
    pool.skills = change.skills.unwrap_or(pool.skills);
    pool.distribution = change.distribution.unwrap_or(pool.distribution);
    pool.absence = change.absence.unwrap_or(pool.absence);
    pool.overflow = change.overflow.unwrap_or(pool.overflow);
    if let Overflow::Fallback(to) = pool.overflow
        && !pools.contains_key(&to)
    {
        return Err(SettingsError::Overflow(to));
    }
    tx.set_pool(&pool).await?;
    let (before, after) = (Some(before), Some(pool_json(&pool)));
    let entry = entry(app, actor, "pool.changed", id);
    tx.add_audit_entry(&AuditEntry { before, after, ..entry }).await?;
    tx.commit().await?;
    Ok(pool)
}

/// Changes a rep.
///
/// # Errors
/// [`SettingsError::NoRep`]: nothing was changed.
pub async fn change_rep(
    app: &App,
    workspace: WorkspaceId,
    actor: &str,
    id: RepId,
    change: RepChange,
) -> Result<Rep, SettingsError> {
    let mut tx = app.store.begin(workspace).await?;
    let mut rep = tx.config_reps().await?.remove(&id).ok_or(SettingsError::NoRep(id))?;
    let before = rep_json(&rep);
    rep.skills = change.skills.unwrap_or(rep.skills);
    rep.holidays = change.holidays.unwrap_or(rep.holidays);
    rep.caps = change.caps.unwrap_or(rep.caps);
    rep.active = change.active.unwrap_or(rep.active);
    tx.set_rep(&rep).await?;
    let (before, after) = (Some(before), Some(rep_json(&rep)));
    let entry = entry(app, actor, "rep.changed", id);
    tx.add_audit_entry(&AuditEntry { before, after, ..entry }).await?;
    tx.commit().await?;
    Ok(rep)
}

/// What holds for every rule of `workspace`.
///
/// # Errors
/// If the database does not answer.
pub async fn workspace_settings(app: &App, workspace: WorkspaceId) -> Result<Settings, StoreError> {
    app.store.begin(workspace).await?.settings().await
}

/// Changes what holds for every rule; `None` leaves it.
///
/// # Errors
/// If the database does not do it: nothing was changed.
pub async fn change_workspace(
    app: &App,
    workspace: WorkspaceId,
    actor: &str,
    owner_first: Option<bool>,
) -> Result<Settings, StoreError> {
    let mut tx = app.store.begin(workspace).await?;
    let before = tx.settings().await?;
    let after = Settings { owner_first: owner_first.unwrap_or(before.owner_first) };
    if after != before {
        tx.set_settings(after).await?;
        let (before, after) = (Some(json!(before)), Some(json!(after)));
        let entry = entry(app, actor, "settings.changed", workspace);
        tx.add_audit_entry(&AuditEntry { before, after, ..entry }).await?;
        tx.commit().await?;
    }
    Ok(after)
}

fn pool_json(pool: &Pool) -> Value {
    let Pool { skills, distribution, absence, overflow, .. } = pool;
    json!({
        "skills": skills,
        "distribution": distribution,
        "absence": absence,
        "overflow": overflow,
    })
}

fn rep_json(rep: &Rep) -> Value {
    let Rep { skills, holidays, caps, active, .. } = rep;
    json!({ "skills": skills, "holidays": holidays, "caps": caps, "active": active })
}
