//! Territories as people keep them: listed, taken in from a file, given out as one, removed.

pub mod file;
pub mod hand_over;
pub mod page;

use std::io;
use std::sync::Arc;

use lr_core::id::{TerritoryId, WorkspaceId};
use lr_core::rules::action::Action;
use lr_core::rules::ast::{RuleSource, RulesetSource};
use lr_core::territory::owner::Directory;
use lr_core::territory::table::Table;
use lr_store::audit::AuditEntry;
use lr_store::error::StoreError;
use lr_store::territories::{ReplaceError, TerritoryRow};
use lr_store::workspace_tx::WorkspaceTx;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::task::{JoinError, spawn_blocking};

use crate::audit;
use crate::configs::ConfigError;
use crate::context::App;
use crate::idempotency::{Once, OnceError};
use file::FileError;

/// Longest name, in characters.
pub const MAX_NAME: usize = 200;

/// Why a territory was not changed or shown; nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum TerritoryError {
    /// The file is no territory.
    #[error(transparent)]
    File(#[from] FileError),
    /// There is none of this id.
    #[error("there is no such territory")]
    Missing,
    /// The name is empty, too long, or holds a control character.
    #[error("a territory's name has 1 to {MAX_NAME} characters and no control characters")]
    Name,
    /// Another territory, with another table, has the name.
    #[error("there is another territory `{0}`")]
    Taken(String),
    /// Somebody changed it since the version that the change was made to.
    #[error("the territory has moved on")]
    Moved,
    /// Whom rows are to be given to cannot own them.
    #[error("rows are given to another active rep or a pool of the workspace")]
    Owner,
    /// These rules, in force or in a draft, name it.
    #[error("the territory is used by {}", .0.join(", "))]
    InUse(Vec<String>),
    /// It could not be told whether the same request was answered before.
    #[error(transparent)]
    Once(#[from] OnceError),
    /// Its stored table cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its file cannot be written.
    #[error("the file cannot be written")]
    Write(#[from] io::Error),
    /// The reading thread has stopped by itself.
    #[error("the file's reader has stopped")]
    Reader(#[from] JoinError),
}

/// Which territory a file is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A new one of this name.
    New(String),
    /// The one of this name, or a new one.
    Named(String),
    /// This one, if it is of the version given.
    Known(TerritoryId, Option<u32>),
}

/// A file to be taken in.
#[derive(Debug, Clone)]
pub struct Job {
    /// Which territory it is for.
    pub place: Place,
    /// The file.
    pub bytes: Vec<u8>,
    /// Who brings it: `usr_…` or `operator`.
    pub actor: String,
    /// Whether only to say what would happen.
    pub dry_run: bool,
    /// The request, if it may be sent twice; a dry run acts on nothing and is answered anew.
    pub once: Option<Once>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// The territory as it is now, or would be.
    pub territory: TerritoryRow,
    /// What changed.
    pub change: Change,
}

/// What a file changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// A territory was made.
    Created,
    /// It has another table.
    Replaced,
    /// It had the same table.
    Same,
}

/// Every territory, by name.
///
/// # Errors
/// If the database does not answer.
pub async fn list(app: &App, workspace: WorkspaceId) -> Result<Vec<TerritoryRow>, StoreError> {
    app.store.begin(workspace).await?.territories().await
}

/// A territory without its rows.
///
/// # Errors
/// [`TerritoryError::Missing`] if there is none of this id.
pub async fn show(
    app: &App,
    workspace: WorkspaceId,
    id: TerritoryId,
) -> Result<TerritoryRow, TerritoryError> {
    app.store.begin(workspace).await?.territory(id).await?.ok_or(TerritoryError::Missing)
}

/// Takes a file in: all of its rows, or none. The same file again changes nothing.
///
/// # Errors
/// [`FileError::Faults`] with what is wrong in each row.
pub async fn import(
    app: &App,
    workspace: WorkspaceId,
    job: Job,
) -> Result<Imported, TerritoryError> {
    if let Place::New(name) | Place::Named(name) = &job.place {
        check_name(name)?;
    }
    let directory = directory(&mut app.store.begin(workspace).await?).await?;
    let bytes = job.bytes;
    let (table, body) = spawn_blocking(move || {
        let table = file::read(&bytes, &directory)?;
        let body = table.encode();
        Ok::<_, FileError>((Arc::new(table), body))
    })
    .await??;
    let mut tx = app.store.begin(workspace).await?;
    let once = job.once.filter(|_| !job.dry_run);
    if let Some(answer) = earlier(&mut tx, once.as_ref()).await? {
        return Ok(answer);
    }
    let before = standing(&mut tx, &job.place).await?;
    let digest = tx.keep_table(&body).await?;
    let imported = next(app, &job.place, before.as_ref(), digest, &table)?;
    if job.dry_run {
        return Ok(imported);
    }
    match imported.change {
        Change::Replaced => tx.replace_territory(&imported.territory).await?,
        Change::Created => {
            tx.add_territory(&imported.territory).await.map_err(taken(&imported.territory))?;
        }
        Change::Same => {}
    }
    if imported.change != Change::Same {
        let entry = entry(app, job.actor, before.as_ref(), Some(&imported.territory));
        tx.add_audit_entry(&entry).await?;
    }
    if let Some(once) = once {
        let answer = serde_json::to_vec(&imported).map_err(unreadable)?;
        once.keep(&mut tx, answer).await?;
    }
    tx.commit().await?;
    app.configs.keep_table(workspace, digest, table).await;
    Ok(imported)
}

/// What an equal request was answered before.
async fn earlier(
    tx: &mut WorkspaceTx,
    once: Option<&Once>,
) -> Result<Option<Imported>, TerritoryError> {
    let Some(once) = once else { return Ok(None) };
    let Some(answer) = once.answer(tx).await? else { return Ok(None) };
    Ok(Some(serde_json::from_slice(&answer).map_err(unreadable)?))
}

fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::Corrupt { what: "answer", source: error.into() }
}

