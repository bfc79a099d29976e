//! Use cases of Lead Router, one file each: gather, decide, commit.

pub mod clock;
pub mod context;
pub mod ids;
pub mod keys;

pub mod accounts;
pub mod idempotency;
pub mod import;
