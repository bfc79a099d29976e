//! Handing leads in and looking at them.

pub mod body;
pub mod cursor;
pub mod decision;
pub mod summary;

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use lr_app::accounts::permission::act;
use lr_app::accounts::reach::Leads;
use lr_app::context::App;
use lr_app::leads::ViewError;
use lr_app::route::{RouteError, Routed};
use lr_app::submit::{Batch, MAX_BATCH, Submission, SubmitError, submit, submit_batch};
use lr_core::id::{LeadId, RepId};
use lr_store::leads::LeadFilter;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::http::body::{Json, JsonParts, parse_value};
use crate::http::caller::May;
use crate::http::idempotency::OptionalKey;
use crate::http::leads::body::LeadBody;
use crate::http::leads::decision::{BatchBody, DecisionBody, StateBody};
use crate::http::leads::summary::{DetailBody, PageBody, SummaryBody};
use crate::http::params::{Id, Query, limit};
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::state::AppState;

/// The largest body of a batch, in bytes.
const MAX_BATCH_BODY: usize = 10 * 1024 * 1024;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    let batch = routes!(create_leads).layer(DefaultBodyLimit::max(MAX_BATCH_BODY));
    OpenApiRouter::new()
        .routes(routes!(create_lead, list_leads))
        .routes(batch)
        .routes(routes!(read_lead))
}

