//! What tests of several crates share: a real database for each, and a clock that stands still.
//!
//! ```no_run
//! # async fn example() {
//! let db = lr_testkit::database().await;
//! let [acme, globex] = db.workspaces().await;
//! let mut tx = acme.begin().await;
//! # }
//! ```
//!
//! The first test of a run starts a Postgres and migrates a template; each test then gets a copy of it
//! and drops it at the end. The server is shared by all test processes, does without durability, and
//! stops itself when no test has used it for ten minutes.

#![expect(clippy::panic, clippy::expect_used, reason = "a test that cannot be set up has failed")]

pub mod clock;
mod database;
mod server;

pub use database::{TestDb, Workspace};

/// An empty database of its own, migrated, dropped with the value.
///
/// # Panics
/// If no Postgres can be started: the message says what is missing.
pub async fn database() -> TestDb {
    install_tls();
    TestDb::create().await.unwrap_or_else(|error| panic!("no test database: {error:#}"))
}

/// Chooses ring for every TLS connection of this process, as the server does at its start.
pub fn install_tls() {
    // An error means that an earlier test of this process did it.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
