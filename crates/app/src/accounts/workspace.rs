//! Making a workspace with its first member and API key.

mod first_rules;

use lr_core::id::{SourceId, UserId, WorkspaceId};
use lr_core::normalise::email::Email;
use lr_store::error::StoreError;
use lr_store::members::{NewUser, Role};
use lr_store::sources::{Source, SourceKind};
use lr_store::workspace_tx::WorkspaceTx;

use crate::accounts::api_keys::{self, KeyError, Wanted};
use crate::accounts::password::{HashingError, Password, PasswordHash};
use crate::accounts::token::NewApiKey;
use crate::context::App;

/// The source of leads that programs hand in without naming one.
pub const DEFAULT_SOURCE: &str = "api";

/// The first web form; its address is in the list of sources.
pub const DEFAULT_FORM: &str = "web form";

/// A workspace's name in addresses and commands: 1 to 63 of a-z, 0-9 and inner hyphens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slug(String);

/// The text is not a slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not 1 to 63 of a-z, 0-9 and inner hyphens")]
pub struct SlugError(String);

impl Slug {
    /// Takes a slug as typed.
    pub fn parse(text: &str) -> Result<Self, SlugError> {
        let fits = (1..=63).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-');
        if fits { Ok(Self(text.to_owned())) } else { Err(SlugError(text.to_owned())) }
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A workspace to be made.
#[derive(Debug)]
pub struct NewWorkspace {
    /// Shown name, 1 to 200 characters.
    pub name: String,
    /// Name in addresses and commands.
    pub slug: Slug,
    /// The first member, who becomes its owner.
    pub owner: NewMember,
}

/// A person to be made a member.
#[derive(Debug)]
pub struct NewMember {
    /// Shown name.
    pub name: String,
    /// Where he gets mail, and by what he signs in.
    pub email: Email,
    /// By what he signs in, unless he has an account already.
    pub password: Password,
}

/// A workspace that was made.
#[derive(Debug)]
pub struct MadeWorkspace {
    /// The workspace.
    pub id: WorkspaceId,
    /// Its first API key; this is the only moment at which it can be shown.
    pub api_key: NewApiKey,
    /// True if the owner had an account before: then its password stays as it was.
    pub had_account: bool,
}

/// Why no workspace was made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// Choose another slug.
    #[error("another workspace has this slug")]
    SlugTaken,
    /// Choose another name.
    #[error("a workspace's name has 1 to 200 characters")]
    BadName,
    /// The database did not answer.
    #[error("the workspace could not be written")]
    Store(#[from] StoreError),
    /// The API key could not be made.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The password could not be hashed.
    #[error("the password could not be hashed")]
    Hashing(#[from] HashingError),
}

/// Makes a workspace with its owner, an API key, two sources and its first rules.
///
/// The account is made first, by itself, because it belongs to no workspace. If the rest fails it
/// stays, without access to anything, and trying again uses it.
pub async fn make(app: &App, new: NewWorkspace) -> Result<MadeWorkspace, MakeError> {
    let hash = app.accounts.passwords.hash(new.owner.password).await?;
    let email = new.owner.email.address();
    let (user, had_account) = account(app, &email, &new.owner.name, &hash).await?;

    let id = WorkspaceId::new(app.ids.make());
    let mut tx = app.store.begin(id).await?;
    tx.add_workspace(new.slug.as_str(), &new.name).await.map_err(refused)?;
    tx.join(user, Role::Owner, &new.owner.name, &email).await?;
    let wanted = Wanted::ingest("First key");
    let (_, api_key) = api_keys::add(app, &mut tx, "operator", &wanted).await?;
    add_sources(app, &mut tx).await?;
    first_rules::publish(app, &mut tx, user).await?;
    tx.commit().await?;
    Ok(MadeWorkspace { id, api_key, had_account })
}

/// The workspace with this slug.
///
/// # Errors
/// If the database does not answer.
pub async fn find(app: &App, slug: &str) -> Result<Option<WorkspaceId>, StoreError> {
    app.store.system().await?.workspace_by_slug(slug).await
}

async fn account(
    app: &App,
    email: &str,
    name: &str,
    hash: &PasswordHash,
) -> Result<(UserId, bool), StoreError> {
    let id = UserId::new(app.ids.make());
    let mut tx = app.store.system().await?;
    let made = tx.add_user(NewUser { id, email, name, password_hash: hash.as_str() }).await?;
    let account = tx.account(email).await?;
    tx.commit().await?;
    Ok((account.map_or(id, |account| account.user), !made))
}

async fn add_sources(app: &App, tx: &mut WorkspaceTx) -> Result<(), StoreError> {
    for (name, kind) in [(DEFAULT_SOURCE, SourceKind::Api), (DEFAULT_FORM, SourceKind::Form)] {
        let id = SourceId::new(app.ids.make());
        tx.add_source(&Source { id, name: name.to_owned(), kind }).await?;
    }
    Ok(())
}

fn refused(error: StoreError) -> MakeError {
    match error.constraint() {
        Some("workspaces_slug_key") => MakeError::SlugTaken,
        Some("workspaces_name_check") => MakeError::BadName,
        Some(_) | None => MakeError::Store(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_what_the_schema_accepts() {
        for good in ["a", "northwind", "north-wind-2", &"a".repeat(63)] {
            assert!(Slug::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "North", "north wind", "a_b", "ü", &"a".repeat(64)] {
            assert!(Slug::parse(bad).is_err(), "{bad}");
        }
    }
}
