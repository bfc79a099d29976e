//! Where requests come in.

use std::net::{SocketAddr, ToSocketAddrs};

use clap::Args;

use crate::http::state::Reach;

/// Flags and environment of this section.
#[derive(Debug, Clone, Args)]
pub struct ListenArgs {
    /// Address and port to listen on
    #[arg(long, env = "LEAD_ROUTER_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,

    /// A proxy of yours stands in front: it ends TLS and adds the caller to `X-Forwarded-For`
    #[arg(long, env = "LEAD_ROUTER_BEHIND_PROXY")]
    behind_proxy: bool,
}

/// Where requests come in.
#[derive(Debug, Clone, Copy)]
pub struct ListenConfig {
    /// Address and port; port 0 takes a free one.
    pub address: SocketAddr,
    /// What that means for cookies and callers' addresses.
    pub reach: Reach,
}

impl ListenConfig {
    /// Whether only this machine reaches it.
    pub fn private(&self) -> bool {
        self.address.ip().is_loopback() && !self.reach.behind_proxy
    }
}

impl ListenArgs {
    /// Checks the section.
    pub fn parse(&self) -> Result<ListenConfig, String> {
        let address = self
            .listen
            .to_socket_addrs()
            .ok()
            .and_then(|mut addresses| addresses.next())
            .ok_or_else(|| {
                format!("--listen `{}` is not an address such as 127.0.0.1:8080", self.listen)
            })?;
        // A cookie for TLS only would not come back over plain HTTP, which only our own machine
        // may speak.
        let secure_cookies = self.behind_proxy || !address.ip().is_loopback();
        let reach = Reach { behind_proxy: self.behind_proxy, secure_cookies };
        Ok(ListenConfig { address, reach })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(listen: &str, behind_proxy: bool) -> Result<ListenConfig, String> {
        ListenArgs { listen: listen.to_owned(), behind_proxy }.parse()
    }

    #[test]
    fn cookies_travel_without_tls_on_the_own_machine_only() {
        assert!(!parse("127.0.0.1:8080", false).unwrap().reach.secure_cookies);
        assert!(parse("127.0.0.1:8080", true).unwrap().reach.secure_cookies);
        assert!(parse("0.0.0.0:8080", false).unwrap().reach.secure_cookies);
    }

    #[test]
    fn an_address_without_a_port_is_refused() {
        assert!(parse("127.0.0.1", false).unwrap_err().contains("--listen"));
    }
}
