//! The caller's own draft: written beside the rules in force, then put in their place.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use jiff::Timestamp;
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_app::ids::Ids;
use lr_app::rulesets::drafts::{self, DraftView, Written};
use lr_app::rulesets::note::Note;
use lr_core::id::RuleId;
use lr_core::rules::action::Action;
use lr_core::rules::ast::{Group, RuleSource};
use lr_core::rules::experiment::Experiment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::http::body::Json;
use crate::http::caller::May;
use crate::http::idempotency::OptionalKey;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::rules::body::{CatchAllContentBody, RuleContentBody, contents};
use crate::http::rules::error::naming_version;
use crate::http::rules::lint::FindingBody;
use crate::http::rules::versions::VersionBody;
use crate::http::state::AppState;

/// The largest draft, in bytes: the most rules, each with some hundred values.
const MAX_DRAFT: usize = 16 * 1024 * 1024;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    let draft = routes!(read_draft, save_draft, discard_draft);
    OpenApiRouter::new()
        .routes(draft.layer(DefaultBodyLimit::max(MAX_DRAFT)))
        .routes(routes!(publish_draft))
}

/// A draft: in force for nobody.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Draft)]
pub struct DraftBody {
    /// The id of the version that it would become.
    #[schema(example = "rset_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    ruleset_id: String,
    /// The version whose place it wants to take; it can be published only while that is in force.
    based_on: u32,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    /// In their order: the first that matches wins.
    rules: Vec<RuleContentBody>,
    /// What happens to a lead that no rule matches.
    catch_all: CatchAllContentBody,
    /// What is odd about it, the worst first; errors keep it from being published.
    findings: Vec<FindingBody>,
}

/// What the rules should be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewDraft)]
pub struct NewDraftBody {
    /// The version whose place they are to take.
    based_on: u32,
    /// In their order: the first that matches wins.
    rules: Vec<NewRuleBody>,
    /// What happens to a lead that no rule matches.
    #[schema(value_type = Object)]
    catch_all: Action,
}

/// A rule as somebody writes it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewRule)]
pub struct NewRuleBody {
    /// The rule that this is another state of; without one it is a new rule.
    #[schema(value_type = Option<String>)]
    id: Option<RuleId>,
    name: String,
    /// A rule that is switched off is skipped.
    #[serde(default = "switched_on")]
    #[schema(default = true)]
    enabled: bool,
    /// Which leads it is for, in the form of React Query Builder.
    #[schema(value_type = Object)]
    condition: Group,
    /// What happens to them: a target, and others for when it yields nobody.
    #[schema(value_type = Object)]
    action: Action,
    /// Whether the workspace's owner-first setting holds for this rule.
    #[serde(default = "switched_on")]
    #[schema(default = true)]
    owner_first: bool,
    /// Divides its leads among other ways to treat them.
    #[schema(value_type = Option<Object>)]
    experiment: Option<Experiment>,
}

/// How a draft is published.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DraftPublication)]
pub struct PublishBody {
    /// Why, for whoever reads the list of versions.
    #[schema(min_length = 1, max_length = 1000)]
    note: Option<String>,
}

/// Shows the caller's draft.
#[utoipa::path(
    get, path = "/v1/rules/draft", tag = "rules",
    security(("bearer" = ["draft-rules"])),
    responses(
        (status = 200, body = DraftBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_draft(
    State(app): State<Arc<App>>,
    caller: May<act::DraftRules>,
) -> Result<Answer<DraftBody>, Problem> {
    let draft = drafts::read(&app, caller.workspace(), caller.member()?.user).await?;
    Ok(Answer(draft.into()))
}

/// Saves the caller's draft in place of the one before; nothing that is in force changes.
#[utoipa::path(
    put, path = "/v1/rules/draft", tag = "rules",
    security(("bearer" = ["draft-rules"])),
    request_body = NewDraftBody,
    responses(
        (status = 200, body = DraftBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn save_draft(
    State(app): State<Arc<App>>,
    caller: May<act::DraftRules>,
    Json { value: body, .. }: Json<NewDraftBody>,
) -> Result<Answer<DraftBody>, Problem> {
    let written = body.written(&app.ids);
    let saved = drafts::save(&app, caller.workspace(), caller.member()?.user, written).await;
    Ok(Answer(saved.map_err(naming_version("/based_on"))?.into()))
}

/// Throws the caller's draft away.
#[utoipa::path(
    delete, path = "/v1/rules/draft", tag = "rules",
    security(("bearer" = ["draft-rules"])),
    responses(
        (status = 204),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn discard_draft(
    State(app): State<Arc<App>>,
    caller: May<act::DraftRules>,
) -> Result<StatusCode, Problem> {
    drafts::discard(&app, caller.workspace(), caller.member()?.user).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Puts the caller's draft in force, if the version that it is based on still is.
#[utoipa::path(
    post, path = "/v1/rules/draft/publish", tag = "rules",
    security(("bearer" = ["draft-rules"])),
    params(OptionalKey),
    request_body = PublishBody,
    responses(
        (status = 200, body = VersionBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn publish_draft(
    State(app): State<Arc<App>>,
    caller: May<act::DraftRules>,
    key: OptionalKey,
    Json { value: body, bytes }: Json<PublishBody>,
) -> Result<Answer<VersionBody>, Problem> {
    let author = caller.member()?.user;
    let note = body.note.as_deref().map(Note::parse).transpose()?;
    let workspace = caller.workspace();
    let once = key.once(caller.id(), "POST /v1/rules/draft/publish", &bytes);
    let version = drafts::publish(&app, workspace, author, note, once).await?;
    Ok(Answer(version.into()))
}

impl NewDraftBody {
    fn written(self, ids: &Ids) -> Written {
        let rules = self.rules.into_iter().map(|rule| RuleSource {
            id: rule.id.unwrap_or_else(|| RuleId::new(ids.make())),
            name: rule.name,
            enabled: rule.enabled,
            condition: rule.condition,
            action: rule.action,
            owner_first: rule.owner_first,
            experiment: rule.experiment,
        });
        Written { based_on: self.based_on, rules: rules.collect(), catch_all: self.catch_all }
    }
}

impl From<DraftView> for DraftBody {
    fn from(view: DraftView) -> Self {
        let ruleset_id = view.content.source.id.to_string();
        let findings = view.findings.into_iter().map(FindingBody::from).collect();
        let (rules, catch_all) = contents(view.content);
        let DraftView { based_on, updated_at, .. } = view;
        Self { ruleset_id, based_on, updated_at, rules, catch_all, findings }
    }
}

const fn switched_on() -> bool {
    true
}
