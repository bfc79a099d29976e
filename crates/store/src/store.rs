//! The two private pools, and the check that their roles are held back by row security.

use std::time::Duration;

use lr_core::id::WorkspaceId;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::error::StoreError;
use crate::system_tx::SystemTx;
use crate::urls::DatabaseUrls;
use crate::workspace_tx::WorkspaceTx;

/// Connections that serve requests. Postgres commits are the limit, not their number.
const APP_CONNECTIONS: u32 = 16;

/// Connections of the worker and of sign-in: one listens, the others claim and finish jobs.
const SYSTEM_CONNECTIONS: u32 = 8;

/// Longest wait for a free connection before a caller hears [`StoreError::Busy`].
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// A connection that rested longer is asked whether it still lives before it is used. Asking every
/// time would add a round trip to every transaction.
const TRUSTED_IDLE: Duration = Duration::from_secs(5);

/// The database as the server sees it. Cloning shares the pools.
#[derive(Clone)]
pub struct Store {
    app: PgPool,
    system: PgPool,
}

impl Store {
    /// Connects as the two roles of the server; [`migrate`](crate::migrate::migrate) made them.
    ///
    /// # Errors
    /// [`StoreError::UnsafeRole`] if either role escapes row security, [`StoreError::Busy`] if the
    /// server cannot be reached, [`StoreError::Refused`] for wrong passwords.
    pub async fn connect(urls: &DatabaseUrls) -> Result<Self, StoreError> {
        let app = pool(urls.app(), APP_CONNECTIONS).await?;
        let system = pool(urls.system(), SYSTEM_CONNECTIONS).await?;
        refuse_unsafe_role(&app).await?;
        refuse_unsafe_role(&system).await?;
        Ok(Self { app, system })
    }

    /// Begins a transaction that sees the rows of `workspace` and no others.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if no connection is free in time.
    pub async fn begin(&self, workspace: WorkspaceId) -> Result<WorkspaceTx, StoreError> {
        WorkspaceTx::begin(&self.app, workspace).await
    }

    /// Begins a transaction of the role for reads across workspaces.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if no connection is free in time.
    pub async fn system(&self) -> Result<SystemTx, StoreError> {
        SystemTx::begin(&self.system).await
    }

    pub(crate) fn system_pool(&self) -> &PgPool {
        &self.system
    }

    /// Waits for the transactions under way and closes every connection.
    pub async fn close(&self) {
        self.app.close().await;
        self.system.close().await;
    }
}

async fn pool(options: PgConnectOptions, connections: u32) -> Result<PgPool, StoreError> {
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > TRUSTED_IDLE {
                    sqlx::Connection::ping(connection).await?;
                }
                Ok(true)
            })
        })
        .connect_with(options.options(TIMEOUTS))
        .await?;
    Ok(pool)
}

/// Bounds on what one statement, one wait for a lock and one forgotten transaction may cost others.
const TIMEOUTS: [(&str, &str); 3] = [
    ("statement_timeout", "30s"),
    ("lock_timeout", "10s"),
    ("idle_in_transaction_session_timeout", "60s"),
];

async fn refuse_unsafe_role(pool: &PgPool) -> Result<(), StoreError> {
    let role = sqlx::query!(
        r#"select current_user::text as "name!",
            exists (select from pg_roles r where (r.rolsuper or r.rolbypassrls)
                and pg_has_role(current_user, r.oid, 'member')) as "bypasses!",
            exists (select from pg_class c where c.relnamespace = 'public'::regnamespace
                and pg_has_role(current_user, c.relowner, 'member')) as "owns!""#
    )
    .fetch_one(pool)
    .await?;
    let why = match (role.bypasses, role.owns) {
        (true, _) => "it is, or may become, a superuser or a role that bypasses row security",
        (false, true) => "it owns tables, and an owner can switch row security off",
        (false, false) => return Ok(()),
    };
    Err(StoreError::UnsafeRole { role: role.name, why })
}
