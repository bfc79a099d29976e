//! Opening a workspace.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;
use lr_app::accounts::password::{Password, PasswordError};
use lr_app::accounts::sign_up::{self, Wanted};
use lr_app::context::App;
use lr_core::normalise::email::Email;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::http::address::Origin;
use crate::http::body::Json;
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::session::{SessionBody, answer};
use crate::http::state::AppState;

/// The largest body, in bytes: names, an address, a password, a token.
pub const MAX_BODY: usize = 16 * 1024;

/// The most characters of a name.
const MAX_NAME: usize = 200;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(sign_up).layer(DefaultBodyLimit::max(MAX_BODY)))
        .routes(routes!(confirm_sign_up).layer(DefaultBodyLimit::max(MAX_BODY)))
}

/// A workspace that somebody wants.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SignUp)]
pub struct SignUpBody {
    /// Shown name of the workspace.
    #[schema(example = "Northwind", min_length = 1, max_length = 200)]
    workspace: String,
    /// The owner's shown name.
    #[schema(example = "Ada Lovelace", min_length = 1, max_length = 200)]
    name: String,
    #[schema(example = "ada@northwind.example")]
    email: String,
    /// At least 12 characters, none of the usual ones, and more than the names above.
    #[schema(format = "password", min_length = 12)]
    password: String,
}

/// What the link of a mail carries, with the password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConfirmSignUp)]
pub struct ConfirmBody {
    /// What stands behind `#token=` in the link.
    token: String,
    /// As chosen with the sign-up; or, where the address had an account before, that account's.
    #[schema(format = "password")]
    password: String,
}

/// Asks for a workspace: a link to confirm the address is mailed to it.
///
/// The answer is the same whether or not the address has an account; the mail says so to its reader.
#[utoipa::path(
    post, path = "/v1/sign-up", tag = "session", security(()), request_body = SignUpBody,
    responses(
        (status = 202, description = "A mail is on its way."),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn sign_up(
    State(app): State<Arc<App>>,
    Origin(from): Origin,
    Json { value: body, .. }: Json<SignUpBody>,
) -> Result<StatusCode, Problem> {
    let workspace = name(&body.workspace, "/workspace")?;
    let name = name(&body.name, "/name")?;
    let email = email(&body.email, "/email")?;
    let password = new_password(body.password, "/password")?
        .not_about(&[&email.address(), &workspace, &name])
        .map_err(|error| bad_password(error, "/password"))?;
    sign_up::ask(&app, Wanted { workspace, name, email, password }, &from).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Confirms the address with the link of the mail: makes the workspace and signs its owner in.
#[utoipa::path(
    post, path = "/v1/sign-up/confirm", tag = "session", security(()), request_body = ConfirmBody,
    responses(
        (status = 200, body = SessionBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn confirm_sign_up(
    State(state): State<AppState>,
    Origin(from): Origin,
    jar: CookieJar,
    Json { value: body, .. }: Json<ConfirmBody>,
) -> Result<(CookieJar, Answer<SessionBody>), Problem> {
    let password = attempt(body.password, "/password")?;
    let signed_in = sign_up::confirm(&state.app, &body.token, password, &from).await?;
    Ok(answer(signed_in, jar, state.reach))
}

/// A shown name: 1 to 200 characters on one line, without spaces around it.
pub fn name(text: &str, pointer: &str) -> Result<String, Problem> {
    let name = text.trim();
    let fits = (1..=MAX_NAME).contains(&name.chars().count());
    if fits && !name.chars().any(char::is_control) {
        return Ok(name.to_owned());
    }
    let detail = "A name has 1 to 200 characters on one line.";
    Err(Problem::at(Code::InvalidBody, pointer, detail))
}

/// An address that mail can be sent to.
pub fn email(text: &str, pointer: &str) -> Result<Email, Problem> {
    Email::parse(text).map_err(|error| Problem::at(Code::InvalidBody, pointer, format!("{error}.")))
}

/// A password to be set.
pub fn new_password(text: String, pointer: &str) -> Result<Password, Problem> {
    Password::choose(text).map_err(|error| bad_password(error, pointer))
}

/// A password to be compared.
pub fn attempt(text: String, pointer: &str) -> Result<Password, Problem> {
    Password::attempt(text).map_err(|error| bad_password(error, pointer))
}

/// What is wrong with a password.
pub fn bad_password(error: PasswordError, pointer: &str) -> Problem {
    Problem::at(Code::InvalidBody, pointer, format!("{error}."))
}
