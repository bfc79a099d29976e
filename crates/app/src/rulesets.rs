//! The rules in force, and small changes that put a new version in force.

pub mod view;

use lr_core::id::{RuleId, RulesetId, WorkspaceId};
use lr_core::rules::Ruleset;
use lr_core::rules::ast::RulesetSource;
use lr_core::rules::check::Fault;
use lr_store::audit::AuditEntry;
use lr_store::error::StoreError;
use lr_store::rulesets::{PublishError, Published};

use crate::context::App;

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
    /// The workspace has no rules in force.
    #[error("the workspace has no rules in force")]
    NoRules,
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
    Ruleset::check(source.clone()).map_err(ChangeError::Faults)?;
    let mut tx = app.store.begin(workspace).await?;
    tx.publish(&source, author, app.clock.now()).await.map_err(moved)?;
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
    let entry = entry(app, author, &source, &change);
    apply(&mut source, change)?;
    source.id = RulesetId::new(app.ids.make());
    source.version += 1;
    Ruleset::check(source.clone()).map_err(ChangeError::Faults)?;
    let at = app.clock.now();
    tx.publish(&source, author, at).await.map_err(moved)?;
    tx.add_audit_entry(&entry).await?;
    tx.commit().await?;
    Ok(Published { source, at })
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

fn entry(app: &App, actor: &str, source: &RulesetSource, change: &Change) -> AuditEntry {
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
    AuditEntry {
        id: app.ids.make(),
        actor: actor.to_owned(),
        action: action.to_owned(),
        object,
        before: Some(before),
        after: Some(after),
        at: app.clock.now(),
    }
}

fn moved(error: PublishError) -> ChangeError {
    match error {
        PublishError::Moved => ChangeError::Moved,
        PublishError::Store(error) => ChangeError::Store(error),
    }
}
