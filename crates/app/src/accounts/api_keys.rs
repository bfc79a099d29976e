//! Issuing and revoking API keys.

use lr_core::id::{ApiKeyId, WorkspaceId};
use lr_store::api_keys;
use lr_store::error::StoreError;

use crate::accounts::token::NewApiKey;
use crate::context::App;

/// Makes an API key called `name`; this is the only moment at which it can be shown.
///
/// # Errors
/// If the database does not answer.
pub async fn issue(
    app: &App,
    workspace: WorkspaceId,
    name: &str,
) -> Result<(ApiKeyId, NewApiKey), StoreError> {
    let (id, key) = (ApiKeyId::new(app.ids.make()), NewApiKey::make());
    let mut tx = app.store.begin(workspace).await?;
    let hash = key.token().hash();
    let row = api_keys::NewApiKey { id, name, prefix: key.prefix(), hash: hash.bytes() };
    tx.add_api_key(row).await?;
    tx.commit().await?;
    Ok((id, key))
}

/// Ends a key; nodes that have just seen it may take it for another second.
///
/// # Errors
/// If the database does not answer.
pub async fn revoke(app: &App, workspace: WorkspaceId, key: ApiKeyId) -> Result<(), StoreError> {
    let mut tx = app.store.begin(workspace).await?;
    tx.revoke_api_key(key, app.clock.now()).await?;
    tx.commit().await
}
