//! Drafts: each author writes one beside the rules in force, and puts it in their place.

use jiff::Timestamp;
use lr_core::id::{RulesetId, UserId, WorkspaceId};
use lr_core::rules::action::Action;
use lr_core::rules::ast::{RuleSource, RulesetSource};
use lr_core::rules::lint::Finding;
use lr_store::drafts::Draft;
use lr_store::versions::Version;
use lr_store::workspace_tx::WorkspaceTx;

use crate::audit::entry;
use crate::context::App;
use crate::idempotency::Once;
use crate::rulesets::content::Content;
use crate::rulesets::findings::{findings, refuse_errors};
use crate::rulesets::note::Note;
use crate::rulesets::{ChangeError, Publishing, check, put_in_force, versions};

/// What somebody wants the rules to be.
#[derive(Debug, Clone)]
pub struct Written {
    /// The version whose place they are to take.
    pub based_on: u32,
    /// In order of priority.
    pub rules: Vec<RuleSource>,
    /// What happens to a lead that no rule matches.
    pub catch_all: Action,
}

/// A draft as people look at it.
#[derive(Debug)]
pub struct DraftView {
    /// As it was written, and in words; its version is the one that it would become.
    pub content: Content,
    /// The version whose place it wants to take.
    pub based_on: u32,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// What is odd about it.
    pub findings: Vec<Finding>,
}

/// The author's draft.
///
/// # Errors
/// [`ChangeError::NoDraft`] if he has none.
pub async fn read(
    app: &App,
    workspace: WorkspaceId,
    author: UserId,
) -> Result<DraftView, ChangeError> {
    let mut tx = app.store.begin(workspace).await?;
    let draft = tx.draft(author).await?.ok_or(ChangeError::NoDraft)?;
    shown(app, &mut tx, draft).await
}

/// Saves what the author wrote in place of the draft he has.
///
/// # Errors
/// [`ChangeError::Faults`] with everything that is wrong in it, [`ChangeError::NoVersion`] if what it
/// is based on never was a version.
pub async fn save(
    app: &App,
    workspace: WorkspaceId,
    author: UserId,
    written: Written,
) -> Result<DraftView, ChangeError> {
    let Written { based_on, rules, catch_all } = written;
    let id = RulesetId::new(app.ids.make());
    let mut draft = Draft { id, author, based_on, rules, catch_all, updated_at: app.clock.now() };
    let mut tx = app.store.begin(workspace).await?;
    // Until the draft is saved, nothing that it names can be taken away.
    tx.hold_config_version().await?;
    check(as_ruleset(draft.clone()), &app.configs.terms(&mut tx).await?)?;
    draft.id = tx.save_draft(&draft).await.map_err(|error| match error.constraint() {
        Some("ruleset_drafts_workspace_id_based_on_fkey") => ChangeError::NoVersion(based_on),
        Some(_) | None => error.into(),
    })?;
    let said = entry(app, author, "draft.saved", draft.id);
    tx.add_audit_entry(&said).await?;
    let view = shown(app, &mut tx, draft).await?;
    tx.commit().await?;
    Ok(view)
}

/// Throws the author's draft away.
///
/// # Errors
/// [`ChangeError::NoDraft`] if he has none.
pub async fn discard(app: &App, workspace: WorkspaceId, author: UserId) -> Result<(), ChangeError> {
    let mut tx = app.store.begin(workspace).await?;
    let draft = tx.take_draft(author).await?.ok_or(ChangeError::NoDraft)?;
    let said = entry(app, author, "draft.discarded", draft.id);
    tx.add_audit_entry(&said).await?;
    Ok(tx.commit().await?)
}

/// Puts the author's draft in force, if the version that it is based on still is.
///
/// # Errors
/// The draft stays. [`ChangeError::Moved`] when somebody published since,
/// [`ChangeError::Findings`] when the linter finds errors in it.
pub async fn publish(
    app: &App,
    workspace: WorkspaceId,
    author: UserId,
    note: Option<Note>,
    once: Option<Once>,
) -> Result<Version, ChangeError> {
    let mut tx = app.store.begin(workspace).await?;
    if let Some(version) = versions::earlier(&mut tx, once.as_ref()).await? {
        return versions::summary(&mut tx, version).await;
    }
    // Before the draft's row, as where a draft is saved: else the two could wait for each other.
    tx.lock_config().await?;
    let draft = tx.take_draft(author).await?.ok_or(ChangeError::NoDraft)?;
    let config = tx.config().await?.ok_or(ChangeError::NoRules)?;
    let terms = app.configs.terms(&mut tx).await?;
    let ruleset = check(as_ruleset(draft), &terms)?;
    refuse_errors(findings(&ruleset, &config, &terms))?;
    let source = ruleset.source;
    let version = source.version;
    let publishing = Publishing {
        source,
        author: &author.to_string(),
        note: note.as_ref().map(Note::as_str),
        action: "rules.published",
    };
    put_in_force(app, &mut tx, publishing).await?;
    versions::answer(tx, version, once).await
}

async fn shown(app: &App, tx: &mut WorkspaceTx, draft: Draft) -> Result<DraftView, ChangeError> {
    let (based_on, updated_at) = (draft.based_on, draft.updated_at);
    let config = tx.config().await?.ok_or(ChangeError::NoRules)?;
    let terms = app.configs.terms(tx).await?;
    let ruleset = check(as_ruleset(draft), &terms)?;
    let findings = findings(&ruleset, &config, &terms);
    let content = Content::new(ruleset.source, &terms, &config);
    Ok(DraftView { content, based_on, updated_at, findings })
}

/// The ruleset that a draft would become.
pub(crate) fn as_ruleset(draft: Draft) -> RulesetSource {
    let Draft { id, based_on, rules, catch_all, .. } = draft;
    RulesetSource { id, version: based_on.saturating_add(1), rules, catch_all }
}
