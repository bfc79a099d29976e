//! The store against a real Postgres.

mod roles;
