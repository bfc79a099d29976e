//! Making, rotating and revoking API keys.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use lr_core::id::{ApiKeyId, WorkspaceId};
use lr_store::api_keys::{self, ApiKeyRow, NewSecret, Scope};
use lr_store::error::StoreError;
use lr_store::workspace_tx::WorkspaceTx;
use serde_json::json;

use crate::accounts::token::NewApiKey;
use crate::audit::entry;
use crate::context::App;

/// The longest that the secret before a rotated one may go on working.
pub const LONGEST_OVERLAP: Duration = Duration::from_secs(30 * 24 * 3600);

/// A key that is wanted.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What its users call it, 1 to 100 characters.
    pub name: String,
    /// What it is for; at least one.
    pub scopes: BTreeSet<Scope>,
    /// First instant at which it is good for nothing, if there is one.
    pub expires_at: Option<Timestamp>,
}

impl Wanted {
    /// One that hands in leads for as long as nobody revokes it.
    pub fn ingest(name: &str) -> Self {
        Self { name: name.to_owned(), scopes: [Scope::Ingest].into(), expires_at: None }
    }
}

/// Why a key was not made or changed.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// No such key, or it was revoked.
    #[error("there is no such key")]
    Missing,
    /// A name has 1 to 100 characters.
    #[error("a name has 1 to 100 characters")]
    Name,
    /// It would open nothing.
    #[error("a key has at least one scope")]
    NoScope,
    /// It would have expired before it was made.
    #[error("a key expires in the future")]
    Past,
    /// The old secret would work for longer than [`LONGEST_OVERLAP`].
    #[error("an old secret works for 30 days at most")]
    Overlap,
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A key and its secret: the only moment at which that can be shown.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The key.
    pub row: ApiKeyRow,
    /// Its secret.
    pub secret: NewApiKey,
}

/// The keys of `workspace` that were not revoked, in the order in which they were made.
///
/// # Errors
/// If the database does not answer.
pub async fn list(app: &App, workspace: WorkspaceId) -> Result<Vec<ApiKeyRow>, StoreError> {
    app.store.begin(workspace).await?.api_keys(None).await
}

/// Makes an API key.
///
/// # Errors
/// Nothing was made.
pub async fn issue(
    app: &App,
    workspace: WorkspaceId,
    actor: &str,
    wanted: Wanted,
) -> Result<Shown, KeyError> {
    if wanted.scopes.is_empty() {
        return Err(KeyError::NoScope);
    }
    if wanted.expires_at.is_some_and(|at| at <= app.clock.now()) {
        return Err(KeyError::Past);
    }
    let mut tx = app.store.begin(workspace).await?;
    let (id, secret) = add(app, &mut tx, actor, &wanted).await?;
    let row = one(&mut tx, id).await?;
    let mut line = entry(app, actor, "api_key.made", id);
    line.after = Some(json!({ "name": row.name, "scopes": names(&row.scopes) }));
    tx.add_audit_entry(&line).await?;
    tx.commit().await?;
    Ok(Shown { row, secret })
}

/// Adds a key in a transaction that is under way; its row and secret.
pub(crate) async fn add(
    app: &App,
    tx: &mut WorkspaceTx,
    actor: &str,
    wanted: &Wanted,
) -> Result<(ApiKeyId, NewApiKey), KeyError> {
    let (id, secret) = (ApiKeyId::new(app.ids.make()), NewApiKey::make());
    let hash = secret.token().hash();
    let row = api_keys::NewApiKey {
        id,
        name: wanted.name.trim(),
        scopes: &wanted.scopes.iter().copied().collect::<Vec<_>>(),
        made_by: actor,
        expires_at: wanted.expires_at,
        secret: NewSecret { prefix: secret.prefix(), hash: hash.bytes() },
    };
    tx.add_api_key(row).await.map_err(|error| match error.constraint() {
        Some("api_keys_name_check") => KeyError::Name,
        Some(_) | None => KeyError::Store(error),
    })?;
    Ok((id, secret))
}

/// Gives a key another secret; the old one works on for `overlap`.
///
/// # Errors
/// Nothing was changed.
pub async fn rotate(
    app: &App,
    workspace: WorkspaceId,
    actor: &str,
    key: ApiKeyId,
    overlap: Duration,
) -> Result<Shown, KeyError> {
    if overlap > LONGEST_OVERLAP {
        return Err(KeyError::Overlap);
    }
    let overlap = SignedDuration::try_from(overlap).map_err(|_| KeyError::Overlap)?;
    let old_until = app.clock.now().saturating_add(overlap).map_err(|_| KeyError::Overlap)?;
    let secret = NewApiKey::make();
    let hash = secret.token().hash();
    let shown = NewSecret { prefix: secret.prefix(), hash: hash.bytes() };
    let mut tx = app.store.begin(workspace).await?;
    if !tx.rotate_api_key(key, shown, old_until).await? {
        return Err(KeyError::Missing);
    }
    let row = one(&mut tx, key).await?;
    let mut line = entry(app, actor, "api_key.rotated", key);
    line.after = Some(json!({ "old_until": old_until }));
    tx.add_audit_entry(&line).await?;
    tx.commit().await?;
    app.accounts.keys.invalidate_all();
    Ok(Shown { row, secret })
}

/// Ends a key; other nodes that have just seen it may take it for another second.
///
/// # Errors
/// Nothing was changed.
pub async fn revoke(
    app: &App,
    workspace: WorkspaceId,
    actor: &str,
    key: ApiKeyId,
) -> Result<(), KeyError> {
    let mut tx = app.store.begin(workspace).await?;
    if !tx.revoke_api_key(key, app.clock.now()).await? {
        return Err(KeyError::Missing);
    }
    tx.add_audit_entry(&entry(app, actor, "api_key.revoked", key)).await?;
    tx.commit().await?;
    app.accounts.keys.invalidate_all();
    Ok(())
}

async fn one(tx: &mut WorkspaceTx, key: ApiKeyId) -> Result<ApiKeyRow, KeyError> {
    tx.api_keys(Some(key)).await?.pop().ok_or(KeyError::Missing)
}

fn names(scopes: &[Scope]) -> Vec<&'static str> {
    scopes.iter().map(|scope| scope.as_str()).collect()
}
