//! One Postgres for all test processes of this checkout, found and started under a lock file.

use std::fs::{self, DirBuilder, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use lr_store::embedded::binaries::{Binaries, OLDEST, Places};
use lr_store::embedded::cluster::{Cluster, OWNER, Purpose};
use lr_store::embedded::identity::Identity;
use lr_store::embedded::postmaster::Postmaster;
use lr_store::embedded::secrets::Secrets;
use lr_store::urls::DatabaseUrls;
use rustix::fs::statvfs;
use sqlx::postgres::PgConnectOptions;

/// How long the server waits for another test before it stops itself.
const IDLE_MINUTES: &str = "10";

/// Linux keeps in memory what is written here. A container may be given as little as 64 MB of it.
const MEMORY: &str = "/dev/shm";

/// Bytes that must be free there: five times what the tests took at their height.
const ROOM: u64 = 512 << 20;

/// Runs beside the server. Arguments: the file that every test touches, idle minutes, data folder.
const WATCH: &str = r#"
while [ -e "$3/postmaster.pid" ] && [ -n "$(find "$1" -mmin "-$2" 2>/dev/null)" ]; do sleep 5; done
exec "$PG/pg_ctl" -D "$3" -m immediate -s stop
"#;

/// A server that this process may use; others may use it as well.
pub(crate) struct Server {
    folder: PathBuf,
    secrets: Secrets,
    port: u16,
}

impl Server {
    /// The running server, or a new one. `prepare` then runs while other processes wait.
    pub(crate) async fn shared<T>(
        prepare: impl AsyncFnOnce(&Self) -> Result<T>,
    ) -> Result<(Self, T)> {
        let folder = folder()?;
        let lock = File::create(folder.join("lock"))?;
        // Elsewhere, for a wait must not hold up the runtime's only thread.
        let lock = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await??;
        let server = tokio::task::spawn_blocking(move || find_or_start(folder)).await??;
        let prepared = prepare(&server).await?;
        drop(lock);
        Ok((server, prepared))
    }

    /// Tells the watcher that tests are running.
    pub(crate) fn touch(&self) -> Result<()> {
        touch(&self.folder)
    }

    /// As the owner of everything on it, in `database`.
    pub(crate) fn owner(&self, database: &str) -> PgConnectOptions {
        let options = PgConnectOptions::new_without_pgpass().host("127.0.0.1").port(self.port);
        options.username(OWNER).password(self.secrets.owner()).database(database)
    }

    /// `database` as the product sees it.
    pub(crate) fn urls(&self, database: &str) -> Result<DatabaseUrls> {
        let (password, port) = (self.secrets.owner(), self.port);
        let url = format!("postgres://{OWNER}:{password}@127.0.0.1:{port}/{database}");
        Ok(DatabaseUrls::new(&url, self.secrets.roles())?)
    }
}

/// Private to this user and this checkout. Not in `target`: root's Postgres runs as somebody who may
/// not be able to enter it.
fn folder() -> Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    checkout().hash(&mut hasher);
    let folder = place(&format!("lead-router-test-{:016x}", hasher.finish()));
    let made = DirBuilder::new().recursive(true).mode(0o711).create(&folder);
    made.with_context(|| format!("cannot make {}", folder.display()))?;
    if fs::metadata(&folder)?.uid() != rustix::process::geteuid().as_raw() {
        bail!("{} belongs to another user", folder.display());
    }
    Ok(folder)
}

/// In memory where there is room: every database is 300 files to make and to remove, which on a disk
/// takes as long as everything else that Postgres does for the tests. Once there, always there.
fn place(name: &str) -> PathBuf {
    let in_memory = Path::new(MEMORY).join(name);
    let free = statvfs(MEMORY).map_or(0, |room| room.f_bavail.saturating_mul(room.f_frsize));
    if in_memory.exists() || free >= ROOM { in_memory } else { std::env::temp_dir().join(name) }
}

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn find_or_start(folder: PathBuf) -> Result<Server> {
    touch(&folder)?;
    let (data, kept) = (folder.join("postgres"), folder.join("secrets"));
    if let (Some(running), Some(secrets)) = (Postmaster::of(&data), Secrets::load(&kept)?) {
        return Ok(Server { folder, secrets, port: running.port });
    }
    let identity = Identity::for_folder(&folder);
    let places = Places { named: None, near: vec![checkout()], copies: folder.clone() };
    let Some(binaries) = Binaries::find(&places, &identity).next() else {
        bail!("there is no Postgres {OLDEST} or newer: install one, or run `npm ci` in web/");
    };
    let cluster = Cluster::new(data, binaries, identity);
    cluster.stop()?;
    let _ = fs::remove_dir_all(cluster.folder()); // Not durable, so not worth a look.
    let secrets = Secrets::create(&kept)?;
    cluster.create(secrets.owner(), Purpose::Tests)?;
    let port = cluster.start(Purpose::Tests)?.port;
    watch(&cluster, &folder)?;
    Ok(Server { folder, secrets, port })
}

fn touch(folder: &Path) -> Result<()> {
    fs::write(folder.join("used"), "")?;
    Ok(())
}

/// Leaves a process behind that stops the server when it is idle. It is no part of this process's
/// group, so that ending one test does not end it.
fn watch(cluster: &Cluster, folder: &Path) -> Result<()> {
    let mut watcher = cluster.script(WATCH);
    watcher.arg(folder.join("used")).arg(IDLE_MINUTES).arg(cluster.folder());
    watcher.process_group(0).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    Ok(())
}
