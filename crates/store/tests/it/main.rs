//! The store against a real Postgres.

mod embedded;
mod roles;