/// The file of a territory.
///
/// # Errors
/// [`TerritoryError::Missing`] if there is none of this id.
pub async fn export(
    app: &App,
    workspace: WorkspaceId,
    id: TerritoryId,
) -> Result<(TerritoryRow, Vec<u8>), TerritoryError> {
    let mut tx = app.store.begin(workspace).await?;
    let (territory, table) = table(app, &mut tx, id).await?;
    let directory = directory(&mut tx).await?;
    drop(tx);
    let bytes = spawn_blocking(move || file::write(&table, &directory)).await?;
    Ok((territory, bytes?))
}

/// Removes a territory that no rule in force and no draft uses.
///
/// # Errors
/// [`TerritoryError::InUse`] with the rules that do.
pub async fn remove(
    app: &App,
    workspace: WorkspaceId,
    id: TerritoryId,
    actor: String,
) -> Result<(), TerritoryError> {
    let mut tx = app.store.begin(workspace).await?;
    let before = tx.territory(id).await?.ok_or(TerritoryError::Missing)?;
    // Removing takes the lock that publishing and saving a draft take too, so from here on no new rule
    // can use it.
    if !tx.remove_territory(id).await? {
        return Err(TerritoryError::Missing);
    }
    let users = users(&mut tx, id).await?;
    if !users.is_empty() {
        return Err(TerritoryError::InUse(users));
    }
    tx.add_audit_entry(&entry(app, actor, Some(&before), None)).await?;
    Ok(tx.commit().await?)
}

/// A territory and its table.
async fn table(
    app: &App,
    tx: &mut WorkspaceTx,
    id: TerritoryId,
) -> Result<(TerritoryRow, Arc<Table>), TerritoryError> {
    let territory = tx.territory(id).await?.ok_or(TerritoryError::Missing)?;
    let table = app.configs.table(tx, territory.table).await?;
    Ok((territory, table.ok_or(TerritoryError::Missing)?))
}

/// Everybody who can own a row.
async fn directory(tx: &mut WorkspaceTx) -> Result<Directory, StoreError> {
    let mut directory = Directory::default();
    for rep in tx.reps().await? {
        directory.add_rep(rep.id, &rep.name, &rep.email);
    }
    for pool in tx.pools().await? {
        directory.add_pool(pool.id, &pool.name);
    }
    Ok(directory)
}

/// The territory that stands where a file is to go.
async fn standing(
    tx: &mut WorkspaceTx,
    place: &Place,
) -> Result<Option<TerritoryRow>, TerritoryError> {
    match place {
        Place::New(name) | Place::Named(name) => Ok(tx.territory_named(name).await?),
        Place::Known(id, version) => {
            let found = tx.territory(*id).await?.ok_or(TerritoryError::Missing)?;
            if version.is_some_and(|version| version != found.version) {
                return Err(TerritoryError::Moved);
            }
            Ok(Some(found))
        }
    }
}

