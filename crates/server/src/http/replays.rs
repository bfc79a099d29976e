//! Past decisions, made again.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_app::replay::difference::Difference;
use lr_app::replay::{Replayed, Verdict, replay};
use lr_core::id::DecisionId;
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
    OpenApiRouter::new().routes(routes!(replay_decision))
}

/// What a past decision comes to when it is made again from what was stored.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Replay)]
pub struct ReplayBody {
    #[schema(example = "dec_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6b")]
    decision: String,
    verdict: VerdictBody,
    /// The verdict as a clause, with the cause.
    #[schema(example = "replays to the same bytes")]
    words: String,
    /// Why the lead went where it went; null if what is stored cannot be read.
    #[schema(required)]
    then: Option<String>,
    /// Why it would go where it would go now; null if it cannot be decided again.
    #[schema(required)]
    now: Option<String>,
    /// What came out otherwise; at most 20 parts.
    differences: Vec<DifferenceBody>,
}

/// Whether a decision comes out the same.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReplayVerdict)]
enum VerdictBody {
    /// To the byte.
    Same,
    /// Not, by the same engine: what is stored was changed, or the engine is at fault.
    Differs,
    /// Not, and another engine decided then: the cause.
    OtherEngine,
    /// What is stored cannot be read by this engine.
    Unreadable,
}

/// A part of a decision that came out otherwise.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReplayDifference)]
struct DifferenceBody {
    /// Where in the decision.
    #[schema(example = "outcome.Assigned.rep")]
    part: String,
    /// What it was; null if it was not there.
    #[schema(required)]
    then: Option<String>,
    /// What it is now; null if it is not there.
    #[schema(required)]
    now: Option<String>,
}

/// Decides again from what a decision stored, and says whether it comes out the same. Changes nothing.
#[utoipa::path(
    get, path = "/v1/decisions/{decision}/replay", tag = "leads",
    security(("bearer" = ["read-leads"])),
    params(("decision" = String, Path, example = "dec_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6b")),
    responses(
        (status = 200, body = ReplayBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn replay_decision(
    State(app): State<Arc<App>>,
    caller: May<act::ReadLeads>,
    Id(decision): Id<DecisionId>,
) -> Result<Answer<ReplayBody>, Problem> {
    caller.sees_decision(&app, decision).await?;
    let replayed = replay(&app, caller.workspace(), decision).await?;
    let replayed = replayed.ok_or_else(|| Problem::not_found("decision"))?;
    Ok(Answer(ReplayBody::new(decision, replayed)))
}

impl ReplayBody {
    fn new(decision: DecisionId, replayed: Replayed) -> Self {
        let words = replayed.verdict.words();
        let Replayed { verdict, then, now, differences } = replayed;
        let differences = differences.into_iter().map(DifferenceBody::from).collect();
        Self {
            decision: decision.to_string(),
            verdict: verdict.into(),
            words,
            then,
            now,
            differences,
        }
    }
}

impl From<Verdict> for VerdictBody {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Same => Self::Same,
            Verdict::Differs => Self::Differs,
            Verdict::OtherEngine(_) => Self::OtherEngine,
            Verdict::Unreadable(_) => Self::Unreadable,
        }
    }
}

impl From<Difference> for DifferenceBody {
    fn from(Difference { part, then, now }: Difference) -> Self {
        Self { part, then, now }
    }
}
