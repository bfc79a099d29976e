//! Leads as lists show them: by page, by id, and as they are decided.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::id::{DecisionId, LeadId, RepId, RuleId, SourceId};
use uuid::Uuid;

use crate::error::StoreError;
use crate::leads::{LeadCursor, LeadFilter, LeadSummary};
use crate::workspace_tx::WorkspaceTx;

struct Row {
    id: Uuid,
    received_at: jiff_sqlx::Timestamp,
    state: String,
    name: Option<String>,
    email: Option<String>,
    company: Option<String>,
    domain: Option<String>,
    title: Option<String>,
    country: Option<String>,
    source_id: Uuid,
    source_name: String,
    rep_id: Option<Uuid>,
    rep_name: Option<String>,
    rule_id: Option<Uuid>,
    rule_name: Option<String>,
    reason: String,
    decided_at: jiff_sqlx::Timestamp,
    decision_id: Uuid,
}

/// The one select list and its joins; `$leads` and `$tail` say which leads, in what order.
macro_rules! select_leads {
    ($leads:tt, $tail:tt, $($bind:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select l.id, l.received_at, l.state, l.name, l.email, l.company, l.domain, l.title,
                      l.country, l.source_id, s.name as source_name, l.rep_id,
                      r.name as "rep_name?", d.rule_id, d.rule_name, d.reason, d.at as decided_at,
                      l.decision_id
               from "#
                + $leads
                + r#" l
               join decisions d on d.workspace_id = l.workspace_id and d.id = l.decision_id
                    and d.lead_id = l.id
               join sources s on s.workspace_id = l.workspace_id and s.id = l.source_id
               left join reps r on r.workspace_id = l.workspace_id and r.id = l.rep_id "#
                + $tail,
            $($bind),+
        )
    };
}

impl WorkspaceTx {
    /// A page of leads, newest first.
    pub async fn leads_page(
        &mut self,
        filter: &LeadFilter,
        after: Option<LeadCursor>,
        limit: i64,
    ) -> Result<Vec<LeadSummary>, StoreError> {
        let (db, workspace) = self.parts();
        // A prefix is written as a range: `like` is not leakproof, so row security would keep it
        // from the index. U+10FFFF sorts after everything an address can continue with.
        let until = filter.email_prefix.as_ref().map(|prefix| format!("{prefix}\u{10FFFF}"));
        // The page is cut before anything is joined to it: no guess about a join then makes reading
        // every lead look cheaper than following the index.
        let rows = select_leads!(
            r#"(select * from leads l where l.workspace_id = $1
                 and ($2::text is null or l.state = $2)
                 and ($3::uuid is null or l.rep_id = $3)
                 and ($4::text is null
                      or (l.email collate "C" >= $4 and l.email collate "C" < $5))
                 and ($6::timestamptz is null or (l.received_at, l.id) < ($6, $7::uuid))
               order by l.received_at desc, l.id desc limit $8)"#,
            "order by l.received_at desc, l.id desc",
            workspace,
            filter.state,
            filter.rep.map(RepId::uuid),
            filter.email_prefix,
            until,
            after.map(|cursor| cursor.received_at.to_sqlx()) as _,
            after.map(|cursor| cursor.id.uuid()),
            limit
        );
        Ok(rows.fetch_all(db).await?.into_iter().map(summary).collect())
    }

    /// One lead.
    pub async fn lead(&mut self, lead: LeadId) -> Result<Option<LeadSummary>, StoreError> {
        let (db, workspace) = self.parts();
        let row = select_leads!(
            "leads",
            "where l.workspace_id = $1 and l.id = $2",
            workspace,
            lead.uuid()
        );
        Ok(row.fetch_optional(db).await?.map(summary))
    }

    /// The latest leads whose present state was decided at or after `since`, in the order of
    /// deciding.
    pub async fn decided_since(
        &mut self,
        since: Timestamp,
        limit: i64,
    ) -> Result<Vec<LeadSummary>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = select_leads!(
            "leads",
            "where d.workspace_id = $1 and l.workspace_id = $1 and d.at >= $2
             order by d.at desc, d.id desc limit $3",
            workspace,
            since.to_sqlx(),
            limit
        );
        let rows = rows.fetch_all(db).await?;
        Ok(rows.into_iter().rev().map(summary).collect())
    }
}

fn summary(row: Row) -> LeadSummary {
    LeadSummary {
        id: LeadId::new(row.id),
        received_at: row.received_at.to_jiff(),
        state: row.state,
        name: row.name,
        email: row.email,
        company: row.company,
        domain: row.domain,
        title: row.title,
        country: row.country,
        source: (SourceId::new(row.source_id), row.source_name),
        rep: row.rep_id.map(RepId::new).zip(row.rep_name),
        rule: row.rule_id.map(RuleId::new).zip(row.rule_name),
        reason: row.reason,
        decided_at: row.decided_at.to_jiff(),
        decision: DecisionId::new(row.decision_id),
    }
}
