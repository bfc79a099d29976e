//! What every command works on: the data folder, its secret, its database.

use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use lr_app::clock::Clock;
use lr_app::context::App;
use lr_app::ids::Ids;
use lr_app::keys::MasterSecret;
use lr_store::embedded::{Embedded, make_data_folder};
use lr_store::migrate::migrate;
use lr_store::store::Store;
use lr_store::urls::DatabaseUrls;

use crate::config::ConfigError;
use crate::config::data::DataArgs;
use crate::config::database::{DatabaseArgs, DatabaseConfig};
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
}

/// An open installation: its database is migrated and connected.
pub struct Installation {
    /// What use cases need.
    pub app: Arc<App>,
    embedded: Option<Embedded>,
}

impl InstallationArgs {
    /// Checks the sections that need nothing else, so that a command can report the faults of its
    /// own sections with them.
    pub fn parse(&self, faults: &mut ConfigError) -> Option<InstallationConfig> {
        let data = self.data.parse();
        let folder = make_data_folder(&data)
            .map_err(|error| format!("the data folder {}: {error}", data.display()));
        faults.collect(folder)?;
        let secret = faults.collect(self.secret.parse(&data))?;
        let database = faults.collect(self.database.parse(&data, &secret))?;
        Some(InstallationConfig { secret, database })
    }
}

/// Where an installation is, checked.
#[derive(Debug)]
pub struct InstallationConfig {
    secret: MasterSecret,
    database: DatabaseConfig,
}

impl InstallationConfig {
    /// Starts the database if it is our own, migrates it and connects.
    pub async fn open(self) -> anyhow::Result<Installation> {
        let (embedded, urls) = database(self.database).await?;
        migrate(&urls).await.context("the database was not migrated")?;
        let store = Store::connect(&urls).await.context("the database was not reached")?;
        let app = App::new(store, Clock::System, Ids::System, &self.secret);
        Ok(Installation { app: Arc::new(app), embedded })
    }
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

async fn database(config: DatabaseConfig) -> anyhow::Result<(Option<Embedded>, DatabaseUrls)> {
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
