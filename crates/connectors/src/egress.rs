//! Whom we may call: the guard against being sent to addresses that only we can reach.
//!
//! A customer chooses where his webhooks go, so an address of his could name our database, a cloud's
//! metadata service or a neighbour. The URL is checked when it is parsed; a name is checked again
//! when it is resolved, and the connection goes to the very address that was checked.

pub mod address;

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use url::{Host, Url};

/// The longest URL we take, in bytes.
pub const URL_MAX_BYTES: usize = 2_048;

/// Which addresses may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Egress {
    /// Public addresses, over TLS.
    PublicOnly,
    /// Also loopback addresses, there without TLS too: for tests, and for a company that runs its
    /// receivers beside its own Lead Router. Other private addresses stay closed.
    AllowLoopback,
}

/// A URL that may be called, as far as the URL alone can tell.
///
/// Built only by [`Target::parse`]. `Debug` shows neither path nor query: they may hold a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Target(Url);

/// Why an address must not be called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    /// It cannot be read as a URL with a host.
    #[error("the address is not a URL such as https://example.com/hook")]
    NotAUrl,
    /// It is longer than [`URL_MAX_BYTES`].
    #[error("the address is longer than {URL_MAX_BYTES} bytes")]
    TooLong,
    /// It is not https.
    #[error("the address must begin with https://")]
    NotHttps,
    /// It holds a user name or a password.
    #[error("the address must not hold a user name or a password")]
    Credentials,
    /// The host is, or resolves to, an address that is not public.
    #[error("`{host}` is not at a public address")]
    NotPublic {
        /// The host as the URL names it.
        host: String,
    },
}

impl Target {
    /// Reads `url` as every browser does, so that no spelling of an address slips by.
    pub fn parse(url: &str, egress: Egress) -> Result<Self, Forbidden> {
        if url.len() > URL_MAX_BYTES {
            return Err(Forbidden::TooLong);
        }
        let url = Url::parse(url).map_err(|_| Forbidden::NotAUrl)?;
        let host = url.host().ok_or(Forbidden::NotAUrl)?;
        if !egress.permits_scheme(url.scheme(), &host) {
            return Err(Forbidden::NotHttps);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Forbidden::Credentials);
        }
        // The HTTP library asks no resolver about a literal address: it must be checked here.
        if !literal(&host).is_none_or(|ip| egress.permits(ip)) {
            return Err(Forbidden::NotPublic { host: host.to_string() });
        }
        Ok(Self(url))
    }

    /// The URL to call.
    pub(crate) fn url(&self) -> &Url {
        &self.0
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Target({}://{}/…)", self.0.scheme(), self.0.host_str().unwrap_or_default())
    }
}

impl Egress {
    /// Whether `ip` may be called.
    pub(crate) fn permits(self, ip: IpAddr) -> bool {
        address::is_public(ip) || (self == Self::AllowLoopback && ip.is_loopback())
    }

    /// Passes the addresses that `host` was resolved to, or none of them: a name that is public and
    /// private at once is a trick or a mistake, and either way not a receiver.
    pub(crate) fn check(
        self,
        host: &str,
        found: Vec<SocketAddr>,
    ) -> Result<Vec<SocketAddr>, Forbidden> {
        if found.iter().all(|address| self.permits(address.ip())) {
            Ok(found)
        } else {
            Err(Forbidden::NotPublic { host: host.to_owned() })
        }
    }

    fn permits_scheme(self, scheme: &str, host: &Host<&str>) -> bool {
        let on_this_machine =
            literal(host).is_some_and(|ip| ip.is_loopback()) || *host == Host::Domain("localhost");
        match scheme {
            "https" => true,
            "http" => self == Self::AllowLoopback && on_this_machine,
            _ => false,
        }
    }
}

fn literal(host: &Host<&str>) -> Option<IpAddr> {
    match host {
        Host::Ipv4(ip) => Some((*ip).into()),
        Host::Ipv6(ip) => Some((*ip).into()),
        Host::Domain(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_one_private_address_among_public_ones_is_refused() {
        let found: Vec<SocketAddr> =
            vec!["93.184.215.14:0".parse().unwrap(), "10.0.0.7:0".parse().unwrap()];
        let refused = Egress::PublicOnly.check("example.com", found);
        assert_eq!(refused, Err(Forbidden::NotPublic { host: "example.com".into() }));
    }

    #[test]
    fn loopback_stays_closed_unless_it_was_opened() {
        let ip = IpAddr::from([127, 0, 0, 1]);
        assert!(!Egress::PublicOnly.permits(ip));
        assert!(Egress::AllowLoopback.permits(ip));
        assert!(!Egress::AllowLoopback.permits(IpAddr::from([192, 168, 0, 1])));
    }

    #[test]
    fn debug_output_hides_what_may_be_secret() {
        let url = "https://example.com/hooks/s3cr3t?token=s3cr3t";
        let shown = format!("{:?}", Target::parse(url, Egress::PublicOnly).unwrap());
        assert_eq!(shown, "Target(https://example.com/…)");
    }
}
