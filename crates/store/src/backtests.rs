//! Rulesets tried on past leads, and the leads as they looked then.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::id::{BacktestId, DecisionId, UserId};
use lr_core::rules::ast::RulesetSource;
use serde_json::Value;

use crate::error::StoreError;
use crate::rulesets::{from_json, json};
use crate::workspace_tx::WorkspaceTx;

/// A backtest as it is asked for.
#[derive(Debug, Clone)]
pub struct NewBacktest<'a> {
    /// Its id.
    pub id: BacktestId,
    /// Who wants to know.
    pub asked_by: UserId,
    /// When he asked.
    pub asked_at: Timestamp,
    /// Leads that came before are left out.
    pub since: Timestamp,
    /// What is tried.
    pub ruleset: &'a RulesetSource,
}

/// A backtest as it stands.
#[derive(Debug, Clone)]
pub struct Backtest {
    /// Its id.
    pub id: BacktestId,
    /// Leads that came before are left out.
    pub since: Timestamp,
    /// What is tried.
    pub ruleset: RulesetSource,
    /// How many leads there are, once it has begun.
    pub leads_in_all: Option<u64>,
    /// How many of them have been read.
    pub leads_read: u64,
    /// What came of it; `None` while it goes on.
    pub ended: Option<Ended>,
}

/// How a backtest ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// With this report.
    Done(Value),
    /// Without one, for this reason.
    Failed(String),
}

/// A lead as it was when it was first decided.
#[derive(Debug, Clone)]
pub struct PastLead {
    /// Where it stands among the others.
    pub cursor: PastLeadCursor,
    /// Core's snapshot of the first decision.
    pub snapshot: Vec<u8>,
}

/// A place among past leads, in order of their first decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastLeadCursor {
    /// When it was decided.
    pub at: Timestamp,
    /// The decision.
    pub decision: DecisionId,
}

impl WorkspaceTx {
    /// How many leads have come since `since`.
    pub async fn count_past_leads(&mut self, since: Timestamp) -> Result<u64, StoreError> {
        let (db, workspace) = self.parts();
        let count = sqlx::query_scalar!(
            r#"select count(*) as "count!" from leads
               where workspace_id = $1 and received_at >= $2"#,
            workspace,
            since.to_sqlx()
        );
        u64::try_from(count.fetch_one(db).await?).map_err(StoreError::corrupt("count"))
    }

    /// Leads that were first decided at `since` or later, from the one behind `after` on.
    pub async fn past_leads(
        &mut self,
        since: Timestamp,
        after: Option<PastLeadCursor>,
        limit: i64,
    ) -> Result<Vec<PastLead>, StoreError> {
        let (db, workspace) = self.parts();
        let after = after
            .unwrap_or(PastLeadCursor { at: since, decision: DecisionId::new(uuid::Uuid::nil()) });
        let rows = sqlx::query!(
            "select d.at, d.id, d.snapshot from decisions d
             where d.workspace_id = $1 and (d.at, d.id) > ($2, $3)
                 and not exists (
                     select from decisions e
                     where e.workspace_id = $1 and e.lead_id = d.lead_id
                         and (e.at, e.id) < (d.at, d.id))
             order by d.at, d.id limit $4",
            workspace,
            after.at.to_sqlx(),
            after.decision.uuid(),
            limit
        );
        let rows = rows.fetch_all(db).await?.into_iter().map(|row| PastLead {
            cursor: PastLeadCursor { at: row.at.to_jiff(), decision: DecisionId::new(row.id) },
            snapshot: row.snapshot,
        });
        Ok(rows.collect())
    }

    /// Writes down that a backtest was asked for, and forgets those asked for before `forgotten`.
    pub async fn add_backtest(
        &mut self,
        new: &NewBacktest<'_>,
        forgotten: Timestamp,
    ) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        sqlx::query!(
            "delete from backtests where workspace_id = $1 and asked_at < $2",
            workspace,
            forgotten.to_sqlx()
        )
        .execute(&mut *db)
        .await?;
        sqlx::query!(
            "insert into backtests (workspace_id, id, asked_by, asked_at, since, ruleset)
             values ($1, $2, $3, $4, $5, $6)",
            workspace,
            new.id.uuid(),
            new.asked_by.uuid(),
            new.asked_at.to_sqlx(),
            new.since.to_sqlx(),
            json(new.ruleset)?
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// A backtest as it stands; `None` if the workspace has none of this id.
    pub async fn backtest(&mut self, id: BacktestId) -> Result<Option<Backtest>, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query!(
            "select since, ruleset, leads_in_all, leads_read, report, failure from backtests
             where workspace_id = $1 and id = $2",
            workspace,
            id.uuid()
        );
        let Some(row) = row.fetch_optional(db).await? else { return Ok(None) };
        let count = |count: i64| u64::try_from(count).map_err(StoreError::corrupt("backtest"));
        let done = row.report.map(Ended::Done);
        Ok(Some(Backtest {
            id,
            since: row.since.to_jiff(),
            ruleset: from_json(row.ruleset)?,
            leads_in_all: row.leads_in_all.map(count).transpose()?,
            leads_read: count(row.leads_read)?,
            ended: done.or(row.failure.map(Ended::Failed)),
        }))
    }

    /// Writes down how far a backtest has come.
    pub async fn backtest_has_read(
        &mut self,
        id: BacktestId,
        read: u64,
        of: u64,
    ) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        let count = |count: u64| i64::try_from(count).map_err(StoreError::corrupt("count"));
        sqlx::query!(
            "update backtests set leads_read = $3, leads_in_all = $4
             where workspace_id = $1 and id = $2",
            workspace,
            id.uuid(),
            count(read)?,
            count(of)?
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// Writes down how a backtest ended.
    pub async fn end_backtest(
        &mut self,
        id: BacktestId,
        ended: &Ended,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        let (report, failure) = match ended {
            Ended::Done(report) => (Some(report), None),
            Ended::Failed(why) => (None, Some(why)),
        };
        sqlx::query!(
            "update backtests set ended_at = $3, report = $4, failure = $5
             where workspace_id = $1 and id = $2",
            workspace,
            id.uuid(),
            at.to_sqlx(),
            report,
            failure.map(String::as_str)
        )
        .execute(db)
        .await?;
        Ok(())
    }
}
