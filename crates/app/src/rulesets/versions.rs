//! The versions that were ever in force: listed, read, and brought back.

use lr_core::id::{RulesetId, WorkspaceId};
use lr_core::rules::ast::RulesetSource;
use lr_store::error::StoreError;
use lr_store::versions::Version;
use lr_store::workspace_tx::WorkspaceTx;

use crate::context::App;
use crate::idempotency::Once;
use crate::rulesets::content::Content;
use crate::rulesets::note::Note;
use crate::rulesets::{ChangeError, Publishing, put_in_force};

/// A page of versions.
#[derive(Debug)]
pub struct Page {
    /// Newest first.
    pub items: Vec<Version>,
    /// Where the next page begins: below this version.
    pub next: Option<u32>,
}

/// Up to `limit` versions below `before`, newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn page(
    app: &App,
    workspace: WorkspaceId,
    before: Option<u32>,
    limit: u16,
) -> Result<Page, StoreError> {
    let mut tx = app.store.begin(workspace).await?;
    let mut items = tx.versions(before, limit.saturating_add(1)).await?;
    let more = items.len() > usize::from(limit);
    items.truncate(limit.into());
    let next = items.last().filter(|_| more).map(|last| last.version);
    Ok(Page { items, next })
}

/// A version with its rules in words, by the names that reps and pools have today.
///
/// # Errors
/// [`ChangeError::NoVersion`] if there never was one of this number.
pub async fn read(
    app: &App,
    workspace: WorkspaceId,
    version: u32,
) -> Result<(Version, Content), ChangeError> {
    let mut tx = app.store.begin(workspace).await?;
    let found = summary(&mut tx, version).await?;
    let source = source(&mut tx, version).await?;
    let config = tx.config().await?.ok_or(ChangeError::NoRules)?;
    let terms = app.configs.terms(&mut tx).await?;
    Ok((found, Content::new(source, &terms, &config)))
}

/// A return to an earlier version.
#[derive(Debug, Clone)]
pub struct Rollback {
    /// The version whose rules are wanted.
    pub to: u32,
    /// The version that they are to replace.
    pub replacing: u32,
    /// Why; `None` says which version came back.
    pub note: Option<Note>,
}

/// Publishes the rules of an earlier version again, as a new version.
///
/// # Errors
/// [`ChangeError::Moved`] when another version than `replacing` is in force: nothing was changed.
pub async fn roll_back(
    app: &App,
    workspace: WorkspaceId,
    author: &str,
    wanted: Rollback,
    once: Option<Once>,
) -> Result<Version, ChangeError> {
    let mut tx = app.store.begin(workspace).await?;
    if let Some(version) = earlier(&mut tx, once.as_ref()).await? {
        return summary(&mut tx, version).await;
    }
    let old = source(&mut tx, wanted.to).await?;
    let note = wanted
        .note
        .as_ref()
        .map_or_else(|| format!("Back to version {}", wanted.to), |note| note.as_str().to_owned());
    let publishing = Publishing {
        source: RulesetSource {
            id: RulesetId::new(app.ids.make()),
            version: wanted.replacing.saturating_add(1),
            ..old
        },
        author,
        note: Some(&note),
        action: "rules.rolled_back",
    };
    put_in_force(app, &mut tx, publishing).await?;
    answer(tx, wanted.replacing.saturating_add(1), once).await
}

/// The version that an equal request published before.
pub(crate) async fn earlier(
    tx: &mut WorkspaceTx,
    once: Option<&Once>,
) -> Result<Option<u32>, ChangeError> {
    let Some(once) = once else { return Ok(None) };
    let Some(answer) = once.answer(tx).await? else { return Ok(None) };
    let number: [u8; 4] = answer.try_into().map_err(|_| StoreError::Corrupt {
        what: "answer",
        source: "it is not a version's number".into(),
    })?;
    Ok(Some(u32::from_be_bytes(number)))
}

/// Commits the publication of `version` together with the answer to the request for it.
pub(crate) async fn answer(
    mut tx: WorkspaceTx,
    version: u32,
    once: Option<Once>,
) -> Result<Version, ChangeError> {
    if let Some(once) = once {
        once.keep(&mut tx, version.to_be_bytes().to_vec()).await?;
    }
    let found = summary(&mut tx, version).await?;
    tx.commit().await?;
    Ok(found)
}

/// A version without its rules.
pub(crate) async fn summary(tx: &mut WorkspaceTx, version: u32) -> Result<Version, ChangeError> {
    tx.version(version).await?.ok_or(ChangeError::NoVersion(version))
}

/// A version as it was written.
pub(crate) async fn source(
    tx: &mut WorkspaceTx,
    version: u32,
) -> Result<RulesetSource, ChangeError> {
    tx.version_source(version).await?.ok_or(ChangeError::NoVersion(version))
}
