//! Links from mails: another password, another address.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use lr_app::accounts::reset::ChangeError;
use lr_app::accounts::{profile, reset};
use lr_app::context::App;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::http::address::Origin;
use crate::http::body::Json;
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::session::link_over;
use crate::http::sign_up::{MAX_BODY, bad_password, new_password};
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(ask_password_reset).layer(DefaultBodyLimit::max(MAX_BODY)))
        .routes(routes!(reset_password).layer(DefaultBodyLimit::max(MAX_BODY)))
        .routes(routes!(confirm_email).layer(DefaultBodyLimit::max(MAX_BODY)))
}

/// Whose password was forgotten.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AskPasswordReset)]
pub struct AskBody {
    #[schema(example = "ada@northwind.example")]
    email: String,
}

/// What the link of a mail carries, with another password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ResetPassword)]
pub struct ResetBody {
    /// What stands behind `#token=` in the link.
    token: String,
    /// As with a sign-up.
    #[schema(format = "password", min_length = 12)]
    password: String,
}

/// What the link of a mail carries.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConfirmEmail)]
pub struct ConfirmBody {
    /// What stands behind `#token=` in the link.
    token: String,
}

/// Mails a link to set another password, good for an hour. Whether the address has an account is told to
/// its reader alone.
#[utoipa::path(
    post, path = "/v1/password-reset", tag = "session", security(()), request_body = AskBody,
    responses(
        (status = 202, description = "A mail is on its way."),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn ask_password_reset(
    State(app): State<Arc<App>>,
    Origin(from): Origin,
    Json { value: body, .. }: Json<AskBody>,
) -> Result<StatusCode, Problem> {
    reset::ask(&app, &body.email, &from).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Sets another password with the link of a mail, and ends every session of the person.
#[utoipa::path(
    post, path = "/v1/password-reset/confirm", tag = "session", security(()),
    request_body = ResetBody,
    responses(
        (status = 204),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn reset_password(
    State(app): State<Arc<App>>,
    Origin(from): Origin,
    Json { value: body, .. }: Json<ResetBody>,
) -> Result<StatusCode, Problem> {
    let password = new_password(body.password, "/password")?;
    reset::confirm(&app, &body.token, password, &from).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes the address that a link was mailed to the person's own; the old address is told.
#[utoipa::path(
    post, path = "/v1/email-change/confirm", tag = "session", security(()),
    request_body = ConfirmBody,
    responses(
        (status = 204),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn confirm_email(
    State(app): State<Arc<App>>,
    Origin(from): Origin,
    Json { value: body, .. }: Json<ConfirmBody>,
) -> Result<StatusCode, Problem> {
    profile::confirm_email(&app, &body.token, &from).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<ChangeError> for Problem {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::LinkOver => link_over(),
            ChangeError::WrongPassword => {
                Self::new(Code::WrongPassword, "The password is wrong; nothing was changed.")
            }
            ChangeError::Password(error) => bad_password(error, "/password"),
            ChangeError::TooManyAttempts(error) => error.into(),
            ChangeError::Store(error) => error.into(),
            ChangeError::Hashing(error) => Self::internal(&error),
            ChangeError::Mail(error) => error.into(),
        }
    }
}
