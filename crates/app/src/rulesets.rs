//! The rules in force and everything that puts a new version in force: a draft, a return to an
//! earlier version, a small change.

pub mod cohorts;
pub mod compare;
pub mod content;
pub mod drafts;
pub mod file;
pub mod findings;
pub mod note;
pub mod plan;
pub mod versions;
pub mod view;

use lr_core::id::{RuleId, RulesetId, WorkspaceId};
use lr_core::rules::Ruleset;
use lr_core::rules::ast::RulesetSource;
use lr_core::rules::check::Fault;
use lr_core::rules::lint::Finding;
use lr_core::rules::terms::Terms;
use lr_store::audit::AuditEntry;
use lr_store::error::StoreError;
use lr_store::rulesets::{Publication, PublishError, Published};
use lr_store::workspace_tx::WorkspaceTx;
use serde_json::json;

use crate::audit::entry;
use crate::configs::ConfigError;
use crate::context::App;
use crate::idempotency::OnceError;

/// Why the rules were not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Somebody published since the version that the change was made to.
    #[error("the published ruleset has moved on")]
    Moved,
    /// No such rule.
    #[error("there is no rule {0}")]
    NoRule(RuleId),
    /// The order does not name every rule exactly once.
    #[error("the order must name each of the {0} rules once")]
    Order(usize),
    /// The changed ruleset does not pass the checks.
    #[error("the ruleset has {} faults", .0.len())]
    Faults(Vec<Fault>),
    /// The linter finds errors in the ruleset; these.
    #[error("the ruleset has {} errors", .0.len())]
    Findings(Vec<Finding>),
    /// The workspace has no rules in force.
    #[error("the workspace has no rules in force")]
    NoRules,
    /// The author has no draft.
    #[error("there is no draft")]
    NoDraft,
    /// There never was a version of this number.
    #[error("there is no version {0}")]
    NoVersion(u32),
    /// It could not be told whether the same request was answered before.
    #[error(transparent)]
    Once(#[from] OnceError),
    /// The configuration that it would be part of cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A change of the rules in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The same rules in another order.
    Order(Vec<RuleId>),
    /// One rule switched on or off.
    Switch {
        /// The rule.
        rule: RuleId,
        /// Whether it is to be on.
        enabled: bool,
    },
}

/// Publishes a ruleset that was written from outside: version 1, or one above the version in force.
///
/// # Errors
/// [`ChangeError::Faults`] with everything that is wrong in it, [`ChangeError::Moved`] if another
/// version is in force than the one it follows.
pub async fn publish(
    app: &App,
    workspace: WorkspaceId,
    source: RulesetSource,
    author: &str,
) -> Result<(), ChangeError> {
    let mut tx = app.store.begin(workspace).await?;
    publish_checked(app, &mut tx, source, author, None).await?;
    Ok(tx.commit().await?)
}

/// Publishes the ruleset that `change` makes of version `version`.
///
/// # Errors
/// [`ChangeError::Moved`] when `version` is no longer in force: nothing was changed.
pub async fn change(
    app: &App,
    workspace: WorkspaceId,
    author: &str,
    version: u32,
    change: Change,
) -> Result<Published, ChangeError> {
    let mut tx = app.store.begin(workspace).await?;
    let published = tx.published_ruleset().await?.ok_or(ChangeError::NoRules)?;
    if published.source.version != version {
        return Err(ChangeError::Moved);
    }
    let mut source = published.source;
    let entry = change_entry(app, author, &source, &change);
    apply(&mut source, change)?;
    source.id = RulesetId::new(app.ids.make());
    source.version += 1;
    let published = publish_checked(app, &mut tx, source, author, None).await?;
    tx.add_audit_entry(&entry).await?;
    tx.commit().await?;
    Ok(published)
}

/// A ruleset on its way to being in force, and what the audit calls that.
pub(crate) struct Publishing<'a> {
    source: RulesetSource,
    author: &'a str,
    note: Option<&'a str>,
    action: &'static str,
}

/// Puts a ruleset in force in place of the version below it, with its line of the audit.
pub(crate) async fn put_in_force(
    app: &App,
    tx: &mut WorkspaceTx,
    publishing: Publishing<'_>,
) -> Result<(), ChangeError> {
    let Publishing { source, author, note, action } = publishing;
    let source = publish_checked(app, tx, source, author, note).await?.source;
    let after = json!({ "version": source.version, "note": note });
    let said = entry(app, author, action, source.id);
    Ok(tx.add_audit_entry(&AuditEntry { after: Some(after), ..said }).await?)
}

/// Publishes `source` if it passes the check.
///
/// From before the check to the commit, nothing that it names can be taken away.
async fn publish_checked(
    app: &App,
    tx: &mut WorkspaceTx,
    source: RulesetSource,
    author: &str,
    note: Option<&str>,
) -> Result<Published, ChangeError> {
    tx.lock_config().await?;
    let source = check(source, &app.configs.terms(tx).await?)?.source;
    let at = app.clock.now();
    tx.publish(Publication { source: &source, author, note, at }).await.map_err(moved)?;
    Ok(Published { source, at })
}

pub(crate) fn check(source: RulesetSource, terms: &Terms) -> Result<Ruleset, ChangeError> {
    Ruleset::check(source, terms).map_err(ChangeError::Faults)
}

fn apply(source: &mut RulesetSource, change: Change) -> Result<(), ChangeError> {
    match change {
        Change::Switch { rule: id, enabled } => {
            let rule = source.rules.iter_mut().find(|rule| rule.id == id);
            rule.ok_or(ChangeError::NoRule(id))?.enabled = enabled;
        }
        Change::Order(order) => {
            let count = source.rules.len();
            let mut left = std::mem::take(&mut source.rules);
            for id in order {
                let index = left.iter().position(|rule| rule.id == id);
                source.rules.push(left.swap_remove(index.ok_or(ChangeError::Order(count))?));
            }
            if !left.is_empty() {
                return Err(ChangeError::Order(count));
            }
        }
    }
    Ok(())
}

fn change_entry(app: &App, actor: &str, source: &RulesetSource, change: &Change) -> AuditEntry {
    let ids = || source.rules.iter().map(|rule| rule.id.to_string()).collect::<Vec<_>>();
    let (action, object, before, after) = match change {
        Change::Order(order) => {
            let order = order.iter().map(ToString::to_string).collect::<Vec<_>>();
            ("rules.reordered", source.id.to_string(), ids().into(), order.into())
        }
        Change::Switch { rule: id, enabled } => {
            let before = source.rules.iter().find(|rule| rule.id == *id).map(|rule| rule.enabled);
            ("rule.switched", id.to_string(), before.into(), (*enabled).into())
        }
    };
    let entry = entry(app, actor, action, object);
    AuditEntry { before: Some(before), after: Some(after), ..entry }
}

fn moved(error: PublishError) -> ChangeError {
    match error {
        PublishError::Moved => ChangeError::Moved,
        PublishError::Store(error) => ChangeError::Store(error),
    }
}
