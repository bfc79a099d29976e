//! Where people reach this installation.

use std::fmt;

/// The address of the web app, `https://leads.example` without a slash at its end: links in mails begin
/// with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

/// The text is not the address of an installation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an address such as https://leads.example")]
pub struct PublicUrlError(String);

impl PublicUrl {
    /// Takes the address of an installation: a scheme and a host, perhaps a port, nothing else.
    pub fn parse(text: &str) -> Result<Self, PublicUrlError> {
        let address = text.trim_end_matches('/');
        let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
        match host {
            Some(host) if !host.is_empty() && host.chars().all(is_plain) => {
                Ok(Self(address.to_owned()))
            }
            Some(_) | None => Err(PublicUrlError(text.to_owned())),
        }
    }
}

impl Default for PublicUrl {
    /// Where a server listens unless it is told otherwise.
    fn default() -> Self {
        Self("http://127.0.0.1:8080".to_owned())
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_scheme_and_a_host_and_nothing_else() {
        for good in ["https://leads.example", "http://127.0.0.1:8080/", "http://[::1]:80"] {
            assert_eq!(PublicUrl::parse(good).unwrap().to_string(), good.trim_end_matches('/'));
        }
        for bad in ["", "leads.example", "ftp://a", "https://", "https://a/b", "https://a@b"] {
            assert!(PublicUrl::parse(bad).is_err(), "{bad}");
        }
    }
}
