//! What holds for every rule of a workspace.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use lr_app::accounts::permission::Act;
use lr_app::context::App;
use lr_app::settings::{change_workspace, workspace_settings};
use lr_core::decide::Settings;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::body::Json;
use crate::http::caller::Member;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(read_settings, patch_settings))
}

/// What holds for every rule.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Settings)]
pub struct SettingsBody {
    /// Whether a lead goes to the owner of the same person's earlier lead, or else of its account,
    /// before its rule's action is tried. A rule can opt out.
    owner_first: bool,
}

/// What is to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SettingsChange)]
pub struct SettingsChangeBody {
    owner_first: Option<bool>,
}

/// Shows what holds for every rule.
#[utoipa::path(
    get, path = "/v1/settings", tag = "rules",
    responses(
        (status = 200, body = SettingsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_settings(
    State(app): State<Arc<App>>,
    member: Member,
) -> Result<Answer<SettingsBody>, Problem> {
    member.may(Act::Read)?;
    Ok(Answer(workspace_settings(&app, member.workspace()).await?.into()))
}

/// Changes what holds for every rule; leads that are decided from now on are decided by it.
#[utoipa::path(
    patch, path = "/v1/settings", tag = "rules",
    request_body = SettingsChangeBody,
    responses(
        (status = 200, body = SettingsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn patch_settings(
    State(app): State<Arc<App>>,
    member: Member,
    Json { value: body, .. }: Json<SettingsChangeBody>,
) -> Result<Answer<SettingsBody>, Problem> {
    member.may(Act::ChangeRules)?;
    let actor = member.membership().user.to_string();
    let change = change_workspace(&app, member.workspace(), &actor, body.owner_first);
    Ok(Answer(change.await?.into()))
}

impl From<Settings> for SettingsBody {
    fn from(Settings { owner_first }: Settings) -> Self {
        Self { owner_first }
    }
}
