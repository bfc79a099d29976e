//! Who is asking: a member with an access token, or a program with an API key.

use lr_core::id::ApiKeyId;
use lr_store::api_keys::ApiKey;
use lr_store::error::StoreError;
use lr_store::members::Membership;
use lr_store::sessions::SessionKey;

use crate::accounts::token::TokenHash;
use crate::context::App;

/// The member that an access token stands for, or `None` if the token is no good: not ours, over,
/// its session ended, or the person no longer a member.
///
/// What the database said is reused for a second, so a session ends within that time.
pub async fn member(app: &App, token: &str) -> Result<Option<Membership>, StoreError> {
    let Ok(bearer) = app.accounts.access_tokens.check(token, app.clock.now()) else {
        return Ok(None);
    };
    let key =
        SessionKey { workspace: bearer.workspace, session: bearer.session, user: bearer.user };
    if let Some(member) = app.accounts.sessions.get(&key).await {
        return Ok(Some(member));
    }
    let member = app.store.system().await?.session_member(key).await?;
    if let Some(member) = &member {
        app.accounts.sessions.insert(key, member.clone()).await;
    }
    Ok(member)
}

/// The API key that `token` is, or `None` if it is unknown or was revoked.
///
/// Its use is noted at most once a minute. What the database said is reused for a second, so a
/// revoked key ends within that time.
pub async fn api_key(app: &App, token: &str) -> Result<Option<ApiKey>, StoreError> {
    let hash = TokenHash::of(token);
    if let Some(key) = app.accounts.keys.get(&hash).await {
        return Ok(Some(key));
    }
    let Some(key) = app.store.system().await?.api_key(hash.bytes()).await? else {
        return Ok(None);
    };
    app.accounts.keys.insert(hash, key).await;
    note_use(app, key).await;
    Ok(Some(key))
}

/// A use that cannot be noted is no reason to turn the caller away.
async fn note_use(app: &App, key: ApiKey) {
    if app.accounts.noted.contains_key(&key.id) {
        return;
    }
    app.accounts.noted.insert(key.id, ()).await;
    if let Err(error) = try_note_use(app, key).await {
        let id: ApiKeyId = key.id;
        tracing::warn!(key.id = %id, error = &error as &dyn std::error::Error, "use of key not noted");
    }
}

async fn try_note_use(app: &App, key: ApiKey) -> Result<(), StoreError> {
    let mut tx = app.store.begin(key.workspace).await?;
    tx.note_use_of_api_key(key.id, app.clock.now()).await?;
    tx.commit().await
}
