//! API keys: known by their hashes only.

use std::str::FromStr;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::id::{ApiKeyId, WorkspaceId};
use sqlx::query;

use crate::error::StoreError;
use crate::system_tx::SystemTx;
use crate::workspace_tx::WorkspaceTx;

/// What a key is for; who may do what is one table in the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Hands in leads.
    Ingest,
    /// Looks at everything.
    Read,
    /// Changes what an admin may change, people and keys aside.
    Admin,
}

/// The text is not the name of a scope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a scope")]
pub struct ScopeError(String);

impl Scope {
    /// Every scope, from the least powerful.
    pub const ALL: [Self; 3] = [Self::Ingest, Self::Read, Self::Admin];

    /// The name as stored and as shown by the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ingest => "ingest",
            Self::Read => "read",
            Self::Admin => "admin",
        }
    }
}

impl FromStr for Scope {
    type Err = ScopeError;

    fn from_str(name: &str) -> Result<Self, ScopeError> {
        let known = Self::ALL.into_iter().find(|scope| scope.as_str() == name);
        known.ok_or_else(|| ScopeError(name.to_owned()))
    }
}

/// A key that opens its workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// The key.
    pub id: ApiKeyId,
    /// The workspace it opens.
    pub workspace: WorkspaceId,
    /// What it is for.
    pub scopes: Vec<Scope>,
    /// First instant at which what was shown is good for nothing, if there is one: the key expires, or
    /// another secret has taken the place of this one.
    pub until: Option<Timestamp>,
}

/// A key to be remembered.
#[derive(Clone, Copy)]
pub struct NewApiKey<'a> {
    /// The key's id.
    pub id: ApiKeyId,
    /// What its users call it.
    pub name: &'a str,
    /// What it is for.
    pub scopes: &'a [Scope],
    /// Who made it: `usr_…` or `operator`.
    pub made_by: &'a str,
    /// First instant at which it is good for nothing, if there is one.
    pub expires_at: Option<Timestamp>,
    /// The secret.
    pub secret: NewSecret<'a>,
}

/// The secret of a key.
#[derive(Clone, Copy)]
pub struct NewSecret<'a> {
    /// The part of it that may be shown.
    pub prefix: &'a str,
    /// SHA-256 of the whole key.
    pub hash: &'a [u8; 32],
}

/// A key as its workspace sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKeyRow {
    /// The key.
    pub id: ApiKeyId,
    /// What its users call it.
    pub name: String,
    /// The part of it that may be shown.
    pub prefix: String,
    /// What it is for.
    pub scopes: Vec<Scope>,
    /// Who made it: `usr_…` or `operator`.
    pub made_by: String,
    /// His name, if he is a member.
    pub made_by_name: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was used last, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// First instant at which it is good for nothing, if there is one.
    pub expires_at: Option<Timestamp>,
    /// Until when the secret before the present one works, or did.
    pub old_until: Option<Timestamp>,
}

impl SystemTx {
    /// The key with this hash, also when it has expired, unless it was revoked.
    pub async fn api_key(&mut self, hash: &[u8; 32]) -> Result<Option<ApiKey>, StoreError> {
        let row = query!(
            r#"select workspace_id as "workspace_id!", id as "id!", scopes as "scopes!", expires_at,
                      old_until
               from (
                   select workspace_id, id, scopes, expires_at, null::timestamptz as old_until
                   from api_keys where hash = $1 and revoked_at is null
                   union all
                   select workspace_id, id, scopes, expires_at, old_until
                   from api_keys where old_hash = $1 and revoked_at is null
               ) as found limit 1"#,
            hash,
        )
        .fetch_optional(self.connection())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let ends = [row.expires_at, row.old_until].into_iter().flatten();
        Ok(Some(ApiKey {
            id: ApiKeyId::new(row.id),
            workspace: WorkspaceId::new(row.workspace_id),
            scopes: scopes(&row.scopes)?,
            until: ends.map(jiff_sqlx::Timestamp::to_jiff).min(),
        }))
    }
}

