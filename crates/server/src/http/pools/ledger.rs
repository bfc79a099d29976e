//! A pool's ledger: every entry in words, and credits by hand.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use lr_app::accounts::permission::act;
use lr_app::accounts::reach::Part;
use lr_app::context::App;
use lr_app::credits::{CreditError, Grant, MOST_LEADS, give_back, grant};
use lr_app::pools::ledger;
use lr_app::pools::words::{line_words, words};
use lr_app::rulesets::note::Note;
use lr_core::id::{LeadId, PoolId, RepId};
use lr_store::ledger_entries::EntryRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::body::Json;
use crate::http::caller::May;
use crate::http::idempotency::OptionalKey;
use crate::http::named::NamedBody;
use crate::http::params::{Id, Query, limit};
use crate::http::pools::leads;
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_ledger))
        .routes(routes!(grant_credit))
        .routes(routes!(credit_lead))
}

/// A page of a pool's ledger.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LedgerPage)]
pub struct LedgerBody {
    /// Newest first.
    items: Vec<LedgerEntryBody>,
    /// What to ask for as `before` to get the next page; null on the last.
    #[schema(required)]
    next: Option<u64>,
}

/// A line of a pool's ledger: what one batch of leads, or one correction, did to its accounts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LedgerEntry)]
pub struct LedgerEntryBody {
    /// Counts the pool's entries, from 1.
    seq: u64,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// `turns`, `absence`, `repay`, `returned`, `taken_away`, `moved` or `granted`.
    #[schema(example = "turns")]
    cause: &'static str,
    /// What it is about, with the reason and who gave it if somebody made it by hand.
    #[schema(example = "12 leads shared out")]
    words: String,
    /// Leads that it gave out.
    turns: u32,
    /// The lead whose turn it corrects.
    #[schema(required, example = "lead_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    lead: Option<String>,
    lines: Vec<LedgerLineBody>,
}

/// What an entry did to one account. Balances and arrears each sum to zero over its lines.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LedgerLine)]
pub struct LedgerLineBody {
    rep: NamedBody,
    /// Leads added to what the pool owes by turn.
    balance: f64,
    /// Leads added to what the pool owes for absences.
    arrears: f64,
    /// Leads got.
    assigned: i64,
    /// All of it in words.
    #[schema(example = "got 2 leads, is owed 0.67 less")]
    words: String,
}

/// Which part of a ledger to list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerQuery {
    /// Entries before this one.
    before: Option<u64>,
    /// How many, from 1 to 200; 50 if absent.
    limit: Option<u16>,
}

