//! `lead-router migrate`

use crate::config::ConfigError;
use crate::installation::InstallationArgs;

/// Opens the installation, which migrates it.
pub async fn run(args: InstallationArgs) -> anyhow::Result<()> {
    let mut faults = ConfigError::default();
    let config = args.parse(&mut faults).ok_or(faults)?;
    config.open_beside().await?.close().await
}
