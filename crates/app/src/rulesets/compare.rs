//! What differs between two rulesets of a workspace.

use lr_core::id::{UserId, WorkspaceId};
use lr_core::rules::ast::RulesetSource;
use lr_core::rules::diff::{Change, diff};
use lr_store::workspace_tx::WorkspaceTx;

use crate::context::App;
use crate::rulesets::content::name;
use crate::rulesets::{ChangeError, drafts, versions};

/// A ruleset by what it is to the person who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The one in force.
    Published,
    /// His draft.
    Draft,
    /// One that is or was in force.
    Version(u32),
}

/// What differs between two rulesets.
#[derive(Debug)]
pub struct Comparison {
    /// The version of the earlier; a draft's is the one that it would become.
    pub from: u32,
    /// The version of the later.
    pub to: u32,
    /// What leads from the one to the other.
    pub changes: Vec<Change>,
}

/// What leads from `from` to `to`, by the names that reps and pools have today.
///
/// # Errors
/// [`ChangeError::NoVersion`], [`ChangeError::NoDraft`] or [`ChangeError::NoRules`] if one of them
/// does not exist.
pub async fn compare(
    app: &App,
    workspace: WorkspaceId,
    reader: Option<UserId>,
    from: Which,
    to: Which,
) -> Result<Comparison, ChangeError> {
    let mut tx = app.store.begin(workspace).await?;
    let before = find(&mut tx, reader, from).await?;
    let after = find(&mut tx, reader, to).await?;
    let config = tx.config().await?.ok_or(ChangeError::NoRules)?;
    let changes = diff(&before, &after, |target| name(target, &config));
    Ok(Comparison { from: before.version, to: after.version, changes })
}

pub(crate) async fn find(
    tx: &mut WorkspaceTx,
    reader: Option<UserId>,
    which: Which,
) -> Result<RulesetSource, ChangeError> {
    match which {
        Which::Version(version) => versions::source(tx, version).await,
        Which::Draft => {
            let reader = reader.ok_or(ChangeError::NoDraft)?; // A program has no draft.
            Ok(drafts::as_ruleset(tx.draft(reader).await?.ok_or(ChangeError::NoDraft)?))
        }
        Which::Published => Ok(tx.published_ruleset().await?.ok_or(ChangeError::NoRules)?.source),
    }
}
