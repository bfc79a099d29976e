//! Our own Postgres: with no `DATABASE_URL`, the server starts one in its data folder.
//!
//! ```text
//! <data>/lead-router.lock   held while a lead-router uses the folder
//! <data>/postgres           the database files, owned by whom Postgres runs as
//! <data>/postgres.secrets   its passwords, for the eyes of our user alone
//! <data>/postgres-18.4.0    a copy of npm's package, only where that cannot run in place
//! ```
//!
//! It listens on a free port of the loopback interface, asks for passwords, and is as durable as
//! Postgres is by default. It never runs as root (see [`identity`]).
//!
//! A server that outlived its lead-router (`kill -9`) is stopped cleanly and started anew by the next
//! one, rather than taken over: what the dead process left open ends with it, and the settings are
//! those of this release. A server that died uncleanly recovers by itself when it is started.

pub mod binaries;
pub mod cluster;
pub mod error;
pub mod identity;
mod package;
pub mod postmaster;
pub mod secrets;

use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::embedded::binaries::{Binaries, OLDEST, Places};
use crate::embedded::cluster::{Cluster, OWNER, Purpose};
use crate::embedded::error::EmbeddedError;
use crate::embedded::identity::{Identity, runs_as_root};
use crate::embedded::postmaster::Postmaster;
use crate::embedded::secrets::Secrets;
use crate::error::StoreError;
use crate::urls::DatabaseUrls;

/// The database that all tables are in.
const DATABASE: &str = "lead_router";

/// Where our own Postgres lives and is found.
#[derive(Debug, Clone)]
pub struct EmbeddedOptions {
    /// The data folder; made if it is missing.
    pub data: PathBuf,
    /// A folder with the programs of Postgres, if the user named one.
    pub postgres: Option<PathBuf>,
    /// Folders beside which npm may have put its package, such as the one of our program.
    pub near: Vec<PathBuf>,
}

/// A running Postgres of our own. Dropping it stops it, as [`stop`](Self::stop) does.
#[derive(Debug)]
pub struct Embedded {
    cluster: Cluster,
    port: u16,
    urls: DatabaseUrls,
    _lock: File,
}

impl Embedded {
    /// Finds a Postgres, makes the data folder and the database if they are missing, and starts it.
    ///
    /// # Errors
    /// As [`EmbeddedError`] says; every message names what to do.
    pub async fn start(options: EmbeddedOptions) -> Result<Self, EmbeddedError> {
        let started = tokio::task::spawn_blocking(move || start_server(&options)).await;
        let (embedded, owner) = started.unwrap_or_else(|error| {
            Err(EmbeddedError::Program {
                program: "starting Postgres".to_owned(),
                output: error.to_string(),
            })
        })?;
        ensure_database(&owner).await?;
        Ok(embedded)
    }

    /// How to reach the server that another lead-router runs on the folder `data` right now, so
    /// that a command can work beside it; `None` if nobody does.
    ///
    /// # Errors
    /// [`EmbeddedError::File`] if the folder is not ours to read.
    pub fn running(data: &Path) -> Result<Option<DatabaseUrls>, EmbeddedError> {
        let folder = data.join("postgres");
        let in_use = match lock(data) {
            Err(EmbeddedError::InUse { .. }) => true,
            Err(error) => return Err(error),
            Ok(_) => false,
        };
        let postmaster = in_use.then(|| Postmaster::of(&folder)).flatten();
        let Some(postmaster) = postmaster else { return Ok(None) };
        let secrets = Secrets::load(&data.join("postgres.secrets"))?;
        secrets.map(|secrets| urls(&secrets, postmaster.port)).transpose()
    }

