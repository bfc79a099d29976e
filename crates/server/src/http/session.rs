//! Signing in, staying signed in, signing out.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use lr_app::accounts::my_sessions;
use lr_app::accounts::password::Password;
use lr_app::accounts::permission::act;
use lr_app::accounts::sign_in::{
    self, Credentials, REFRESH_LIFETIME, SignInError, SignedIn, access_token_seconds,
};
use lr_app::accounts::token::NewToken;
use lr_app::context::App;
use lr_store::members::Membership;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::http::address::Origin;
use crate::http::body::Json;
use crate::http::caller::{Here, May};
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::state::{AppState, Reach};

/// The cookie that keeps a browser signed in.
const COOKIE: &str = "lr_refresh";

/// The only path that the cookie is sent to.
const COOKIE_PATH: &str = "/v1/session";

/// The largest body, in bytes: an address and a password.
const MAX_BODY: usize = 16 * 1024;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(create_session, delete_session).layer(DefaultBodyLimit::max(MAX_BODY)))
        .routes(routes!(refresh_session))
        .routes(routes!(switch_session).layer(DefaultBodyLimit::max(MAX_BODY)))
}

/// What a person types to sign in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Credentials)]
pub struct CredentialsBody {
    #[schema(example = "ada@northwind.example")]
    email: String,
    #[schema(format = "password")]
    password: String,
}

/// A person signed in.
#[derive(Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionBody {
    /// For the header `Authorization: Bearer …`.
    access_token: String,
    /// After so many seconds, refresh the session.
    expires_in_s: u64,
    #[serde(flatten)]
    me: MeBody,
}

/// Who is signed in, and where.
#[derive(Serialize, ToSchema)]
#[schema(as = Me)]
pub struct MeBody {
    member: MemberBody,
    workspace: WorkspaceBody,
}

/// A member of a workspace.
#[derive(Serialize, ToSchema)]
#[schema(as = Member)]
pub struct MemberBody {
    #[schema(example = "usr_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    user_id: String,
    name: String,
    email: String,
    role: RoleBody,
}

/// What a member may do.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Role)]
pub enum RoleBody {
    /// Everything, also what concerns the workspace itself.
    Owner,
    /// Everything about routing.
    Admin,
    /// Leads a team.
    Manager,
    /// Takes leads.
    Rep,
    /// Looks on.
    Viewer,
}

/// A workspace.
#[derive(Serialize, ToSchema)]
#[schema(as = Workspace)]
pub struct WorkspaceBody {
    #[schema(example = "ws_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    id: String,
    #[schema(example = "northwind")]
    slug: String,
    name: String,
}

