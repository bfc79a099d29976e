//! Lead Router's one binary: HTTP, command line, configuration.
//!
//! ```text
//! main ─ cli ─ config ─▶ serve ─▶ http (router, one file per resource) ─▶ use cases of `lr-app`
//!                            └──▶ web  (the exported web app, from memory)
//! ```
//!
//! Only this crate knows HTTP statuses, flags and environment variables. A handler extracts, asks
//! for permission, calls one use case and converts; if it has SQL or a loop, it is in the wrong
//! crate.

pub mod background;
pub mod cli;
pub mod config;
pub mod health;
pub mod http;
pub mod installation;
pub mod serve;
pub mod telemetry;
pub mod web;
