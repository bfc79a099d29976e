//! Pools' ledgers: read under a lock, moved once per pool and batch.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::decide::Ledgers;
use lr_core::id::{DecisionId, PoolId, RepId};
use lr_core::pick::entry::{Cause, Entry, Line};
use lr_core::pick::ledger::{Balance, Ledger, Repaid, Turn};

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// Who corrects a ledger, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNote {
    /// Who: `usr_…` or `operator`.
    pub actor: String,
    /// Why, in his words.
    pub reason: String,
    /// The decision whose turn is corrected; a decision is corrected once.
    pub decision: Option<DecisionId>,
}

/// What the turns that one pool gave in one batch changed, summed per cause and rep; or a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolTurns {
    /// The pool.
    pub pool: PoolId,
    /// For each cause, how many turns it covers and the change of each account.
    pub causes: BTreeMap<Cause, (u32, BTreeMap<RepId, Line>)>,
    /// Of a correction.
    pub note: Option<NewNote>,
}

impl PoolTurns {
    /// Sums turns by pool and cause.
    pub fn sum<'a>(turns: impl IntoIterator<Item = &'a Turn>) -> Vec<Self> {
        let mut pools = BTreeMap::<PoolId, Self>::new();
        for entry in turns.into_iter().flat_map(Turn::entries) {
            let pool = entry.pool;
            let none = || Self { pool, causes: BTreeMap::new(), note: None };
            let sum = pools.entry(pool).or_insert_with(none);
            let (turns, lines) = sum.causes.entry(entry.cause).or_default();
            *turns += u32::from(entry.cause != Cause::Absence);
            for line in entry.lines {
                let nothing = Line { rep: line.rep, balance: 0, arrears: 0, assigned: 0 };
                let sum = lines.entry(line.rep).or_insert(nothing);
                sum.balance += line.balance;
                sum.arrears += line.arrears;
                sum.assigned += line.assigned;
            }
        }
        pools.into_values().collect()
    }

    /// A correction by hand.
    pub fn correction(entry: &Entry, note: NewNote) -> Self {
        let lines = entry.lines.iter().map(|line| (line.rep, *line)).collect();
        Self {
            pool: entry.pool,
            causes: BTreeMap::from([(entry.cause, (0, lines))]),
            note: Some(note),
        }
    }

    /// Everybody whose account changes.
    fn reps(&self) -> BTreeSet<RepId> {
        self.causes.values().flat_map(|(_, lines)| lines.keys().copied()).collect()
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
            "select pool_id, rep_id, balance, assigned, last_turn, arrears,
                    repaid_on::text as repaid_on, repaid
             from ledger_balances where workspace_id = $1 and pool_id = any($2)",
            workspace,
            &ids
        );
        for row in rows.fetch_all(db).await? {
            let leads = u32::try_from(row.repaid).map_err(StoreError::corrupt("ledger"))?;
            let on = row.repaid_on.map(|date| date.parse()).transpose();
            let on = on.map_err(StoreError::corrupt("ledger"))?;
            let balance = Balance {
                balance: row.balance,
                arrears: row.arrears,
                assigned: u64::try_from(row.assigned).map_err(StoreError::corrupt("ledger"))?,
                last_turn: u64::try_from(row.last_turn).map_err(StoreError::corrupt("ledger"))?,
                repaid: on.map(|on| Repaid { on, leads }),
            };
            if let Some(ledger) = ledgers.get_mut(&PoolId::new(row.pool_id)) {
                ledger.balances.insert(RepId::new(row.rep_id), balance);
            }
        }
        Ok(())
    }

    /// Writes the ledgers as a batch's turns left them, and the entries that explain the change.
    ///
    /// The pools must have been locked by [`WorkspaceTx::lock_ledgers`] in this transaction.
    pub async fn save_turns(
        &mut self,
        sums: &[PoolTurns],
        ledgers: &Ledgers,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        for sum in sums {
            let Some(ledger) = ledgers.get(&sum.pool) else { continue };
            let turns = i64::try_from(ledger.turns).map_err(StoreError::corrupt("ledger"))?;
            let (db, workspace) = self.parts();
            let more = i64::try_from(sum.causes.len()).map_err(StoreError::corrupt("ledger"))?;
            let row = sqlx::query!(
                "update pools set turns = $3, entries = entries + $4
                 where workspace_id = $1 and id = $2 returning entries",
                workspace,
                sum.pool.uuid(),
                turns,
                more
            );
            let last = row.fetch_one(db).await?.entries;
            for (seq, (cause, (turns, lines))) in (last - more + 1..).zip(&sum.causes) {
                self.insert_entry(sum, (seq, at), (*cause, *turns), lines).await?;
            }
            self.save_balances(sum, ledger).await?;
        }
        Ok(())
    }

    async fn insert_entry(
        &mut self,
        PoolTurns { pool, note, .. }: &PoolTurns,
        (seq, at): (i64, Timestamp),
        (cause, turns): (Cause, u32),
        lines: &BTreeMap<RepId, Line>,
    ) -> Result<(), StoreError> {
        let turns = i32::try_from(turns).map_err(StoreError::corrupt("ledger"))?;
        let reps = lines.keys().map(|rep| rep.uuid()).collect::<Vec<_>>();
        let balances = lines.values().map(|line| line.balance).collect::<Vec<_>>();
        let arrears = lines.values().map(|line| line.arrears).collect::<Vec<_>>();
        let assigned = lines.values().map(|line| line.assigned).collect::<Vec<_>>();
        let (db, workspace) = self.parts();
        sqlx::query!(
            "insert into ledger_entries
                 (workspace_id, pool_id, seq, at, cause, turns, rep_ids, balances, arrears, assigned,
                  actor, reason, decision_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            workspace,
            pool.uuid(),
            seq,
            at.to_sqlx(),
            cause.code(),
            turns,
            &reps,
            &balances,
            &arrears,
            &assigned,
            note.as_ref().map(|note| note.actor.as_str()),
            note.as_ref().map(|note| note.reason.as_str()),
            note.as_ref().and_then(|note| note.decision).map(DecisionId::uuid)
        )
        .execute(db)
        .await?;
        Ok(())
    }

    async fn save_balances(&mut self, sum: &PoolTurns, ledger: &Ledger) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        let corrupt = || StoreError::corrupt("ledger");
        let accounts = sum.reps().into_iter().map(|rep| (rep.uuid(), ledger.balance(rep)));
        let (reps, accounts): (Vec<_>, Vec<_>) = accounts.unzip();
        let balance = accounts.iter().map(|account| account.balance).collect::<Vec<_>>();
        let arrears = accounts.iter().map(|account| account.arrears).collect::<Vec<_>>();
        let repaid = accounts.iter().map(|account| account.repaid);
        let repaid_on =
            repaid.clone().map(|repaid| Some(repaid?.on.to_string())).collect::<Vec<_>>();
        let mut assigned = Vec::with_capacity(reps.len());
        let mut last_turn = Vec::with_capacity(reps.len());
        let mut leads = Vec::with_capacity(reps.len());
        for account in &accounts {
            assigned.push(i64::try_from(account.assigned).map_err(corrupt())?);
            last_turn.push(i64::try_from(account.last_turn).map_err(corrupt())?);
            let repaid = account.repaid.map_or(0, |repaid| repaid.leads);
            leads.push(i32::try_from(repaid).map_err(corrupt())?);
        }
        sqlx::query!(
            "insert into ledger_balances as old (workspace_id, pool_id, rep_id, balance, assigned,
                 last_turn, arrears, repaid_on, repaid)
             select $1, $2, rep_id, balance, assigned, last_turn, arrears, repaid_on::date, repaid
             from unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
                 $8::text[], $9::integer[])
                 as now (rep_id, balance, assigned, last_turn, arrears, repaid_on, repaid)
             on conflict (workspace_id, pool_id, rep_id) do update set
                 balance = excluded.balance, assigned = excluded.assigned,
                 last_turn = excluded.last_turn, arrears = excluded.arrears,
                 repaid_on = excluded.repaid_on, repaid = excluded.repaid",
            workspace,
            sum.pool.uuid(),
            &reps,
            &balance,
            &assigned,
            &last_turn,
            &arrears,
            &repaid_on as &[Option<String>],
            &leads
        )
        .execute(db)
        .await?;
        Ok(())
    }
}
