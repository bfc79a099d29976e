//! Where a request comes from on the network.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use lr_store::sessions::Device;

use crate::http::problem::Problem;
use crate::http::state::AppState;

/// The network that a request comes from, as one name by which tries are counted.
///
/// An IPv6 customer has a whole /64, so that is one caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientAddress(String);

impl ClientAddress {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(address: Option<IpAddr>) -> Self {
        Self(match address.map(|address| address.to_canonical()) {
            None => "unknown".to_owned(),
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        })
    }
}

impl<S> FromRequestParts<S> for ClientAddress
where
    AppState: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        let address = if AppState::from_ref(state).reach.behind_proxy {
            forwarded(parts).or(peer)
        } else {
            peer
        };
        Ok(Self::of(address))
    }
}

/// The most characters that are kept of what a browser says of itself.
const MAX_USER_AGENT: usize = 300;

/// Where somebody signs in from, or asks for a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(pub Device);

impl<S> FromRequestParts<S> for Origin
where
    AppState: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let ClientAddress(address) = ClientAddress::from_request_parts(parts, state).await?;
        let said = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
        let user_agent = said.unwrap_or_default().chars().take(MAX_USER_AGENT).collect();
        Ok(Self(Device { address, user_agent }))
    }
}

/// The last entry is the one that our own proxy added; those before it can be made up.
fn forwarded(parts: &Parts) -> Option<IpAddr> {
    let last = parts.headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn parts(headers: &[&str]) -> Parts {
        let request = headers
            .iter()
            .fold(Request::builder(), |request, value| request.header("x-forwarded-for", *value));
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn only_the_entry_of_our_own_proxy_is_believed() {
        let last = |headers: &[&str]| forwarded(&parts(headers)).map(|ip| ip.to_string());
        assert_eq!(last(&["6.6.6.6, 198.51.100.7"]).as_deref(), Some("198.51.100.7"));
        assert_eq!(last(&["6.6.6.6", "198.51.100.7"]).as_deref(), Some("198.51.100.7"));
        assert_eq!(last(&["nonsense"]), None);
    }

    #[test]
    fn addresses_of_one_ipv6_customer_are_one_caller() {
        let caller = |text: &str| ClientAddress::of(text.parse().ok()).0;
        assert_eq!(caller("2001:db8:1:2::1"), caller("2001:db8:1:2:ffff::9"));
        assert_ne!(caller("2001:db8:1:2::1"), caller("2001:db8:1:3::1"));
        assert_eq!(caller("::ffff:198.51.100.7"), "198.51.100.7");
    }
}
