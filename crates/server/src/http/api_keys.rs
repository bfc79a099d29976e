//! API keys: listed, made, rotated, revoked.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use lr_app::accounts::api_keys::{self, KeyError, Shown, Wanted};
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_core::id::ApiKeyId;
use lr_store::api_keys::{ApiKeyRow, Scope};
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

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_api_keys, make_api_key))
        .routes(routes!(rotate_api_key))
        .routes(routes!(revoke_api_key))
}

/// The API keys of a workspace.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApiKeys)]
pub struct ApiKeysBody {
    /// Those that were not revoked, in the order in which they were made.
    items: Vec<ApiKeyBody>,
}

/// An API key, without its secret.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub struct ApiKeyBody {
    #[schema(example = "key_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    id: String,
    name: String,
    /// How the key begins.
    #[schema(example = "lr_Xk2pQ9aZ")]
    prefix: String,
    scopes: Vec<ScopeBody>,
    /// Who made it; its name is null for the operator and for who is no member any more.
    made_by: MakerBody,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// To the minute; null if it never was.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    last_used_at: Option<Timestamp>,
    /// Null for never.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
    /// Until when the secret before the present one works; null if it does not.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    old_secret_until: Option<Timestamp>,
}

/// Who made a key.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = ApiKeyMaker)]
pub enum MakerBody {
    /// A member.
    Member(NamedBody),
    /// The operator, on the command line, or somebody who has left.
    Other {
        /// `operator` or the id of who has left.
        id: String,
    },
}

/// What an API key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ApiKeyScope)]
pub enum ScopeBody {
    /// Hands in leads.
    Ingest,
    /// Looks at everything.
    Read,
    /// Changes what an admin may change, people and keys aside.
    Admin,
}

/// A key that is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewApiKey)]
pub struct NewApiKeyBody {
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// At least one.
    #[schema(min_items = 1)]
    scopes: Vec<ScopeBody>,
    /// Null, or absent, for never.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
}

/// How a key is rotated.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ApiKeyRotation)]
pub struct RotationBody {
    /// How long the old secret works beside the new one, in seconds: 0 to 30 days.
    #[schema(maximum = 2_592_000)]
    old_secret_works_s: u32,
}

/// A key with its secret, which is not shown again.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApiKeyWithSecret)]
pub struct ShownBody {
    key: ApiKeyBody,
    /// For the header `Authorization: Bearer …`.
    secret: String,
}

/// Lists the workspace's API keys.
#[utoipa::path(
    get, path = "/v1/api-keys", tag = "api-keys",
    security(("bearer" = ["manage-keys"])),
    responses(
        (status = 200, body = ApiKeysBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_api_keys(
    State(app): State<Arc<App>>,
    caller: May<act::ManageKeys>,
) -> Result<Answer<ApiKeysBody>, Problem> {
    let now = app.clock.now();
    let keys = api_keys::list(&app, caller.workspace()).await?;
    Ok(Answer(ApiKeysBody { items: keys.into_iter().map(|key| body(key, now)).collect() }))
}

/// Makes an API key; its secret is in the answer and nowhere else.
#[utoipa::path(
    post, path = "/v1/api-keys", tag = "api-keys",
    security(("bearer" = ["manage-keys"])),
    request_body = NewApiKeyBody,
    responses(
        (status = 201, body = ShownBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn make_api_key(
    State(app): State<Arc<App>>,
    caller: May<act::ManageKeys>,
    Json { value, .. }: Json<NewApiKeyBody>,
) -> Result<(StatusCode, Answer<ShownBody>), Problem> {
    let scopes: BTreeSet<Scope> = value.scopes.into_iter().map(Scope::from).collect();
    let wanted = Wanted { name: value.name, scopes, expires_at: value.expires_at };
    let made = api_keys::issue(&app, caller.workspace(), &caller.actor(), wanted).await?;
    Ok((StatusCode::CREATED, Answer(shown(made, app.clock.now()))))
}

/// Gives an API key another secret. The old one works for as long as is said, so that programs can be
/// given the new one without a gap; one that was still working from a rotation before stops at once.
#[utoipa::path(
    post, path = "/v1/api-keys/{key}/rotate", tag = "api-keys",
    security(("bearer" = ["manage-keys"])),
    params(("key" = String, Path, example = "key_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    request_body = RotationBody,
    responses(
        (status = 200, body = ShownBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn rotate_api_key(
    State(app): State<Arc<App>>,
    caller: May<act::ManageKeys>,
    Id(key): Id<ApiKeyId>,
    Json { value, .. }: Json<RotationBody>,
) -> Result<Answer<ShownBody>, Problem> {
    let overlap = Duration::from_secs(value.old_secret_works_s.into());
    let actor = caller.actor();
    let rotated = api_keys::rotate(&app, caller.workspace(), &actor, key, overlap).await?;
    Ok(Answer(shown(rotated, app.clock.now())))
}

/// Ends an API key with every secret it has, within a second.
#[utoipa::path(
    delete, path = "/v1/api-keys/{key}", tag = "api-keys",
    security(("bearer" = ["manage-keys"])),
    params(("key" = String, Path, example = "key_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    responses(
        (status = 204),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn revoke_api_key(
    State(app): State<Arc<App>>,
    caller: May<act::ManageKeys>,
    Id(key): Id<ApiKeyId>,
) -> Result<StatusCode, Problem> {
    api_keys::revoke(&app, caller.workspace(), &caller.actor(), key).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn shown(shown: Shown, now: Timestamp) -> ShownBody {
    let secret = shown.secret.token().reveal().to_owned();
    ShownBody { key: body(shown.row, now), secret }
}

fn body(row: ApiKeyRow, now: Timestamp) -> ApiKeyBody {
    ApiKeyBody {
        id: row.id.to_string(),
        name: row.name,
        prefix: format!("lr_{}", row.prefix),
        scopes: row.scopes.into_iter().map(ScopeBody::from).collect(),
        made_by: match row.made_by_name {
            Some(name) => MakerBody::Member(NamedBody::new(row.made_by, name)),
            None => MakerBody::Other { id: row.made_by },
        },
        created_at: row.created_at,
        last_used_at: row.last_used_at,
        expires_at: row.expires_at,
        old_secret_until: row.old_until.filter(|until| now < *until),
    }
}

impl From<ScopeBody> for Scope {
    fn from(scope: ScopeBody) -> Self {
        match scope {
            ScopeBody::Ingest => Self::Ingest,
            ScopeBody::Read => Self::Read,
            ScopeBody::Admin => Self::Admin,
        }
    }
}

impl From<Scope> for ScopeBody {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Ingest => Self::Ingest,
            Scope::Read => Self::Read,
            Scope::Admin => Self::Admin,
        }
    }
}

impl From<KeyError> for Problem {
    fn from(error: KeyError) -> Self {
        let wrong = |pointer, detail: &str| Self::at(Code::InvalidBody, pointer, detail);
        match error {
            KeyError::Missing => Self::not_found("API key"),
            KeyError::Name => wrong("/name", "A name has 1 to 100 characters."),
            KeyError::NoScope => wrong("/scopes", "A key has at least one scope."),
            KeyError::Past => wrong("/expires_at", "A key expires in the future."),
            KeyError::Overlap => {
                wrong("/old_secret_works_s", "An old secret works for 30 days at most.")
            }
            KeyError::Store(error) => error.into(),
        }
    }
}
