//! Where the database is, and as whom to come.

use std::fmt;
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;

use crate::error::StoreError;

/// The role that serves requests: it owns nothing and sees the workspace its transaction has set.
pub const APP_ROLE: &str = "lr_app";

/// The role of the few reads across workspaces: sign-in, claiming jobs, finding due work.
pub const SYSTEM_ROLE: &str = "lr_system";

/// Passwords of the two roles that the server runs as.
#[derive(Clone)]
pub struct RoleSecrets {
    app: String,
    system: String,
}

impl RoleSecrets {
    /// Any two texts without NUL. They must be equal on every node, and differ from one another.
    pub fn new(app: impl Into<String>, system: impl Into<String>) -> Self {
        Self { app: app.into(), system: system.into() }
    }

    pub(crate) fn roles(&self) -> [(&'static str, &str); 2] {
        [(APP_ROLE, &self.app), (SYSTEM_ROLE, &self.system)]
    }
}

impl fmt::Debug for RoleSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RoleSecrets(***)")
    }
}

/// One database, reachable as its owner (for migrations) and as the server's two roles.
#[derive(Clone)]
pub struct DatabaseUrls {
    owner: PgConnectOptions,
    secrets: RoleSecrets,
}

impl DatabaseUrls {
    /// `owner` is the URL of a role that may create tables and roles, such as
    /// `postgres://owner:password@host:5432/lead_router`; the server never runs as it.
    ///
    /// # Errors
    /// [`StoreError::Refused`] if `owner` is not a Postgres URL.
    pub fn new(owner: &str, secrets: RoleSecrets) -> Result<Self, StoreError> {
        let owner = PgConnectOptions::from_str(owner)?.application_name("lead-router");
        Ok(Self { owner, secrets })
    }

    pub(crate) fn owner(&self) -> PgConnectOptions {
        self.owner.clone()
    }

    pub(crate) fn secrets(&self) -> &RoleSecrets {
        &self.secrets
    }

    pub(crate) fn app(&self) -> PgConnectOptions {
        self.as_role(APP_ROLE, &self.secrets.app)
    }

    pub(crate) fn system(&self) -> PgConnectOptions {
        self.as_role(SYSTEM_ROLE, &self.secrets.system)
    }

    pub(crate) fn as_role(&self, role: &str, password: &str) -> PgConnectOptions {
        self.owner.clone().username(role).password(password)
    }
}

impl fmt::Debug for DatabaseUrls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (host, port) = (self.owner.get_host(), self.owner.get_port());
        write!(f, "DatabaseUrls({host}:{port}/{})", self.owner.get_database().unwrap_or("?"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_holds_no_password() {
        let secrets = RoleSecrets::new("app-secret", "system-secret");
        let urls =
            DatabaseUrls::new("postgres://owner:owner-secret@db.test/leads", secrets).unwrap();
        assert_eq!(format!("{urls:?}"), "DatabaseUrls(db.test:5432/leads)");
        assert_eq!(format!("{:?}", urls.secrets), "RoleSecrets(***)");
    }
}