/// Signs in.
///
/// Sets the cookie `lr_refresh`, with which the session is refreshed.
#[utoipa::path(
    post, path = "/v1/session", tag = "session", security(()),
    request_body = CredentialsBody,
    responses(
        (status = 200, body = SessionBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn create_session(
    State(state): State<AppState>,
    Origin(from): Origin,
    jar: CookieJar,
    Json { value: body, .. }: Json<CredentialsBody>,
) -> Result<(CookieJar, Answer<SessionBody>), Problem> {
    let password = Password::attempt(body.password)
        .map_err(|error| Problem::at(Code::InvalidBody, "/password", format!("{error}.")))?;
    let credentials = Credentials { email: body.email, password };
    let signed_in = sign_in::sign_in(&state.app, credentials, &from).await?;
    Ok(answer(signed_in, jar, state.reach))
}

/// Trades the cookie for a new access token, and for the next cookie.
#[utoipa::path(
    post, path = "/v1/session/refresh", tag = "session", security(()),
    responses(
        (status = 200, body = SessionBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn refresh_session(
    State(state): State<AppState>,
    jar: CookieJar,
) -> Result<(CookieJar, Answer<SessionBody>), Problem> {
    let token = jar.get(COOKIE).ok_or(SignInError::SignedOut)?.value().to_owned();
    let signed_in = sign_in::refresh(&state.app, &token).await?;
    Ok(answer(signed_in, jar, state.reach))
}

/// Signs out: ends the cookie's session on every device that shares it.
#[utoipa::path(
    delete, path = "/v1/session", tag = "session", security(()),
    responses(
        (status = 204),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn delete_session(
    State(app): State<Arc<App>>,
    jar: CookieJar,
) -> Result<(CookieJar, StatusCode), Problem> {
    if let Some(cookie) = jar.get(COOKIE) {
        sign_in::sign_out(&app, cookie.value()).await?;
    }
    let gone = Cookie::build(COOKIE).path(COOKIE_PATH);
    Ok((jar.remove(gone), StatusCode::NO_CONTENT))
}

/// The workspace to go on in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SwitchWorkspace)]
pub struct SwitchBody {
    #[schema(example = "ws_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    workspace_id: String,
}

/// Goes on in another workspace of the same person: ends this session and opens one there.
#[utoipa::path(
    post, path = "/v1/session/workspace", tag = "session", request_body = SwitchBody,
    security(("bearer" = ["change-self"])),
    responses(
        (status = 200, body = SessionBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn switch_session(
    State(state): State<AppState>,
    Origin(from): Origin,
    _may: May<act::ChangeSelf>,
    Here(session): Here,
    Json { value: body, .. }: Json<SwitchBody>,
) -> Result<(CookieJar, Answer<SessionBody>), Problem> {
    let none = || Problem::new(Code::NotFound, "You belong to no such workspace.");
    let to = body.workspace_id.parse().map_err(|_| none())?;
    let switched = my_sessions::switch(&state.app, session, to, &from).await?;
    Ok(answer(switched.ok_or_else(none)?, CookieJar::new(), state.reach))
}

/// A session with its cookie.
pub fn answer(
    signed_in: SignedIn,
    jar: CookieJar,
    reach: Reach,
) -> (CookieJar, Answer<SessionBody>) {
    let jar = match signed_in.refresh_token {
        Some(token) => jar.add(cookie(&token, reach)),
        None => jar,
    };
    let body = SessionBody {
        access_token: signed_in.access_token,
        expires_in_s: access_token_seconds(),
        me: me(&signed_in.member),
    };
    (jar, Answer(body))
}

fn cookie(token: &NewToken, reach: Reach) -> Cookie<'static> {
    let max_age = REFRESH_LIFETIME.try_into().unwrap_or_default();
    Cookie::build((COOKIE, token.reveal().to_owned()))
        .path(COOKIE_PATH)
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(reach.secure_cookies)
        .max_age(max_age)
        .build()
}

/// Who and where.
pub fn me(member: &Membership) -> MeBody {
    MeBody {
        member: MemberBody {
            user_id: member.user.to_string(),
            name: member.name.clone(),
            email: member.email.clone(),
            role: member.role.into(),
        },
        workspace: WorkspaceBody {
            id: member.workspace.to_string(),
            slug: member.slug.clone(),
            name: member.workspace_name.clone(),
        },
    }
}

impl From<lr_store::members::Role> for RoleBody {
    fn from(role: lr_store::members::Role) -> Self {
        use lr_store::members::Role;
        match role {
            Role::Owner => Self::Owner,
            Role::Admin => Self::Admin,
            Role::Manager => Self::Manager,
            Role::Rep => Self::Rep,
            Role::Viewer => Self::Viewer,
        }
    }
}

/// A link from a mail that leads nowhere.
pub fn link_over() -> Problem {
    let detail = "The link was used, is over, or is not complete. Ask for another.";
    Problem::new(Code::LinkOver, detail)
}

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::WrongCredentials => {
                Self::new(Code::WrongCredentials, "The e-mail address or the password is wrong.")
            }
            SignInError::SignedOut => Self::new(Code::SignedOut, "The session is over. Sign in."),
            SignInError::LinkOver => link_over(),
            SignInError::TooManyAttempts(error) => error.into(),
            SignInError::Store(error) => error.into(),
            SignInError::Hashing(error) => Self::internal(&error),
            SignInError::Signing(error) => Self::internal(&error),
            SignInError::Mail(error) => error.into(),
            SignInError::Workspace(error) => Self::internal(&error),
        }
    }
}
