//! Signing in and staying signed in.
//!
//! A sign-in is a session with a chain of refresh tokens. Each is used once, to get the next; one
//! that comes back later was copied, so the whole session ends.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use lr_core::id::SessionId;
use lr_store::error::StoreError;
use lr_store::members::Membership;
use lr_store::sessions::{Device, NewRefreshToken, RefreshToken, Revocation, SessionKey};
use lr_store::system_tx::SystemTx;

use crate::accounts::access_token::{self, Bearer, SigningError};
use crate::accounts::attempts::TooManyAttempts;
use crate::accounts::password::{HashingError, Password, PasswordHash};
use crate::accounts::token::{NewToken, TokenHash};
use crate::accounts::workspace::MakeError;
use crate::context::App;
use crate::mail::outbox::MailError;

/// How long somebody stays signed in without coming back.
pub const REFRESH_LIFETIME: Duration = Duration::from_secs(14 * 24 * 3600);

/// Two tabs that wake together send the same refresh token; for this long the second gets an access
/// token instead of losing the session. It gets no refresh token, so a thief who is that fast gains
/// ten minutes and no chain of his own.
const RACE_GRACE: SignedDuration = SignedDuration::from_secs(10);

/// What a person types to sign in.
#[derive(Debug)]
pub struct Credentials {
    /// Address in any spelling of upper and lower case.
    pub email: String,
    /// The password.
    pub password: Password,
}

/// A person signed in.
#[derive(Debug)]
pub struct SignedIn {
    /// Who, and where.
    pub member: Membership,
    /// Proof for requests, good for [`access_token::LIFETIME`].
    pub access_token: String,
    /// The next link of the chain; absent when another tab has just fetched it.
    pub refresh_token: Option<NewToken>,
}