impl WorkspaceTx {
    /// Remembers a key; fails on `api_keys_name_check` without a name of 1 to 100 characters.
    pub async fn add_api_key(&mut self, key: NewApiKey<'_>) -> Result<(), StoreError> {
        let (connection, workspace) = self.parts();
        let scopes: Vec<String> =
            key.scopes.iter().map(|scope| scope.as_str().to_owned()).collect();
        query!(
            "insert into api_keys
                 (workspace_id, id, name, scopes, made_by, expires_at, prefix, hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            workspace,
            key.id.uuid(),
            key.name,
            &scopes,
            key.made_by,
            key.expires_at.map(ToSqlx::to_sqlx) as _,
            key.secret.prefix,
            key.secret.hash,
        )
        .execute(connection)
        .await?;
        Ok(())
    }

    /// The keys that were not revoked, in the order in which they were made; `only` one, if given.
    pub async fn api_keys(&mut self, only: Option<ApiKeyId>) -> Result<Vec<ApiKeyRow>, StoreError> {
        let (connection, workspace) = self.parts();
        let rows = query!(
            r#"select k.id, k.name, k.prefix, k.scopes, k.made_by, m.name as "made_by_name?",
                      k.created_at, k.last_used_at, k.expires_at, k.old_until
               from api_keys k
               left join members m on m.workspace_id = k.workspace_id
                   and 'usr_' || replace(m.user_id::text, '-', '') = k.made_by
               where k.workspace_id = $1 and k.revoked_at is null and ($2::uuid is null or k.id = $2)
               order by k.created_at, k.id"#,
            workspace,
            only.map(ApiKeyId::uuid),
        )
        .fetch_all(connection)
        .await?;
        let keys = rows.into_iter().map(|row| {
            Ok(ApiKeyRow {
                id: ApiKeyId::new(row.id),
                name: row.name,
                prefix: row.prefix,
                scopes: scopes(&row.scopes)?,
                made_by: row.made_by,
                made_by_name: row.made_by_name,
                created_at: row.created_at.to_jiff(),
                last_used_at: row.last_used_at.map(jiff_sqlx::Timestamp::to_jiff),
                expires_at: row.expires_at.map(jiff_sqlx::Timestamp::to_jiff),
                old_until: row.old_until.map(jiff_sqlx::Timestamp::to_jiff),
            })
        });
        keys.collect()
    }

    /// Gives a key another secret; the one before works until `old_until`, and the one before that no
    /// longer. False if there is no such key, or it was revoked.
    pub async fn rotate_api_key(
        &mut self,
        key: ApiKeyId,
        secret: NewSecret<'_>,
        old_until: Timestamp,
    ) -> Result<bool, StoreError> {
        let (connection, workspace) = self.parts();
        let done = query!(
            "update api_keys set prefix = $3, hash = $4, old_hash = hash, old_until = $5
             where workspace_id = $1 and id = $2 and revoked_at is null",
            workspace,
            key.uuid(),
            secret.prefix,
            secret.hash,
            old_until.to_sqlx(),
        )
        .execute(connection)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Notes that a key was used at `at`; a use less than a minute after the last is not noted.
    pub async fn note_use_of_api_key(
        &mut self,
        key: ApiKeyId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let (connection, workspace) = self.parts();
        query!(
            "update api_keys set last_used_at = $3
             where workspace_id = $1 and id = $2
               and (last_used_at is null or last_used_at + interval '1 minute' <= $3)",
            workspace,
            key.uuid(),
            at.to_sqlx(),
        )
        .execute(connection)
        .await?;
        Ok(())
    }

    /// Ends a key; false if there is none, or it has ended.
    pub async fn revoke_api_key(
        &mut self,
        key: ApiKeyId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let (connection, workspace) = self.parts();
        let done = query!(
            "update api_keys set revoked_at = $3
             where workspace_id = $1 and id = $2 and revoked_at is null",
            workspace,
            key.uuid(),
            at.to_sqlx(),
        )
        .execute(connection)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}

fn scopes(names: &[String]) -> Result<Vec<Scope>, StoreError> {
    let scopes = names.iter().map(|name| name.parse::<Scope>());
    scopes.collect::<Result<_, _>>().map_err(StoreError::corrupt("scope"))
}
