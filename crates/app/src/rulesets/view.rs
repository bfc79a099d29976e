//! The rules in force as people look at them.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use lr_core::id::{RuleId, WorkspaceId};
use lr_store::error::StoreError;
use lr_store::workspace_tx::WorkspaceTx;

use crate::configs::ConfigError;
use crate::context::App;
use crate::rulesets::content::Content;

/// How far back decisions are counted.
const COUNTED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The rules in force, with what they come to.
#[derive(Debug)]
pub struct RulesView {
    /// As they were published, and in words.
    pub content: Content,
    /// Since when.
    pub published_at: Timestamp,
    /// Decisions of the last 30 days by rule; `None` is the catch-all.
    pub matched_30d: BTreeMap<Option<RuleId>, i64>,
}

/// Why the rules cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// The stored configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The rules in force; `None` before the first publication.
///
/// # Errors
/// [`ViewError::Config`] if the stored configuration is damaged.
pub async fn view(app: &App, workspace: WorkspaceId) -> Result<Option<RulesView>, ViewError> {
    let mut tx = app.store.begin(workspace).await?;
    let Some(published) = tx.published_ruleset().await? else { return Ok(None) };
    let Some(config) = tx.config().await? else { return Ok(None) };
    let matched_30d = count(app, &mut tx).await?;
    let terms = app.configs.terms(&mut tx).await?;
    let content = Content::new(published.source, &terms, &config);
    Ok(Some(RulesView { content, published_at: published.at, matched_30d }))
}

async fn count(
    app: &App,
    tx: &mut WorkspaceTx,
) -> Result<BTreeMap<Option<RuleId>, i64>, StoreError> {
    let now = app.clock.now();
    let since = now.saturating_sub(COUNTED).unwrap_or(now);
    Ok(tx.decisions_by_rule(since).await?.into_iter().collect())
}
