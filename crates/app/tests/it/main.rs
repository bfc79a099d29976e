//! Use cases on a real database.

mod feed;
mod held;
mod route;
mod rulesets;
mod shop;
mod verify;
mod why;
