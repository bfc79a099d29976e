//! How experiments have divided leads.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_app::rulesets::cohorts::{Cohorts, VariantCount, cohorts};
use lr_core::id::RuleId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::May;
use crate::http::params::Id;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(read_cohorts))
}

/// The experiment of a rule, and how many leads drew each variant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Cohorts)]
pub struct CohortsBody {
    /// The experiment; null for a rule without one.
    #[schema(required, example = "exp_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    experiment: Option<String>,
    /// Those that it has, in their order, then those that it had.
    variants: Vec<VariantBody>,
}

/// A variant and the leads that drew it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CohortCount)]
struct VariantBody {
    name: String,
    /// Its share relative to the others; null once it is gone.
    #[schema(required)]
    weight: Option<u32>,
    /// How many leads; one that was routed again counts once.
    leads: u64,
}

/// Says how many leads drew each variant of a rule's experiment.
#[utoipa::path(
    get, path = "/v1/rules/{rule}/cohorts", tag = "rules",
    security(("bearer" = ["read-setup"])),
    params(("rule" = String, Path, example = "rule_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    responses(
        (status = 200, body = CohortsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_cohorts(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
    Id(rule): Id<RuleId>,
) -> Result<Answer<CohortsBody>, Problem> {
    let found = cohorts(&app, caller.workspace(), rule).await?;
    Ok(Answer(found.ok_or_else(|| Problem::not_found("rule"))?.into()))
}

impl From<Cohorts> for CohortsBody {
    fn from(Cohorts { experiment, variants }: Cohorts) -> Self {
        let variants = variants
            .into_iter()
            .map(|VariantCount { name, weight, leads }| VariantBody { name, weight, leads });
        Self { experiment: experiment.map(|id| id.to_string()), variants: variants.collect() }
    }
}
