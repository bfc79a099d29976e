//! Decisions through the only door in: what they come to, and that they replay.

mod experiments;
mod outcomes;
mod overflow;
mod owners;
mod replay;
mod territories;
pub mod town;
mod why_not;
