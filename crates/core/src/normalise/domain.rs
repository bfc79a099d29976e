//! Company domains: the part of a host name that somebody registered.

use serde::{Deserialize, Serialize};

/// A registrable domain such as `acme.co.uk`: lower case, in ASCII (punycode), without `www`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain(String);

impl Domain {
    /// The domain, such as `acme.co.uk` or `xn--mnchen-3ya.de`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
