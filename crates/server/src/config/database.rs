//! The database: one that is named, or our own in the data folder.

use std::path::{Path, PathBuf};

use clap::Args;
use lr_app::keys::{MasterSecret, Purpose};
use lr_store::embedded::EmbeddedOptions;
use lr_store::urls::{DatabaseUrls, RoleSecrets};
use secrecy::{ExposeSecret, SecretString};

/// Flags and environment of this section.
#[derive(Debug, Clone, Args)]
pub struct DatabaseArgs {
    /// Database to use, as a role that may create tables and roles; the server itself comes as two
    /// roles with fewer rights [default: a Postgres of our own in the data folder]
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    database_url: Option<SecretString>,

    /// Folder with the programs of Postgres, for a database of our own [default: the newest found]
    #[arg(long, env = "LEAD_ROUTER_POSTGRES", global = true)]
    postgres: Option<PathBuf>,
}

/// The database: one that is named, or our own.
#[derive(Debug, Clone)]
pub enum DatabaseConfig {
    /// Somebody runs it.
    Named(Box<DatabaseUrls>),
    /// We run it.
    Own(EmbeddedOptions),
}

/// The section, half checked.
#[derive(Debug, Clone, Copy)]
pub struct CheckedDatabase<'a>(&'a DatabaseArgs);

const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

/// The address itself is not repeated: it may hold a password.
const BAD_URL: &str =
    "DATABASE_URL is not an address such as postgres://owner:password@host:5432/database";

impl DatabaseArgs {
    /// Checks what can be checked before the installation's secret is known.
    pub fn check(&self) -> Result<CheckedDatabase<'_>, String> {
        match &self.database_url {
            Some(url) if !SCHEMES.iter().any(|scheme| url.expose_secret().starts_with(scheme)) => {
                Err(BAD_URL.to_owned())
            }
            Some(_) | None => Ok(CheckedDatabase(self)),
        }
    }

    fn own(&self, data: &Path) -> EmbeddedOptions {
        let program = std::env::current_exe().ok();
        let beside_program = program.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        EmbeddedOptions {
            data: data.to_path_buf(),
            postgres: self.postgres.clone(),
            near: beside_program.into_iter().chain(std::env::current_dir().ok()).collect(),
        }
    }
}

impl CheckedDatabase<'_> {
    /// The passwords of the server's roles are derived from `secret`, so that every node with the
    /// same secret has the same.
    pub fn parse(self, data: &Path, secret: &MasterSecret) -> Result<DatabaseConfig, String> {
        let Some(url) = &self.0.database_url else {
            return Ok(DatabaseConfig::Own(self.0.own(data)));
        };
        let password = |purpose| secret.derive(purpose, b"").hex();
        let secrets = RoleSecrets::new(password(Purpose::AppRole), password(Purpose::SystemRole));
        let urls =
            DatabaseUrls::new(url.expose_secret(), secrets).map_err(|_| BAD_URL.to_owned())?;
        Ok(DatabaseConfig::Named(Box::new(urls)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: Option<&str>) -> Result<DatabaseConfig, String> {
        let args = DatabaseArgs { database_url: url.map(Into::into), postgres: None };
        args.check()?.parse(Path::new("/data"), &MasterSecret::new([1; 32]))
    }

    #[test]
    fn without_an_address_the_database_is_our_own() {
        assert!(
            matches!(parse(None), Ok(DatabaseConfig::Own(own)) if own.data == Path::new("/data"))
        );
        assert!(matches!(parse(Some("postgres://o:p@db/leads")), Ok(DatabaseConfig::Named(_))));
    }

    #[test]
    fn a_wrong_address_is_not_repeated_because_it_may_hold_a_password() {
        let fault = parse(Some("mysql://o:hunter2@db")).unwrap_err();
        assert!(fault.contains("DATABASE_URL") && !fault.contains("hunter2"));
    }
}
