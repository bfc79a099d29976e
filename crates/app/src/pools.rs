//! Pools as people look at them: shares, balances, who is away, who is next.

use std::collections::{BTreeMap, BTreeSet};

use lr_core::id::{PoolId, WorkspaceId};
use lr_core::pick::gate::{self, Gate};
use lr_core::pick::ledger::{Balance, Ledger};
use lr_core::pick::load::Loads;
use lr_core::pick::{self, Pool, Rep, Situation};
use lr_core::snapshot::ConfigSource;
use lr_store::error::StoreError;
use lr_store::teams::PoolRow;

use crate::context::App;

/// Turns of a pool that are foretold.
const FORETOLD: usize = 5;

/// A pool, its members and its near future.
#[derive(Debug)]
pub struct PoolView {
    /// The pool with its team.
    pub pool: PoolRow,
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
    let (reps, mut pools) = match tx.config().await? {
        Some(ConfigSource { reps, pools, .. }) => (reps, pools),
        None => (BTreeMap::new(), BTreeMap::new()),
    };
    let unused = Ledger::default();
    let views = rows.into_iter().map(|row| {
        let ledger = ledgers.get(&row.id).unwrap_or(&unused);
        let pool = pools.remove(&row.id).unwrap_or_else(|| empty(row.id, &row.name));
        let (loads, excluded) = (&Loads::new(), &BTreeSet::new());
        view(row, &pool, Situation { reps: &reps, loads, excluded, at: now }, ledger)
    });
    Ok(views.collect())
}

fn view(row: PoolRow, pool: &Pool, situation: Situation<'_>, ledger: &Ledger) -> PoolView {
    let reps = situation.reps;
    let members = pool.members.iter().filter_map(|member| {
        let rep = reps.get(&member.rep)?;
        Some(MemberView {
            rep: rep.clone(),
            weight: member.weight.get(),
            balance: ledger.balance(rep.id),
            gate: gate::first_failing(rep.id, Some(pool), situation),
        })
    });
    let mut members = members.collect::<Vec<_>>();
    members.sort_by(|a, b| a.rep.name.cmp(&b.rep.name));
    let next = pick::next(pool, situation, ledger, FORETOLD);
    let next = next.iter().filter_map(|rep| reps.get(rep)).cloned().collect();
    PoolView { pool: row, turns: ledger.turns, members, next }
}

fn empty(id: PoolId, name: &str) -> Pool {
    Pool::new(id, name, Vec::new())
}
