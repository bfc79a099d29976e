//! "Why did this lead go there?": recomputed from the inputs that the decision stored.

use lr_core::case::Case;
use lr_core::counterfactual::{WhyNotRep, WhyNotRule, why_not_rep, why_not_rule};
use lr_core::decide::{Config, Decision};
use lr_core::explain::sentence;
use lr_core::id::{DecisionId, LeadId, RepId, RuleId, WorkspaceId};
use lr_core::identify::Matches;
use lr_core::lead::Lead;
use lr_core::snapshot::{Snapshot, SnapshotError};
use lr_core::trace::{Trace, trace};
use lr_store::error::StoreError;

use crate::configs::ConfigError;
use crate::context::App;

/// Why a decision cannot be explained.
#[derive(Debug, thiserror::Error)]
pub enum WhyError {
    /// What was stored about it cannot be read.
    #[error("what was stored about the decision cannot be read")]
    Unreadable(#[from] SnapshotError),
    /// The configuration that it was made from cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A decision with everything that led to it.
#[derive(Debug)]
pub struct Why {
    /// The decision.
    pub id: DecisionId,
    /// What was decided.
    pub decision: Decision,
    /// The clean lead as it was then.
    pub lead: Lead,
    /// What it was recognised as then.
    pub matches: Matches,
    /// The rules, reps and pools as they were then.
    pub config: Config,
    /// Every rule and candidate, and what each came to.
    pub trace: Trace,
    /// The answer in words.
    pub sentence: String,
}

/// What is asked about a decision that went another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// Why this rule did not decide.
    Rule(RuleId),
    /// Why this rep did not get the lead.
    Rep(RepId),
}

/// Why a decision did not go another way, and what would have had to be different.
#[derive(Debug)]
pub enum WhyNotAnswer {
    /// About a rule.
    Rule(WhyNotRule),
    /// About a rep.
    Rep(WhyNotRep),
}

/// Explains why the decision that put `lead` into its present state did not go another way, with
/// the configuration of then; `None` if there is no such lead, or was no such rule or rep.
///
/// # Errors
/// As [`why`].
pub async fn why_not(
    app: &App,
    workspace: WorkspaceId,
    lead: LeadId,
    asked: WhyNot,
) -> Result<Option<(WhyNotAnswer, Config)>, WhyError> {
    let mut tx = app.store.begin(workspace).await?;
    let Some(found) = tx.decision_of(lead).await? else { return Ok(None) };
    let config = app.configs.stored(&mut tx, found.config).await?;
    let Snapshot { case, state } = Snapshot::decode(&found.snapshot)?;
    let answer = match asked {
        WhyNot::Rule(rule) => why_not_rule(&case, &config, rule).map(WhyNotAnswer::Rule),
        WhyNot::Rep(rep) => why_not_rep(&case, &config, &state, rep).map(WhyNotAnswer::Rep),
    };
    Ok(answer.map(|answer| (answer, config)))
}

/// Explains the decision that put `lead` into its present state; `None` if there is no such lead.
///
/// # Errors
/// [`WhyError::Unreadable`] when the stored bytes are of another engine or damaged.
pub async fn why(app: &App, workspace: WorkspaceId, lead: LeadId) -> Result<Option<Why>, WhyError> {
    let mut tx = app.store.begin(workspace).await?;
    let Some(found) = tx.decision_of(lead).await? else { return Ok(None) };
    let config = app.configs.stored(&mut tx, found.config).await?;
    let Snapshot { case, state } = Snapshot::decode(&found.snapshot)?;
    let decision = Decision::decode(&found.decision)?;
    let trace = trace(&case, &config, &state);
    let sentence = sentence(&trace, &decision, &config);
    let Case { lead, matches, .. } = case;
    Ok(Some(Why { id: found.id, decision, lead, matches, config, trace, sentence }))
}
