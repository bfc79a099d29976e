//! Outgoing webhooks: where to, and what there is to tell.

use jiff::Timestamp;
use lr_core::id::{DecisionId, LeadId, PoolId, RepId, RuleId, SourceId, WebhookId};

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// An address of the customer's that is told of every decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// Where to, as the customer gave it; a path may hold a secret of his.
    pub url: String,
    /// Whether it is told.
    pub active: bool,
}

/// A decision with the lead it is about, by the names of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedLead {
    /// The lead.
    pub lead: LeadId,
    /// When it was accepted.
    pub received_at: Timestamp,
    /// First and last name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// The company's domain.
    pub domain: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// ISO 3166-1 country.
    pub country: Option<String>,
    /// Where it came from.
    pub source: (SourceId, String),
    /// As of when it was decided.
    pub decided_at: Timestamp,
    /// The state that the decision put it into.
    pub state: String,
    /// The new owner.
    pub rep: Option<(RepId, String)>,
    /// The pool whose turn it was.
    pub pool: Option<(PoolId, String)>,
    /// The rule; `None` is the catch-all.
    pub rule: Option<(RuleId, String)>,
    /// Why, in one line.
    pub reason: String,
    /// Core's bytes of the decision.
    pub decision: Vec<u8>,
}

impl WorkspaceTx {
    /// Adds a webhook, active from the next decision on.
    ///
    /// # Errors
    /// As every query.
    pub async fn add_webhook(&mut self, id: WebhookId, url: &str) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        sqlx::query!(
            "insert into webhooks (workspace_id, id, url) values ($1, $2, $3)",
            workspace,
            id.uuid(),
            url
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// Every active webhook, the oldest first.
    ///
    /// # Errors
    /// As every query.
    pub async fn active_webhooks(&mut self) -> Result<Vec<WebhookId>, StoreError> {
        let (db, workspace) = self.parts();
        let ids = sqlx::query_scalar!(
            "select id from webhooks where workspace_id = $1 and active order by id",
            workspace
        );
        Ok(ids.fetch_all(db).await?.into_iter().map(WebhookId::new).collect())
    }

    /// One webhook, active or not.
    ///
    /// # Errors
    /// As every query.
    pub async fn webhook(&mut self, id: WebhookId) -> Result<Option<Webhook>, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query!(
            "select url, active from webhooks where workspace_id = $1 and id = $2",
            workspace,
            id.uuid()
        );
        let row = row.fetch_optional(db).await?;
        Ok(row.map(|row| Webhook { id, url: row.url, active: row.active }))
    }

    /// Switches a webhook off; returns whether it was on.
    ///
    /// # Errors
    /// As every query.
    pub async fn switch_webhook_off(&mut self, id: WebhookId) -> Result<bool, StoreError> {
        let (db, workspace) = self.parts();
        let done = sqlx::query!(
            "update webhooks set active = false where workspace_id = $1 and id = $2 and active",
            workspace,
            id.uuid()
        );
        Ok(done.execute(db).await?.rows_affected() == 1)
    }

    /// What there is to tell about a decision, be it the lead's latest or not.
    ///
    /// # Errors
    /// As every query.
    pub async fn decided_lead(
        &mut self,
        decision: DecisionId,
    ) -> Result<Option<DecidedLead>, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query!(
            r#"select l.id, l.received_at, l.name, l.email, l.company, l.domain, l.title, l.country,
                      l.source_id, s.name as source_name, d.at, d.outcome, d.rep_id,
                      r.name as "rep_name?", d.pool_id, p.name as "pool_name?", d.rule_id,
                      d.rule_name, d.reason, d.decision
               from decisions d
               join leads l on l.workspace_id = d.workspace_id and l.id = d.lead_id
               join sources s on s.workspace_id = l.workspace_id and s.id = l.source_id
               left join reps r on r.workspace_id = d.workspace_id and r.id = d.rep_id
               left join pools p on p.workspace_id = d.workspace_id and p.id = d.pool_id
               where d.workspace_id = $1 and d.id = $2"#,
            workspace,
            decision.uuid()
        );
        let row = row.fetch_optional(db).await?;
        Ok(row.map(|row| DecidedLead {
            lead: LeadId::new(row.id),
            received_at: row.received_at.to_jiff(),
            name: row.name,
            email: row.email,
            company: row.company,
            domain: row.domain,
            title: row.title,
            country: row.country,
            source: (SourceId::new(row.source_id), row.source_name),
            decided_at: row.at.to_jiff(),
            state: row.outcome,
            rep: row.rep_id.map(RepId::new).zip(row.rep_name),
            pool: row.pool_id.map(PoolId::new).zip(row.pool_name),
            rule: row.rule_id.map(RuleId::new).zip(row.rule_name),
            reason: row.reason,
            decision: row.decision,
        }))
    }
}
