//! What holds for every rule of a workspace.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_app::settings::{change_workspace, workspace_settings};
use lr_core::decide::Settings;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::body::Json;
use crate::http::caller::May;
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
    security(("bearer" = ["read-setup"])),
    responses(
        (status = 200, body = SettingsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_settings(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
) -> Result<Answer<SettingsBody>, Problem> {
    Ok(Answer(workspace_settings(&app, caller.workspace()).await?.into()))
}

/// Changes what holds for every rule; leads that are decided from now on are decided by it.
#[utoipa::path(
    patch, path = "/v1/settings", tag = "rules",
    security(("bearer" = ["change-rules"])),
    request_body = SettingsChangeBody,
    responses(
        (status = 200, body = SettingsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn patch_settings(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeRules>,
    Json { value: body, .. }: Json<SettingsChangeBody>,
) -> Result<Answer<SettingsBody>, Problem> {
    let actor = caller.actor();
    let change = change_workspace(&app, caller.workspace(), &actor, body.owner_first);
    Ok(Answer(change.await?.into()))
}

impl From<Settings> for SettingsBody {
    fn from(Settings { owner_first }: Settings) -> Self {
        Self { owner_first }
    }
}
