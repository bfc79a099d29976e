//! Pools' ledgers: read under a lock, moved once per pool and batch.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::decide::Ledgers;
use lr_core::id::{PoolId, RepId};
use lr_core::pick::ledger::{Balance, Ledger, Turn};

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// The turns that one pool gave in one batch, summed per rep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolTurns {
    /// The pool.
    pub pool: PoolId,
    /// How many turns.
    pub count: u32,
    /// Number of the last of them.
    pub last: u64,
    /// What each rep present gained and took.
    pub reps: BTreeMap<RepId, RepTurns>,
}

/// One rep's part in a batch of turns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RepTurns {
    /// Parts of a lead gained.
    pub entitled: i64,
    /// Leads taken.
    pub assigned: i64,
    /// Number of the last turn taken; 0 if none.
    pub last_turn: u64,
}

impl PoolTurns {
    /// Sums turns by pool.
    pub fn sum<'a>(turns: impl IntoIterator<Item = &'a Turn>) -> Vec<Self> {
        let mut pools = BTreeMap::<PoolId, Self>::new();
        for turn in turns {
            let sum = pools.entry(turn.pool).or_insert_with(|| Self {
                pool: turn.pool,
                count: 0,
                last: 0,
                reps: BTreeMap::new(),
            });
            sum.count += 1;
            sum.last = sum.last.max(turn.number);
            for (rep, entitled) in &turn.entitled {
                sum.reps.entry(*rep).or_default().entitled += entitled;
            }
            let chosen = sum.reps.entry(turn.rep).or_default();
            chosen.assigned += 1;
            chosen.last_turn = turn.number;
        }
        pools.into_values().collect()
    }
}

impl WorkspaceTx {
    /// Locks the pools in the order of their ids and reads their ledgers.
    ///
    /// The one order means that two batches wait for each other, never both for ever.
    pub async fn lock_ledgers(&mut self, pools: &[PoolId]) -> Result<Ledgers, StoreError> {
        let (db, workspace) = self.parts();
        let ids = pools.iter().map(|pool| pool.uuid()).collect::<Vec<_>>();
        let locked = sqlx::query!(
            "select id, turns from pools where workspace_id = $1 and id = any($2)
             order by id for no key update",
            workspace,
            &ids
        );
        let mut ledgers = Ledgers::new();
        for row in locked.fetch_all(db).await? {
            let turns = u64::try_from(row.turns).map_err(StoreError::corrupt("ledger"))?;
            ledgers.insert(PoolId::new(row.id), Ledger { turns, balances: BTreeMap::new() });
        }
        self.fill_balances(&mut ledgers).await?;
        Ok(ledgers)
    }

    /// Every pool's ledger, without a lock, to be looked at.
    pub async fn ledgers(&mut self) -> Result<Ledgers, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query!("select id, turns from pools where workspace_id = $1", workspace);
        let mut ledgers = Ledgers::new();
        for row in rows.fetch_all(db).await? {
            let turns = u64::try_from(row.turns).map_err(StoreError::corrupt("ledger"))?;
            ledgers.insert(PoolId::new(row.id), Ledger { turns, balances: BTreeMap::new() });
        }
        self.fill_balances(&mut ledgers).await?;
        Ok(ledgers)
    }

    async fn fill_balances(&mut self, ledgers: &mut Ledgers) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        let ids = ledgers.keys().map(|pool| pool.uuid()).collect::<Vec<_>>();
        let rows = sqlx::query!(
            "select pool_id, rep_id, balance, assigned, last_turn from ledger_balances
             where workspace_id = $1 and pool_id = any($2)",
            workspace,
            &ids
        );
        for row in rows.fetch_all(db).await? {
            let balance = Balance {
                balance: row.balance,
                arrears: 0,
                repaid: None,
                assigned: u64::try_from(row.assigned).map_err(StoreError::corrupt("ledger"))?,
                last_turn: u64::try_from(row.last_turn).map_err(StoreError::corrupt("ledger"))?,
            };
            if let Some(ledger) = ledgers.get_mut(&PoolId::new(row.pool_id)) {
                ledger.balances.insert(RepId::new(row.rep_id), balance);
            }
        }
        Ok(())
    }

    /// Moves the ledgers by a batch's turns and writes the entries that explain the move.
    ///
    /// The pools must have been locked by [`WorkspaceTx::lock_ledgers`] in this transaction.
    pub async fn save_turns(
        &mut self,
        sums: &[PoolTurns],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        for sum in sums {
            let last = i64::try_from(sum.last).map_err(StoreError::corrupt("ledger"))?;
            let count = i32::try_from(sum.count).map_err(StoreError::corrupt("ledger"))?;
            let reps = sum.reps.keys().map(|rep| rep.uuid()).collect::<Vec<_>>();
            let entitled = sum.reps.values().map(|rep| rep.entitled).collect::<Vec<_>>();
            let assigned = sum.reps.values().map(|rep| rep.assigned).collect::<Vec<_>>();
            let (db, workspace) = self.parts();
            sqlx::query!(
                "insert into ledger_entries
                     (workspace_id, pool_id, seq, at, cause, turns, rep_ids, entitled, assigned)
                 values ($1, $2, $3, $4, 'turns', $5, $6, $7, $8)",
                workspace,
                sum.pool.uuid(),
                last,
                at.to_sqlx(),
                count,
                &reps,
                &entitled,
                &assigned
            )
            .execute(&mut *db)
            .await?;
            sqlx::query!(
                "update pools set turns = $3 where workspace_id = $1 and id = $2",
                workspace,
                sum.pool.uuid(),
                last
            )
            .execute(db)
            .await?;
            self.move_balances(sum).await?;
        }
        Ok(())
    }

    async fn move_balances(&mut self, sum: &PoolTurns) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        let reps = sum.reps.keys().map(|rep| rep.uuid()).collect::<Vec<_>>();
        let mut balance = Vec::with_capacity(reps.len());
        let mut assigned = Vec::with_capacity(reps.len());
        let mut last_turn = Vec::with_capacity(reps.len());
        for rep in sum.reps.values() {
            balance.push(rep.entitled - rep.assigned * lr_core::pick::ledger::LEAD);
            assigned.push(rep.assigned);
            last_turn.push(i64::try_from(rep.last_turn).map_err(StoreError::corrupt("ledger"))?);
        }
        sqlx::query!(
            "insert into ledger_balances as old
                 (workspace_id, pool_id, rep_id, balance, assigned, last_turn)
             select $1, $2, moved.* from unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[])
                 as moved (rep_id, balance, assigned, last_turn)
             on conflict (workspace_id, pool_id, rep_id) do update set
                 balance = old.balance + excluded.balance,
                 assigned = old.assigned + excluded.assigned,
                 last_turn = greatest(old.last_turn, excluded.last_turn)",
            workspace,
            sum.pool.uuid(),
            &reps,
            &balance,
            &assigned,
            &last_turn
        )
        .execute(db)
        .await?;
        Ok(())
    }
}
