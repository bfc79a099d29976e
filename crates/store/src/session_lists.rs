//! The sign-ins of a person, as he sees and ends them.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::id::{SessionId, UserId, WorkspaceId};
use sqlx::query;

use crate::error::StoreError;
use crate::sessions::{Revocation, SessionKey};
use crate::system_tx::SystemTx;

/// A sign-in that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// The sign-in.
    pub key: SessionKey,
    /// Shown name of its workspace.
    pub workspace_name: String,
    /// What the browser said of itself.
    pub user_agent: String,
    /// The network that it came from.
    pub address: String,
    /// When the person signed in.
    pub created_at: Timestamp,
    /// When it was refreshed last.
    pub last_used_at: Timestamp,
}

impl SystemTx {
    /// The sign-ins of `user`, in all workspaces, that were alive at `since` or later; the one used
    /// last first.
    pub async fn open_sessions(
        &mut self,
        user: UserId,
        since: Timestamp,
    ) -> Result<Vec<OpenSession>, StoreError> {
        let rows = query!(
            "select s.workspace_id, s.id, w.name, s.user_agent, s.address, s.created_at,
                    s.last_used_at
             from sessions s join workspaces w on w.id = s.workspace_id
             where s.user_id = $1 and s.revoked_at is null and s.last_used_at > $2
             order by s.last_used_at desc, s.id desc",
            user.uuid(),
            since.to_sqlx(),
        )
        .fetch_all(self.connection())
        .await?;
        let sessions = rows.into_iter().map(|row| OpenSession {
            key: SessionKey {
                workspace: WorkspaceId::new(row.workspace_id),
                session: SessionId::new(row.id),
                user,
            },
            workspace_name: row.name,
            user_agent: row.user_agent,
            address: row.address,
            created_at: row.created_at.to_jiff(),
            last_used_at: row.last_used_at.to_jiff(),
        });
        Ok(sessions.collect())
    }

    /// Ends sign-ins of `user`, in all workspaces; gives those that it ended.
    pub async fn revoke_sessions(
        &mut self,
        user: UserId,
        which: Which,
        why: Revocation,
        at: Timestamp,
    ) -> Result<Vec<SessionKey>, StoreError> {
        let (only, but) = match which {
            Which::All => (None, None),
            Which::Only(session) => (Some(session.uuid()), None),
            Which::AllBut(session) => (None, Some(session.uuid())),
        };
        let rows = query!(
            "update sessions set revoked_at = $4, revoked_for = $5
             where user_id = $1 and revoked_at is null
                 and ($2::uuid is null or id = $2) and ($3::uuid is null or id <> $3)
             returning workspace_id, id",
            user.uuid(),
            only,
            but,
            at.to_sqlx(),
            why.as_str(),
        )
        .fetch_all(self.connection())
        .await?;
        let keys = rows.into_iter().map(|row| SessionKey {
            workspace: WorkspaceId::new(row.workspace_id),
            session: SessionId::new(row.id),
            user,
        });
        Ok(keys.collect())
    }
}

/// Which of a person's sign-ins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Every one.
    All,
    /// This one.
    Only(SessionId),
    /// Every one but this.
    AllBut(SessionId),
}
