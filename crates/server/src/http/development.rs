//! What only a developer's installation answers.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use lr_app::context::App;
use lr_app::mail::outbox::{self, Letter, MailError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::params::{Query, limit};
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_mails))
}

/// Whose mails.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MailsQuery {
    /// Only those to this address.
    to: Option<String>,
    /// From 1 to 200; 50 without it.
    limit: Option<u16>,
}

/// Mails that the installation has written.
#[derive(Serialize, ToSchema)]
#[schema(as = Mails)]
pub struct MailsBody {
    /// The newest first.
    items: Vec<MailBody>,
}

/// A mail.
#[derive(Serialize, ToSchema)]
#[schema(as = Mail)]
pub struct MailBody {
    id: String,
    #[schema(format = DateTime)]
    at: String,
    #[schema(example = "ada@northwind.example")]
    to: String,
    /// What it is about.
    #[schema(example = "sign_up")]
    kind: String,
    subject: String,
    text: String,
    /// Where it leads, if anywhere.
    link: Option<String>,
}

/// Lists the mails that the installation has written, where it runs with `--development`; elsewhere there is
/// no such thing.
#[utoipa::path(
    get, path = "/v1/development/mails", tag = "development", security(()), params(MailsQuery),
    responses(
        (status = 200, body = MailsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_mails(
    State(app): State<Arc<App>>,
    Query(query): Query<MailsQuery>,
) -> Result<Answer<MailsBody>, Problem> {
    if !app.development {
        return Err(Problem::new(Code::NotFound, "The API has no such path."));
    }
    let to = query.to.map(|to| to.trim().to_lowercase());
    let letters = outbox::read(&app, to.as_deref(), limit(query.limit)?).await?;
    Ok(Answer(MailsBody { items: letters.into_iter().map(MailBody::from).collect() }))
}

impl From<Letter> for MailBody {
    fn from(letter: Letter) -> Self {
        Self {
            id: letter.id.to_string(),
            at: letter.at.to_string(),
            to: letter.to,
            kind: letter.kind,
            subject: letter.subject,
            text: letter.text,
            link: letter.link,
        }
    }
}

impl From<MailError> for Problem {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Store(error) => error.into(),
            MailError::Seal(error) => Self::internal(&error),
            MailError::Form(error) => Self::internal(&error),
        }
    }
}
