//! Opening a workspace: asked for by anybody, made once the address is proved.
//!
//! Whether an address has an account is told to its reader alone: everybody else gets the same answer
//! after the same work. The password is asked for again with the link. Without that, a stranger could
//! sign up with somebody else's address and own the account as soon as that somebody opens the mail.

use std::time::Duration;

use lr_core::id::UserId;
use lr_core::normalise::email::Email;
use lr_store::members::{Account, Membership, NewUser};
use lr_store::sessions::Device;
use lr_store::sign_ups::{SignUp, Span};

use crate::accounts::password::{Password, PasswordHash};
use crate::accounts::sign_in::{SignInError, SignedIn, open_session};
use crate::accounts::token::{LinkPurpose, NewToken, TokenHash};
use crate::accounts::workspace::{self, Founder};
use crate::context::App;
use crate::mail::Mail;
use crate::mail::outbox::send;

/// How long the link is good.
const LINK_LIFETIME: Duration = Duration::from_secs(24 * 3600);

/// A workspace that somebody wants.
#[derive(Debug)]
pub struct Wanted {
    /// Its shown name, 1 to 200 characters.
    pub workspace: String,
    /// The owner's shown name.
    pub name: String,
    /// His address.
    pub email: Email,
    /// The password that he chose.
    pub password: Password,
}

/// Notes that somebody wants a workspace, and mails the address.
///
/// An address that was asked about too often gets no further mail; the links it has are good.
///
/// # Errors
/// [`SignInError::TooManyAttempts`] for who asks too often.
pub async fn ask(app: &App, wanted: Wanted, from: &Device) -> Result<(), SignInError> {
    let now = app.clock.now();
    app.accounts.mails_asked.take(&from.address, now).await?;
    let email = wanted.email.address();
    let password_hash = app.accounts.passwords.hash(wanted.password).await?.as_str().to_owned();
    if app.accounts.mails_got.take(&email, now).await.is_err() {
        return Ok(());
    }
    let Wanted { workspace: workspace_name, name, .. } = wanted;
    let token = NewToken::link();
    let hash = TokenHash::of_link(LinkPurpose::SignUp, token.reveal());
    let expires_at = now.saturating_add(LINK_LIFETIME).unwrap_or(now);
    let span = Span { created_at: now, expires_at };
    let sign_up = SignUp { email, name, workspace_name, password_hash };

    let mut tx = app.store.system().await?;
    let known = tx.account(&sign_up.email).await?.is_some();
    tx.add_sign_up(hash.bytes(), &sign_up, span).await?;
    let workspace = sign_up.workspace_name;
    let mail = if known {
        Mail::SignUpKnown { workspace, token }
    } else {
        Mail::SignUp { workspace, token }
    };
    send(app, &mut tx, &sign_up.email, &mail).await?;
    Ok(tx.commit().await?)
}

/// Makes the workspace of a link and signs its owner in. The password is the one chosen with the
/// sign-up, or that of the account which the address had already.
///
/// # Errors
/// [`SignInError::LinkOver`] if the link is not good, [`SignInError::WrongCredentials`] for another
/// password.
pub async fn confirm(
    app: &App,
    token: &str,
    password: Password,
    from: &Device,
) -> Result<SignedIn, SignInError> {
    let now = app.clock.now();
    app.accounts.tries_of_address.take(&from.address, now).await?;
    let hash = TokenHash::of_link(LinkPurpose::SignUp, token);
    let mut tx = app.store.system().await?;
    let sign_up = tx.sign_up(hash.bytes(), now).await?.ok_or(SignInError::LinkOver)?;
    let account = tx.account(&sign_up.email).await?;
    drop(tx);

    let right = account.as_ref().map_or(&sign_up.password_hash, |account| &account.password_hash);
    let right = PasswordHash::stored(right.clone());
    if !app.accounts.passwords.matches(password, Some(right)).await? {
        return Err(SignInError::WrongCredentials);
    }
    let user = use_up(app, &hash, &sign_up, account).await?;
    let owner = Founder { user, name: &sign_up.name, email: &sign_up.email };
    let workspace = workspace::found(app, &sign_up.workspace_name, owner).await?;
    let member = membership(app, user, workspace).await?;
    open_session(app, member, from).await
}

/// Uses the link up, and makes the account if there is none.
async fn use_up(
    app: &App,
    hash: &TokenHash,
    sign_up: &SignUp,
    account: Option<Account>,
) -> Result<UserId, SignInError> {
    let mut tx = app.store.system().await?;
    if !tx.use_sign_up(hash.bytes(), app.clock.now()).await? {
        return Err(SignInError::LinkOver);
    }
    let user = match account {
        Some(account) => account.user,
        None => {
            let id = UserId::new(app.ids.make());
            let SignUp { email, name, password_hash, .. } = sign_up;
            // Somebody else who made the account in this very moment may have another password.
            if !tx.add_user(NewUser { id, email, name, password_hash }).await? {
                return Err(SignInError::WrongCredentials);
            }
            id
        }
    };
    tx.commit().await?;
    Ok(user)
}

async fn membership(
    app: &App,
    user: UserId,
    workspace: lr_core::id::WorkspaceId,
) -> Result<Membership, SignInError> {
    let all = app.store.system().await?.memberships(user).await?;
    let member = all.into_iter().find(|member| member.workspace == workspace);
    member.ok_or(SignInError::SignedOut)
}
