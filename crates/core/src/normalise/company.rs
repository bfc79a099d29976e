//! Company names: one to show and one to compare.

use serde::{Deserialize, Serialize};

/// A company's name as we show it, and the key by which two spellings compare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    name: String,
    key: String,
}

impl Company {
    /// The name as shown, such as `Müller & Söhne GmbH`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name for comparison, such as `muller and sohne`: without legal form, accents and punctuation.
    pub fn key(&self) -> &str {
        &self.key
    }
}
