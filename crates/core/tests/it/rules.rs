//! Rules through the public door: what is refused, what matches, and what is said about it.

mod accounts;
mod diff;
mod failures;
mod faults;
mod kinds;
mod lines;
mod lint;
mod nearest;
mod operators;
mod properties;
mod samples;
mod stored;
mod territories;
mod twin;
mod words;
