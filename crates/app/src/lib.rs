//! Use cases of Lead Router, one file each: gather, decide, commit.

pub mod clock;
pub mod configs;
pub mod context;
pub mod credits;
pub mod ids;
pub mod keys;

pub mod seal;
pub mod public_url;
pub mod mail;
pub mod account_book;
pub mod accounts;
mod audit;
pub mod idempotency;

pub mod sources;
pub mod intake;
pub mod submit;
pub mod forms;
pub mod import;
pub mod recognise;
pub mod route;
pub mod held;
pub mod feed;
pub mod leads;
pub mod leavers;
pub mod why;
pub mod replay;
pub mod reps;
pub mod outcome;
pub mod teams;
pub mod pools;
pub mod rulesets;
pub mod backtest;
pub mod settings;
pub mod attributes;
pub mod territories;
pub mod webhook;
pub mod jobs;
pub mod verify;