/// What becomes of the territory.
fn next(
    app: &App,
    place: &Place,
    before: Option<&TerritoryRow>,
    digest: [u8; 32],
    table: &Table,
) -> Result<Imported, TerritoryError> {
    let same = before.is_some_and(|before| before.table == digest);
    let (id, name, version, change) = match (before, place) {
        (Some(before), _) if same => {
            return Ok(Imported { territory: before.clone(), change: Change::Same });
        }
        (Some(before), Place::New(_)) => return Err(TerritoryError::Taken(before.name.clone())),
        (Some(before), Place::Named(_) | Place::Known(..)) => {
            (before.id, before.name.clone(), before.version.saturating_add(1), Change::Replaced)
        }
        (None, Place::New(name) | Place::Named(name)) => {
            (TerritoryId::new(app.ids.make()), name.clone(), 1, Change::Created)
        }
        (None, Place::Known(..)) => return Err(TerritoryError::Missing),
    };
    let rows = u32::try_from(table.rows().len()).unwrap_or(u32::MAX);
    let (headings, changed_at) = (table.headings(), app.clock.now());
    let territory = TerritoryRow { id, name, version, table: digest, headings, rows, changed_at };
    Ok(Imported { territory, change })
}

/// The rules in force and in drafts, catch-alls among them, that name a territory anywhere.
async fn users(tx: &mut WorkspaceTx, id: TerritoryId) -> Result<Vec<String>, StoreError> {
    let mut users = Vec::new();
    if let Some(published) = tx.published_ruleset().await? {
        let RulesetSource { rules, catch_all, .. } = &published.source;
        users.extend(naming(rules, catch_all, id));
    }
    for (author, draft) in tx.drafts().await? {
        let rules = naming(&draft.rules, &draft.catch_all, id).into_iter();
        users.extend(rules.map(|rule| format!("{rule} in the draft of {author}")));
    }
    Ok(users)
}

/// Those of some rules and their catch-all that name a territory, as a sentence calls them.
fn naming(rules: &[RuleSource], catch_all: &Action, id: TerritoryId) -> Vec<String> {
    let id = id.to_string();
    let names = |text: Result<String, serde_json::Error>| text.is_ok_and(|text| text.contains(&id));
    let rules = rules.iter().filter(|rule| names(serde_json::to_string(rule)));
    let mut naming: Vec<_> = rules.map(|rule| format!("“{}”", rule.name)).collect();
    if names(serde_json::to_string(catch_all)) {
        naming.push("the catch-all".to_owned());
    }
    naming
}

fn check_name(name: &str) -> Result<(), TerritoryError> {
    let length = name.chars().count();
    let fits =
        (1..=MAX_NAME).contains(&length) && name.trim() == name && !name.contains(char::is_control);
    fits.then_some(()).ok_or(TerritoryError::Name)
}

/// Two who make a territory of one name at once: the second finds it there.
fn taken(territory: &TerritoryRow) -> impl FnOnce(StoreError) -> TerritoryError {
    let name = territory.name.clone();
    move |error| match error.constraint() {
        Some("territories_workspace_id_name_key") => TerritoryError::Taken(name),
        _ => error.into(),
    }
}

fn entry(
    app: &App,
    actor: String,
    before: Option<&TerritoryRow>,
    after: Option<&TerritoryRow>,
) -> AuditEntry {
    let facts = |row: &TerritoryRow| -> Value {
        json!({ "name": row.name, "version": row.version, "rows": row.rows })
    };
    let action = match (before, after) {
        (None, _) => "territory.created",
        (Some(_), Some(_)) => "territory.replaced",
        (Some(_), None) => "territory.removed",
    };
    let object = after.or(before).map(|row| row.id.to_string()).unwrap_or_default();
    let (before, after) = (before.map(facts), after.map(facts));
    AuditEntry { before, after, ..audit::entry(app, actor, action, object) }
}

impl From<ReplaceError> for TerritoryError {
    fn from(error: ReplaceError) -> Self {
        match error {
            ReplaceError::Moved => Self::Moved,
            ReplaceError::Store(error) => error.into(),
        }
    }
}
