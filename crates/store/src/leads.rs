//! Leads: written with their first decision, listed, found.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::decide::{Decision, Outcome};
use lr_core::id::{DecisionId, LeadId, RepId, RuleId, SourceId, WorkspaceId};
use lr_core::lead::Lead;
use lr_core::rules::action::Setting;
use serde_json::json;
use uuid::Uuid;

use crate::decisions::{owner, state};
use crate::error::StoreError;
use crate::system_tx::SystemTx;
use crate::workspace_tx::WorkspaceTx;

/// A lead as it is written, with the state that its first decision gave it.
#[derive(Debug, Clone)]
pub struct NewLead<'a> {
    /// The clean lead.
    pub lead: &'a Lead,
    /// Its source.
    pub source: SourceId,
    /// As it came, as JSON text.
    pub raw: Vec<u8>,
    /// Its first decision.
    pub decision: DecisionId,
    /// What that decision came to.
    pub outcome: &'a Outcome,
}

/// A lead as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadSummary {
    /// Its id.
    pub id: LeadId,
    /// When it was accepted.
    pub received_at: Timestamp,
    /// `assigned`, `held`, `queued` or `rejected`.
    pub state: String,
    /// Full name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Company name.
    pub company: Option<String>,
    /// Company domain.
    pub domain: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Its source and the source's name.
    pub source: (SourceId, String),
    /// Its owner and his name.
    pub rep: Option<(RepId, String)>,
    /// The rule of its present decision and the name it had; `None` is the catch-all.
    pub rule: Option<(RuleId, String)>,
    /// Why, in one line.
    pub reason: String,
    /// When its present state was decided.
    pub decided_at: Timestamp,
    /// The present decision.
    pub decision: DecisionId,
}

/// A place in a list ordered newest first: after this lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeadCursor {
    /// The last lead's time of acceptance.
    pub received_at: Timestamp,
    /// The last lead.
    pub id: LeadId,
}

/// Which leads a list shows; `None` means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeadFilter {
    /// In this state.
    pub state: Option<String>,
    /// Owned by this rep.
    pub rep: Option<RepId>,
    /// Whose e-mail address begins so; lower case.
    pub email_prefix: Option<String>,
}

/// A lead to be routed again: a held one, to be routed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLead {
    /// Its id.
    pub id: LeadId,
    /// When it was accepted.
    pub received_at: Timestamp,
    /// The snapshot of the decision that held it.
    pub snapshot: Vec<u8>,
}

impl WorkspaceTx {
    /// Writes leads, by what their people are recognised, and what was received; their decisions follow in the same transaction.
    pub async fn insert_leads(&mut self, leads: &[NewLead<'_>]) -> Result<(), StoreError> {
        let rows = leads.iter();
        let clean = leads.iter().map(|row| row.lead);
        let ids = clean.clone().map(|lead| lead.id.uuid()).collect::<Vec<_>>();
        let sources = rows.clone().map(|row| row.source.uuid()).collect::<Vec<_>>();
        let received = clean.clone().map(|lead| lead.received_at.to_sqlx()).collect::<Vec<_>>();
        let states = rows.clone().map(|row| state(row.outcome).to_owned()).collect::<Vec<_>>();
        let reps = rows.clone().map(|row| owner(row.outcome).0).collect::<Vec<_>>();
        let decisions = rows.clone().map(|row| row.decision.uuid()).collect::<Vec<_>>();
        let names = clean.clone().map(Lead::full_name).collect::<Vec<_>>();
        let emails = clean.clone().map(|lead| Some(lead.email.as_ref()?.address().to_owned()));
        let companies = clean.clone().map(|lead| Some(lead.company.as_ref()?.name().to_owned()));
        let domains = clean.clone().map(|lead| Some(lead.domain.as_ref()?.as_str().to_owned()));
        let titles = clean.clone().map(|lead| Some(lead.title.as_ref()?.text().to_owned()));
        let countries = clean.map(|lead| Some(lead.country.as_ref()?.code().to_owned()));
        let raws = rows.map(|row| row.raw.clone()).collect::<Vec<_>>();
        let (db, workspace) = self.parts();
        sqlx::query!(
            "insert into leads (workspace_id, id, source_id, received_at, state, rep_id,
                 decision_id, name, email, company, domain, title, country)
             select $1, row.* from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[],
                 $6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::text[], $11::text[],
                 $12::text[], $13::text[]) as row",
            workspace,
            &ids,
            &sources,
            received,
            &states,
            &reps as &[Option<Uuid>],
            &decisions,
            &names as &[Option<String>],
            &emails.collect::<Vec<_>>() as &[Option<String>],
            &companies.collect::<Vec<_>>() as &[Option<String>],
            &domains.collect::<Vec<_>>() as &[Option<String>],
            &titles.collect::<Vec<_>>() as &[Option<String>],
            &countries.collect::<Vec<_>>() as &[Option<String>]
        )
        .execute(&mut *db)
        .await?;
        sqlx::query!(
            "insert into raw_leads (workspace_id, lead_id, body)
             select $1, row.* from unnest($2::uuid[], $3::bytea[]) as row",
            workspace,
            &ids,
            &raws
        )
        .execute(db)
        .await?;
        self.insert_lead_keys(leads.iter().map(|row| row.lead)).await
    }

    /// Moves leads to the states of later decisions.
    pub async fn move_leads(
        &mut self,
        decided: &[(DecisionId, &Decision)],
    ) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        let leads = decided.iter().map(|(_, row)| row.lead.uuid()).collect::<Vec<_>>();
        let states = decided.iter().map(|(_, row)| state(&row.outcome).to_owned());
        let reps = decided.iter().map(|(_, row)| owner(&row.outcome).0).collect::<Vec<_>>();
        let ids = decided.iter().map(|(id, _)| id.uuid()).collect::<Vec<_>>();
        sqlx::query!(
            "update leads l
             set state = moved.state, rep_id = moved.rep_id, decision_id = moved.decision_id
             from unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[])
                  as moved (id, state, rep_id, decision_id)
             where l.workspace_id = $1 and l.id = moved.id",
            workspace,
            &leads,
            &states.collect::<Vec<_>>(),
            &reps as &[Option<Uuid>],
            &ids
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// Writes on leads what their decisions say, in place of what earlier decisions wrote.
    pub async fn mark_leads(&mut self, decided: &[&Decision]) -> Result<(), StoreError> {
        let marked = || decided.iter().filter(|decision| !decision.set.is_empty());
        let leads = marked().map(|row| row.lead.uuid()).collect::<Vec<_>>();
        if leads.is_empty() {
            return Ok(());
        }
        let marks = marked().map(|row| Marks::of(&row.set)).collect::<Vec<_>>();
        let tags = marks.iter().map(|marks| json!(marks.tags)).collect::<Vec<_>>();
        let priorities = marks.iter().map(|marks| marks.priority.map(str::to_owned));
        let attributes = marks.iter().map(|marks| json!(marks.attributes)).collect::<Vec<_>>();
        let (db, workspace) = self.parts();
        sqlx::query!(
            "update leads l
             set tags = array(select jsonb_array_elements_text(marked.tags)),
                 priority = marked.priority, set_attributes = marked.attributes
             from unnest($2::uuid[], $3::jsonb[], $4::text[], $5::jsonb[])
                  as marked (id, tags, priority, attributes)
             where l.workspace_id = $1 and l.id = marked.id",
            workspace,
            &leads,
            &tags,
            &priorities.collect::<Vec<_>>() as &[Option<String>],
            &attributes
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// What was received for a lead, as JSON text.
    pub async fn raw_lead(&mut self, lead: LeadId) -> Result<Option<Vec<u8>>, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query!(
            "select body from raw_leads where workspace_id = $1 and lead_id = $2",
            workspace,
            lead.uuid()
        );
        Ok(row.fetch_optional(db).await?.map(|row| row.body))
    }

    /// Held leads, oldest first, after `after`; locked, leaving out those that others are routing.
    pub async fn lock_held(
        &mut self,
        after: Option<LeadCursor>,
        limit: i64,
    ) -> Result<Vec<HeldLead>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query_as!(
            HeldRow,
            "select l.id, l.received_at, d.snapshot
             from leads l
             join decisions d on d.workspace_id = l.workspace_id and d.id = l.decision_id
             where l.workspace_id = $1 and l.state = 'held'
               and ($2::timestamptz is null or (l.received_at, l.id) > ($2, $3::uuid))
             order by l.received_at, l.id limit $4
             for update of l skip locked",
            workspace,
            after.map(|cursor| cursor.received_at.to_sqlx()) as _,
            after.map(|cursor| cursor.id.uuid()),
            limit
        );
        Ok(rows.fetch_all(db).await?.into_iter().map(HeldLead::from).collect())
    }
}

