//! Workspaces that somebody asked for and whose owner has not proved his address yet.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::query;

use crate::error::StoreError;
use crate::system_tx::SystemTx;

/// A workspace that somebody asked for.
#[derive(Clone)]
pub struct SignUp {
    /// Lower-case address of the owner-to-be.
    pub email: String,
    /// His shown name.
    pub name: String,
    /// Shown name of the workspace.
    pub workspace_name: String,
    /// Argon2id, as a PHC string.
    pub password_hash: String,
}

/// From when to when a link is good.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// When it was made.
    pub created_at: Timestamp,
    /// First instant at which it is good for nothing.
    pub expires_at: Timestamp,
}

impl SystemTx {
    /// Remembers a sign-up under the hash of its link, and forgets those that are over.
    pub async fn add_sign_up(
        &mut self,
        hash: &[u8; 32],
        sign_up: &SignUp,
        span: Span,
    ) -> Result<(), StoreError> {
        query!("delete from sign_ups where expires_at <= $1", span.created_at.to_sqlx())
            .execute(self.connection())
            .await?;
        query!(
            "insert into sign_ups
                 (hash, email, name, workspace_name, password_hash, created_at, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
            hash,
            sign_up.email,
            sign_up.name,
            sign_up.workspace_name,
            sign_up.password_hash,
            span.created_at.to_sqlx(),
            span.expires_at.to_sqlx(),
        )
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// The sign-up with this link, unless it was used or is over.
    pub async fn sign_up(
        &mut self,
        hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<SignUp>, StoreError> {
        let row = sqlx::query_as!(
            SignUp,
            "select email, name, workspace_name, password_hash from sign_ups
             where hash = $1 and used_at is null and expires_at > $2",
            hash,
            now.to_sqlx(),
        )
        .fetch_optional(self.connection())
        .await?;
        Ok(row)
    }

    /// Uses the link up; says whether this call was the one that did.
    pub async fn use_sign_up(
        &mut self,
        hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = query!(
            "update sign_ups set used_at = $2
             where hash = $1 and used_at is null and expires_at > $2",
            hash,
            now.to_sqlx(),
        )
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() == 1)
    }
}
