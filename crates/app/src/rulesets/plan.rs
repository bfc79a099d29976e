//! A ruleset from a file: what it would change, and putting it in force.

use lr_core::id::{RuleId, RulesetId, WorkspaceId};
use lr_core::rules::ast::RulesetSource;
use lr_core::rules::diff::{Change, diff};
use lr_core::rules::lint::Finding;
use lr_store::error::StoreError;
use lr_store::workspace_tx::WorkspaceTx;

use crate::context::App;
use crate::rulesets::content::name;
use crate::rulesets::drafts::Written;
use crate::rulesets::file::names::Names;
use crate::rulesets::file::{self, FileError};
use crate::rulesets::findings::{findings, refuse_errors};
use crate::rulesets::note::Note;
use crate::rulesets::{ChangeError, Publishing, check, put_in_force};

/// Why a file was neither planned nor applied.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// It is no ruleset.
    #[error(transparent)]
    File(#[from] FileError),
    /// It cannot take the place of the ruleset in force.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a file would change.
#[derive(Debug)]
pub struct Plan {
    /// The ruleset that it would become.
    pub ruleset: RulesetSource,
    /// The version that it was written for.
    pub based_on: u32,
    /// The version in force.
    pub published: u32,
    /// What leads from the one in force to the file.
    pub changes: Vec<Change>,
    /// What is odd about it.
    pub findings: Vec<Finding>,
}

/// What applying a file came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// It says what is in force already.
    Nothing {
        /// The version in force.
        version: u32,
    },
    /// It is in force now.
    Published {
        /// Its version.
        version: u32,
    },
}

/// The ruleset in force as a file.
///
/// # Errors
/// [`ChangeError::NoRules`] before the first publication.
pub async fn export(app: &App, workspace: WorkspaceId) -> Result<String, PlanError> {
    let mut tx = app.store.begin(workspace).await?;
    let published = tx.published_ruleset().await?.ok_or(ChangeError::NoRules)?;
    Ok(file::write(&published.source, &Names::read(&mut tx).await?)?)
}

/// What the file `text` would change. Changes nothing.
///
/// # Errors
/// [`FileError`] or [`ChangeError::Faults`] with everything that is wrong in it.
pub async fn plan(app: &App, workspace: WorkspaceId, text: &str) -> Result<Plan, PlanError> {
    let mut tx = app.store.begin(workspace).await?;
    draw_up(app, &mut tx, text).await
}

/// Puts the file `text` in force, unless it says what is in force already.
///
/// # Errors
/// [`ChangeError::Moved`] when another version is in force than the file is based on,
/// [`ChangeError::Findings`] when the linter finds errors in it. Nothing was changed.
pub async fn apply(
    app: &App,
    workspace: WorkspaceId,
    text: &str,
    author: &str,
    note: Option<Note>,
) -> Result<Applied, PlanError> {
    let mut tx = app.store.begin(workspace).await?;
    let plan = draw_up(app, &mut tx, text).await?;
    if plan.changes.is_empty() {
        return Ok(Applied::Nothing { version: plan.published });
    }
    if plan.based_on != plan.published {
        return Err(ChangeError::Moved.into());
    }
    refuse_errors(plan.findings)?;
    let version = plan.ruleset.version;
    let note = note.as_ref().map(Note::as_str);
    let publishing = Publishing { source: plan.ruleset, author, note, action: "rules.applied" };
    put_in_force(app, &mut tx, publishing).await?;
    tx.commit().await?;
    Ok(Applied::Published { version })
}

async fn draw_up(app: &App, tx: &mut WorkspaceTx, text: &str) -> Result<Plan, PlanError> {
    let config = tx.config().await?.ok_or(ChangeError::NoRules)?;
    let names = Names::read(tx).await?;
    let make_id = || RuleId::new(app.ids.make());
    let Written { based_on, rules, catch_all } =
        file::read(text, &names, &config.ruleset, make_id)?;
    let published = config.ruleset.version;
    let id = RulesetId::new(app.ids.make());
    let version = published.saturating_add(1);
    let terms = app.configs.terms(tx).await.map_err(ChangeError::from)?;
    let ruleset = check(RulesetSource { id, version, rules, catch_all }, &terms)?;
    let changes = diff(&config.ruleset, &ruleset.source, |target| name(target, &config));
    let findings = findings(&ruleset, &config, &terms);
    Ok(Plan { ruleset: ruleset.source, based_on, published, changes, findings })
}