    /// How to reach it.
    pub fn urls(&self) -> &DatabaseUrls {
        &self.urls
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Stops it cleanly: close the [`Store`](crate::store::Store) first, for open sessions are ended.
    ///
    /// # Errors
    /// [`EmbeddedError::Program`] if it does not stop within a minute.
    pub async fn stop(self) -> Result<(), EmbeddedError> {
        let cluster = self.cluster.clone();
        let stopped = tokio::task::spawn_blocking(move || cluster.stop()).await;
        stopped.unwrap_or_else(|error| {
            Err(EmbeddedError::Program {
                program: "stopping Postgres".to_owned(),
                output: error.to_string(),
            })
        })
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        if let Err(error) = self.cluster.stop() {
            tracing::error!(error = &error as &dyn std::error::Error, "Postgres was not stopped");
        }
    }
}

/// Where the data goes if the user says nothing: a place of the system for root, whose home other
/// users may not enter, else the place for data in the user's `home` (`data_home` is
/// `XDG_DATA_HOME`).
pub fn default_data_folder(home: Option<&Path>, data_home: Option<&Path>) -> PathBuf {
    if runs_as_root() {
        return PathBuf::from("/var/lib/lead-router");
    }
    let in_home =
        if cfg!(target_os = "macos") { "Library/Application Support" } else { ".local/share" };
    let data = data_home.map(Path::to_path_buf).or_else(|| home.map(|home| home.join(in_home)));
    data.map_or_else(|| PathBuf::from(".lead-router"), |data| data.join("lead-router"))
}

fn start_server(options: &EmbeddedOptions) -> Result<(Embedded, PgConnectOptions), EmbeddedError> {
    let data = &options.data;
    make_data_folder(data).map_err(EmbeddedError::file(data))?;
    let data = &data.canonicalize().map_err(EmbeddedError::file(data))?;
    let lock = lock(data)?;
    let folder = data.join("postgres");
    let identity = Identity::for_folder(if folder.exists() { &folder } else { data });
    identity.must_reach(data)?;
    let binaries = choose(options, data, &folder, &identity)?;
    let cluster = Cluster::new(folder, binaries, identity);
    let secrets = prepare(&cluster, &data.join("postgres.secrets"))?;
    cluster.stop()?; // One that outlived its lead-router; the lock says that no other is there.
    let port = cluster.start(Purpose::Product)?.port;
    let owner =
        PgConnectOptions::from_str(&server_url(&secrets, port)).map_err(StoreError::from)?;
    let urls = urls(&secrets, port)?;
    Ok((Embedded { cluster, port, urls, _lock: lock }, owner.database("postgres")))
}

fn server_url(secrets: &Secrets, port: u16) -> String {
    format!("postgres://{OWNER}:{}@127.0.0.1:{port}", secrets.owner())
}

fn urls(secrets: &Secrets, port: u16) -> Result<DatabaseUrls, EmbeddedError> {
    let url = format!("{}/{DATABASE}", server_url(secrets, port));
    Ok(DatabaseUrls::new(&url, secrets.roles())?)
}

/// A folder of ours is closed to others, but root's must let the user through that Postgres runs as.
pub fn make_data_folder(data: &Path) -> io::Result<()> {
    if data.exists() {
        return Ok(());
    }
    fs::create_dir_all(data)?;
    let mode = if runs_as_root() { 0o711 } else { 0o700 };
    fs::set_permissions(data, Permissions::from_mode(mode))
}

/// Held by the open file, so that the system frees it however we end.
fn lock(data: &Path) -> Result<File, EmbeddedError> {
    let path = data.join("lead-router.lock");
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    let mut file = file.map_err(EmbeddedError::file(&path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut process = String::new();
            let _ = file.read_to_string(&mut process);
            let process = (!process.is_empty()).then_some(process);
            return Err(EmbeddedError::InUse { folder: data.to_owned(), process });
        }
        Err(TryLockError::Error(error)) => return Err(EmbeddedError::file(&path)(error)),
    }
    let note = |file: &mut File| {
        file.set_len(0)?;
        file.rewind()?;
        write!(file, "{}", std::process::id())
    };
    note(&mut file).map_err(EmbeddedError::file(&path))?;
    Ok(file)
}

/// The best Postgres that is here or, for existing files, one of their version.
fn choose(
    options: &EmbeddedOptions,
    data: &Path,
    folder: &Path,
    identity: &Identity,
) -> Result<Binaries, EmbeddedError> {
    let places = Places {
        named: options.postgres.clone(),
        near: options.near.clone(),
        copies: data.to_owned(),
    };
    let made_by = Cluster::made_by(folder);
    let mut found = Binaries::find(&places, identity).peekable();
    let best = found.peek().cloned().ok_or(EmbeddedError::NotFound { oldest: OLDEST })?;
    let Some(made_by) = made_by else { return Ok(best) };
    found.find(|binaries| binaries.major() == made_by).ok_or_else(|| {
        let found = format!("Postgres {} in {}", best.major(), best.folder().display());
        EmbeddedError::OtherVersion { folder: folder.to_owned(), made_by, found }
    })
}

/// The passwords, and the files if they are missing. The passwords are kept before the files are
/// made, so that being killed in between locks nobody out.
fn prepare(cluster: &Cluster, path: &Path) -> Result<Secrets, EmbeddedError> {
    let kept = Secrets::load(path)?;
    if Cluster::made_by(cluster.folder()).is_some() {
        let folder = cluster.folder().to_owned();
        return kept.ok_or(EmbeddedError::LostSecrets { secrets: path.to_owned(), folder });
    }
    let secrets = match kept {
        Some(secrets) => secrets,
        None => Secrets::create(path)?,
    };
    tracing::info!(folder = %cluster.folder().display(), "making a new database");
    cluster.create(secrets.owner(), Purpose::Product)?;
    Ok(secrets)
}

async fn ensure_database(owner: &PgConnectOptions) -> Result<(), EmbeddedError> {
    let make = async {
        let mut connection = owner.connect().await?;
        let exists = sqlx::query_scalar!(
            r#"select exists (select from pg_database where datname = $1) as "exists!""#,
            DATABASE
        )
        .fetch_one(&mut connection)
        .await?;
        if !exists {
            sqlx::raw_sql("create database lead_router").execute(&mut connection).await?;
        }
        connection.close().await
    };
    make.await.map_err(|error| StoreError::from(error).into())
}
