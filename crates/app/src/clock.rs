//! The present, the one thing a use case may not make up.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use lr_core::time::to_micros;

/// Where a use case reads the time.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands where it was set: tests move it, nothing sleeps.
    Fixed(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// A clock that stands at `at` until it is moved.
    pub fn fixed(at: Timestamp) -> Self {
        Self::Fixed(Arc::new(Mutex::new(at)))
    }

    /// The present instant, to the microsecond.
    pub fn now(&self) -> Timestamp {
        let now = match self {
            Self::System => system_now(),
            Self::Fixed(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        };
        to_micros(now)
    }

    /// Moves a fixed clock; the machine's clock moves by itself.
    pub fn set(&self, at: Timestamp) {
        if let Self::Fixed(clock) = self {
            *clock.lock().unwrap_or_else(PoisonError::into_inner) = at;
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
fn system_now() -> Timestamp {
    Timestamp::now()
}
