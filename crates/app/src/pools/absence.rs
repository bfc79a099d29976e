//! What each absence policy would give a pool's members, before one is chosen.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use lr_core::id::{PoolId, RepId, WorkspaceId};
use lr_core::pick::absence::Absence;
use lr_core::pick::ledger::Ledger;
use lr_core::pick::preview::{self, Forecast, MOST_LEADS, Plan};
use lr_core::pick::{Leave, Pool, Rep};
use lr_store::error::StoreError;
use tokio::task::{JoinError, spawn_blocking};

use crate::context::App;
use crate::route::Named;

/// The past by which the leads of a day are measured, in days.
const MEASURED_DAYS: i32 = 28;

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// No such pool.
    #[error("there is no pool {0}")]
    NoPool(PoolId),
    /// The rep is no member of the pool.
    #[error("{0} is no member of the pool")]
    NoMember(RepId),
    /// The absence ends before it begins.
    #[error("the absence ends before it begins")]
    Backwards,
    /// More leads than are played.
    #[error("a preview plays at most {MOST_LEADS} leads")]
    TooMany,
    /// The thread that plays the leads has stopped by itself.
    #[error("the player of the leads has stopped")]
    Player(#[from] JoinError),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A supposed future of a pool.
#[derive(Debug, Clone, Copy)]
pub struct Supposed {
    /// An absence beside those that are known.
    pub absence: Option<(RepId, Leave)>,
    /// How many days are played, from now on.
    pub days: u16,
    /// Leads of a day; as many as in the last four weeks if `None`.
    pub leads_per_day: Option<u16>,
    /// Leads a day above the share, for the policy that repays.
    pub per_day: u32,
}

/// What each policy would give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Leads of a day that were supposed.
    pub leads_per_day: u16,
    /// The policies: the one that forgives, then the one that repays.
    pub policies: Vec<PolicyPreview>,
}

/// What a policy would give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyPreview {
    /// The policy.
    pub policy: Absence,
    /// Every member, by name.
    pub members: Vec<(Named<RepId>, Forecast)>,
}

/// Plays `supposed` under each absence policy. Changes nothing.
///
/// # Errors
/// [`PreviewError::NoPool`], [`PreviewError::NoMember`] or what is wrong with what is supposed.
pub async fn preview(
    app: &App,
    workspace: WorkspaceId,
    id: PoolId,
    supposed: Supposed,
) -> Result<Preview, PreviewError> {
    let now = app.clock.now();
    let mut tx = app.store.begin(workspace).await?;
    let pool = tx.config_pools().await?.remove(&id).ok_or(PreviewError::NoPool(id))?;
    let mut reps = tx.config_reps().await?;
    if let Some((absent, leave)) = supposed.absence {
        let member = pool.members.iter().any(|member| member.rep == absent);
        let rep = reps.get_mut(&absent).filter(|_| member);
        let rep = rep.ok_or(PreviewError::NoMember(absent))?;
        if leave.until <= leave.from {
            return Err(PreviewError::Backwards);
        }
        rep.leave.push(leave);
    }
    let leads_per_day = match supposed.leads_per_day {
        Some(leads) => leads,
        None => {
            let past = SignedDuration::from_hours(24) * MEASURED_DAYS;
            let since = now.saturating_sub(past).unwrap_or(Timestamp::MIN);
            measured(tx.turns_since(id, since).await?)
        }
    };
    if u32::from(leads_per_day) * u32::from(supposed.days) > MOST_LEADS {
        return Err(PreviewError::TooMany);
    }
    let ledger = tx.ledgers().await?.remove(&id).unwrap_or_default();
    drop(tx);
    let future = Future { pool, reps, ledger, from: now, days: supposed.days, leads_per_day };
    let policies = [Absence::Forgive, Absence::Repay { per_day: supposed.per_day }];
    let play = move || policies.map(|policy| future.played(policy)).to_vec();
    Ok(Preview { leads_per_day, policies: spawn_blocking(play).await? })
}

/// Leads of a day by those of the measured past, rounded up so that a quiet pool has some.
fn measured(turns: u64) -> u16 {
    let days = u64::from(MEASURED_DAYS.unsigned_abs());
    u16::try_from(turns.div_ceil(days)).unwrap_or(u16::MAX).max(1)
}

struct Future {
    pool: Pool,
    reps: BTreeMap<RepId, Rep>,
    ledger: Ledger,
    from: Timestamp,
    days: u16,
    leads_per_day: u16,
}

impl Future {
    fn played(&self, policy: Absence) -> PolicyPreview {
        let Self { pool, reps, ledger, from, days, leads_per_day } = self;
        let plan =
            Plan { pool, reps, ledger, from: *from, days: *days, leads_per_day: *leads_per_day };
        let forecasts = preview::preview(plan, policy).into_iter();
        let named = forecasts.filter_map(|(id, forecast)| {
            Some((Named { id, name: reps.get(&id)?.name.clone() }, forecast))
        });
        let mut members: Vec<_> = named.collect();
        members.sort_by(|(a, _), (b, _)| (&a.name, a.id).cmp(&(&b.name, b.id)));
        PolicyPreview { policy, members }
    }
}