/// Why somebody was not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No such account, another password, or no workspace; which of them is not said.
    #[error("the e-mail address or the password is wrong")]
    WrongCredentials,
    /// The session is over: sign in again.
    #[error("the session is over")]
    SignedOut,
    /// The link was used, is over, or is none of ours: ask for another.
    #[error("the link is not good, or no longer so")]
    LinkOver,
    /// Wait, then try again.
    #[error(transparent)]
    TooManyAttempts(#[from] TooManyAttempts),
    /// The database did not answer.
    #[error("sessions could not be read or written")]
    Store(#[from] StoreError),
    /// The password could not be compared.
    #[error("the password could not be compared")]
    Hashing(#[from] HashingError),
    /// The access token could not be made.
    #[error("the access token could not be made")]
    Signing(#[from] SigningError),
    /// The workspace could not be made.
    #[error("the workspace could not be made")]
    Workspace(#[from] MakeError),
    /// The mail about it could not be written.
    #[error("the mail could not be written")]
    Mail(#[from] MailError),
}

/// Signs a person in to the workspace they have belonged to the longest.
///
/// Tries are counted by the network that they come from and by account.
pub async fn sign_in(
    app: &App,
    credentials: Credentials,
    from: &Device,
) -> Result<SignedIn, SignInError> {
    let email = credentials.email.trim().to_lowercase();
    let now = app.clock.now();
    let address = &from.address;
    app.accounts.tries_of_address.take(address, now).await?;
    app.accounts.tries_on_account.take(&format!("{address} {email}"), now).await?;

    let account = app.store.system().await?.account(&email).await?;
    let hash = account.as_ref().map(|account| PasswordHash::stored(account.password_hash.clone()));
    let matches = app.accounts.passwords.matches(credentials.password, hash).await?;
    let account = account.filter(|_| matches).ok_or(SignInError::WrongCredentials)?;

    let member = app.store.system().await?.first_membership(account.user).await?;
    open_session(app, member.ok_or(SignInError::WrongCredentials)?, from).await
}

/// Opens a session for a person who has proved who he is.
pub(super) async fn open_session(
    app: &App,
    member: Membership,
    from: &Device,
) -> Result<SignedIn, SignInError> {
    let now = app.clock.now();
    let key = SessionKey {
        workspace: member.workspace,
        session: SessionId::new(app.ids.make()),
        user: member.user,
    };
    let mut tx = app.store.system().await?;
    tx.open_session(key, from, now).await?;
    let refresh_token = add_token(&mut tx, key, now).await?;
    tx.commit().await?;
    signed_in(app, member, key, Some(refresh_token))
}

/// Trades a refresh token for the next one and a new access token.
///
/// A token that was traded before ends its session, because somebody copied it.
pub async fn refresh(app: &App, token: &str) -> Result<SignedIn, SignInError> {
    let now = app.clock.now();
    let hash = TokenHash::of(token);
    let mut tx = app.store.system().await?;
    let stored = tx.lock_refresh_token(hash.bytes()).await?.ok_or(SignInError::SignedOut)?;
    let standing = Standing::of(&stored, now);
    let next = match standing {
        Standing::Good => {
            tx.use_refresh_token(stored.key, hash.bytes(), now).await?;
            Some(add_token(&mut tx, stored.key, now).await?)
        }
        Standing::Raced => None,
        Standing::Reused => {
            tx.revoke_session(stored.key, Revocation::TokenReused, now).await?;
            tx.commit().await?;
            app.accounts.sessions.invalidate(&stored.key).await;
            tracing::warn!(session.id = %stored.key.session, "refresh token used twice");
            return Err(SignInError::SignedOut);
        }
        Standing::Over => return Err(SignInError::SignedOut),
    };
    let member = tx.session_member(stored.key).await?.ok_or(SignInError::SignedOut)?;
    tx.commit().await?;
    signed_in(app, member, stored.key, next)
}

/// Ends the session that `token` belongs to; a token of no session has nothing to end.
pub async fn sign_out(app: &App, token: &str) -> Result<(), StoreError> {
    let mut tx = app.store.system().await?;
    let Some(stored) = tx.lock_refresh_token(TokenHash::of(token).bytes()).await? else {
        return Ok(());
    };
    tx.revoke_session(stored.key, Revocation::SignedOut, app.clock.now()).await?;
    tx.commit().await?;
    app.accounts.sessions.invalidate(&stored.key).await;
    Ok(())
}

/// What a refresh token is worth when it comes in.
#[derive(Debug, PartialEq, Eq)]
enum Standing {
    Good,
    Raced,
    Reused,
    Over,
}

impl Standing {
    fn of(token: &RefreshToken, now: Timestamp) -> Self {
        if token.revoked || token.expires_at <= now {
            return Self::Over;
        }
        match token.used_at {
            None => Self::Good,
            Some(used_at) if now.duration_since(used_at) <= RACE_GRACE => Self::Raced,
            Some(_) => Self::Reused,
        }
    }
}

async fn add_token(
    tx: &mut SystemTx,
    key: SessionKey,
    now: Timestamp,
) -> Result<NewToken, StoreError> {
    let token = NewToken::refresh();
    let expires_at = now.saturating_add(REFRESH_LIFETIME).unwrap_or(now);
    let hash = token.hash();
    let new = NewRefreshToken { hash: hash.bytes(), issued_at: now, expires_at };
    tx.add_refresh_token(key, new).await?;
    Ok(token)
}

fn signed_in(
    app: &App,
    member: Membership,
    key: SessionKey,
    refresh_token: Option<NewToken>,
) -> Result<SignedIn, SignInError> {
    let bearer = Bearer { workspace: key.workspace, user: key.user, session: key.session };
    let access_token = app.accounts.access_tokens.issue(&bearer, app.clock.now())?;
    Ok(SignedIn { member, access_token, refresh_token })
}

/// Seconds for which an access token is good, as the API says it.
pub const fn access_token_seconds() -> u64 {
    access_token::LIFETIME.as_secs()
}

#[cfg(test)]
mod tests {
    use lr_core::id::{UserId, WorkspaceId};
    use uuid::Uuid;

    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn token(used_at: Option<i64>, revoked: bool) -> RefreshToken {
        let key = SessionKey {
            workspace: WorkspaceId::new(Uuid::nil()),
            session: SessionId::new(Uuid::nil()),
            user: UserId::new(Uuid::nil()),
        };
        RefreshToken { key, expires_at: second(1_000), used_at: used_at.map(second), revoked }
    }

    #[test]
    fn a_fresh_token_is_good_until_it_expires() {
        assert_eq!(Standing::of(&token(None, false), second(999)), Standing::Good);
        assert_eq!(Standing::of(&token(None, false), second(1_000)), Standing::Over);
    }

    #[test]
    fn a_used_token_is_a_race_for_ten_seconds_and_a_theft_after() {
        assert_eq!(Standing::of(&token(Some(100), false), second(110)), Standing::Raced);
        assert_eq!(Standing::of(&token(Some(100), false), second(111)), Standing::Reused);
    }

    #[test]
    fn no_token_of_an_ended_session_is_worth_anything() {
        assert_eq!(Standing::of(&token(None, true), second(1)), Standing::Over);
        assert_eq!(Standing::of(&token(Some(1), true), second(1)), Standing::Over);
    }
}
