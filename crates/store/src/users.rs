//! What people change about their own accounts.

use lr_core::id::UserId;
use sqlx::query;

use crate::error::StoreError;
use crate::members::{Membership, Row};
use crate::system_tx::SystemTx;

/// A person's account, as its owner changes it.
#[derive(Clone)]
pub struct Profile {
    /// Lower-case address.
    pub email: String,
    /// Shown name.
    pub name: String,
    /// Argon2id, as a PHC string.
    pub password_hash: String,
}

impl SystemTx {
    /// The account of `user`, locked until the transaction ends.
    pub async fn lock_profile(&mut self, user: UserId) -> Result<Option<Profile>, StoreError> {
        let row = sqlx::query_as!(
            Profile,
            "select email, name, password_hash from users where id = $1 for update",
            user.uuid()
        )
        .fetch_optional(self.connection())
        .await?;
        Ok(row)
    }

    /// Sets another password.
    pub async fn set_password(&mut self, user: UserId, hash: &str) -> Result<(), StoreError> {
        query!("update users set password_hash = $2 where id = $1", user.uuid(), hash)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Sets another address, in every workspace too; fails on `users_email_key` if it is taken.
    pub async fn set_email(&mut self, user: UserId, email: &str) -> Result<(), StoreError> {
        query!("update users set email = $2 where id = $1", user.uuid(), email)
            .execute(self.connection())
            .await?;
        query!(
            "update members m set email = $2
             from (select workspace_id from members where user_id = $1) mine
             where m.workspace_id = mine.workspace_id and m.user_id = $1",
            user.uuid(),
            email,
        )
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Sets another shown name, in every workspace too.
    pub async fn set_name(&mut self, user: UserId, name: &str) -> Result<(), StoreError> {
        query!("update users set name = $2 where id = $1", user.uuid(), name)
            .execute(self.connection())
            .await?;
        query!(
            "update members m set name = $2
             from (select workspace_id from members where user_id = $1) mine
             where m.workspace_id = mine.workspace_id and m.user_id = $1",
            user.uuid(),
            name,
        )
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Every workspace of `user`, the one that he has belonged to the longest first.
    pub async fn memberships(&mut self, user: UserId) -> Result<Vec<Membership>, StoreError> {
        let rows = sqlx::query_as!(
            Row,
            "select m.workspace_id, w.slug, w.name as workspace_name,
                    m.user_id, m.role, m.name, m.email
             from members m join workspaces w on w.id = m.workspace_id
             where m.user_id = $1
             order by m.created_at, m.workspace_id",
            user.uuid(),
        )
        .fetch_all(self.connection())
        .await?;
        rows.into_iter().map(Membership::try_from).collect()
    }
}
