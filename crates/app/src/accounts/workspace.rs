//! Making a workspace with its first member and API key.

mod first_rules;
pub mod slug;

use lr_core::id::{SourceId, UserId, WorkspaceId};
use lr_core::normalise::email::Email;
use lr_store::error::StoreError;
use lr_store::members::{NewUser, Role};
use lr_store::sources::{Source, SourceKind};
use lr_store::workspace_tx::WorkspaceTx;

use crate::accounts::api_keys::{self, KeyError, Wanted};
use crate::accounts::password::{HashingError, Password, PasswordHash};
use crate::accounts::token::NewApiKey;
use crate::accounts::workspace::slug::Slug;
use crate::context::App;

/// The source of leads that programs hand in without naming one.
pub const DEFAULT_SOURCE: &str = "api";

/// The first web form; its address is in the list of sources.
pub const DEFAULT_FORM: &str = "web form";

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

    let owner = Founder { user, name: &new.owner.name, email: &email };
    let mut tx = begin(app, &new.slug, &new.name, owner).await?;
    let id = tx.workspace();
    let wanted = Wanted::ingest("First key");
    let (_, api_key) = api_keys::add(app, &mut tx, "operator", &wanted).await?;
    tx.commit().await?;
    Ok(MadeWorkspace { id, api_key, had_account })
}

/// A person with an account who becomes a workspace's owner.
#[derive(Clone, Copy)]
pub(super) struct Founder<'a> {
    pub user: UserId,
    pub name: &'a str,
    pub email: &'a str,
}

/// Makes a workspace of this name, under a slug that is made from it and free.
pub(super) async fn found(
    app: &App,
    name: &str,
    owner: Founder<'_>,
) -> Result<WorkspaceId, MakeError> {
    let mut slug = Slug::of(name);
    for _ in 0..TRIES {
        match begin(app, &slug, name, owner).await {
            Ok(tx) => {
                let id = tx.workspace();
                tx.commit().await?;
                return Ok(id);
            }
            Err(MakeError::SlugTaken) => slug = Slug::of(name).with_a_tail(),
            Err(error) => return Err(error),
        }
    }
    Err(MakeError::SlugTaken)
}

/// How many slugs are tried: the one of the name, then some with a random end.
const TRIES: usize = 4;

/// A transaction in which a workspace was made, with its owner, two sources and its first rules.
async fn begin(
    app: &App,
    slug: &Slug,
    name: &str,
    owner: Founder<'_>,
) -> Result<WorkspaceTx, MakeError> {
    let mut tx = app.store.begin(WorkspaceId::new(app.ids.make())).await?;
    tx.add_workspace(slug.as_str(), name).await.map_err(refused)?;
    tx.join(owner.user, Role::Owner, owner.name, owner.email).await?;
    for (name, kind) in [(DEFAULT_SOURCE, SourceKind::Api), (DEFAULT_FORM, SourceKind::Form)] {
        let id = SourceId::new(app.ids.make());
        tx.add_source(&Source { id, name: name.to_owned(), kind }).await?;
    }
    first_rules::publish(app, &mut tx, owner.user).await?;
    Ok(tx)
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

fn refused(error: StoreError) -> MakeError {
    match error.constraint() {
        Some("workspaces_slug_key") => MakeError::SlugTaken,
        Some("workspaces_name_check") => MakeError::BadName,
        Some(_) | None => MakeError::Store(error),
    }
}
