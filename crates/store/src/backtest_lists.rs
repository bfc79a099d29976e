//! Past backtests as lists show them, and what their leads are called.

use std::collections::BTreeMap;

use jiff::Timestamp;
use lr_core::id::{BacktestId, LeadId};

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// A backtest without its rules and its report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BacktestRow {
    /// Its id.
    pub id: BacktestId,
    /// The version that is tried; a draft's is the one that it would become.
    pub version: u32,
    /// Leads that came before are left out.
    pub since: Timestamp,
    /// The name of who asked for it.
    pub asked_by: String,
    /// When.
    pub asked_at: Timestamp,
    /// How it stands.
    pub standing: Standing,
}

/// How a backtest stands, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It has not ended.
    UnderWay,
    /// It has ended.
    Done {
        /// Leads that were played.
        leads: u64,
        /// Those of them that go elsewhere.
        moved: u64,
    },
    /// It could not be played.
    Failed,
}

/// What a lead is called by; nothing of it where the lead is gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeadName {
    /// The person's name.
    pub name: Option<String>,
    /// The person's address.
    pub email: Option<String>,
    /// The company's name.
    pub company: Option<String>,
}

impl WorkspaceTx {
    /// A page of backtests, the latest first, after `after`: ids begin with their time.
    pub async fn backtests(
        &mut self,
        after: Option<BacktestId>,
        limit: i64,
    ) -> Result<Vec<BacktestRow>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query!(
            r#"select b.id, (b.ruleset->>'version')::bigint as "version!", b.since, b.asked_at,
                      m.name as asked_by, b.ended_at is not null as "ended!",
                      (b.report->>'leads')::bigint as leads, (b.report->>'moved')::bigint as moved
               from backtests b
               join members m on m.workspace_id = b.workspace_id and m.user_id = b.asked_by
               where b.workspace_id = $1 and ($2::uuid is null or b.id < $2)
               order by b.id desc limit $3"#,
            workspace,
            after.map(BacktestId::uuid),
            limit
        );
        let corrupt = || StoreError::corrupt("backtest");
        let mut backtests = Vec::new();
        for row in rows.fetch_all(db).await? {
            let count = |count: i64| u64::try_from(count).map_err(corrupt());
            let standing = match (row.ended, row.leads.zip(row.moved)) {
                (false, _) => Standing::UnderWay,
                (true, None) => Standing::Failed,
                (true, Some((leads, moved))) => {
                    Standing::Done { leads: count(leads)?, moved: count(moved)? }
                }
            };
            backtests.push(BacktestRow {
                id: BacktestId::new(row.id),
                version: u32::try_from(row.version).map_err(corrupt())?,
                since: row.since.to_jiff(),
                asked_by: row.asked_by,
                asked_at: row.asked_at.to_jiff(),
                standing,
            });
        }
        Ok(backtests)
    }

    /// What these leads are called by; those that are gone are left out.
    pub async fn lead_names(
        &mut self,
        leads: &[LeadId],
    ) -> Result<BTreeMap<LeadId, LeadName>, StoreError> {
        let (db, workspace) = self.parts();
        let ids = leads.iter().map(|lead| lead.uuid()).collect::<Vec<_>>();
        let rows = sqlx::query!(
            "select id, name, email, company from leads where workspace_id = $1 and id = any($2)",
            workspace,
            &ids
        );
        let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
            let name = LeadName { name: row.name, email: row.email, company: row.company };
            (LeadId::new(row.id), name)
        });
        Ok(rows.collect())
    }
}
