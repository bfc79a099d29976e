//! Why a lead went where it went.

pub mod body;
pub mod cohorts;
pub mod not;
pub mod recognised;

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_app::why::{WhyError, WhyNot, why, why_not};
use lr_core::id::{LeadId, RepId, RuleId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::May;
use crate::http::params::{Id, Ids};
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::state::AppState;
use crate::http::why::body::WhyBody;
use crate::http::why::not::WhyNotBody;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(read_why))
        .routes(routes!(read_why_not_rule))
        .routes(routes!(read_why_not_rep))
}

/// Explains the decision that put a lead where it is, recomputed from what it was made from.
#[utoipa::path(
    get, path = "/v1/leads/{lead}/why", tag = "leads",
    security(("bearer" = ["read-leads"])),
    params(("lead" = String, Path, example = "lead_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    responses(
        (status = 200, body = WhyBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_why(
    State(app): State<Arc<App>>,
    caller: May<act::ReadLeads>,
    Id(lead): Id<LeadId>,
) -> Result<Answer<WhyBody>, Problem> {
    caller.sees_lead(&app, lead).await?;
    let why = why(&app, caller.workspace(), lead).await?;
    Ok(Answer(WhyBody::new(&why.ok_or_else(|| Problem::not_found("lead"))?)))
}

/// Explains why a rule did not decide about a lead, and the smallest change that would have made it so.
#[utoipa::path(
    get, path = "/v1/leads/{lead}/why-not/rules/{rule}", tag = "leads",
    security(("bearer" = ["read-leads"])),
    params(
        ("lead" = String, Path, example = "lead_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a"),
        ("rule" = String, Path, example = "rule_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a"),
    ),
    responses(
        (status = 200, body = WhyNotBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_why_not_rule(
    State(app): State<Arc<App>>,
    caller: May<act::ReadLeads>,
    Ids(lead, rule): Ids<LeadId, RuleId>,
) -> Result<Answer<WhyNotBody>, Problem> {
    answer(&app, &caller, lead, WhyNot::Rule(rule)).await
}

/// Explains why a rep did not get a lead, and the smallest change that would have made it so.
#[utoipa::path(
    get, path = "/v1/leads/{lead}/why-not/reps/{rep}", tag = "leads",
    security(("bearer" = ["read-leads"])),
    params(
        ("lead" = String, Path, example = "lead_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a"),
        ("rep" = String, Path, example = "rep_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a"),
    ),
    responses(
        (status = 200, body = WhyNotBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_why_not_rep(
    State(app): State<Arc<App>>,
    caller: May<act::ReadLeads>,
    Ids(lead, rep): Ids<LeadId, RepId>,
) -> Result<Answer<WhyNotBody>, Problem> {
    answer(&app, &caller, lead, WhyNot::Rep(rep)).await
}

async fn answer(
    app: &App,
    caller: &May<act::ReadLeads>,
    lead: LeadId,
    asked: WhyNot,
) -> Result<Answer<WhyNotBody>, Problem> {
    caller.sees_lead(app, lead).await?;
    let found = why_not(app, caller.workspace(), lead, asked).await?;
    let (answer, config) = found.ok_or_else(|| {
        Problem::new(
            Code::NotFound,
            "There is no such lead, or there was no such rule or rep then.",
        )
    })?;
    Ok(Answer(WhyNotBody::new(&answer, &config)))
}

impl From<WhyError> for Problem {
    fn from(error: WhyError) -> Self {
        match error {
            WhyError::Unreadable(error) => Self::internal(&error),
            WhyError::Config(error) => error.into(),
            WhyError::Store(error) => error.into(),
        }
    }
}
