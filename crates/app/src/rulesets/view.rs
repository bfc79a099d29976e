//! The rules in force as people look at them.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use lr_core::id::{RuleId, WorkspaceId};
use lr_core::rules::Ruleset;
use lr_core::rules::action::{Action, Target};
use lr_core::snapshot::{ConfigSource, SnapshotError};
use lr_store::error::StoreError;
use lr_store::rulesets::Published;
use lr_store::workspace_tx::WorkspaceTx;

use crate::context::App;

/// How far back decisions are counted.
const COUNTED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The rules in force, with what they come to.
#[derive(Debug)]
pub struct RulesView {
    /// As they were published.
    pub published: Published,
    /// In the order of `published`: each rule's condition and action in words.
    pub words: Vec<RuleWords>,
    /// The catch-all's action in words.
    pub catch_all_words: String,
    /// Decisions of the last 30 days by rule; `None` is the catch-all.
    pub matched_30d: BTreeMap<Option<RuleId>, i64>,
}

/// A rule in words.
#[derive(Debug)]
pub struct RuleWords {
    /// Which leads it is for.
    pub condition: String,
    /// What happens to them.
    pub action: String,
}

/// Why the rules cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// The stored rules do not pass the checks of this release.
    #[error("the stored rules cannot be read")]
    Unreadable(#[from] SnapshotError),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The rules in force; `None` before the first publication.
///
/// # Errors
/// [`ViewError::Unreadable`] if the stored rules are damaged.
pub async fn view(app: &App, workspace: WorkspaceId) -> Result<Option<RulesView>, ViewError> {
    let mut tx = app.store.begin(workspace).await?;
    let Some(published) = tx.published_ruleset().await? else { return Ok(None) };
    let Some(config) = tx.config().await? else { return Ok(None) };
    let matched_30d = count(app, &mut tx).await?;
    let checked = config.clone().check()?.ruleset;
    let name = |target: &Target| name(target, &config);
    Ok(Some(RulesView {
        words: words(&checked, name),
        catch_all_words: checked.catch_all.describe(name),
        published,
        matched_30d,
    }))
}

async fn count(
    app: &App,
    tx: &mut WorkspaceTx,
) -> Result<BTreeMap<Option<RuleId>, i64>, StoreError> {
    let now = app.clock.now();
    let since = now.saturating_sub(COUNTED).unwrap_or(now);
    Ok(tx.decisions_by_rule(since).await?.into_iter().collect())
}

fn words(ruleset: &Ruleset, name: impl Fn(&Target) -> Option<String>) -> Vec<RuleWords> {
    let action = |action: &Action| action.describe(&name);
    let rules = ruleset.rules.iter();
    rules
        .map(|rule| RuleWords {
            condition: rule.condition.describe(),
            action: action(&rule.action),
        })
        .collect()
}

fn name(target: &Target, config: &ConfigSource) -> Option<String> {
    match target {
        Target::Rep(rep) => config.reps.get(rep).map(|rep| rep.name.clone()),
        Target::Pool(pool) => config.pools.get(pool).map(|pool| pool.name.clone()),
        Target::AccountOwner | Target::DuplicateOwner | Target::Queue(_) | Target::Reject(_) => {
            None
        }
    }
}
