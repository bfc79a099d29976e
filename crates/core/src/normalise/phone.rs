//! Telephone numbers in E.164.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A number that can be dialled from anywhere, with the extension to ask for, if any.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    e164: String,
    extension: Option<String>,
}

impl Phone {
    /// The number in E.164, such as `+14155552671`, without the extension.
    pub fn as_str(&self) -> &str {
        &self.e164
    }

    /// The extension's digits, such as `204`.
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }
}

impl fmt::Debug for Phone {
    /// Hides the number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(***)")
    }
}
