//! Brings a database to this release's schema: roles, tables, the queue's own tables, grants.

use graphile_worker::{Database, WorkerUtils};
use sqlx::migrate::Migrator;
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};

use crate::error::StoreError;
use crate::urls::DatabaseUrls;

/// Schema of the job queue, made and changed by its library alone.
pub(crate) const QUEUE_SCHEMA: &str = "graphile_worker";

/// Key of the advisory lock that lets several nodes start at once: "lead" in ASCII.
const LOCK: i64 = 0x6c65_6164;

/// Why a database could not be brought to this release's schema.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database could not be reached, or refused a statement about roles or grants.
    #[error("the database could not be prepared")]
    Store(#[from] StoreError),
    /// A migration failed; it was rolled back, the ones before it stay.
    #[error("a migration failed")]
    Schema(#[from] sqlx::migrate::MigrateError),
    /// The job queue's own tables could not be made or brought up to date.
    #[error("the job queue's tables could not be prepared")]
    Queue(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<sqlx::Error> for MigrateError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Makes the roles, runs the migrations of this release and of the job queue, and grants the roles
/// what they need. Does nothing to a database that is up to date, and may run on several nodes at
/// once: the others wait.
///
/// A database that a newer release has migrated is accepted: migrations are safe beside the release
/// before.
///
/// # Errors
/// As [`MigrateError`] says. What was done before the error stays and is not done again.
pub async fn migrate(urls: &DatabaseUrls) -> Result<(), MigrateError> {
    let mut lock = urls.owner().connect().await?;
    sqlx::query!("select pg_advisory_lock($1)", LOCK).execute(&mut lock).await?;
    let done = run(urls, &mut lock).await;
    lock.close().await?; // Frees the lock, also after an error.
    done
}

/// The migrations of this release, in order.
pub fn migrations() -> Migrator {
    let mut migrations = sqlx::migrate!();
    migrations.set_ignore_missing(true);
    migrations
}

async fn run(urls: &DatabaseUrls, owner: &mut PgConnection) -> Result<(), MigrateError> {
    for (role, password) in urls.secrets().roles() {
        ensure_role(owner, role).await?;
        ensure_password(urls, owner, role, password).await?;
    }
    migrations().run(&mut *owner).await?;
    let pool = PgPoolOptions::new().max_connections(1).connect_with(urls.owner()).await?;
    let migrated = WorkerUtils::new(Database::from(pool.clone()), QUEUE_SCHEMA).migrate().await;
    pool.close().await;
    migrated.map_err(|error| MigrateError::Queue(error.into()))?;
    sqlx::raw_sql(include_str!("migrate/grants.sql")).execute(owner).await?;
    Ok(())
}

/// Roles belong to the whole server, so another database's migration may make the same one now.
async fn ensure_role(owner: &mut PgConnection, role: &str) -> Result<(), StoreError> {
    let exists = sqlx::query_scalar!(
        r#"select exists (select from pg_roles where rolname = $1) as "exists!""#,
        role
    )
    .fetch_one(&mut *owner)
    .await?;
    if exists {
        return Ok(());
    }
    let create =
        format!("create role {role} login nosuperuser nobypassrls nocreatedb nocreaterole");
    let made = sqlx::raw_sql(AssertSqlSafe(create)).execute(owner).await;
    match made.map_err(StoreError::from) {
        Err(StoreError::Constraint { .. }) => Ok(()), // Somebody else was first.
        other => other.map(|_| ()),
    }
}

/// Sets the password unless it is already that one: to change it needlessly would fail when two
/// databases of one server are migrated at once.
async fn ensure_password(
    urls: &DatabaseUrls,
    owner: &mut PgConnection,
    role: &str,
    password: &str,
) -> Result<(), StoreError> {
    if let Ok(connection) = urls.as_role(role, password).connect().await {
        connection.close().await?;
        return Ok(());
    }
    let alter = sqlx::query_scalar!(
        r#"select format('alter role %I password %L', $1::text, $2::text) as "sql!""#,
        role,
        password
    )
    .fetch_one(&mut *owner)
    .await?;
    sqlx::raw_sql("set password_encryption = 'scram-sha-256'").execute(&mut *owner).await?;
    sqlx::raw_sql(AssertSqlSafe(alter)).execute(owner).await?;
    Ok(())
}
