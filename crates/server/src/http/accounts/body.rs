//! Accounts as the API tells them.

use std::collections::{BTreeMap, BTreeSet};

use lr_app::account_book::import::{Imported, RowFault};
use lr_app::account_book::{AccountPage, Owned};
use lr_core::identify::Key;
use lr_core::identify::keys::KeyValue;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::accounts::cursor;
use crate::http::named::NamedBody;

/// A page of accounts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Accounts)]
pub struct AccountsBody {
    /// By name.
    items: Vec<AccountBody>,
    /// The `cursor` of the next page; null at the end.
    #[schema(required)]
    next_cursor: Option<String>,
}

/// A company that the workspace knows.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Account)]
pub struct AccountBody {
    #[schema(example = "acc_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    id: String,
    /// The id that it has where it comes from.
    #[schema(required)]
    external_id: Option<String>,
    name: String,
    /// The first of its domains.
    #[schema(required, example = "initech.com")]
    domain: Option<String>,
    /// The rep who owns it.
    #[schema(required)]
    owner: Option<NamedBody>,
    /// ISO 3166-1 alpha-2.
    #[schema(required, example = "DE")]
    country: Option<&'static str>,
    /// ISO 3166-2.
    #[schema(required, example = "US-CA")]
    state: Option<&'static str>,
    #[schema(required)]
    employees: Option<u32>,
    #[schema(required)]
    industry: Option<String>,
    /// Every other column of its file.
    attributes: BTreeMap<String, String>,
    #[schema(format = DateTime)]
    changed_at: String,
}

/// An account with everything by which leads are recognised as its own.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccountWithKeys)]
pub struct AccountWithKeysBody {
    #[serde(flatten)]
    account: AccountBody,
    /// In the order of trust.
    keys: Vec<AccountKeyBody>,
}

/// A text by which leads are recognised.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccountKey)]
pub struct AccountKeyBody {
    kind: KeyBody,
    /// As it is compared.
    value: String,
}

/// By what something is recognised, the most trusted first.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RecognisedBy)]
pub enum KeyBody {
    /// The e-mail address, without its plus-tag.
    Email,
    /// The registrable domain.
    Domain,
    /// The number in E.164.
    Phone,
    /// The company's name, without legal form, accents and case.
    Name,
}

/// What became of a file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccountImport)]
pub struct AccountImportBody {
    /// Rows that made an account.
    created: u64,
    /// Rows that changed one.
    updated: u64,
    /// Rows that say what was known of one.
    unchanged: u64,
    /// Rows that were not taken.
    refused: u64,
    /// What is wrong, at most 1,000 faults of it.
    faults: Vec<AccountFaultBody>,
    /// How many faults there are in all.
    faulty: u64,
    /// Whether nothing was done.
    dry_run: bool,
}

/// What is wrong with a row.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccountFault)]
pub struct AccountFaultBody {
    /// The line on which the row begins, from 1.
    line: u32,
    /// The heading of the column; null if it is the whole row.
    #[schema(required)]
    column: Option<String>,
    detail: String,
    /// Whether the row was not taken; else only this value was left out.
    refused: bool,
}

impl From<AccountPage> for AccountsBody {
    fn from(page: AccountPage) -> Self {
        let next_cursor = page.next.as_ref().map(cursor::encode);
        Self { items: page.items.into_iter().map(AccountBody::from).collect(), next_cursor }
    }
}

impl From<Owned> for AccountBody {
    fn from(Owned { row, owner }: Owned) -> Self {
        let account = row.account;
        Self {
            id: account.id.to_string(),
            external_id: row.external_id,
            name: account.name,
            domain: account.domain.map(|domain| domain.as_str().to_owned()),
            owner: owner.as_ref().map(NamedBody::from),
            country: account.country.map(|country| country.code()),
            state: account.state.map(|state| state.code()),
            employees: account.employees,
            industry: account.industry,
            attributes: account.attributes,
            changed_at: row.changed_at.to_string(),
        }
    }
}

impl AccountWithKeysBody {
    /// An account with its keys.
    pub fn new(owned: Owned, keys: BTreeSet<KeyValue>) -> Self {
        let keys = keys.into_iter();
        let keys = keys.map(|KeyValue { key, value }| AccountKeyBody { kind: key.into(), value });
        Self { account: owned.into(), keys: keys.collect() }
    }
}

impl From<Key> for KeyBody {
    fn from(key: Key) -> Self {
        match key {
            Key::Email => Self::Email,
            Key::Domain => Self::Domain,
            Key::Phone => Self::Phone,
            Key::Name => Self::Name,
        }
    }
}

impl AccountImportBody {
    /// What became of a file, or would.
    pub fn new(imported: Imported, dry_run: bool) -> Self {
        let Imported { created, updated, unchanged, refused, faults, faulty } = imported;
        let faults = faults.into_iter().map(AccountFaultBody::from).collect();
        Self { created, updated, unchanged, refused, faults, faulty, dry_run }
    }
}

impl From<RowFault> for AccountFaultBody {
    fn from(RowFault { line, column, message, refused }: RowFault) -> Self {
        Self { line, column, detail: message, refused }
    }
}
