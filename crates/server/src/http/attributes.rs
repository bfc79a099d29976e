//! What custom attributes hold: listed, declared, taken back.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use lr_app::accounts::permission::act;
use lr_app::attributes::{self, AttributeError};
use lr_app::context::App;
use lr_core::rules::kind::ValueKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::body::Json;
use crate::http::caller::May;
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_attributes))
        .routes(routes!(declare_attribute, forget_attribute))
}

/// What is declared about custom attributes; the others hold text.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Attributes)]
pub struct AttributesBody {
    /// Those of leads, then those of accounts, each by name.
    items: Vec<AttributeBody>,
}

/// What a custom attribute holds.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Attribute)]
pub struct AttributeBody {
    /// As conditions name it.
    #[schema(example = "attributes.seats")]
    field: String,
    kind: KindBody,
}

/// What is to be declared about a custom attribute.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DeclareAttribute)]
pub struct DeclareBody {
    kind: KindBody,
}

/// What values are read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AttributeKind)]
pub enum KindBody {
    /// Text.
    Text,
    /// A number with up to four decimals.
    Number,
    /// Yes or no.
    Boolean,
    /// A day or an instant.
    Time,
    /// Several texts.
    List,
    /// A country.
    Country,
    /// A state or province.
    State,
}

/// Lists what is declared.
#[utoipa::path(
    get, path = "/v1/attributes", tag = "rules",
    security(("bearer" = ["read-setup"])),
    responses(
        (status = 200, body = AttributesBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_attributes(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
) -> Result<Answer<AttributesBody>, Problem> {
    let types = attributes::list(&app, caller.workspace()).await?;
    let items = types.declared().filter_map(|(field, kind)| {
        Some(AttributeBody { field: field.name().into_owned(), kind: KindBody::of(kind)? })
    });
    Ok(Answer(AttributesBody { items: items.collect() }))
}

/// Declares what a custom attribute holds, unless a rule asks it what its kind cannot answer. Conditions
/// see what is declared from the next decision on.
#[utoipa::path(
    put, path = "/v1/attributes/{field}", tag = "rules",
    security(("bearer" = ["change-rules"])),
    params(("field" = String, Path, example = "attributes.seats")),
    request_body = DeclareBody,
    responses(
        (status = 200, body = AttributeBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn declare_attribute(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeRules>,
    Path(field): Path<String>,
    Json { value: DeclareBody { kind }, .. }: Json<DeclareBody>,
) -> Result<Answer<AttributeBody>, Problem> {
    change(&app, &caller, &field, Some(kind.into())).await?;
    Ok(Answer(AttributeBody { field, kind }))
}

/// Takes back what was declared about a custom attribute: it holds text again.
#[utoipa::path(
    delete, path = "/v1/attributes/{field}", tag = "rules",
    security(("bearer" = ["change-rules"])),
    params(("field" = String, Path, example = "attributes.seats")),
    responses(
        (status = 204),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn forget_attribute(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeRules>,
    Path(field): Path<String>,
) -> Result<StatusCode, Problem> {
    change(&app, &caller, &field, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn change(
    app: &App,
    caller: &May<act::ChangeRules>,
    field: &str,
    kind: Option<ValueKind>,
) -> Result<(), Problem> {
    let actor = caller.actor();
    Ok(attributes::declare(app, caller.workspace(), &actor, field, kind).await?)
}

impl KindBody {
    /// `None` for the lead as a whole, which no attribute holds.
    fn of(kind: ValueKind) -> Option<Self> {
        match kind {
            ValueKind::Text => Some(Self::Text),
            ValueKind::Number => Some(Self::Number),
            ValueKind::Boolean => Some(Self::Boolean),
            ValueKind::Time => Some(Self::Time),
            ValueKind::List => Some(Self::List),
            ValueKind::Country => Some(Self::Country),
            ValueKind::State => Some(Self::State),
            ValueKind::Whole => None,
        }
    }
}

impl From<KindBody> for ValueKind {
    fn from(kind: KindBody) -> Self {
        match kind {
            KindBody::Text => Self::Text,
            KindBody::Number => Self::Number,
            KindBody::Boolean => Self::Boolean,
            KindBody::Time => Self::Time,
            KindBody::List => Self::List,
            KindBody::Country => Self::Country,
            KindBody::State => Self::State,
        }
    }
}

impl From<AttributeError> for Problem {
    fn from(error: AttributeError) -> Self {
        match error {
            AttributeError::Name | AttributeError::Missing => Self::not_found("attribute"),
            AttributeError::InUse(rules) => Self::new(
                Code::AttributeInUse,
                format!("{} could not ask it any more; change that first.", rules.join(", ")),
            ),
            AttributeError::Config(error) => error.into(),
            AttributeError::Store(error) => error.into(),
        }
    }
}
