//! Who is asking: a member with an access token, or a program with an API key.

use lr_core::id::{ApiKeyId, UserId, WorkspaceId};
use lr_store::api_keys::ApiKey;
use lr_store::error::StoreError;
use lr_store::members::Membership;
use lr_store::sessions::SessionKey;
use uuid::Uuid;

use crate::accounts::access_token::Bearer;
use crate::accounts::permission::{Act, Grant, of_role, of_scopes};
use crate::accounts::token::{NewApiKey, TokenHash};
use crate::context::App;

/// Somebody who has shown who he is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// A program.
    ApiKey(ApiKey),
    /// A person signed in.
    Member(Membership),
}

impl Caller {
    /// The workspace that everything asked is about.
    pub fn workspace(&self) -> WorkspaceId {
        match self {
            Self::ApiKey(key) => key.workspace,
            Self::Member(member) => member.workspace,
        }
    }

    /// How far he may go in an act.
    pub fn grant(&self, act: Act) -> Grant {
        match self {
            Self::ApiKey(key) => of_scopes(&key.scopes, act),
            Self::Member(member) => of_role(member.role, act),
        }
    }

    /// The person, unless it is a program.
    pub fn user(&self) -> Option<UserId> {
        match self {
            Self::ApiKey(_) => None,
            Self::Member(member) => Some(member.user),
        }
    }

    /// The key or the user, by which requests of different callers are told apart.
    pub fn id(&self) -> Uuid {
        match self {
            Self::ApiKey(key) => key.id.uuid(),
            Self::Member(member) => member.user.uuid(),
        }
    }

    /// The key or the user as the audit names them.
    pub fn actor(&self) -> String {
        match self {
            Self::ApiKey(key) => key.id.to_string(),
            Self::Member(member) => member.user.to_string(),
        }
    }
}

/// Whom `token` stands for, or `None` if it is no good: not ours, over, revoked, or of somebody who is
/// no longer a member.
///
/// What the database said is reused for a second, so access ends within that time.
pub async fn identify(app: &App, token: &str) -> Result<Option<Caller>, StoreError> {
    if is_api_key(token) {
        return Ok(api_key(app, token).await?.map(Caller::ApiKey));
    }
    Ok(member(app, token).await?.map(Caller::Member))
}

/// Whether a token says of itself that it is an API key.
pub fn is_api_key(token: &str) -> bool {
    token.starts_with(NewApiKey::MARK)
}

/// The session that `token` was made for, whether or not it has ended.
pub fn session(app: &App, token: &str) -> Option<SessionKey> {
    let bearer = app.accounts.access_tokens.check(token, app.clock.now()).ok()?;
    let Bearer { workspace, user, session } = bearer;
    Some(SessionKey { workspace, session, user })
}

async fn member(app: &App, token: &str) -> Result<Option<Membership>, StoreError> {
    let Some(key) = session(app, token) else { return Ok(None) };
    if let Some(member) = app.accounts.sessions.get(&key).await {
        return Ok(Some(member));
    }
    let member = app.store.system().await?.session_member(key).await?;
    if let Some(member) = &member {
        app.accounts.sessions.insert(key, member.clone()).await;
    }
    Ok(member)
}

/// Its use is noted at most once a minute.
async fn api_key(app: &App, token: &str) -> Result<Option<ApiKey>, StoreError> {
    let hash = TokenHash::of(token);
    let good = |key: &ApiKey| key.until.is_none_or(|until| app.clock.now() < until);
    if let Some(key) = app.accounts.keys.get(&hash).await {
        return Ok(Some(key).filter(good));
    }
    let found = app.store.system().await?.api_key(hash.bytes()).await?;
    let Some(key) = found.filter(good) else { return Ok(None) };
    app.accounts.keys.insert(hash, key.clone()).await;
    note_use(app, &key).await;
    Ok(Some(key))
}

/// A use that cannot be noted is no reason to turn the caller away.
async fn note_use(app: &App, key: &ApiKey) {
    if app.accounts.noted.contains_key(&key.id) {
        return;
    }
    app.accounts.noted.insert(key.id, ()).await;
    if let Err(error) = try_note_use(app, key).await {
        let id: ApiKeyId = key.id;
        tracing::warn!(key.id = %id, error = &error as &dyn std::error::Error, "use of key not noted");
    }
}

async fn try_note_use(app: &App, key: &ApiKey) -> Result<(), StoreError> {
    let mut tx = app.store.begin(key.workspace).await?;
    tx.note_use_of_api_key(key.id, app.clock.now()).await?;
    tx.commit().await
}
