//! A person's sign-ins and workspaces: looked at, ended, gone over to.

use lr_core::id::WorkspaceId;
use lr_store::error::StoreError;
use lr_store::members::Membership;
use lr_store::session_lists::{OpenSession, Which};
use lr_store::sessions::{Device, Revocation, SessionKey};

use crate::accounts::sign_in::{REFRESH_LIFETIME, SignInError, SignedIn, open_session};
use crate::context::App;

/// Every sign-in of the person that is alive, in all workspaces; the one used last first.
///
/// # Errors
/// If the database does not answer.
pub async fn list(app: &App, key: SessionKey) -> Result<Vec<OpenSession>, StoreError> {
    let now = app.clock.now();
    let since = now.saturating_sub(REFRESH_LIFETIME).unwrap_or(now);
    app.store.system().await?.open_sessions(key.user, since).await
}

/// Ends sign-ins of the person: this node refuses them at once, others within a second. Says how many
/// it ended.
///
/// # Errors
/// If the database does not answer.
pub async fn revoke(app: &App, key: SessionKey, which: Which) -> Result<usize, StoreError> {
    let mut tx = app.store.system().await?;
    let now = app.clock.now();
    let ended = tx.revoke_sessions(key.user, which, Revocation::Revoked, now).await?;
    tx.commit().await?;
    app.accounts.forget(&ended).await;
    Ok(ended.len())
}

/// Every workspace of the person, the one that he has belonged to the longest first.
///
/// # Errors
/// If the database does not answer.
pub async fn workspaces(app: &App, key: SessionKey) -> Result<Vec<Membership>, StoreError> {
    app.store.system().await?.memberships(key.user).await
}

/// Ends the session and opens one of the same person in another workspace of his; `None` if he has no
/// such workspace.
pub async fn switch(
    app: &App,
    key: SessionKey,
    to: WorkspaceId,
    from: &Device,
) -> Result<Option<SignedIn>, SignInError> {
    let all = workspaces(app, key).await?;
    let Some(member) = all.into_iter().find(|member| member.workspace == to) else {
        return Ok(None);
    };
    let signed_in = open_session(app, member, from).await?;
    end(app, key, Revocation::Switched).await?;
    Ok(Some(signed_in))
}

async fn end(app: &App, key: SessionKey, why: Revocation) -> Result<(), StoreError> {
    let mut tx = app.store.system().await?;
    let ended =
        tx.revoke_sessions(key.user, Which::Only(key.session), why, app.clock.now()).await?;
    tx.commit().await?;
    app.accounts.forget(&ended).await;
    Ok(())
}
