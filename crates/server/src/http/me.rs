//! What people see and change of themselves.

pub mod sessions;

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use lr_app::accounts::permission::act;
use lr_app::accounts::{my_sessions, profile};
use lr_app::context::App;
use lr_store::members::Membership;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::http::body::Json;
use crate::http::caller::{Here, May};
use crate::http::problem::{Problem, ProblemBody};
use crate::http::session::{MeBody, RoleBody, me};
use crate::http::sign_up::{MAX_BODY, attempt, email, name, new_password};
use crate::http::state::AppState;

/// The operations of this file and those below it.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(read_me, rename_me).layer(DefaultBodyLimit::max(MAX_BODY)))
        .routes(routes!(change_password).layer(DefaultBodyLimit::max(MAX_BODY)))
        .routes(routes!(change_email).layer(DefaultBodyLimit::max(MAX_BODY)))
        .routes(routes!(list_my_workspaces))
        .merge(sessions::routes())
}

/// What to change of oneself.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RenameMe)]
pub struct RenameBody {
    #[schema(example = "Ada King", min_length = 1, max_length = 200)]
    name: String,
}

/// Another password for oneself.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangePassword)]
pub struct PasswordBody {
    /// The present one.
    #[schema(format = "password")]
    present: String,
    /// As with a sign-up.
    #[schema(format = "password", min_length = 12)]
    password: String,
}

/// Another address for oneself.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeEmail)]
pub struct EmailBody {
    #[schema(example = "ada.king@northwind.example")]
    email: String,
    /// The present password.
    #[schema(format = "password")]
    password: String,
}

/// The workspaces of a person.
#[derive(Serialize, ToSchema)]
#[schema(as = MyWorkspaces)]
pub struct WorkspacesBody {
    /// The one that he has belonged to the longest first.
    items: Vec<MyWorkspaceBody>,
}

/// A workspace of a person.
#[derive(Serialize, ToSchema)]
#[schema(as = MyWorkspace)]
pub struct MyWorkspaceBody {
    #[schema(example = "ws_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    id: String,
    #[schema(example = "northwind")]
    slug: String,
    name: String,
    /// As what he belongs to it.
    role: RoleBody,
    /// Whether it is the one that the request comes from.
    current: bool,
}

/// Says who is signed in, and where.
#[utoipa::path(
    get, path = "/v1/me", tag = "session",
    security(("bearer" = ["read-self"])),
    responses(
        (status = 200, body = MeBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_me(caller: May<act::ReadSelf>) -> Result<Answer<MeBody>, Problem> {
    Ok(Answer(me(caller.member()?)))
}

/// Sets another shown name for oneself, in all workspaces.
#[utoipa::path(
    patch, path = "/v1/me", tag = "session", request_body = RenameBody,
    security(("bearer" = ["change-self"])),
    responses(
        (status = 200, body = MeBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn rename_me(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeSelf>,
    Here(session): Here,
    Json { value: body, .. }: Json<RenameBody>,
) -> Result<Answer<MeBody>, Problem> {
    let name = name(&body.name, "/name")?;
    profile::rename(&app, session, &name).await?;
    Ok(Answer(me(&Membership { name, ..caller.member()?.clone() })))
}

/// Sets another password for oneself, and ends one's other sessions.
#[utoipa::path(
    post, path = "/v1/me/password", tag = "session", request_body = PasswordBody,
    security(("bearer" = ["change-self"])),
    responses(
        (status = 204),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn change_password(
    State(app): State<Arc<App>>,
    _may: May<act::ChangeSelf>,
    Here(session): Here,
    Json { value: body, .. }: Json<PasswordBody>,
) -> Result<StatusCode, Problem> {
    let present = attempt(body.present, "/present")?;
    let next = new_password(body.password, "/password")?;
    profile::change_password(&app, session, present, next).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks to sign in with another address from now on: a link to confirm it is mailed there, good for a day.
#[utoipa::path(
    post, path = "/v1/me/email", tag = "session", request_body = EmailBody,
    security(("bearer" = ["change-self"])),
    responses(
        (status = 202, description = "A mail is on its way to the new address."),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn change_email(
    State(app): State<Arc<App>>,
    _may: May<act::ChangeSelf>,
    Here(session): Here,
    Json { value: body, .. }: Json<EmailBody>,
) -> Result<StatusCode, Problem> {
    let email = email(&body.email, "/email")?;
    let password = attempt(body.password, "/password")?;
    profile::change_email(&app, session, password, &email).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Lists one's workspaces; `POST /v1/session/workspace` goes over to another.
#[utoipa::path(
    get, path = "/v1/me/workspaces", tag = "session",
    security(("bearer" = ["read-self"])),
    responses(
        (status = 200, body = WorkspacesBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_my_workspaces(
    State(app): State<Arc<App>>,
    _may: May<act::ReadSelf>,
    Here(session): Here,
) -> Result<Answer<WorkspacesBody>, Problem> {
    let all = my_sessions::workspaces(&app, session).await?;
    let items = all.into_iter().map(|one| MyWorkspaceBody {
        id: one.workspace.to_string(),
        current: one.workspace == session.workspace,
        slug: one.slug,
        name: one.workspace_name,
        role: one.role.into(),
    });
    Ok(Answer(WorkspacesBody { items: items.collect() }))
}
