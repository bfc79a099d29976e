//! Why a call failed, sorted by what to do about it.

use std::fmt;
use std::time::Duration;

/// Whom we called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vendor {
    /// A customer's own server, at the address of an outgoing webhook.
    Webhook,
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Webhook => "the webhook's receiver",
        })
    }
}

/// What lies below a failure that may pass; holds no address, header or body.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why a call failed, sorted by what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// Try again, not before `after` if the vendor named a time.
    #[error("{vendor} is busy or unreachable")]
    Retry {
        /// Whom we called.
        vendor: Vendor,
        /// How long the vendor asked us to wait.
        after: Option<Duration>,
        /// What went wrong.
        source: Cause,
    },
    /// An admin must connect the account again; retrying cannot help.
    #[error("{vendor} no longer accepts our access")]
    Reconnect {
        /// Whom we called.
        vendor: Vendor,
    },
    /// The vendor understood and said no, or must not be called at all. `reason` is safe to show.
    #[error("{vendor} refused: {reason}")]
    Refused {
        /// Whom we called.
        vendor: Vendor,
        /// Why, in words for an admin.
        reason: String,
    },
}
