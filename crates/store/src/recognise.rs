//! What a batch of leads can be recognised as: the accounts and the earlier leads that share a key
//! with it, in one query each.

use std::collections::BTreeSet;

use jiff_sqlx::ToSqlx;
use lr_core::id::{AccountId, LeadId, RepId};
use lr_core::identify::Key;
use lr_core::identify::accounts::KnownAccounts;
use lr_core::identify::keys::{KeyValue, person_keys};
use lr_core::identify::people::{Earlier, People};
use lr_core::lead::Lead;

use crate::accounts::Stored;
use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// Accounts looked at of those that share one key, the longest known first.
const ACCOUNTS_PER_KEY: i64 = 50;

/// Leads looked at of those that share one key, the latest first: among them is one with an owner,
/// unless a person's last ten leads all went to nobody.
const LEADS_PER_KEY: i64 = 10;

impl WorkspaceTx {
    /// Makes batches that name the same person take turns until they end, so that the later one finds
    /// what became of the earlier.
    ///
    /// There are 128 turns to take in a workspace, by a hash of the key, and they are taken in order:
    /// batches never wait in a circle, and a large one does not use up the server's table of locks.
    /// Two people who share a turn by chance wait for each other, which does no harm.
    pub async fn hold_people(&mut self, people: &BTreeSet<KeyValue>) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        let (_, values) = columns(people);
        sqlx::query!(
            "select pg_advisory_xact_lock(
                 (hashtextextended('people ' || $1::uuid::text, 0) >> 32)::integer, turn)
             from (select distinct (hashtextextended(value, 0) & 127)::integer as turn
                   from unnest($2::text[]) as value order by turn) as turns",
            workspace,
            &values
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// The accounts that have one of `keys`.
    pub async fn accounts_with(
        &mut self,
        keys: &BTreeSet<KeyValue>,
    ) -> Result<KnownAccounts, StoreError> {
        let (db, workspace) = self.parts();
        let (kinds, values) = columns(keys);
        let found = sqlx::query!(
            r#"select wanted.kind as "kind!", wanted.value as "value!", found.account_id
               from unnest($2::text[], $3::text[]) as wanted (kind, value)
               cross join lateral (
                   select k.account_id from account_keys k
                   where k.workspace_id = $1 and k.kind = wanted.kind and k.value = wanted.value
                   order by k.account_id limit $4
               ) as found"#,
            workspace,
            &kinds,
            &values,
            ACCOUNTS_PER_KEY
        );
        let found = found.fetch_all(&mut *db).await?;
        let mut known = KnownAccounts::default();
        if found.is_empty() {
            return Ok(known);
        }
        let ids = found.iter().map(|row| row.account_id).collect::<Vec<_>>();
        let accounts = sqlx::query_as!(
            Stored,
            "select id, external_id, name, domain, owner_id, country, state, employees, industry,
                    attributes, changed_at
             from accounts where workspace_id = $1 and id = any($2)",
            workspace,
            &ids
        );
        for account in accounts.fetch_all(db).await? {
            known.add(account.read()?.account);
        }
        for row in found {
            let key = Key::parse(&row.kind).map(|key| KeyValue { key, value: row.value });
            if let Some(key) = key {
                known.found_by(key, AccountId::new(row.account_id));
            }
        }
        Ok(known)
    }

    /// The leads that have one of `keys`, with their present owners.
    pub async fn leads_with(&mut self, keys: &BTreeSet<KeyValue>) -> Result<People, StoreError> {
        let (db, workspace) = self.parts();
        let (kinds, values) = columns(keys);
        let rows = sqlx::query!(
            r#"select wanted.kind as "kind!", wanted.value as "value!", l.id, l.received_at,
                      l.rep_id, l.name
               from unnest($2::text[], $3::text[]) as wanted (kind, value)
               cross join lateral (
                   select k.lead_id from lead_keys k
                   where k.workspace_id = $1 and k.kind = wanted.kind and k.value = wanted.value
                   order by k.received_at desc, k.lead_id desc limit $4
               ) as found
               join leads l on l.workspace_id = $1 and l.id = found.lead_id"#,
            workspace,
            &kinds,
            &values,
            LEADS_PER_KEY
        );
        let mut people = People::default();
        for row in rows.fetch_all(db).await? {
            let Some(key) = Key::parse(&row.kind) else { continue };
            let earlier = Earlier {
                lead: LeadId::new(row.id),
                received_at: row.received_at.to_jiff(),
                owner: row.rep_id.map(RepId::new),
                name: row.name,
            };
            people.add(KeyValue { key, value: row.value }, earlier);
        }
        Ok(people)
    }

    /// Writes by what the people of new leads are recognised in later ones.
    pub(crate) async fn insert_lead_keys<'a>(
        &mut self,
        leads: impl Iterator<Item = &'a Lead>,
    ) -> Result<(), StoreError> {
        let (mut kinds, mut values) = (Vec::new(), Vec::new());
        let (mut received, mut ids) = (Vec::new(), Vec::new());
        for lead in leads {
            for KeyValue { key, value } in person_keys(lead) {
                kinds.push(key.as_str().to_owned());
                values.push(value);
                received.push(lead.received_at.to_sqlx());
                ids.push(lead.id.uuid());
            }
        }
        if ids.is_empty() {
            return Ok(());
        }
        let (db, workspace) = self.parts();
        sqlx::query!(
            "insert into lead_keys (workspace_id, kind, value, received_at, lead_id)
             select $1, row.* from unnest($2::text[], $3::text[], $4::timestamptz[], $5::uuid[]) as row",
            workspace,
            &kinds,
            &values,
            received,
            &ids
        )
        .execute(db)
        .await?;
        Ok(())
    }
}

/// The kinds and the values beside each other, as `unnest` takes them.
fn columns(keys: &BTreeSet<KeyValue>) -> (Vec<String>, Vec<String>) {
    keys.iter().map(|key| (key.key.as_str().to_owned(), key.value.clone())).unzip()
}
