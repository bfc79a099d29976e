//! Rulesets tried on the leads of the past.

mod body;
mod list;

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use lr_app::accounts::permission::act;
use lr_app::backtest::request::{self, ask, read};
use lr_app::context::App;
use lr_app::rulesets::compare::Which;
use lr_core::id::BacktestId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::body::Json;
use crate::http::caller::May;
use crate::http::idempotency::OptionalKey;
use crate::http::params::{Id, Query, limit};
use crate::http::problem::{Problem, ProblemBody};
use crate::http::rules::backtests::body::BacktestBody;
use crate::http::rules::backtests::list::{BacktestsBody, BacktestsQuery};
use crate::http::rules::diff::which;
use crate::http::rules::error::naming_version;
use crate::http::state::AppState;

/// How far back a backtest reaches unless the caller says otherwise.
const YEAR: SignedDuration = SignedDuration::from_hours(365 * 24);

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_backtests, ask_backtest))
        .routes(routes!(read_backtest))
}

/// Which rules to try on which leads.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewBacktest)]
pub struct NewBacktestBody {
    /// A version's number, or `draft` for the caller's own; `draft` unless given.
    #[schema(example = "draft")]
    of: Option<String>,
    /// Leads that came before are left out; a year ago unless given.
    #[schema(value_type = Option<String>, format = DateTime)]
    since: Option<Timestamp>,
}

/// Lists the backtests of the last 30 days, without their reports.
#[utoipa::path(
    get, path = "/v1/rules/backtests", tag = "rules",
    security(("bearer" = ["read-everybody"])),
    params(BacktestsQuery),
    responses(
        (status = 200, body = BacktestsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_backtests(
    State(app): State<Arc<App>>,
    caller: May<act::ReadEverybody>,
    Query(query): Query<BacktestsQuery>,
) -> Result<Answer<BacktestsBody>, Problem> {
    let limit = limit(query.limit)?;
    let after = query.after()?;
    Ok(Answer(request::page(&app, caller.workspace(), after, limit).await?.into()))
}

/// Tries rules on the leads of the past, beside those in force; the answer says where to look.
#[utoipa::path(
    post, path = "/v1/rules/backtests", tag = "rules",
    security(("bearer" = ["draft-rules"])),
    params(OptionalKey),
    request_body = NewBacktestBody,
    responses(
        (status = 202, body = BacktestBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn ask_backtest(
    State(app): State<Arc<App>>,
    caller: May<act::DraftRules>,
    key: OptionalKey,
    Json { value: body, bytes }: Json<NewBacktestBody>,
) -> Result<(StatusCode, Answer<BacktestBody>), Problem> {
    let of = which("of", body.of.as_deref(), Which::Draft)?;
    let now = app.clock.now();
    let since = body.since.unwrap_or_else(|| now.saturating_sub(YEAR).unwrap_or(Timestamp::MIN));
    let (workspace, asker) = (caller.workspace(), caller.member()?.user);
    let once = key.once(caller.id(), "POST /v1/rules/backtests", &bytes);
    let asked = ask(&app, workspace, asker, (of, since), once).await;
    let asked = asked.map_err(naming_version("/of"))?;
    Ok((StatusCode::ACCEPTED, Answer(BacktestBody::new(&app, workspace, asked).await?)))
}

/// Says how far a backtest has come, and what came of it; each is kept for 30 days.
#[utoipa::path(
    get, path = "/v1/rules/backtests/{backtest}", tag = "rules",
    security(("bearer" = ["read-everybody"])),
    params(("backtest" = String, Path, example = "bt_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    responses(
        (status = 200, body = BacktestBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_backtest(
    State(app): State<Arc<App>>,
    caller: May<act::ReadEverybody>,
    Id(backtest): Id<BacktestId>,
) -> Result<Answer<BacktestBody>, Problem> {
    let workspace = caller.workspace();
    let found = read(&app, workspace, backtest).await?;
    let found = found.ok_or_else(|| Problem::not_found("backtest"))?;
    Ok(Answer(BacktestBody::new(&app, workspace, found).await?))
}
