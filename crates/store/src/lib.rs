//! Postgres: the schema, the wall between workspaces, the job queue and the embedded server.
//!
//! ```text
//! DatabaseUrls ─ migrate (as the owner) ─▶ schema, roles, queue
//!              └ Store::connect ─▶ begin(workspace) ─▶ WorkspaceTx   (role lr_app, one workspace)
//!                              └─▶ system()         ─▶ SystemTx      (role lr_system, few tables)
//! ```
//!
//! The pools are private and no method hands out a connection, so every query of the product is a
//! method of [`WorkspaceTx`](workspace_tx::WorkspaceTx) or [`SystemTx`](system_tx::SystemTx) in the
//! file of its noun. How to add one is in this crate's README.

pub mod accounts;
pub mod api_keys;
pub mod attributes;
pub mod audit;
pub mod backtest_lists;
pub mod backtests;
pub mod cohorts;
pub mod configs;
pub mod decisions;
pub mod dead_letters;
pub mod drafts;
pub mod embedded;
pub mod error;
pub mod idempotency;
pub mod imports;
pub mod lead_lists;
pub mod leads;
pub mod leavers;
pub mod ledger_entries;
pub mod ledgers;
pub mod loads;
pub mod members;
pub mod mails;
pub mod migrate;
pub mod one_time_tokens;
pub mod outcomes;
pub mod queue;
pub mod reach;
pub mod recognise;
pub mod rulesets;
pub mod session_lists;
pub mod sessions;
pub mod sign_ups;
pub mod sources;
pub mod store;
pub mod system_tx;
pub mod teams;
pub mod territories;
pub mod urls;
pub mod users;
pub mod verify;
pub mod versions;
pub mod webhooks;
pub mod workspace_tx;
pub mod workspaces;