/// Hands in a lead and answers who got it.
#[utoipa::path(
    post, path = "/v1/leads", tag = "leads",
    security(("bearer" = ["add-leads"])),
    params(OptionalKey),
    request_body = LeadBody,
    responses(
        (status = 201, body = DecisionBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn create_lead(
    State(app): State<Arc<App>>,
    caller: May<act::AddLeads>,
    key: OptionalKey,
    Json { value: body, bytes }: Json<LeadBody>,
) -> Result<Response, Problem> {
    let once = key.once(caller.id(), "POST /v1/leads", &bytes);
    let lead = body.submission("")?;
    let render = |routed: &Routed| to_json(&DecisionBody::from(routed));
    let answer = submit(&app, caller.workspace(), lead, once, render).await?;
    Ok(json(StatusCode::CREATED, answer))
}

/// Leads to be handed in together.
#[derive(ToSchema)]
#[schema(as = NewLeads)]
#[expect(dead_code, reason = "describes the body, whose leads are read one by one")]
pub struct LeadsBody {
    /// At most 1,000.
    #[schema(max_items = 1000)]
    leads: Vec<LeadBody>,
}

/// Each lead as JSON, so that one that is wrong does not keep the others out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawLeadsBody {
    leads: Vec<Value>,
}

/// Hands in up to 1,000 leads; each is answered by a decision or a problem.
#[utoipa::path(
    post, path = "/v1/leads/batch", tag = "leads",
    security(("bearer" = ["add-leads"])),
    params(OptionalKey),
    request_body = LeadsBody,
    responses(
        (status = 200, body = BatchBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn create_leads(
    State(app): State<Arc<App>>,
    caller: May<act::AddLeads>,
    key: OptionalKey,
    JsonParts { value: body, bytes }: JsonParts<RawLeadsBody>,
) -> Result<Response, Problem> {
    if body.leads.len() > MAX_BATCH {
        let detail = format!("A batch has at most {MAX_BATCH} leads.");
        return Err(Problem::at(Code::InvalidBody, "/leads", detail));
    }
    let once = key.once(caller.id(), "POST /v1/leads/batch", &bytes);
    let leads = body.leads.into_iter().enumerate();
    let leads = leads.map(|(index, lead)| read_one(index, lead).map_err(boxed)).collect();
    let batch = Batch { leads, unknown_source };
    let render = |results: Vec<Result<&Routed, &Box<ProblemBody>>>| {
        to_json(&BatchBody::new(results.into_iter().map(|result| result.map_err(AsRef::as_ref))))
    };
    let answer = submit_batch(&app, caller.workspace(), batch, once, render).await?;
    Ok(json(StatusCode::OK, answer))
}

fn read_one(index: usize, lead: Value) -> Result<Submission, Problem> {
    let place = format!("/leads/{index}");
    parse_value::<LeadBody>(lead, &place)?.submission(&place)
}

fn unknown_source(index: usize, name: &str) -> Box<ProblemBody> {
    boxed(no_source(&format!("/leads/{index}/source"), name))
}

fn boxed(problem: Problem) -> Box<ProblemBody> {
    Box::new(problem.body())
}

/// Which leads to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Leads of a page, 1 to 200; 50 unless given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// Only leads in this state.
    state: Option<StateBody>,
    /// Only leads that this rep owns.
    #[param(value_type = Option<String>)]
    rep: Option<RepId>,
    /// Only leads whose e-mail address begins so.
    q: Option<String>,
}

/// Lists leads, newest first.
#[utoipa::path(
    get, path = "/v1/leads", tag = "leads",
    security(("bearer" = ["read-leads"])),
    params(ListQuery),
    responses(
        (status = 200, body = PageBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_leads(
    State(app): State<Arc<App>>,
    caller: May<act::ReadLeads>,
    Query(query): Query<ListQuery>,
) -> Result<Answer<PageBody>, Problem> {
    let Some(rep) = owner(caller.leads(&app).await?, query.rep) else {
        return Ok(Answer(PageBody { items: Vec::new(), next_cursor: None }));
    };
    let after = query.cursor.as_deref().map(cursor::decode).transpose()?;
    let prefix = query.q.map(|prefix| prefix.trim().to_lowercase());
    let filter = LeadFilter {
        state: query.state.map(|state| state.as_str().to_owned()),
        rep,
        email_prefix: prefix.filter(|prefix| !prefix.is_empty()),
    };
    let limit = limit(query.limit)?;
    let page = lr_app::leads::page(&app, caller.workspace(), &filter, after, limit).await?;
    Ok(Answer(PageBody {
        items: page.items.into_iter().map(SummaryBody::from).collect(),
        next_cursor: page.next.map(cursor::encode),
    }))
}

/// Whose leads to list, of those that the caller sees; `None` if that leaves none.
fn owner(seen: Leads, asked: Option<RepId>) -> Option<Option<RepId>> {
    match seen {
        Leads::All => Some(asked),
        Leads::Of(own) => own.filter(|own| asked.is_none_or(|asked| asked == *own)).map(Some),
    }
}

/// Shows a lead with everything that is known about it.
#[utoipa::path(
    get, path = "/v1/leads/{lead}", tag = "leads",
    security(("bearer" = ["read-leads"])),
    params(("lead" = String, Path, example = "lead_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    responses(
        (status = 200, body = DetailBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_lead(
    State(app): State<Arc<App>>,
    caller: May<act::ReadLeads>,
    Id(lead): Id<LeadId>,
) -> Result<Answer<DetailBody>, Problem> {
    caller.sees_lead(&app, lead).await?;
    let view = lr_app::leads::view(&app, caller.workspace(), lead).await?;
    Ok(Answer(view.ok_or_else(|| Problem::not_found("lead"))?.into()))
}

#[expect(clippy::expect_used, reason = "texts, numbers and lists of them are always JSON")]
fn to_json(body: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(body).expect("the body is JSON")
}

fn json(status: StatusCode, body: Vec<u8>) -> Response {
    let kind = HeaderValue::from_static("application/json");
    (status, [(header::CONTENT_TYPE, kind)], body).into_response()
}

fn no_source(pointer: &str, name: &str) -> Problem {
    let detail = format!("The workspace has no source `{name}`.");
    Problem::at(Code::UnknownSource, pointer, detail)
}

impl From<SubmitError> for Problem {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::UnknownSource(name) => no_source("/source", &name),
            SubmitError::Route(error) => error.into(),
            SubmitError::Store(error) => error.into(),
        }
    }
}

impl From<RouteError> for Problem {
    fn from(error: RouteError) -> Self {
        match error {
            RouteError::Once(error) => error.into(),
            // Only imports move imports.
            RouteError::ImportMoved => Self::internal(&error),
            RouteError::Config(error) => error.into(),
            RouteError::Store(error) => error.into(),
            RouteError::Snapshot(error) => Self::internal(&error),
            RouteError::Encode(error) => Self::internal(&error),
        }
    }
}

impl From<ViewError> for Problem {
    fn from(error: ViewError) -> Self {
        match error {
            ViewError::Store(error) => error.into(),
            ViewError::Snapshot(error) => Self::internal(&error),
            ViewError::Raw(error) => Self::internal(&error),
        }
    }
}
