//! What differs between two rulesets.

use std::str::FromStr;
use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_app::rulesets::compare::{Comparison, Which, compare};
use lr_core::rules::diff::lines::{Line, Mark};
use lr_core::rules::diff::{Change, Stated};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::May;
use crate::http::params::Query;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(diff_rules))
}

/// Which rulesets to compare.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DiffQuery {
    /// The earlier: a version's number, `published` or `draft`; `published` unless given.
    #[param(example = "published")]
    from: Option<String>,
    /// The later; `draft`, the caller's own, unless given.
    #[param(example = "draft")]
    to: Option<String>,
}

/// What differs between two rulesets.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RulesDiff)]
pub struct DiffBody {
    /// The version of the earlier; a draft's is the one that it would become.
    from: u32,
    /// The version of the later.
    to: u32,
    /// The rules of the later in their order, then those that are gone, then the catch-all.
    changes: Vec<ChangeBody>,
}

/// One difference; positions count from 1.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(as = RulesChange)]
enum ChangeBody {
    /// A rule is new.
    Added(StatedBody),
    /// A rule is gone.
    Removed(StatedBody),
    /// A rule has another name.
    Renamed { rule: String, name: String, before: String },
    /// A rule stands elsewhere among those that both rulesets have.
    Moved { rule: String, name: String, before: usize, after: usize },
    /// A rule was switched on or off.
    Switched { rule: String, name: String, enabled: bool },
    /// A rule is for other leads.
    Condition { rule: String, name: String, lines: Vec<LineBody> },
    /// Something else happens to a rule's leads.
    Action { rule: String, name: String, before: String, after: String },
    /// A rule's leads go to owners before it, or no longer do.
    OwnerFirst { rule: String, name: String, owner_first: bool },
    /// A rule's leads are divided otherwise.
    Experiment { rule: String, name: String, lines: Vec<LineBody> },
    /// Something else happens to leads that no rule matches.
    CatchAll { before: String, after: String },
}

/// A rule that only one of the rulesets has.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StatedRule)]
struct StatedBody {
    rule: String,
    name: String,
    position: usize,
    enabled: bool,
    /// The condition, a line per group and predicate, deeper ones indented.
    condition: Vec<String>,
    /// The action in words.
    action: String,
}

/// A line of a condition.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DiffLine)]
struct LineBody {
    mark: MarkBody,
    text: String,
}

/// Which of the two rulesets has a line.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DiffMark)]
enum MarkBody {
    /// Both.
    Same,
    /// Only the earlier.
    Removed,
    /// Only the later.
    Added,
}

/// Says what leads from one ruleset to another.
#[utoipa::path(
    get, path = "/v1/rules/diff", tag = "rules",
    security(("bearer" = ["read-setup"])),
    params(DiffQuery),
    responses(
        (status = 200, body = DiffBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn diff_rules(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
    Query(query): Query<DiffQuery>,
) -> Result<Answer<DiffBody>, Problem> {
    let from = which("from", query.from.as_deref(), Which::Published)?;
    let to = which("to", query.to.as_deref(), Which::Draft)?;
    Ok(Answer(compare(&app, caller.workspace(), caller.user(), from, to).await?.into()))
}

/// The ruleset that a parameter names.
pub fn which(field: &str, text: Option<&str>, unless_given: Which) -> Result<Which, Problem> {
    match text {
        None => Ok(unless_given),
        Some("published") => Ok(Which::Published),
        Some("draft") => Ok(Which::Draft),
        Some(number) => u32::from_str(number).map(Which::Version).map_err(|_| {
            Problem::in_field(field, "This is a version's number, `published` or `draft`.")
        }),
    }
}

impl From<Comparison> for DiffBody {
    fn from(comparison: Comparison) -> Self {
        let changes = comparison.changes.into_iter().map(ChangeBody::from).collect();
        Self { from: comparison.from, to: comparison.to, changes }
    }
}

impl From<Change> for ChangeBody {
    fn from(change: Change) -> Self {
        match change {
            Change::Added(rule) => Self::Added(rule.into()),
            Change::Removed(rule) => Self::Removed(rule.into()),
            Change::Renamed { rule, name, before } => {
                Self::Renamed { rule: rule.to_string(), name, before }
            }
            Change::Moved { rule, name, before, after } => {
                Self::Moved { rule: rule.to_string(), name, before, after }
            }
            Change::Switched { rule, name, enabled } => {
                Self::Switched { rule: rule.to_string(), name, enabled }
            }
            Change::Condition { rule, name, lines } => {
                let lines = lines.into_iter().map(LineBody::from).collect();
                Self::Condition { rule: rule.to_string(), name, lines }
            }
            Change::Action { rule, name, before, after } => {
                Self::Action { rule: rule.to_string(), name, before, after }
            }
            Change::OwnerFirst { rule, name, owner_first } => {
                Self::OwnerFirst { rule: rule.to_string(), name, owner_first }
            }
            Change::Experiment { rule, name, lines } => {
                let lines = lines.into_iter().map(LineBody::from).collect();
                Self::Experiment { rule: rule.to_string(), name, lines }
            }
            Change::CatchAll { before, after } => Self::CatchAll { before, after },
        }
    }
}

impl From<Stated> for StatedBody {
    fn from(rule: Stated) -> Self {
        let Stated { rule, name, position, enabled, condition, action } = rule;
        Self { rule: rule.to_string(), name, position, enabled, condition, action }
    }
}

impl From<Line> for LineBody {
    fn from(line: Line) -> Self {
        let mark = match line.mark {
            Mark::Same => MarkBody::Same,
            Mark::Removed => MarkBody::Removed,
            Mark::Added => MarkBody::Added,
        };
        Self { mark, text: line.text }
    }
}
