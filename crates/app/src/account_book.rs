//! The accounts that a workspace knows: taken in from a file, listed, given to other owners.
//!
//! What leads are recognised by is in [`recognise`](crate::recognise); the people who sign in are in
//! [`accounts`](crate::accounts).

mod columns;
pub mod import;
mod resolve;
mod row;

use std::collections::{BTreeMap, BTreeSet};

use lr_core::id::{AccountId, RepId, WorkspaceId};
use lr_core::identify::keys::KeyValue;
use lr_core::normalise::company::Company;
use lr_core::normalise::text;
use lr_store::accounts::{AccountCursor, AccountRow, AccountSearch, KeyedAccount};
use lr_store::audit::AuditEntry;
use lr_store::error::StoreError;
use lr_store::workspace_tx::WorkspaceTx;
use serde_json::json;

use crate::audit::entry;
use crate::context::App;
use crate::route::Named;

/// An account with its owner's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owned {
    /// The account.
    pub row: AccountRow,
    /// Its owner.
    pub owner: Option<Named<RepId>>,
}

/// A page of accounts, by name.
#[derive(Debug)]
pub struct AccountPage {
    /// The accounts.
    pub items: Vec<Owned>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<AccountCursor>,
}

/// Why an account was not given to another owner; nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum OwnerError {
    /// There is no account of this id.
    #[error("there is no such account")]
    NoAccount,
    /// There is no rep of this id.
    #[error("there is no rep {0}")]
    NoRep(RepId),
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A page of the accounts of `workspace`; with `words`, of those whose name or domain begins so.
///
/// # Errors
/// If the database does not answer.
pub async fn page(
    app: &App,
    workspace: WorkspaceId,
    words: Option<&str>,
    after: Option<&AccountCursor>,
    limit: u16,
) -> Result<AccountPage, StoreError> {
    let mut tx = app.store.begin(workspace).await?;
    let search = words.map(search);
    // One more than is shown tells whether there is another page.
    let mut rows = tx.accounts_page(search.as_ref(), after, i64::from(limit) + 1).await?;
    let more = rows.len() > usize::from(limit);
    rows.truncate(limit.into());
    let last = rows.last().filter(|_| more).map(|row| &row.account);
    let next = last.map(|last| AccountCursor { name: last.name.clone(), id: last.id });
    let names = names(&mut tx).await?;
    Ok(AccountPage { items: rows.into_iter().map(|row| owned(row, &names)).collect(), next })
}

/// What `words` look for: a name as names compare, or a domain.
fn search(words: &str) -> AccountSearch {
    let name = Company::parse(words).ok().map(|company| company.key().to_owned());
    AccountSearch { name: name.unwrap_or_else(|| text::fold(words)), domain: text::lower(words) }
}

/// An account with everything by which it is recognised; `None` if there is none of this id.
///
/// # Errors
/// If the database does not answer.
pub async fn show(
    app: &App,
    workspace: WorkspaceId,
    id: AccountId,
) -> Result<Option<(Owned, BTreeSet<KeyValue>)>, StoreError> {
    let mut tx = app.store.begin(workspace).await?;
    let Some(row) = tx.account(id).await? else { return Ok(None) };
    let keys = tx.keys_of_account(id).await?;
    Ok(Some((owned(row, &names(&mut tx).await?), keys)))
}

/// Gives an account to another rep, or to nobody. Leads that were decided stay where they are.
///
/// # Errors
/// [`OwnerError::NoAccount`] and [`OwnerError::NoRep`]: nothing was changed.
pub async fn give(
    app: &App,
    workspace: WorkspaceId,
    actor: &str,
    id: AccountId,
    owner: Option<RepId>,
) -> Result<Owned, OwnerError> {
    let mut tx = app.store.begin(workspace).await?;
    tx.hold_accounts().await?;
    let mut row = tx.account(id).await?.ok_or(OwnerError::NoAccount)?;
    let names = names(&mut tx).await?;
    if let Some(rep) = owner.filter(|rep| !names.contains_key(rep)) {
        return Err(OwnerError::NoRep(rep));
    }
    let before = row.account.owner;
    if before != owner {
        row.account.owner = owner;
        row.changed_at = app.clock.now();
        let keyed = KeyedAccount { row: row.clone(), keys: BTreeSet::new() };
        tx.save_accounts(&[keyed], &BTreeSet::new()).await?;
        let facts = |owner: Option<RepId>| json!({ "owner": owner });
        let (before, after) = (Some(facts(before)), Some(facts(owner)));
        let entry = entry(app, actor, "account.given", id);
        tx.add_audit_entry(&AuditEntry { before, after, ..entry }).await?;
        tx.commit().await?;
    }
    Ok(owned(row, &names))
}

/// The reps' names; one who has left keeps his.
async fn names(tx: &mut WorkspaceTx) -> Result<BTreeMap<RepId, String>, StoreError> {
    Ok(tx.reps().await?.into_iter().map(|rep| (rep.id, rep.name)).collect())
}

fn owned(row: AccountRow, names: &BTreeMap<RepId, String>) -> Owned {
    let named = |id: RepId| Named { id, name: names.get(&id).cloned().unwrap_or_default() };
    Owned { owner: row.account.owner.map(named), row }
}
