//! Teams: who manages them, and which member a rep is.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use lr_app::accounts::permission::act;
use lr_app::accounts::reach::{ReachError, set_managers, set_member_of_rep, teams};
use lr_app::context::App;
use lr_core::id::{RepId, TeamId, UserId};
use lr_store::reach::TeamRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::body::Json;
use crate::http::caller::May;
use crate::http::named::NamedBody;
use crate::http::params::Id;
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::state::AppState;

/// The most managers of one team.
const MOST_MANAGERS: usize = 100;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_teams))
        .routes(routes!(put_managers))
        .routes(routes!(put_member_of_rep))
}

/// The teams of a workspace.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Teams)]
pub struct TeamsBody {
    /// By name.
    items: Vec<TeamBody>,
}

/// A group of reps.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Team)]
pub struct TeamBody {
    #[schema(example = "team_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    id: String,
    name: String,
    /// The members who manage it, by name.
    managers: Vec<NamedBody>,
}

/// Who manages a team.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TeamManagers)]
pub struct ManagersBody {
    /// Members; those whose role is manager change this team and the others that they manage.
    #[schema(value_type = Vec<String>, max_items = 100)]
    managers: Vec<UserId>,
}

/// Which member a rep is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RepMember)]
pub struct RepMemberBody {
    /// The member; null for none. One whose role is rep sees the leads of this rep.
    #[schema(required, value_type = Option<String>)]
    member: Option<UserId>,
}

/// Lists teams with those who manage them.
#[utoipa::path(
    get, path = "/v1/teams", tag = "teams",
    security(("bearer" = ["read-setup"])),
    responses(
        (status = 200, body = TeamsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_teams(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
) -> Result<Answer<TeamsBody>, Problem> {
    let teams = teams(&app, caller.workspace()).await?;
    Ok(Answer(TeamsBody { items: teams.into_iter().map(TeamBody::from).collect() }))
}

/// Says who manages a team, in place of those who did.
#[utoipa::path(
    put, path = "/v1/teams/{team}/managers", tag = "teams",
    security(("bearer" = ["manage-members"])),
    params(("team" = String, Path, example = "team_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    request_body = ManagersBody,
    responses(
        (status = 200, body = TeamBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn put_managers(
    State(app): State<Arc<App>>,
    caller: May<act::ManageMembers>,
    Id(team): Id<TeamId>,
    Json { value: ManagersBody { managers }, .. }: Json<ManagersBody>,
) -> Result<Answer<TeamBody>, Problem> {
    if managers.len() > MOST_MANAGERS {
        let detail = format!("A team has at most {MOST_MANAGERS} managers.");
        return Err(Problem::at(Code::InvalidBody, "/managers", detail));
    }
    let set = set_managers(&app, caller.workspace(), &caller.actor(), team, &managers).await;
    Ok(Answer(set.map_err(problem("team", "/managers"))?.into()))
}

/// Says which member a rep is, or that the rep is none.
#[utoipa::path(
    put, path = "/v1/reps/{rep}/member", tag = "teams",
    security(("bearer" = ["manage-members"])),
    params(("rep" = String, Path, example = "rep_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    request_body = RepMemberBody,
    responses(
        (status = 204),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn put_member_of_rep(
    State(app): State<Arc<App>>,
    caller: May<act::ManageMembers>,
    Id(rep): Id<RepId>,
    Json { value: RepMemberBody { member }, .. }: Json<RepMemberBody>,
) -> Result<StatusCode, Problem> {
    let set = set_member_of_rep(&app, caller.workspace(), &caller.actor(), rep, member).await;
    set.map_err(problem("rep", "/member"))?;
    Ok(StatusCode::NO_CONTENT)
}

fn problem(what: &'static str, pointer: &'static str) -> impl FnOnce(ReachError) -> Problem {
    move |error| match error {
        ReachError::Missing => Problem::not_found(what),
        ReachError::NoMember => {
            Problem::at(Code::InvalidBody, pointer, "There is no such member in this workspace.")
        }
        ReachError::OtherRep => {
            Problem::at(Code::InvalidBody, pointer, "The member is another rep already.")
        }
        ReachError::Store(error) => error.into(),
    }
}

impl From<TeamRow> for TeamBody {
    fn from(TeamRow { id, name, managers }: TeamRow) -> Self {
        let managers = managers.into_iter().map(NamedBody::from).collect();
        Self { id: id.to_string(), name, managers }
    }
}
