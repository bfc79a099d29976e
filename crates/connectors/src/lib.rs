//! Clients of the outside world.
//!
//! ```text
//! webhook ─▶ http (one client: deadline, size cap, no redirects) ─▶ egress (who may be called) ─▶ net
//! ```
//!
//! Every failure is a [`error::CallError`]: what to do about it. Nothing here retries by itself or
//! writes to the log; jobs do the first, and whoever handles an error the second.

pub mod egress;
pub mod error;
pub mod http;
pub mod webhook;
