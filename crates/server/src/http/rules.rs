//! The rules in force: read, reordered, switched on and off, replaced.

pub mod backtests;
pub mod body;
pub mod cohorts;
pub mod diff;
pub mod drafts;
mod error;
pub mod lint;
pub mod versions;

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_app::rulesets::view::view;
use lr_app::rulesets::{Change, ChangeError, change};
use lr_core::id::{RuleId, WorkspaceId};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::body::Json;
use crate::http::caller::May;
use crate::http::params::Id;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::rules::body::RulesBody;
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(read_rules))
        .routes(routes!(order_rules))
        .routes(routes!(switch_rule))
        .merge(drafts::routes())
        .merge(versions::routes())
        .merge(diff::routes())
        .merge(lint::routes())
        .merge(backtests::routes())
        .merge(cohorts::routes())
}

/// Shows the rules in force.
#[utoipa::path(
    get, path = "/v1/rules", tag = "rules",
    security(("bearer" = ["read-setup"])),
    responses(
        (status = 200, body = RulesBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_rules(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
) -> Result<Answer<RulesBody>, Problem> {
    shown(&app, caller.workspace()).await
}

/// The same rules in another order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RuleOrder)]
pub struct OrderBody {
    /// The version that the change was made to.
    version: u32,
    /// Every rule once, the first to be asked first.
    #[schema(value_type = Vec<String>)]
    order: Vec<RuleId>,
}

/// Puts the rules in another order, as a new version.
#[utoipa::path(
    put, path = "/v1/rules/order", tag = "rules",
    security(("bearer" = ["change-rules"])),
    request_body = OrderBody,
    responses(
        (status = 200, body = RulesBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn order_rules(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeRules>,
    Json { value: body, .. }: Json<OrderBody>,
) -> Result<Answer<RulesBody>, Problem> {
    publish(&app, &caller, body.version, Change::Order(body.order)).await
}

/// A rule switched on or off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RuleSwitch)]
pub struct SwitchBody {
    /// The version that the change was made to.
    version: u32,
    /// Whether the rule is to be asked.
    enabled: bool,
}

/// Switches a rule on or off, as a new version.
#[utoipa::path(
    patch, path = "/v1/rules/{rule}", tag = "rules",
    security(("bearer" = ["change-rules"])),
    params(("rule" = String, Path, example = "rule_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    request_body = SwitchBody,
    responses(
        (status = 200, body = RulesBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn switch_rule(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeRules>,
    Id(rule): Id<RuleId>,
    Json { value: body, .. }: Json<SwitchBody>,
) -> Result<Answer<RulesBody>, Problem> {
    let switch = Change::Switch { rule, enabled: body.enabled };
    publish(&app, &caller, body.version, switch).await
}

async fn publish(
    app: &App,
    caller: &May<act::ChangeRules>,
    version: u32,
    wanted: Change,
) -> Result<Answer<RulesBody>, Problem> {
    let author = caller.actor();
    change(app, caller.workspace(), &author, version, wanted).await?;
    shown(app, caller.workspace()).await
}

async fn shown(app: &App, workspace: WorkspaceId) -> Result<Answer<RulesBody>, Problem> {
    let rules = view(app, workspace).await?.ok_or(ChangeError::NoRules)?;
    Ok(Answer(rules.into()))
}
