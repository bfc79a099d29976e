//! Why a lead went where it went.

pub mod body;

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use lr_app::accounts::permission::Act;
use lr_app::context::App;
use lr_app::why::{WhyError, why};
use lr_core::id::LeadId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::Member;
use crate::http::params::Id;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::state::AppState;
use crate::http::why::body::WhyBody;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(read_why))
}

/// Explains the decision that put a lead where it is, recomputed from what it was made from.
#[utoipa::path(
    get, path = "/v1/leads/{lead}/why", tag = "leads",
    params(("lead" = String, Path, example = "lead_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    responses(
        (status = 200, body = WhyBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_why(
    State(app): State<Arc<App>>,
    member: Member,
    Id(lead): Id<LeadId>,
) -> Result<Answer<WhyBody>, Problem> {
    member.may(Act::Read)?;
    let why = why(&app, member.workspace(), lead).await?;
    Ok(Answer(WhyBody::new(&why.ok_or_else(|| Problem::not_found("lead"))?)))
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
