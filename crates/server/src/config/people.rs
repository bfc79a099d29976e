//! How people reach this installation, and who they are.

use clap::Args;
use lr_app::public_url::PublicUrl;

/// Flags and environment of this section.
#[derive(Debug, Clone, Args)]
pub struct PeopleArgs {
    /// Where browsers find this installation: links in mails begin with it
    #[arg(
        long,
        env = "LEAD_ROUTER_PUBLIC_URL",
        default_value = "http://127.0.0.1:8080",
        global = true
    )]
    public_url: String,

    /// This is a developer's installation: whoever reaches it may read its mails, links and all. It
    /// listens on this machine only
    #[arg(long, env = "LEAD_ROUTER_DEVELOPMENT", global = true)]
    development: bool,
}

/// How people reach this installation, and who they are.
#[derive(Debug, Clone)]
pub struct PeopleConfig {
    /// Where browsers find it.
    pub public_url: PublicUrl,
    /// Whether they are its developers.
    pub development: bool,
}

impl PeopleArgs {
    /// Checks the section.
    pub fn parse(&self) -> Result<PeopleConfig, String> {
        let public_url =
            PublicUrl::parse(&self.public_url).map_err(|error| format!("--public-url: {error}"))?;
        Ok(PeopleConfig { public_url, development: self.development })
    }

    /// The same for a developer's own machine.
    pub fn for_development(&mut self) {
        self.development = true;
    }
}
