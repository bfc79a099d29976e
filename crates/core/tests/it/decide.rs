//! Decisions through the only door in: what they come to, and that they replay.

mod outcomes;
mod replay;
mod town;
