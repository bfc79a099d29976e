//! Links that prove that a person reads the mail of an address.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::id::UserId;
use sqlx::query;

use crate::error::StoreError;
use crate::sign_ups::Span;
use crate::system_tx::SystemTx;

/// What a link is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Set another password.
    ResetPassword,
    /// Take another address.
    ChangeEmail,
}

impl Purpose {
    /// The name as stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ResetPassword => "reset_password",
            Self::ChangeEmail => "change_email",
        }
    }
}

/// A link to be remembered by the SHA-256 of its token.
#[derive(Clone, Copy)]
pub struct NewOneTimeToken<'a> {
    /// SHA-256 of the token.
    pub hash: &'a [u8; 32],
    /// What it is good for.
    pub purpose: Purpose,
    /// For whom.
    pub user: UserId,
    /// The address that it proves, if that is its purpose.
    pub email: Option<&'a str>,
    /// From when to when.
    pub span: Span,
}

/// A link that was good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTimeToken {
    /// For whom.
    pub user: UserId,
    /// The address that it proves, if that is its purpose.
    pub email: Option<String>,
}

impl SystemTx {
    /// Remembers a link, and forgets those that are over.
    pub async fn add_one_time_token(
        &mut self,
        token: NewOneTimeToken<'_>,
    ) -> Result<(), StoreError> {
        let now = token.span.created_at;
        query!("delete from one_time_tokens where expires_at <= $1", now.to_sqlx())
            .execute(self.connection())
            .await?;
        query!(
            "insert into one_time_tokens (hash, purpose, user_id, email, created_at, expires_at)
             values ($1, $2, $3, $4, $5, $6)",
            token.hash,
            token.purpose.as_str(),
            token.user.uuid(),
            token.email,
            now.to_sqlx(),
            token.span.expires_at.to_sqlx(),
        )
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Uses a link up, with every other of its person and purpose; `None` if it is no good.
    pub async fn use_one_time_token(
        &mut self,
        hash: &[u8; 32],
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Option<OneTimeToken>, StoreError> {
        let row = query!(
            "update one_time_tokens set used_at = $3
             where hash = $1 and purpose = $2 and used_at is null and expires_at > $3
             returning user_id, email",
            hash,
            purpose.as_str(),
            now.to_sqlx(),
        )
        .fetch_optional(self.connection())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let user = UserId::new(row.user_id);
        self.use_up_one_time_tokens(user, purpose, now).await?;
        Ok(Some(OneTimeToken { user, email: row.email }))
    }

    /// Makes every link of a person and a purpose good for nothing.
    pub async fn use_up_one_time_tokens(
        &mut self,
        user: UserId,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        query!(
            "update one_time_tokens set used_at = $3
             where user_id = $1 and purpose = $2 and used_at is null",
            user.uuid(),
            purpose.as_str(),
            now.to_sqlx(),
        )
        .execute(self.connection())
        .await?;
        Ok(())
    }
}
