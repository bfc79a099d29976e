//! People: who signs in, and as what in which workspace.

use std::str::FromStr;

use lr_core::id::{UserId, WorkspaceId};
use sqlx::query;

use crate::error::StoreError;
use crate::system_tx::SystemTx;
use crate::workspace_tx::WorkspaceTx;

/// What a member may do; who may do what is one table in the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Everything, also what concerns the workspace itself.
    Owner,
    /// Everything about routing.
    Admin,
    /// Leads a team.
    Manager,
    /// Takes leads.
    Rep,
    /// Looks on.
    Viewer,
}

/// The text is not the name of a role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a role")]
pub struct RoleError(String);

impl Role {
    /// Every role, from the most powerful.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Admin, Self::Manager, Self::Rep, Self::Viewer];

    /// The name as stored and as shown by the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Manager => "manager",
            Self::Rep => "rep",
            Self::Viewer => "viewer",
        }
    }
}

impl FromStr for Role {
    type Err = RoleError;

    fn from_str(name: &str) -> Result<Self, RoleError> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == name)
            .ok_or_else(|| RoleError(name.to_owned()))
    }
}

/// A person's account, as signing in needs it.
#[derive(Clone)]
pub struct Account {
    /// The person.
    pub user: UserId,
    /// Argon2id, as a PHC string.
    pub password_hash: String,
}

/// A person to be remembered.
#[derive(Clone, Copy)]
pub struct NewUser<'a> {
    /// The person's id.
    pub id: UserId,
    /// Lower-case address, by which the person signs in.
    pub email: &'a str,
    /// Shown name.
    pub name: &'a str,
    /// Argon2id, as a PHC string.
    pub password_hash: &'a str,
}

/// A person in a workspace, with the workspace's names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Its name in addresses and commands.
    pub slug: String,
    /// Its shown name.
    pub workspace_name: String,
    /// The person.
    pub user: UserId,
    /// What the person may do there.
    pub role: Role,
    /// Shown name.
    pub name: String,
    /// Lower-case address.
    pub email: String,
}

impl SystemTx {
    /// The account of `email`, which is lower-case.
    pub async fn account(&mut self, email: &str) -> Result<Option<Account>, StoreError> {
        let row = query!("select id, password_hash from users where email = $1", email)
            .fetch_optional(self.connection())
            .await?;
        Ok(row.map(|row| Account { user: UserId::new(row.id), password_hash: row.password_hash }))
    }

    /// Remembers a person, unless the address is taken; says whether it did.
    pub async fn add_user(&mut self, user: NewUser<'_>) -> Result<bool, StoreError> {
        let done = query!(
            "insert into users (id, email, name, password_hash) values ($1, $2, $3, $4)
             on conflict (email) do nothing",
            user.id.uuid(),
            user.email,
            user.name,
            user.password_hash,
        )
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// The workspace that `user` has belonged to the longest.
    pub async fn first_membership(
        &mut self,
        user: UserId,
    ) -> Result<Option<Membership>, StoreError> {
        let row = sqlx::query_as!(
            Row,
            "select m.workspace_id, w.slug, w.name as workspace_name,
                    m.user_id, m.role, m.name, m.email
             from members m join workspaces w on w.id = m.workspace_id
             where m.user_id = $1
             order by m.created_at, m.workspace_id limit 1",
            user.uuid(),
        )
        .fetch_optional(self.connection())
        .await?;
        row.map(Membership::try_from).transpose()
    }
}

impl WorkspaceTx {
    /// Makes `user` a member of the workspace; fails on `members_pkey` if he is one.
    pub async fn join(
        &mut self,
        user: UserId,
        role: Role,
        name: &str,
        email: &str,
    ) -> Result<(), StoreError> {
        let (connection, workspace) = self.parts();
        query!(
            "insert into members (workspace_id, user_id, role, name, email)
             values ($1, $2, $3, $4, $5)",
            workspace,
            user.uuid(),
            role.as_str(),
            name,
            email,
        )
        .execute(connection)
        .await?;
        Ok(())
    }
}

pub(crate) struct Row {
    pub(crate) workspace_id: uuid::Uuid,
    pub(crate) slug: String,
    pub(crate) workspace_name: String,
    pub(crate) user_id: uuid::Uuid,
    pub(crate) role: String,
    pub(crate) name: String,
    pub(crate) email: String,
}

impl TryFrom<Row> for Membership {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let role = row.role.parse().map_err(|error: RoleError| StoreError::Corrupt {
            what: "role",
            source: error.into(),
        })?;
        Ok(Self {
            workspace: WorkspaceId::new(row.workspace_id),
            slug: row.slug,
            workspace_name: row.workspace_name,
            user: UserId::new(row.user_id),
            role,
            name: row.name,
            email: row.email,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_reads_back_what_it_is_called() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        assert!("root".parse::<Role>().is_err());
    }
}
