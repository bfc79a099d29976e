//! What every command works on: the data folder, its secret, its database.

use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use lr_app::clock::Clock;
use lr_app::context::App;
use lr_app::ids::Ids;
use lr_app::keys::MasterSecret;
use lr_connectors::egress::Egress;
use lr_connectors::http::HttpClient;
use lr_core::normalise::phone::load_plans;
use lr_store::embedded::{Embedded, make_data_folder};
use lr_store::migrate::migrate;
use lr_store::store::Store;
use lr_store::urls::DatabaseUrls;

use crate::config::ConfigError;
use crate::config::data::DataArgs;
use crate::config::database::{DatabaseArgs, DatabaseConfig};
use crate::config::egress::EgressArgs;
use crate::config::people::{PeopleArgs, PeopleConfig};
use crate::config::secret::SecretArgs;

/// Flags and environment that every command understands.
#[derive(Debug, Clone, Args)]
pub struct InstallationArgs {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    secret: SecretArgs,
    #[command(flatten)]
    egress: EgressArgs,
    #[command(flatten)]
    people: PeopleArgs,
}

/// An open installation: its database is migrated and connected.
pub struct Installation {
    /// What use cases need.
    pub app: Arc<App>,
    embedded: Option<Embedded>,
}

impl InstallationArgs {
    /// Checks every section, so that a command can report the faults of its own sections with them.
    pub fn parse(&self, faults: &mut ConfigError) -> Option<InstallationConfig> {
        let database = faults.collect(self.database.check());
        let data = self.data.parse();
        let folder = make_data_folder(&data)
            .map_err(|error| format!("the data folder {}: {error}", data.display()));
        faults.collect(folder)?;
        let people = faults.collect(self.people.parse());
        let secret = faults.collect(self.secret.parse(&data))?;
        let database = faults.collect(database?.parse(&data, &secret))?;
        Some(InstallationConfig { secret, database, egress: self.egress.parse(), people: people? })
    }

    /// The same for a developer's own machine.
    #[must_use]
    pub fn for_development(mut self) -> Self {
        self.people.for_development();
        self
    }
}

/// Where an installation is, checked.
#[derive(Debug)]
pub struct InstallationConfig {
    secret: MasterSecret,
    database: DatabaseConfig,
    egress: Egress,
    people: PeopleConfig,
}

impl InstallationConfig {
    /// Whether this is a developer's installation.
    pub fn development(&self) -> bool {
        self.people.development
    }

    /// Opens the installation to serve: a database of our own is started, and must not be in use.
    pub async fn open(self) -> anyhow::Result<Installation> {
        let http = HttpClient::new(self.egress)?;
        let database = start(self.database).await?;
        connect(self.secret, self.people, http, database).await
    }

    /// Opens the installation for a command, beside a server of the same data folder if one runs.
    pub async fn open_beside(self) -> anyhow::Result<Installation> {
        let http = HttpClient::new(self.egress)?;
        let running = match &self.database {
            DatabaseConfig::Named(_) => None,
            DatabaseConfig::Own(options) => Embedded::running(&options.data)?,
        };
        let database = match running {
            Some(urls) => (None, urls),
            None => start(self.database).await?,
        };
        connect(self.secret, self.people, http, database).await
    }
}

type Database = (Option<Embedded>, DatabaseUrls);

async fn connect(
    secret: MasterSecret,
    people: PeopleConfig,
    http: HttpClient,
    (embedded, urls): Database,
) -> anyhow::Result<Installation> {
    // Beside the rest of the start, for the first lead that has a telephone number.
    tokio::task::spawn_blocking(load_plans);
    migrate(&urls).await.context("the database was not migrated")?;
    let store = Store::connect(&urls).await.context("the database was not reached")?;
    let PeopleConfig { public_url, development } = people;
    let app = App::new(store, Clock::System, Ids::System, &secret, http);
    let app = App { public_url, development, ..app };
    Ok(Installation { app: Arc::new(app), embedded })
}

impl Installation {
    /// Closes every connection, then stops the database if it is our own.
    pub async fn close(self) -> anyhow::Result<()> {
        self.app.store.close().await;
        if let Some(embedded) = self.embedded {
            embedded.stop().await?;
        }
        Ok(())
    }
}

async fn start(config: DatabaseConfig) -> anyhow::Result<Database> {
    match config {
        DatabaseConfig::Named(urls) => Ok((None, *urls)),
        DatabaseConfig::Own(options) => {
            let embedded = Embedded::start(options).await?;
            let urls = embedded.urls().clone();
            tracing::info!(port = embedded.port(), "our own Postgres runs");
            Ok((Some(embedded), urls))
        }
    }
}
