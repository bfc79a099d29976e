//! A clock that moves only when it is told to.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// When every test begins: a Wednesday at noon UTC, far from any change of clocks.
pub const START: &str = "2026-02-04T12:00:00Z";

/// Shows [`START`] until it is moved. Clones show the same time.
#[derive(Debug, Clone)]
pub struct FixedClock(Arc<Mutex<Timestamp>>);

impl Default for FixedClock {
    fn default() -> Self {
        Self::at(START.parse().expect("a valid time"))
    }
}

impl FixedClock {
    /// Shows `at`.
    pub fn at(at: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(at)))
    }

    /// What it shows.
    pub fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves it forward by `duration`, or back if that is negative.
    pub fn advance(&self, duration: SignedDuration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += duration;
    }
}