/// A [`HeldLead`] as it is read.
pub(crate) struct HeldRow {
    pub(crate) id: Uuid,
    pub(crate) received_at: jiff_sqlx::Timestamp,
    pub(crate) snapshot: Vec<u8>,
}

impl From<HeldRow> for HeldLead {
    fn from(row: HeldRow) -> Self {
        let HeldRow { id, received_at, snapshot } = row;
        Self { id: LeadId::new(id), received_at: received_at.to_jiff(), snapshot }
    }
}

/// What rules wrote on a lead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeadMarks {
    /// By name.
    pub tags: Vec<String>,
    /// `low`, `normal` or `high`, if one was set.
    pub priority: Option<String>,
    /// Attributes in place of those that it came with.
    pub attributes: BTreeMap<String, String>,
}

impl WorkspaceTx {
    /// What rules wrote on a lead; nothing on one that is not there.
    pub async fn marks_of(&mut self, lead: LeadId) -> Result<LeadMarks, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query!(
            "select tags, priority, set_attributes from leads where workspace_id = $1 and id = $2",
            workspace,
            lead.uuid()
        );
        let Some(row) = row.fetch_optional(db).await? else { return Ok(LeadMarks::default()) };
        let attributes = serde_json::from_value(row.set_attributes);
        let attributes = attributes.map_err(StoreError::corrupt("lead"))?;
        Ok(LeadMarks { tags: row.tags, priority: row.priority, attributes })
    }
}

impl SystemTx {
    /// The workspaces that have held leads.
    pub async fn workspaces_with_held_leads(&mut self) -> Result<Vec<WorkspaceId>, StoreError> {
        let rows = sqlx::query!("select distinct workspace_id from leads where state = 'held'");
        let rows = rows.fetch_all(self.connection()).await?;
        Ok(rows.into_iter().map(|row| WorkspaceId::new(row.workspace_id)).collect())
    }
}

/// What settings come to: the last of a kind holds, tags add up.
#[derive(Default)]
struct Marks<'a> {
    tags: BTreeSet<&'a str>,
    priority: Option<&'static str>,
    attributes: BTreeMap<&'a str, &'a str>,
}

impl<'a> Marks<'a> {
    fn of(settings: &'a [Setting]) -> Self {
        let mut marks = Self::default();
        for setting in settings {
            match setting {
                Setting::Tag(tag) => {
                    marks.tags.insert(tag);
                }
                Setting::Priority(priority) => marks.priority = Some(priority.as_str()),
                Setting::Attribute { name, value } => {
                    marks.attributes.insert(name, value);
                }
            }
        }
        marks
    }
}