/// Lists what changed a pool's accounts, and why.
#[utoipa::path(
    get, path = "/v1/pools/{pool}/ledger", tag = "pools",
    security(("bearer" = ["read-everybody"])),
    params(
        ("pool" = String, Path, example = "pool_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a"),
        ("before" = Option<u64>, Query, description = "Entries before this one."),
        ("limit" = Option<u16>, Query, minimum = 1, maximum = 200, description = "50 if absent."),
    ),
    responses(
        (status = 200, body = LedgerBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_ledger(
    State(app): State<Arc<App>>,
    caller: May<act::ReadEverybody>,
    Id(pool): Id<PoolId>,
    Query(query): Query<LedgerQuery>,
) -> Result<Answer<LedgerBody>, Problem> {
    let limit = limit(query.limit)?;
    let page = ledger(&app, caller.workspace(), pool, query.before, limit).await?;
    let page = page.ok_or_else(|| Problem::not_found("pool"))?;
    let next = page.more.then(|| page.items.last().map(|entry| entry.seq)).flatten();
    Ok(Answer(LedgerBody { items: page.items.into_iter().map(Into::into).collect(), next }))
}

/// A credit by hand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCredit)]
pub struct NewCreditBody {
    /// A member of the pool.
    #[schema(value_type = String, example = "rep_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    rep: RepId,
    /// How many leads the rep is owed more; less when below zero. Never 0.
    #[schema(minimum = -100, maximum = 100)]
    leads: i32,
    /// Why, for whoever reads the ledger.
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
}

/// Gives a member of a pool turns, or takes them; the other members pay or gain by their weights.
#[utoipa::path(
    post, path = "/v1/pools/{pool}/credits", tag = "pools",
    security(("bearer" = ["change-teams"])),
    params(
        ("pool" = String, Path, example = "pool_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a"),
        OptionalKey,
    ),
    request_body = NewCreditBody,
    responses(
        (status = 201, body = LedgerEntryBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn grant_credit(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeTeams>,
    Id(pool): Id<PoolId>,
    key: OptionalKey,
    Json { value: body, bytes }: Json<NewCreditBody>,
) -> Result<(StatusCode, Answer<LedgerEntryBody>), Problem> {
    caller.change(&app, Part::Pool(pool), "pool").await?;
    let NewCreditBody { rep, leads, reason } = body;
    let wanted = Grant { pool, rep, leads, reason: read_reason(&reason)? };
    let (workspace, actor) = (caller.workspace(), caller.actor());
    let operation = format!("POST /v1/pools/{pool}/credits");
    let once = key.once(caller.id(), &operation, &bytes);
    let entry = grant(&app, workspace, &actor, wanted, once).await?;
    Ok((StatusCode::CREATED, Answer(entry.into())))
}

/// Why a lead is bad.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BadLead)]
pub struct BadLeadBody {
    /// In words, for whoever reads the ledger.
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
}

/// Gives the turn back that a bad lead took: exactly what it cost its owner and brought the others.
/// The lead stays where it is. Sent again, it changes nothing and answers with the same entry.
#[utoipa::path(
    post, path = "/v1/leads/{lead}/credit", tag = "pools",
    security(("bearer" = ["change-teams"])),
    params(
        ("lead" = String, Path, example = "lead_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a"),
        OptionalKey,
    ),
    request_body = BadLeadBody,
    responses(
        (status = 201, body = LedgerEntryBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn credit_lead(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeTeams>,
    Id(lead): Id<LeadId>,
    key: OptionalKey,
    Json { value: body, bytes }: Json<BadLeadBody>,
) -> Result<(StatusCode, Answer<LedgerEntryBody>), Problem> {
    caller.change(&app, Part::Turn(lead), "lead").await?;
    let bad = (lead, read_reason(&body.reason)?);
    let (workspace, actor) = (caller.workspace(), caller.actor());
    let operation = format!("POST /v1/leads/{lead}/credit");
    let once = key.once(caller.id(), &operation, &bytes);
    let entry = give_back(&app, workspace, &actor, bad, once).await?;
    Ok((StatusCode::CREATED, Answer(entry.into())))
}

fn read_reason(text: &str) -> Result<Note, Problem> {
    let reason = Note::parse(text);
    reason.map_err(|_| {
        let detail = "A reason has 1 to 1,000 characters.".to_owned();
        Problem::at(Code::InvalidBody, "/reason", detail)
    })
}

impl From<EntryRow> for LedgerEntryBody {
    fn from(entry: EntryRow) -> Self {
        let words = words(&entry);
        let EntryRow { seq, at, cause, turns, note, lines } = entry;
        let lines = lines.into_iter().map(|(line, name)| LedgerLineBody {
            words: line_words(&line),
            rep: NamedBody::new(line.rep, name),
            balance: leads(line.balance),
            arrears: leads(line.arrears),
            assigned: line.assigned,
        });
        let lead = note.and_then(|note| note.lead).map(|lead| lead.to_string());
        Self { seq, at, cause: cause.code(), words, turns, lead, lines: lines.collect() }
    }
}

impl From<CreditError> for Problem {
    fn from(error: CreditError) -> Self {
        let wrong = |pointer, detail: &str| Self::at(Code::InvalidBody, pointer, detail.to_owned());
        match error {
            CreditError::NoPool(_) => Self::not_found("pool"),
            CreditError::NoLead(_) => Self::not_found("lead"),
            CreditError::Leads => Self::at(
                Code::InvalidBody,
                "/leads",
                format!("A credit gives or takes 1 to {MOST_LEADS} leads."),
            ),
            CreditError::Alone => {
                wrong("/rep", "A credit is for a member of the pool, and takes another who pays.")
            }
            CreditError::ByLoad => {
                wrong("", "The pool gives leads to the least loaded, which no credit changes.")
            }
            CreditError::NoTurn => {
                wrong("", "The lead took no turn of a pool, so there is none to give back.")
            }
            CreditError::Unreadable(error) => Self::internal(&error),
            CreditError::Encode(error) => Self::internal(&error),
            CreditError::Once(error) => error.into(),
            CreditError::Store(error) => error.into(),
        }
    }
}
