//! Where leads come from.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_app::sources::list;
use lr_store::sources::{Source, SourceKind};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::May;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_sources))
}

/// The sources of a workspace.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Sources)]
pub struct SourcesBody {
    /// By name.
    items: Vec<SourceBody>,
}

/// Where leads come from.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Source)]
pub struct SourceBody {
    /// Its id; a form is sent to `/v1/forms/{id}`.
    #[schema(example = "src_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    id: String,
    name: String,
    kind: SourceKindBody,
}

/// How a source hands leads in.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SourceKind)]
pub enum SourceKindBody {
    /// Programs, with an API key.
    Api,
    /// Files.
    Import,
    /// A web form, whose address is public.
    Form,
}

/// Lists every source.
#[utoipa::path(
    get, path = "/v1/sources", tag = "sources",
    security(("bearer" = ["read-setup"])),
    responses(
        (status = 200, body = SourcesBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_sources(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
) -> Result<Answer<SourcesBody>, Problem> {
    let sources = list(&app, caller.workspace()).await?;
    Ok(Answer(SourcesBody { items: sources.iter().map(SourceBody::from).collect() }))
}

impl From<&Source> for SourceBody {
    fn from(source: &Source) -> Self {
        let kind = match source.kind {
            SourceKind::Api => SourceKindBody::Api,
            SourceKind::Import => SourceKindBody::Import,
            SourceKind::Form => SourceKindBody::Form,
        };
        Self { id: source.id.to_string(), name: source.name.clone(), kind }
    }
}
