//! Accounts: listed, found, taken in by the thousand. What leads are recognised by is in
//! [`recognise`](crate::recognise).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::id::{AccountId, RepId};
use lr_core::identify::keys::KeyValue;
use lr_core::identify::{Account, Key};
use lr_core::normalise::country::{Country, State};
use lr_core::normalise::domain::Domain;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// An account as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// As decisions see it.
    pub account: Account,
    /// The id that it has where it comes from.
    pub external_id: Option<String>,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// A place in a list by name: after this account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountCursor {
    /// The last account's name.
    pub name: String,
    /// The last account.
    pub id: AccountId,
}

/// What the name or a domain of a listed account begins with, as their keys have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSearch {
    /// Of the name's key.
    pub name: String,
    /// Of a domain.
    pub domain: String,
}

/// An account with the keys by which it is to be recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyedAccount {
    /// The account.
    pub row: AccountRow,
    /// Its keys of the kinds that are written.
    pub keys: BTreeSet<KeyValue>,
}

impl WorkspaceTx {
    /// Keeps others from taking in accounts until this transaction ends: whoever comes second finds
    /// the accounts of the first.
    pub async fn hold_accounts(&mut self) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        sqlx::query!(
            "select pg_advisory_xact_lock(hashtextextended('accounts ' || $1::uuid::text, 0))",
            workspace
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// A page of accounts by name; all of them, or those that `search` finds.
    pub async fn accounts_page(
        &mut self,
        search: Option<&AccountSearch>,
        after: Option<&AccountCursor>,
        limit: i64,
    ) -> Result<Vec<AccountRow>, StoreError> {
        let (db, workspace) = self.parts();
        // A prefix is written as a range, which row security lets an index answer; U+10FFFF sorts
        // after everything that a key can continue with.
        let until = |from: &String| format!("{from}\u{10FFFF}");
        let rows = sqlx::query_as!(
            Stored,
            "select id, external_id, name, domain, owner_id, country, state, employees, industry,
                    attributes, changed_at
             from accounts
             where workspace_id = $1 and ($2::text is null or (name, id) > ($2, $3::uuid))
               and ($4::text is null or id in (
                   select account_id from account_keys
                   where workspace_id = $1 and kind = 'name' and value >= $4 and value < $5
                   union
                   select account_id from account_keys
                   where workspace_id = $1 and kind = 'domain' and value >= $6 and value < $7))
             order by name, id limit $8",
            workspace,
            after.map(|cursor| cursor.name.clone()),
            after.map(|cursor| cursor.id.uuid()),
            search.map(|search| search.name.clone()),
            search.map(|search| until(&search.name)),
            search.map(|search| search.domain.clone()),
            search.map(|search| until(&search.domain)),
            limit
        );
        rows.fetch_all(db).await?.into_iter().map(Stored::read).collect()
    }

    /// An account; `None` if there is none.
    pub async fn account(&mut self, id: AccountId) -> Result<Option<AccountRow>, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query_as!(
            Stored,
            "select id, external_id, name, domain, owner_id, country, state, employees, industry,
                    attributes, changed_at
             from accounts where workspace_id = $1 and id = $2",
            workspace,
            id.uuid()
        );
        row.fetch_optional(db).await?.map(Stored::read).transpose()
    }

