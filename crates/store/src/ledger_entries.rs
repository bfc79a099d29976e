//! The entries of pools' ledgers, as they are looked at.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::id::{DecisionId, LeadId, PoolId, RepId};
use lr_core::pick::entry::{Cause, Line};
use uuid::Uuid;

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// A line of a pool's ledger: what one batch of leads, or one correction, did to its accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Counts the pool's entries, from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub cause: Cause,
    /// How many leads it gave out.
    pub turns: u32,
    /// Who made it by hand, if somebody did.
    pub note: Option<EntryNote>,
    /// The change of each account, with the rep's name.
    pub lines: Vec<(Line, String)>,
}

/// Who corrected a ledger, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryNote {
    /// Who: `usr_…` or `operator`.
    pub actor: String,
    /// His name, if he is a member.
    pub actor_name: Option<String>,
    /// Why, in his words.
    pub reason: String,
    /// The lead whose turn it corrects.
    pub lead: Option<LeadId>,
}

/// The one select list; `$tail` says which entries, in what order.
macro_rules! select_entries {
    ($tail:literal, $($bind:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select e.seq, e.at, e.cause, e.turns, e.rep_ids, e.balances, e.arrears, e.assigned,
                      e.actor, m.name as "actor_name?", e.reason, d.lead_id as "lead_id?",
                      array(select r.name from unnest(e.rep_ids) with ordinality as id (id, n)
                            join reps r on r.workspace_id = $1 and r.id = id.id order by id.n)
                          as "names!"
               from ledger_entries e
               left join members m on m.workspace_id = e.workspace_id
                    and 'usr_' || replace(m.user_id::text, '-', '') = e.actor
               left join decisions d on d.workspace_id = e.workspace_id and d.id = e.decision_id
               where e.workspace_id = $1 "# + $tail,
            $($bind),+
        )
    };
}

impl WorkspaceTx {
    /// A page of a pool's ledger, newest first: at most `limit` entries before number `before`.
    pub async fn ledger_entries(
        &mut self,
        pool: PoolId,
        before: Option<u64>,
        limit: i64,
    ) -> Result<Vec<EntryRow>, StoreError> {
        let (db, workspace) = self.parts();
        let before =
            before.map(i64::try_from).transpose().map_err(StoreError::corrupt("ledger"))?;
        let rows = select_entries!(
            "and e.pool_id = $2 and ($3::bigint is null or e.seq < $3) order by e.seq desc limit $4",
            workspace,
            pool.uuid(),
            before,
            limit
        );
        rows.fetch_all(db).await?.into_iter().map(EntryRow::try_from).collect()
    }

    /// The entry that corrects the turn of a decision; `None` if none does.
    pub async fn correction_of(
        &mut self,
        decision: DecisionId,
    ) -> Result<Option<EntryRow>, StoreError> {
        let (db, workspace) = self.parts();
        let row = select_entries!("and e.decision_id = $2", workspace, decision.uuid());
        row.fetch_optional(db).await?.map(EntryRow::try_from).transpose()
    }

    /// How many leads a pool has given out since `since`.
    pub async fn turns_since(&mut self, pool: PoolId, since: Timestamp) -> Result<u64, StoreError> {
        let (db, workspace) = self.parts();
        let turns = sqlx::query_scalar!(
            r#"select coalesce(sum(turns), 0) as "turns!" from ledger_entries
               where workspace_id = $1 and pool_id = $2 and at >= $3"#,
            workspace,
            pool.uuid(),
            since.to_sqlx()
        );
        u64::try_from(turns.fetch_one(db).await?).map_err(StoreError::corrupt("ledger"))
    }
}

/// A row as the database gives it.
struct Row {
    seq: i64,
    at: jiff_sqlx::Timestamp,
    cause: String,
    turns: i32,
    rep_ids: Vec<Uuid>,
    balances: Vec<i64>,
    arrears: Vec<i64>,
    assigned: Vec<i64>,
    actor: Option<String>,
    actor_name: Option<String>,
    reason: Option<String>,
    lead_id: Option<Uuid>,
    names: Vec<String>,
}

impl TryFrom<Row> for EntryRow {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let cause = Cause::ALL.into_iter().find(|cause| cause.code() == row.cause);
        let unknown = || format!("its cause is `{}`", row.cause).into();
        let cause =
            cause.ok_or_else(|| StoreError::Corrupt { what: "ledger", source: unknown() })?;
        let amounts = row.balances.into_iter().zip(row.arrears).zip(row.assigned);
        let reps = row.rep_ids.into_iter().zip(row.names).zip(amounts);
        let lines = reps.map(|((id, name), ((balance, arrears), assigned))| {
            (Line { rep: RepId::new(id), balance, arrears, assigned }, name)
        });
        let note = row.actor.zip(row.reason).map(|(actor, reason)| EntryNote {
            actor,
            actor_name: row.actor_name,
            reason,
            lead: row.lead_id.map(LeadId::new),
        });
        Ok(Self {
            seq: u64::try_from(row.seq).map_err(StoreError::corrupt("ledger"))?,
            at: row.at.to_jiff(),
            cause,
            turns: u32::try_from(row.turns).map_err(StoreError::corrupt("ledger"))?,
            note,
            lines: lines.collect(),
        })
    }
}
