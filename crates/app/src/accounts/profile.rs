//! What people change about themselves: name, password, address.

use std::time::Duration;

use lr_core::normalise::email::Email;
use lr_store::error::StoreError;
use lr_store::one_time_tokens::{NewOneTimeToken, Purpose};
use lr_store::session_lists::Which;
use lr_store::sessions::{Device, Revocation, SessionKey};
use lr_store::sign_ups::Span;
use lr_store::users::Profile;

use crate::accounts::password::{Password, PasswordHash};
use crate::accounts::reset::ChangeError;
use crate::accounts::token::{LinkPurpose, NewToken, TokenHash};
use crate::context::App;
use crate::mail::Mail;
use crate::mail::outbox::send;

/// How long the link to a new address is good.
const LINK_LIFETIME: Duration = Duration::from_secs(24 * 3600);

/// Sets another shown name, which other nodes show within a second.
///
/// # Errors
/// If the database does not answer.
pub async fn rename(app: &App, key: SessionKey, name: &str) -> Result<(), StoreError> {
    let mut tx = app.store.system().await?;
    tx.set_name(key.user, name).await?;
    tx.commit().await?;
    app.accounts.forget(&[key]).await;
    Ok(())
}

/// Sets another password for who knows the present one, and ends the person's other sessions.
pub async fn change_password(
    app: &App,
    key: SessionKey,
    present: Password,
    next: Password,
) -> Result<(), ChangeError> {
    let profile = prove(app, key, present).await?;
    let hash = app.accounts.passwords.hash(next.not_about(&[&profile.email])?).await?;
    let now = app.clock.now();
    let which = Which::AllBut(key.session);

    let mut tx = app.store.system().await?;
    tx.set_password(key.user, hash.as_str()).await?;
    tx.use_up_one_time_tokens(key.user, Purpose::ResetPassword, now).await?;
    let ended = tx.revoke_sessions(key.user, which, Revocation::PasswordChanged, now).await?;
    send(app, &mut tx, &profile.email, &Mail::PasswordChanged).await?;
    tx.commit().await?;
    app.accounts.forget(&ended).await;
    Ok(())
}

/// Mails a link to the new address; with it, [`confirm_email`] makes the change. Whether the address
/// has an account of its own is told to its reader alone.
pub async fn change_email(
    app: &App,
    key: SessionKey,
    password: Password,
    email: &Email,
) -> Result<(), ChangeError> {
    prove(app, key, password).await?;
    let now = app.clock.now();
    let email = email.address();
    if app.accounts.mails_got.take(&email, now).await.is_err() {
        return Ok(());
    }
    let mut tx = app.store.system().await?;
    let mail = if tx.account(&email).await?.is_some() {
        Mail::ChangeEmailTaken
    } else {
        let token = NewToken::link();
        let hash = TokenHash::of_link(LinkPurpose::ChangeEmail, token.reveal());
        let expires_at = now.saturating_add(LINK_LIFETIME).unwrap_or(now);
        tx.add_one_time_token(NewOneTimeToken {
            hash: hash.bytes(),
            purpose: Purpose::ChangeEmail,
            user: key.user,
            email: Some(&email),
            span: Span { created_at: now, expires_at },
        })
        .await?;
        Mail::ChangeEmail { token }
    };
    send(app, &mut tx, &email, &mail).await?;
    Ok(tx.commit().await?)
}

/// Makes the address of a link the person's, and tells the old one.
pub async fn confirm_email(app: &App, token: &str, from: &Device) -> Result<(), ChangeError> {
    let now = app.clock.now();
    app.accounts.tries_of_address.take(&from.address, now).await?;
    let hash = TokenHash::of_link(LinkPurpose::ChangeEmail, token);
    let mut tx = app.store.system().await?;
    let link = tx.use_one_time_token(hash.bytes(), Purpose::ChangeEmail, now).await?;
    let link = link.ok_or(ChangeError::LinkOver)?;
    let old = tx.lock_profile(link.user).await?.ok_or(ChangeError::LinkOver)?.email;
    let new = link.email.ok_or(ChangeError::LinkOver)?;
    // A link to the old address, made before the change, must not set a password after it.
    tx.use_up_one_time_tokens(link.user, Purpose::ResetPassword, now).await?;
    tx.set_email(link.user, &new).await.map_err(taken)?;
    send(app, &mut tx, &old, &Mail::EmailChanged { to: new }).await?;
    Ok(tx.commit().await?)
}

/// The person's account, if `password` is his.
pub(super) async fn prove(
    app: &App,
    key: SessionKey,
    password: Password,
) -> Result<Profile, ChangeError> {
    app.accounts.tries_on_account.take(&key.user.to_string(), app.clock.now()).await?;
    let mut tx = app.store.system().await?;
    let profile = tx.lock_profile(key.user).await?.ok_or(ChangeError::WrongPassword)?;
    drop(tx);
    let hash = PasswordHash::stored(profile.password_hash.clone());
    if !app.accounts.passwords.matches(password, Some(hash)).await? {
        return Err(ChangeError::WrongPassword);
    }
    Ok(profile)
}

/// Somebody took the address between the mail and the click.
fn taken(error: StoreError) -> ChangeError {
    match error.constraint() {
        Some("users_email_key") => ChangeError::LinkOver,
        Some(_) | None => ChangeError::Store(error),
    }
}
