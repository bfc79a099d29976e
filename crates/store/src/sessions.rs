//! Sign-ins and the chains of refresh tokens that keep them alive.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::id::{SessionId, UserId, WorkspaceId};
use sqlx::query;

use crate::error::StoreError;
use crate::members::{Membership, Row};
use crate::system_tx::SystemTx;

/// A sign-in and the person it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionKey {
    /// The workspace signed in to.
    pub workspace: WorkspaceId,
    /// The sign-in.
    pub session: SessionId,
    /// The person.
    pub user: UserId,
}

/// Where somebody signs in from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The network that the request came from.
    pub address: String,
    /// What the browser says of itself; may be empty.
    pub user_agent: String,
}

/// A refresh token to be remembered by its SHA-256.
#[derive(Clone, Copy)]
pub struct NewRefreshToken<'a> {
    /// SHA-256 of the token.
    pub hash: &'a [u8; 32],
    /// When it is handed out.
    pub issued_at: Timestamp,
    /// First instant at which it is good for nothing.
    pub expires_at: Timestamp,
}

/// A refresh token as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefreshToken {
    /// Whose it is.
    pub key: SessionKey,
    /// First instant at which it is good for nothing.
    pub expires_at: Timestamp,
    /// When it was traded for the next one.
    pub used_at: Option<Timestamp>,
    /// Whether its session was ended.
    pub revoked: bool,
}

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revocation {
    /// The person signed out.
    SignedOut,
    /// A refresh token was used twice: one of the two users is a thief.
    TokenReused,
    /// The person ended it from another session.
    Revoked,
    /// The person set another password.
    PasswordChanged,
    /// The person went on to another of his workspaces.
    Switched,
}

impl Revocation {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::TokenReused => "token_reused",
            Self::Revoked => "revoked",
            Self::PasswordChanged => "password_changed",
            Self::Switched => "switched",
        }
    }
}

impl SystemTx {
    /// Remembers a sign-in.
    pub async fn open_session(
        &mut self,
        key: SessionKey,
        from: &Device,
        created_at: Timestamp,
    ) -> Result<(), StoreError> {
        query!(
            "insert into sessions
                 (workspace_id, id, user_id, user_agent, address, created_at, last_used_at)
             values ($1, $2, $3, $4, $5, $6, $6)",
            key.workspace.uuid(),
            key.session.uuid(),
            key.user.uuid(),
            from.user_agent,
            from.address,
            created_at.to_sqlx(),
        )
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Adds a token to the chain of a session.
    pub async fn add_refresh_token(
        &mut self,
        key: SessionKey,
        token: NewRefreshToken<'_>,
    ) -> Result<(), StoreError> {
        query!(
            "insert into refresh_tokens (workspace_id, hash, session_id, issued_at, expires_at)
             values ($1, $2, $3, $4, $5)",
            key.workspace.uuid(),
            token.hash,
            key.session.uuid(),
            token.issued_at.to_sqlx(),
            token.expires_at.to_sqlx(),
        )
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// The token with this hash, locked, so that of two requests with it one comes first.
    pub async fn lock_refresh_token(
        &mut self,
        hash: &[u8; 32],
    ) -> Result<Option<RefreshToken>, StoreError> {
        let row = query!(
            r#"select t.workspace_id, t.session_id, s.user_id, t.expires_at, t.used_at,
                      s.revoked_at is not null as "revoked!"
               from refresh_tokens t
               join sessions s on s.workspace_id = t.workspace_id and s.id = t.session_id
               where t.hash = $1
               for update"#,
            hash,
        )
        .fetch_optional(self.connection())
        .await?;
        Ok(row.map(|row| RefreshToken {
            key: SessionKey {
                workspace: WorkspaceId::new(row.workspace_id),
                session: SessionId::new(row.session_id),
                user: UserId::new(row.user_id),
            },
            expires_at: row.expires_at.to_jiff(),
            used_at: row.used_at.map(jiff_sqlx::Timestamp::to_jiff),
            revoked: row.revoked,
        }))
    }

    /// Marks a token as traded for the next one, and its session as used.
    pub async fn use_refresh_token(
        &mut self,
        key: SessionKey,
        hash: &[u8; 32],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        query!(
            "update sessions set last_used_at = $3 where workspace_id = $1 and id = $2",
            key.workspace.uuid(),
            key.session.uuid(),
            at.to_sqlx(),
        )
        .execute(self.connection())
        .await?;
        query!(
            "update refresh_tokens set used_at = $3
             where workspace_id = $1 and hash = $2 and used_at is null",
            key.workspace.uuid(),
            hash,
            at.to_sqlx(),
        )
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Ends a session, unless it has ended.
    pub async fn revoke_session(
        &mut self,
        key: SessionKey,
        why: Revocation,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        query!(
            "update sessions set revoked_at = $3, revoked_for = $4
             where workspace_id = $1 and id = $2 and revoked_at is null",
            key.workspace.uuid(),
            key.session.uuid(),
            at.to_sqlx(),
            why.as_str(),
        )
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// The member behind a session that has not ended.
    pub async fn session_member(
        &mut self,
        key: SessionKey,
    ) -> Result<Option<Membership>, StoreError> {
        let row = sqlx::query_as!(
            Row,
            "select m.workspace_id, w.slug, w.name as workspace_name,
                    m.user_id, m.role, m.name, m.email
             from sessions s
             join members m on m.workspace_id = s.workspace_id and m.user_id = s.user_id
             join workspaces w on w.id = s.workspace_id
             where s.workspace_id = $1 and s.id = $2 and s.user_id = $3 and s.revoked_at is null",
            key.workspace.uuid(),
            key.session.uuid(),
            key.user.uuid(),
        )
        .fetch_optional(self.connection())
        .await?;
        row.map(Membership::try_from).transpose()
    }
}