    /// By what an account is recognised.
    pub async fn keys_of_account(
        &mut self,
        id: AccountId,
    ) -> Result<BTreeSet<KeyValue>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query!(
            "select kind, value from account_keys where workspace_id = $1 and account_id = $2",
            workspace,
            id.uuid()
        );
        let rows = rows.fetch_all(db).await?.into_iter();
        let keys = rows.filter_map(|row| Some((Key::parse(&row.kind)?, row.value)));
        Ok(keys.map(|(key, value)| KeyValue { key, value }).collect())
    }

    /// The accounts that rows of a file may mean: those with one of these ids of elsewhere, or keys.
    pub async fn accounts_meant(
        &mut self,
        external_ids: &[String],
        keys: &BTreeSet<KeyValue>,
    ) -> Result<Vec<AccountRow>, StoreError> {
        let (db, workspace) = self.parts();
        let kinds = keys.iter().map(|key| key.key.as_str().to_owned()).collect::<Vec<_>>();
        let values = keys.iter().map(|key| key.value.clone()).collect::<Vec<_>>();
        let rows = sqlx::query_as!(
            Stored,
            "select id, external_id, name, domain, owner_id, country, state, employees, industry,
                    attributes, changed_at
             from accounts
             where workspace_id = $1 and id in (
                 select id from accounts where workspace_id = $1 and external_id = any($2)
                 union
                 select k.account_id from unnest($3::text[], $4::text[]) as wanted (kind, value)
                 join account_keys k on k.workspace_id = $1 and k.kind = wanted.kind
                     and k.value = wanted.value)",
            workspace,
            external_ids,
            &kinds,
            &values
        );
        rows.fetch_all(db).await?.into_iter().map(Stored::read).collect()
    }

    /// Writes accounts, new ones and those that are there, and puts their keys of these kinds in the
    /// place of the ones they had.
    pub async fn save_accounts(
        &mut self,
        accounts: &[KeyedAccount],
        kinds: &BTreeSet<Key>,
    ) -> Result<(), StoreError> {
        self.save_account_rows(accounts).await?;
        self.save_account_keys(accounts, kinds).await
    }

    async fn save_account_rows(&mut self, accounts: &[KeyedAccount]) -> Result<(), StoreError> {
        let rows = accounts.iter().map(|keyed| &keyed.row);
        let clean = rows.clone().map(|row| &row.account);
        let ids = clean.clone().map(|row| row.id.uuid()).collect::<Vec<_>>();
        let external = rows.clone().map(|row| row.external_id.clone()).collect::<Vec<_>>();
        let names = clean.clone().map(|row| row.name.clone()).collect::<Vec<_>>();
        let domains = clean.clone().map(|row| Some(row.domain.as_ref()?.as_str().to_owned()));
        let owners = clean.clone().map(|row| row.owner.map(RepId::uuid)).collect::<Vec<_>>();
        let countries = clean.clone().map(|row| Some(row.country?.code().to_owned()));
        let states = clean.clone().map(|row| Some(row.state?.code().to_owned()));
        let heads = clean.clone().map(|row| row.employees.map(i32::try_from).transpose());
        let heads = heads.collect::<Result<Vec<_>, _>>().map_err(StoreError::corrupt("account"))?;
        let industries = clean.clone().map(|row| row.industry.clone()).collect::<Vec<_>>();
        let attributes = clean.map(|row| json!(row.attributes)).collect::<Vec<_>>();
        let changed = rows.map(|row| row.changed_at.to_sqlx()).collect::<Vec<_>>();
        let (db, workspace) = self.parts();
        sqlx::query!(
            "insert into accounts (workspace_id, id, external_id, name, domain, owner_id, country,
                 state, employees, industry, attributes, changed_at)
             select $1, row.* from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[],
                 $7::text[], $8::text[], $9::integer[], $10::text[], $11::jsonb[],
                 $12::timestamptz[]) as row
             on conflict (workspace_id, id) do update set
                 external_id = excluded.external_id, name = excluded.name, domain = excluded.domain,
                 owner_id = excluded.owner_id, country = excluded.country, state = excluded.state,
                 employees = excluded.employees, industry = excluded.industry,
                 attributes = excluded.attributes, changed_at = excluded.changed_at",
            workspace,
            &ids,
            &external as &[Option<String>],
            &names,
            &domains.collect::<Vec<_>>() as &[Option<String>],
            &owners as &[Option<Uuid>],
            &countries.collect::<Vec<_>>() as &[Option<String>],
            &states.collect::<Vec<_>>() as &[Option<String>],
            &heads as &[Option<i32>],
            &industries as &[Option<String>],
            &attributes,
            changed
        )
        .execute(db)
        .await?;
        Ok(())
    }

    async fn save_account_keys(
        &mut self,
        accounts: &[KeyedAccount],
        kinds: &BTreeSet<Key>,
    ) -> Result<(), StoreError> {
        let ids = accounts.iter().map(|keyed| keyed.row.account.id.uuid()).collect::<Vec<_>>();
        let kinds = kinds.iter().map(|key| key.as_str().to_owned()).collect::<Vec<_>>();
        let pairs = || {
            accounts.iter().flat_map(|keyed| keyed.keys.iter().map(|key| (&keyed.row.account, key)))
        };
        let owners = pairs().map(|(account, _)| account.id.uuid()).collect::<Vec<_>>();
        let key_kinds = pairs().map(|(_, key)| key.key.as_str().to_owned()).collect::<Vec<_>>();
        let values = pairs().map(|(_, key)| key.value.clone()).collect::<Vec<_>>();
        let (db, workspace) = self.parts();
        sqlx::query!(
            "delete from account_keys k
             where k.workspace_id = $1 and k.account_id = any($2) and k.kind = any($3)
               and not exists (
                   select from unnest($4::uuid[], $5::text[], $6::text[]) as kept (id, kind, value)
                   where kept.id = k.account_id and kept.kind = k.kind and kept.value = k.value)",
            workspace,
            &ids,
            &kinds,
            &owners,
            &key_kinds,
            &values
        )
        .execute(&mut *db)
        .await?;
        sqlx::query!(
            "insert into account_keys (workspace_id, account_id, kind, value)
             select $1, row.* from unnest($2::uuid[], $3::text[], $4::text[]) as row
             on conflict do nothing",
            workspace,
            &owners,
            &key_kinds,
            &values
        )
        .execute(db)
        .await?;
        Ok(())
    }
}

/// A row as the database gives it.
pub(crate) struct Stored {
    pub(crate) id: Uuid,
    pub(crate) external_id: Option<String>,
    pub(crate) name: String,
    pub(crate) domain: Option<String>,
    pub(crate) owner_id: Option<Uuid>,
    pub(crate) country: Option<String>,
    pub(crate) state: Option<String>,
    pub(crate) employees: Option<i32>,
    pub(crate) industry: Option<String>,
    pub(crate) attributes: Value,
    pub(crate) changed_at: jiff_sqlx::Timestamp,
}

impl Stored {
    pub(crate) fn read(self) -> Result<AccountRow, StoreError> {
        let attributes = serde_json::from_value::<BTreeMap<String, String>>(self.attributes)
            .map_err(StoreError::corrupt("account"))?;
        let account = Account {
            id: AccountId::new(self.id),
            name: self.name,
            domain: self.domain.and_then(|domain| Domain::parse(&domain).ok()),
            owner: self.owner_id.map(RepId::new),
            country: self.country.and_then(|code| Country::from_code(&code)),
            state: self.state.and_then(|code| State::from_code(&code)),
            employees: self.employees.and_then(|count| u32::try_from(count).ok()),
            industry: self.industry,
            attributes,
        };
        let (external_id, changed_at) = (self.external_id, self.changed_at.to_jiff());
        Ok(AccountRow { account, external_id, changed_at })
    }
}
