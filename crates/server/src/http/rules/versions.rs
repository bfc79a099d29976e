//! The versions that were ever in force.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use jiff::Timestamp;
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_app::rulesets::note::Note;
use lr_app::rulesets::versions::{self, Rollback};
use lr_store::versions::Version;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::body::Json;
use crate::http::caller::May;
use crate::http::idempotency::OptionalKey;
use crate::http::params::{Id, Query, limit};
use crate::http::problem::{Problem, ProblemBody};
use crate::http::rules::body::{CatchAllContentBody, RuleContentBody, contents};
use crate::http::rules::error::naming_version;
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_versions))
        .routes(routes!(read_version))
        .routes(routes!(roll_back))
}

/// A version of the rules, by itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RulesVersion)]
pub struct VersionBody {
    /// Its number, from 1.
    version: u32,
    #[schema(example = "rset_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    ruleset_id: String,
    /// Whether it is the one in force.
    in_force: bool,
    author: AuthorBody,
    /// Why it was published.
    note: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    published_at: Timestamp,
    /// How many rules it has, without the catch-all.
    rule_count: u32,
}

/// Who published a version.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RulesAuthor)]
pub struct AuthorBody {
    /// A member's id, or `operator` for the command line.
    #[schema(example = "usr_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    id: String,
    name: String,
}

/// A page of versions.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RulesVersions)]
pub struct VersionsBody {
    /// Newest first.
    items: Vec<VersionBody>,
    /// Where the next page begins; `null` after the last.
    next_cursor: Option<String>,
}

/// A version with its rules.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RulesVersionDetail)]
pub struct VersionDetailBody {
    #[serde(flatten)]
    version: VersionBody,
    /// In their order: the first that matches wins.
    rules: Vec<RuleContentBody>,
    /// What happens to a lead that no rule matches.
    catch_all: CatchAllContentBody,
}

/// Which versions to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VersionsQuery {
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Versions of a page, 1 to 200; 50 unless given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
}

/// A return to an earlier version.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RulesRollback)]
pub struct RollbackBody {
    /// The version in force, which is to be replaced.
    version: u32,
    /// The version whose rules come back.
    to: u32,
    /// Why, for whoever reads the list of versions; `Back to version …` unless given.
    #[schema(min_length = 1, max_length = 1000)]
    note: Option<String>,
}

/// Lists the versions that were ever in force, newest first.
#[utoipa::path(
    get, path = "/v1/rules/versions", tag = "rules",
    security(("bearer" = ["read-setup"])),
    params(VersionsQuery),
    responses(
        (status = 200, body = VersionsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_versions(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
    Query(query): Query<VersionsQuery>,
) -> Result<Answer<VersionsBody>, Problem> {
    let before = query.cursor.map(|cursor| cursor.parse().map_err(|_| no_cursor())).transpose()?;
    let limit = limit(query.limit)?;
    let page = versions::page(&app, caller.workspace(), before, limit).await?;
    Ok(Answer(VersionsBody {
        items: page.items.into_iter().map(VersionBody::from).collect(),
        next_cursor: page.next.map(|version| version.to_string()),
    }))
}

/// Shows a version with its rules.
#[utoipa::path(
    get, path = "/v1/rules/versions/{version}", tag = "rules",
    security(("bearer" = ["read-setup"])),
    params(("version" = u32, Path, example = 1)),
    responses(
        (status = 200, body = VersionDetailBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_version(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
    Id(version): Id<u32>,
) -> Result<Answer<VersionDetailBody>, Problem> {
    let (version, content) = versions::read(&app, caller.workspace(), version).await?;
    let (rules, catch_all) = contents(content);
    Ok(Answer(VersionDetailBody { version: version.into(), rules, catch_all }))
}

/// Publishes the rules of an earlier version again, as a new version.
#[utoipa::path(
    post, path = "/v1/rules/rollback", tag = "rules",
    security(("bearer" = ["change-rules"])),
    params(OptionalKey),
    request_body = RollbackBody,
    responses(
        (status = 200, body = VersionBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn roll_back(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeRules>,
    key: OptionalKey,
    Json { value: body, bytes }: Json<RollbackBody>,
) -> Result<Answer<VersionBody>, Problem> {
    let note = body.note.as_deref().map(Note::parse).transpose()?;
    let wanted = Rollback { to: body.to, replacing: body.version, note };
    let (workspace, author) = (caller.workspace(), caller.actor());
    let once = key.once(caller.id(), "POST /v1/rules/rollback", &bytes);
    let version = versions::roll_back(&app, workspace, &author, wanted, once).await;
    Ok(Answer(version.map_err(naming_version("/to"))?.into()))
}

impl From<Version> for VersionBody {
    fn from(version: Version) -> Self {
        let name = version.author_name.unwrap_or_else(|| "Operator".to_owned());
        Self {
            version: version.version,
            ruleset_id: version.id.to_string(),
            in_force: version.in_force,
            author: AuthorBody { id: version.author, name },
            note: version.note,
            published_at: version.at,
            rule_count: version.rules,
        }
    }
}

fn no_cursor() -> Problem {
    Problem::in_field("cursor", "The cursor is not one that a list of versions gave.")
}
