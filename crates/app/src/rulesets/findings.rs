//! What the linter says of a workspace's rulesets.

use lr_core::id::{UserId, WorkspaceId};
use lr_core::rules::Ruleset;
use lr_core::rules::lint::{Finding, Severity, lint};
use lr_core::rules::terms::Terms;
use lr_core::snapshot::ConfigSource;

use crate::context::App;
use crate::rulesets::compare::{Which, find};
use crate::rulesets::{ChangeError, check};

/// Everything odd about one of the workspace's rulesets, with its version; a draft's is the one that
/// it would become.
///
/// # Errors
/// [`ChangeError::NoVersion`], [`ChangeError::NoDraft`] or [`ChangeError::NoRules`] if there is none.
pub async fn read(
    app: &App,
    workspace: WorkspaceId,
    reader: Option<UserId>,
    which: Which,
) -> Result<(u32, Vec<Finding>), ChangeError> {
    let mut tx = app.store.begin(workspace).await?;
    let source = find(&mut tx, reader, which).await?;
    let config = tx.config().await?.ok_or(ChangeError::NoRules)?;
    let terms = app.configs.terms(&mut tx).await?;
    Ok((source.version, findings(&check(source, &terms)?, &config, &terms)))
}

/// Everything odd about `ruleset`, with the reps and pools of `config` and the territories of `terms`.
pub(crate) fn findings(ruleset: &Ruleset, config: &ConfigSource, terms: &Terms) -> Vec<Finding> {
    lint(ruleset, &config.reps, &config.pools, &terms.territories)
}

/// Refuses a ruleset of which errors were found.
pub(crate) fn refuse_errors(mut findings: Vec<Finding>) -> Result<(), ChangeError> {
    findings.retain(|finding| finding.code.severity() == Severity::Error);
    if findings.is_empty() { Ok(()) } else { Err(ChangeError::Findings(findings)) }
}
