//! Setting a password that was forgotten.

use std::time::Duration;

use lr_store::error::StoreError;
use lr_store::one_time_tokens::{NewOneTimeToken, Purpose};
use lr_store::session_lists::Which;
use lr_store::sessions::{Device, Revocation};
use lr_store::sign_ups::Span;

use crate::accounts::attempts::TooManyAttempts;
use crate::accounts::password::{HashingError, Password, PasswordError};
use crate::accounts::token::{LinkPurpose, NewToken, TokenHash};
use crate::context::App;
use crate::mail::Mail;
use crate::mail::outbox::{MailError, send};

/// How long the link is good.
const LINK_LIFETIME: Duration = Duration::from_secs(3600);

/// Why an account was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The link was used, is over, or is none of ours: ask for another.
    #[error("the link is not good, or no longer so")]
    LinkOver,
    /// The password that proves who asks is another.
    #[error("the password is wrong")]
    WrongPassword,
    /// Choose another.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// Wait, then try again.
    #[error(transparent)]
    TooManyAttempts(#[from] TooManyAttempts),
    /// The database did not answer.
    #[error("the account could not be read or written")]
    Store(#[from] StoreError),
    /// The password could not be hashed.
    #[error("the password could not be hashed")]
    Hashing(#[from] HashingError),
    /// The mail about it could not be written.
    #[error("the mail could not be written")]
    Mail(#[from] MailError),
}

/// Mails a link to `email` with which another password can be set; to an address without an account,
/// that there is none. Who asks is told neither.
pub async fn ask(app: &App, email: &str, from: &Device) -> Result<(), ChangeError> {
    let now = app.clock.now();
    app.accounts.mails_asked.take(&from.address, now).await?;
    let email = email.trim().to_lowercase();
    if app.accounts.mails_got.take(&email, now).await.is_err() {
        return Ok(());
    }
    let mut tx = app.store.system().await?;
    let mail = match tx.account(&email).await? {
        None => Mail::ResetUnknown,
        Some(account) => {
            let token = NewToken::link();
            let hash = TokenHash::of_link(LinkPurpose::ResetPassword, token.reveal());
            let expires_at = now.saturating_add(LINK_LIFETIME).unwrap_or(now);
            tx.add_one_time_token(NewOneTimeToken {
                hash: hash.bytes(),
                purpose: Purpose::ResetPassword,
                user: account.user,
                email: None,
                span: Span { created_at: now, expires_at },
            })
            .await?;
            Mail::ResetPassword { token }
        }
    };
    send(app, &mut tx, &email, &mail).await?;
    Ok(tx.commit().await?)
}

/// Sets another password with a link, and ends every session of the person.
pub async fn confirm(
    app: &App,
    token: &str,
    password: Password,
    from: &Device,
) -> Result<(), ChangeError> {
    let now = app.clock.now();
    app.accounts.tries_of_address.take(&from.address, now).await?;
    let hash = app.accounts.passwords.hash(password.clone()).await?;
    let link = TokenHash::of_link(LinkPurpose::ResetPassword, token);

    let mut tx = app.store.system().await?;
    let link = tx.use_one_time_token(link.bytes(), Purpose::ResetPassword, now).await?;
    let user = link.ok_or(ChangeError::LinkOver)?.user;
    let profile = tx.lock_profile(user).await?.ok_or(ChangeError::LinkOver)?;
    password.not_about(&[&profile.email])?; // On a refusal the link stays good.
    tx.set_password(user, hash.as_str()).await?;
    let ended = tx.revoke_sessions(user, Which::All, Revocation::PasswordChanged, now).await?;
    send(app, &mut tx, &profile.email, &Mail::PasswordChanged).await?;
    tx.commit().await?;
    app.accounts.forget(&ended).await;
    Ok(())
}
