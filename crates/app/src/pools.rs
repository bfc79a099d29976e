//! Pools as people look at them: shares, balances, who is away, who is next.

pub mod absence;
pub mod words;

use std::collections::BTreeSet;

use lr_core::id::{PoolId, WorkspaceId};
use lr_core::pick::gate::{self, Gate};
use lr_core::pick::ledger::{Balance, Ledger};
use lr_core::pick::{self, Pool, Rep, Situation};
use lr_store::error::StoreError;
use lr_store::ledger_entries::EntryRow;
use lr_store::teams::PoolRow;

use crate::context::App;

/// Turns of a pool that are foretold.
const FORETOLD: usize = 5;

/// A pool, its members and its near future.
#[derive(Debug)]
pub struct PoolView {
    /// The pool with its team.
    pub pool: PoolRow,
    /// How it shares its leads.
    pub settings: Pool,
    /// Turns taken so far.
    pub turns: u64,
    /// Its members, by name.
    pub members: Vec<MemberView>,
    /// Who would get the next leads if they came now.
    pub next: Vec<Rep>,
}

/// A member of a pool.
#[derive(Debug)]
pub struct MemberView {
    /// Who.
    pub rep: Rep,
    /// His weight.
    pub weight: u32,
    /// What he got and is owed.
    pub balance: Balance,
    /// His open leads.
    pub open: u32,
    /// The first gate that keeps leads from him now.
    pub gate: Option<Gate>,
}

/// Every pool of the workspace as it stands now.
///
/// # Errors
/// If the database does not answer.
pub async fn pools(app: &App, workspace: WorkspaceId) -> Result<Vec<PoolView>, StoreError> {
    let now = app.clock.now();
    let mut tx = app.store.begin(workspace).await?;
    let rows = tx.pools().await?;
    let ledgers = tx.ledgers().await?;
    let (reps, mut pools) = (tx.config_reps().await?, tx.config_pools().await?);
    let loads = tx.loads().await?;
    let unused = Ledger::default();
    let views = rows.into_iter().map(|row| {
        let ledger = ledgers.get(&row.id).unwrap_or(&unused);
        let pool = pools.remove(&row.id).unwrap_or_else(|| empty(row.id, &row.name));
        let excluded = &BTreeSet::new();
        view(row, &pool, Situation { reps: &reps, loads: &loads, excluded, at: now }, ledger)
    });
    Ok(views.collect())
}

/// A page of a pool's ledger.
#[derive(Debug)]
pub struct LedgerPage {
    /// Newest first.
    pub items: Vec<EntryRow>,
    /// Whether there are older ones.
    pub more: bool,
}

/// At most `limit` entries of a pool's ledger before number `before`; `None` if there is no such
/// pool.
///
/// # Errors
/// If the database does not answer.
pub async fn ledger(
    app: &App,
    workspace: WorkspaceId,
    pool: PoolId,
    before: Option<u64>,
    limit: u16,
) -> Result<Option<LedgerPage>, StoreError> {
    let mut tx = app.store.begin(workspace).await?;
    if !tx.pools().await?.iter().any(|row| row.id == pool) {
        return Ok(None);
    }
    // One more than is shown tells whether there is another page.
    let mut items = tx.ledger_entries(pool, before, i64::from(limit) + 1).await?;
    let more = items.len() > usize::from(limit);
    items.truncate(limit.into());
    Ok(Some(LedgerPage { items, more }))
}

fn view(row: PoolRow, pool: &Pool, situation: Situation<'_>, ledger: &Ledger) -> PoolView {
    let reps = situation.reps;
    let members = pool.members.iter().filter_map(|member| {
        let rep = reps.get(&member.rep)?;
        Some(MemberView {
            rep: rep.clone(),
            weight: member.weight.get(),
            balance: ledger.balance(rep.id),
            open: situation.loads.get(&rep.id).map_or(0, |load| load.open),
            gate: gate::first_failing(rep.id, Some(pool), situation),
        })
    });
    let mut members = members.collect::<Vec<_>>();
    members.sort_by(|a, b| a.rep.name.cmp(&b.rep.name));
    let next = pick::next(pool, situation, ledger, FORETOLD);
    let next = next.iter().filter_map(|rep| reps.get(rep)).cloned().collect();
    PoolView { pool: row, settings: pool.clone(), turns: ledger.turns, members, next }
}

fn empty(id: PoolId, name: &str) -> Pool {
    Pool::new(id, name, Vec::new())
}
