//! Whom outgoing webhooks may reach.

use clap::Args;
use lr_connectors::egress::Egress;

/// Flags and environment of this section.
#[derive(Debug, Clone, Args)]
pub struct EgressArgs {
    /// Let webhooks go to this machine too, where they need no TLS. Only where every member of every
    /// workspace may reach what listens here
    #[arg(long, env = "LEAD_ROUTER_LOOPBACK_WEBHOOKS", global = true)]
    loopback_webhooks: bool,
}

impl EgressArgs {
    /// The section; it has no faults.
    pub fn parse(&self) -> Egress {
        if self.loopback_webhooks { Egress::AllowLoopback } else { Egress::PublicOnly }
    }
}
