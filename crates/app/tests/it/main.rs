//! Use cases on a real database.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod account_book;
mod accounts;
mod attributes;
mod backtest;
mod credits;
mod drafts;
mod feed;
mod held;
mod import;
mod outcome;
mod pick;
mod plan;
mod recognise;
mod replay;
mod route;
mod rulesets;
mod shop;
mod territories;
mod territory_rules;
mod verify;
mod webhook;
mod why;
