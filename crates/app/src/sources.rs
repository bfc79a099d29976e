//! Where leads come from, kept at hand.

use std::sync::Arc;

use lr_core::id::{SourceId, WorkspaceId};
use lr_store::error::StoreError;
use lr_store::sources::{Source, SourceKind};
use moka::future::Cache;

use crate::context::App;

/// Workspaces whose sources are kept at hand.
const CACHED_WORKSPACES: u64 = 1_000;

/// The constraint that keeps two sources of a workspace from having one name.
const NAME_TAKEN: &str = "sources_workspace_id_name_key";

/// The sources at hand, by workspace. A source never changes, so only a missing one is asked for
/// again.
#[derive(Clone)]
pub struct Sources {
    by_workspace: Cache<WorkspaceId, Arc<Vec<Source>>>,
    forms: Cache<SourceId, WorkspaceId>,
}

impl Default for Sources {
    fn default() -> Self {
        Self { by_workspace: Cache::new(CACHED_WORKSPACES), forms: Cache::new(CACHED_WORKSPACES) }
    }
}

/// Every source of `workspace`, by name.
///
/// # Errors
/// If the database does not answer.
pub async fn list(app: &App, workspace: WorkspaceId) -> Result<Arc<Vec<Source>>, StoreError> {
    let sources = Arc::new(app.store.begin(workspace).await?.sources().await?);
    app.sources.by_workspace.insert(workspace, Arc::clone(&sources)).await;
    Ok(sources)
}

/// The source of `workspace` called exactly `name`.
///
/// # Errors
/// If the database does not answer.
pub async fn named(
    app: &App,
    workspace: WorkspaceId,
    name: &str,
) -> Result<Option<Source>, StoreError> {
    find(app, workspace, |source| source.name == name).await
}

/// The source called `name`, which is made with this kind if there is none yet; of two callers at
/// once, one makes it and both get it.
///
/// # Errors
/// If the database does not answer, or refuses the name because it is empty or over 100 characters.
pub async fn find_or_add(
    app: &App,
    workspace: WorkspaceId,
    name: &str,
    kind: SourceKind,
) -> Result<Source, StoreError> {
    if let Some(source) = named(app, workspace, name).await? {
        return Ok(source);
    }
    let source = Source { id: SourceId::new(app.ids.make()), name: name.to_owned(), kind };
    let mut tx = app.store.begin(workspace).await?;
    match tx.add_source(&source).await {
        Ok(()) => tx.commit().await.map(|()| source),
        Err(error) if error.constraint() == Some(NAME_TAKEN) => {
            named(app, workspace, name).await?.ok_or(error)
        }
        Err(error) => Err(error),
    }
}

/// The web form with this id and the workspace that it belongs to.
///
/// # Errors
/// If the database does not answer.
pub async fn form(app: &App, id: SourceId) -> Result<Option<(WorkspaceId, Source)>, StoreError> {
    let workspace = match app.sources.forms.get(&id).await {
        Some(workspace) => workspace,
        None => match app.store.system().await?.form_workspace(id).await? {
            Some(workspace) => workspace,
            None => return Ok(None),
        },
    };
    app.sources.forms.insert(id, workspace).await;
    let is_it = |source: &Source| source.id == id && source.kind == SourceKind::Form;
    Ok(find(app, workspace, is_it).await?.map(|source| (workspace, source)))
}

async fn find(
    app: &App,
    workspace: WorkspaceId,
    is_it: impl Fn(&Source) -> bool,
) -> Result<Option<Source>, StoreError> {
    if let Some(sources) = app.sources.by_workspace.get(&workspace).await
        && let Some(source) = sources.iter().find(|source| is_it(source))
    {
        return Ok(Some(source.clone()));
    }
    Ok(list(app, workspace).await?.iter().find(|source| is_it(source)).cloned())
}
