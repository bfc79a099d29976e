//! A lead as lists and the feed show it, and a lead with everything about it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use lr_app::leads::LeadView;
use lr_core::case::Case;
use lr_core::lead::raw::RawLead;
use lr_core::normalise::Note;
use lr_core::rules::field::Field;
use lr_core::rules::field::value::value_of;
use lr_core::rules::kind::AttributeTypes;
use lr_store::decisions::AssignmentRow;
use lr_store::leads::{LeadMarks, LeadSummary};
use lr_store::outcomes::OutcomeRow;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::leads::decision::StateBody;
use crate::http::named::NamedBody;

/// A lead as lists and the feed show it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LeadSummary)]
pub struct SummaryBody {
    #[schema(example = "lead_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    id: String,
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
    #[schema(value_type = StateBody)]
    state: String,
    #[schema(required)]
    name: Option<String>,
    #[schema(required)]
    email: Option<String>,
    #[schema(required)]
    company: Option<String>,
    #[schema(required)]
    domain: Option<String>,
    #[schema(required)]
    title: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[schema(required, example = "DE")]
    country: Option<String>,
    source: NamedBody,
    /// Who owns it, if anybody does.
    #[schema(required)]
    rep: Option<NamedBody>,
    /// The rule that matched; null is the catch-all.
    #[schema(required)]
    rule: Option<NamedBody>,
    /// Why, in one line.
    reason: String,
    /// When its present state was decided.
    #[schema(value_type = String, format = DateTime)]
    decided_at: Timestamp,
}

impl From<LeadSummary> for SummaryBody {
    fn from(lead: LeadSummary) -> Self {
        Self {
            id: lead.id.to_string(),
            received_at: lead.received_at,
            state: lead.state,
            name: lead.name,
            email: lead.email,
            company: lead.company,
            domain: lead.domain,
            title: lead.title,
            country: lead.country,
            source: lead.source.into(),
            rep: lead.rep.map(NamedBody::from),
            rule: lead.rule.map(NamedBody::from),
            reason: lead.reason,
            decided_at: lead.decided_at,
        }
    }
}

/// A page of leads, newest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LeadPage)]
pub struct PageBody {
    /// The leads.
    pub items: Vec<SummaryBody>,
    /// Send it as `cursor` for the next page; null on the last.
    #[schema(required)]
    pub next_cursor: Option<String>,
}

/// A lead with everything that is known about it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Lead)]
pub struct DetailBody {
    #[serde(flatten)]
    summary: SummaryBody,
    /// The clean values that rules saw, by field.
    clean: BTreeMap<String, String>,
    /// The values as they came, by field.
    raw: BTreeMap<String, String>,
    /// What was changed or left out between the two.
    notes: Vec<NoteBody>,
    /// Everybody who owned it, the latest first.
    history: Vec<AssignmentBody>,
    /// What came of it, in order.
    outcomes: Vec<OutcomeBody>,
    /// What rules wrote on it.
    marks: MarksBody,
}

/// What rules wrote on a lead.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Marks)]
pub struct MarksBody {
    /// By name.
    tags: Vec<String>,
    /// `low`, `normal` or `high`; null if none was set.
    #[schema(required)]
    priority: Option<String>,
    /// Attributes in place of those that it came with, by name.
    attributes: BTreeMap<String, String>,
}

/// One thing that is different in the clean lead, and why.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Note)]
pub struct NoteBody {
    /// The field of the clean lead.
    #[schema(example = "phone")]
    field: String,
    /// What was received; empty if nothing was.
    from: String,
    /// What it became; null if it was left out.
    #[schema(required)]
    to: Option<String>,
    /// The reason in words.
    why: String,
}

/// Who owned a lead, from when to when.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Assignment)]
pub struct AssignmentBody {
    assignment_id: String,
    rep: NamedBody,
    /// The pool whose turn it was.
    #[schema(required)]
    pool: Option<NamedBody>,
    #[schema(value_type = String, format = DateTime)]
    started_at: Timestamp,
    /// Null for the present owner.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    ended_at: Option<Timestamp>,
}

/// One thing that came of a lead.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Outcome)]
pub struct OutcomeBody {
    /// `meeting_booked`, `meeting_held`, `no_show`, `won` or `lost`.
    #[schema(example = "meeting_booked")]
    kind: String,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

impl From<LeadView> for DetailBody {
    fn from(view: LeadView) -> Self {
        let case = Case::of(view.clean, view.summary.received_at);
        let known = Field::known().iter().cloned();
        let attributes = case.lead.attributes.keys().map(|name| format!("attributes.{name}"));
        let types = AttributeTypes::default();
        let fields = known.chain(attributes.filter_map(|name| Field::parse(&name, &types)));
        // When it came is said in the summary; its quality is nothing that it was given.
        let given = |field: &Field| !matches!(field, Field::ReceivedAt | Field::Quality);
        let clean = fields.filter(given).filter_map(|field| {
            Some((field.name().into_owned(), value_of(&case, &field)?.to_string()))
        });
        Self {
            clean: clean.collect(),
            raw: raw_values(view.raw),
            notes: view.notes.into_iter().map(NoteBody::from).collect(),
            history: view.history.into_iter().map(AssignmentBody::from).collect(),
            outcomes: view.outcomes.into_iter().map(OutcomeBody::from).collect(),
            marks: view.marks.into(),
            summary: view.summary.into(),
        }
    }
}

fn raw_values(raw: RawLead) -> BTreeMap<String, String> {
    let fields = [
        ("first_name", raw.first_name),
        ("last_name", raw.last_name),
        ("name", raw.name),
        ("email", raw.email),
        ("phone", raw.phone),
        ("company", raw.company),
        ("website", raw.website),
        ("title", raw.title),
        ("country", raw.country),
        ("state", raw.state),
        ("city", raw.city),
        ("postal_code", raw.postal_code),
        ("employees", raw.employees),
        ("industry", raw.industry),
        ("message", raw.message),
    ];
    let fields = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let attributes = raw.attributes.into_iter();
    fields.chain(attributes.map(|(name, value)| (format!("attributes.{name}"), value))).collect()
}

impl From<LeadMarks> for MarksBody {
    fn from(marks: LeadMarks) -> Self {
        let LeadMarks { tags, priority, attributes } = marks;
        Self { tags, priority, attributes }
    }
}

impl From<Note> for NoteBody {
    fn from(note: Note) -> Self {
        Self { field: note.field.to_owned(), from: note.from, to: note.to, why: note.why }
    }
}

impl From<AssignmentRow> for AssignmentBody {
    fn from(row: AssignmentRow) -> Self {
        Self {
            assignment_id: row.id.to_string(),
            rep: NamedBody::new(row.rep, row.rep_name),
            pool: row.pool.map(NamedBody::from),
            started_at: row.started_at,
            ended_at: row.ended_at,
        }
    }
}

impl From<OutcomeRow> for OutcomeBody {
    fn from(row: OutcomeRow) -> Self {
        Self { kind: row.kind, at: row.at }
    }
}
