//! What is odd about a ruleset.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_app::rulesets::compare::Which;
use lr_app::rulesets::findings;
use lr_core::rules::lint::{Finding, Known, Severity};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::May;
use crate::http::params::Query;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::rules::diff::which;
use crate::http::rules::error::pointer;
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(lint_rules))
}

/// Which ruleset to look at.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LintQuery {
    /// A version's number, `published` or `draft`; `published` unless given.
    #[param(example = "published")]
    of: Option<String>,
}

/// What is odd about a ruleset.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RulesLint)]
pub struct LintBody {
    /// The ruleset's version; a draft's is the one that it would become.
    version: u32,
    /// The worst first.
    findings: Vec<FindingBody>,
}

/// Something odd about a ruleset.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RulesFinding)]
pub struct FindingBody {
    /// What kind of thing, stable for programs to switch on.
    #[schema(example = "unreachable")]
    code: &'static str,
    severity: SeverityBody,
    /// The rules that it is about, the one to look at first; none for the catch-all.
    rules: Vec<String>,
    /// Where in the ruleset, as a JSON pointer (RFC 6901).
    pointer: String,
    /// It in words.
    words: String,
    /// A lead that shows it; empty where no lead could.
    example: Vec<KnownBody>,
}

/// A field of an example and its value.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KnownField)]
struct KnownBody {
    field: String,
    value: String,
}

/// How bad a finding is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FindingSeverity)]
enum SeverityBody {
    /// Surely not meant: keeps a ruleset from being published.
    Error,
    /// Probably not meant.
    Warning,
    /// Good to know.
    Note,
}

/// Says what is odd about a ruleset.
#[utoipa::path(
    get, path = "/v1/rules/lint", tag = "rules",
    security(("bearer" = ["read-setup"])),
    params(LintQuery),
    responses(
        (status = 200, body = LintBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn lint_rules(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
    Query(query): Query<LintQuery>,
) -> Result<Answer<LintBody>, Problem> {
    let of = which("of", query.of.as_deref(), Which::Published)?;
    let (version, found) = findings::read(&app, caller.workspace(), caller.user(), of).await?;
    Ok(Answer(LintBody { version, findings: found.into_iter().map(FindingBody::from).collect() }))
}

impl From<Finding> for FindingBody {
    fn from(finding: Finding) -> Self {
        let Finding { code, rules, path, words, example } = finding;
        let severity = match code.severity() {
            Severity::Error => SeverityBody::Error,
            Severity::Warning => SeverityBody::Warning,
            Severity::Note => SeverityBody::Note,
        };
        let known = |Known { field, value }| KnownBody { field, value };
        Self {
            code: code.as_str(),
            severity,
            rules: rules.iter().map(ToString::to_string).collect(),
            pointer: pointer(&path),
            words,
            example: example.into_iter().map(known).collect(),
        }
    }
}
