//! Reps: who can take a lead now.

pub mod leave;
pub mod settings;

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_app::reps::{RepView, reps};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::May;
use crate::http::gates::GateBody;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::reps::settings::RepSettingsBody;
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_reps)).merge(settings::routes()).merge(leave::routes())
}

/// The reps of a workspace.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reps)]
pub struct RepsBody {
    /// By name.
    items: Vec<RepBody>,
}

/// A person who takes leads.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rep)]
pub struct RepBody {
    #[schema(example = "rep_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    id: String,
    name: String,
    email: String,
    /// False for a leaver or a pause.
    active: bool,
    /// IANA name.
    #[schema(example = "Europe/Berlin")]
    time_zone: String,
    /// The member that the rep is; null for none.
    #[schema(required, example = "usr_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    member: Option<String>,
    /// When and how many leads the rep takes.
    settings: RepSettingsBody,
    /// Leads that are the rep's and neither won nor lost.
    open: u32,
    /// What keeps leads from the rep now; null if nothing does.
    #[schema(required)]
    gate: Option<GateBody>,
}

/// Lists every rep as he stands now.
#[utoipa::path(
    get, path = "/v1/reps", tag = "reps",
    security(("bearer" = ["read-setup"])),
    responses(
        (status = 200, body = RepsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_reps(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
) -> Result<Answer<RepsBody>, Problem> {
    let reps = reps(&app, caller.workspace()).await?;
    Ok(Answer(RepsBody { items: reps.into_iter().map(RepBody::from).collect() }))
}

impl From<RepView> for RepBody {
    fn from(view: RepView) -> Self {
        Self {
            id: view.row.id.to_string(),
            name: view.row.name,
            email: view.row.email,
            active: view.row.active,
            time_zone: view.row.time_zone,
            member: view.row.member.map(|member| member.to_string()),
            settings: RepSettingsBody::of(&view.rep),
            open: view.open,
            gate: view.gate.as_ref().map(|gate| GateBody::new(gate, &view.rep.zone)),
        }
    }
}
