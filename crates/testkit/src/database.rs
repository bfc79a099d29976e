//! A database for one test, copied from a migrated template.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Result;
use lr_core::id::WorkspaceId;
use lr_store::migrate::{migrate, migrations};
use lr_store::store::Store;
use lr_store::urls::DatabaseUrls;
use lr_store::workspace_tx::WorkspaceTx;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use uuid::Uuid;

use crate::server::Server;

/// Slugs of the workspaces that [`TestDb::workspaces`] makes, in order.
const SLUGS: [&str; 4] = ["acme", "globex", "initech", "umbrella"];

/// A migrated, empty database. Dropping it drops the database and ends what is connected to it.
pub struct TestDb {
    server: Server,
    name: String,
    store: Store,
}

/// A workspace of a test, and the way into it.
#[derive(Clone)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// Its slug, such as `acme`.
    pub slug: &'static str,
    store: Store,
}

impl TestDb {
    pub(crate) async fn create() -> Result<Self> {
        let (server, template) = Server::shared(ensure_template).await?;
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        let mut postgres = server.owner("postgres").connect().await?;
        run(&mut postgres, format!("drop database if exists {name} with (force)")).await?;
        run(&mut postgres, format!("create database {name} template {template}")).await?;
        postgres.close().await?;
        let store = Store::connect(&server.urls(&name)?).await?;
        Ok(Self { server, name, store })
    }

    /// The store as the server uses it: as `lr_app` and `lr_system`, never as the owner.
    pub fn store(&self) -> Store {
        self.store.clone()
    }

    /// For code that connects by itself, such as a whole server.
    ///
    /// # Panics
    /// Never for a database that could be made.
    pub fn urls(&self) -> DatabaseUrls {
        self.server.urls(&self.name).expect("the URL was used before")
    }

    /// A connection as the owner, whom no row security holds back: only to plant what must not be, or
    /// to see everything.
    ///
    /// # Panics
    /// If the server has gone away.
    pub async fn owner(&self) -> PgConnection {
        self.owner_options().connect().await.expect("the test server takes connections")
    }

    /// As [`owner`](Self::owner), to be changed and connected.
    pub fn owner_options(&self) -> PgConnectOptions {
        self.server.owner(&self.name)
    }

    /// `N` new workspaces with nothing in them: acme, globex, initech, umbrella.
    ///
    /// # Panics
    /// If `N` is more than four, or on a second call.
    pub async fn workspaces<const N: usize>(&self) -> [Workspace; N] {
        let mut owner = self.owner().await;
        let mut made = Vec::with_capacity(N);
        for (slug, number) in SLUGS.into_iter().zip(1..).take(N) {
            let id = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number);
            let insert = format!(
                "insert into workspaces (id, slug, name) values ('{id}', '{slug}', '{slug}')"
            );
            run(&mut owner, insert).await.expect("a new workspace");
            made.push(Workspace { id: WorkspaceId::new(id), slug, store: self.store() });
        }
        made.try_into().unwrap_or_else(|_| panic!("a test has at most {} workspaces", SLUGS.len()))
    }
}

impl Workspace {
    /// Begins a transaction that sees this workspace.
    ///
    /// # Panics
    /// If the server has gone away.
    pub async fn begin(&self) -> WorkspaceTx {
        self.store.begin(self.id).await.expect("the test server takes connections")
    }
}

impl Drop for TestDb {
    /// A destructor cannot wait on the test's own runtime, so it has one of its own.
    fn drop(&mut self) {
        let _ = self.server.touch();
        let options = self.server.owner("postgres");
        let drop = format!("drop database if exists {} with (force)", self.name);
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async { run(&mut options.connect().await?, drop).await })
        });
        let _ = dropping.join(); // What could not be dropped goes with the server.
    }
}

/// The name of a migrated database, made if this is the first test with these migrations.
async fn ensure_template(server: &Server) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    migrations().iter().for_each(|migration| migration.checksum.hash(&mut hasher));
    include_str!("../../store/src/migrate/grants.sql").hash(&mut hasher);
    let template = format!("template_{:016x}", hasher.finish());
    let mut postgres = server.owner("postgres").connect().await?;
    let made = server.owner(&template).connect().await;
    match made {
        Ok(connection) => connection.close().await?, // Cut short before it was marked below.
        Err(error) if is_marked(&error) => return Ok(template),
        Err(_) => {}
    }
    run(&mut postgres, format!("drop database if exists {template}")).await?;
    run(&mut postgres, format!("create database {template}")).await?;
    migrate(&server.urls(&template)?).await?;
    run(&mut postgres, format!("alter database {template} allow_connections false")).await?;
    postgres.close().await?;
    Ok(template)
}

/// A database that takes no connections is complete, and nobody stands in the way of copying it.
/// Code 55000 is `object_not_in_prerequisite_state`.
fn is_marked(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.code().as_deref() == Some("55000"))
}

async fn run(connection: &mut PgConnection, sql: String) -> Result<()> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await?;
    Ok(())
}
