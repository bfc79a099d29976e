//! `lead-router serve`

use clap::Args;

use crate::cli::print;
use crate::config::ConfigError;
use crate::config::listen::ListenArgs;
use crate::installation::{Installation, InstallationArgs};
use crate::serve::{Server, stop_on_signal};
use crate::telemetry::start_metrics;
use crate::web::Site;

/// Flags and environment of this command.
#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    listen: ListenArgs,
}

/// Serves until a signal says to stop.
pub async fn run(installation: InstallationArgs, args: ServeArgs) -> anyhow::Result<()> {
    let (installation, server) = open(installation, args.listen).await?;
    print::line(&format!("Lead Router answers at http://{}/", server.address()?));
    server.run(Site::embedded()).await?;
    installation.close().await
}

/// Opens the installation and listens for it, without answering yet; signals stop the server.
pub async fn open(
    installation: InstallationArgs,
    listen: ListenArgs,
) -> anyhow::Result<(Installation, Server)> {
    let mut faults = ConfigError::default();
    let listen = faults.collect(listen.parse());
    let (Some(installation), Some(listen)) = (installation.parse(&mut faults), listen) else {
        return Err(faults.into());
    };
    if installation.development() && !listen.private() {
        faults.collect(Err::<(), _>(
            "--development shows mails to whoever asks, so it listens on this machine only, behind \
             no proxy"
                .to_owned(),
        ));
        return Err(faults.into());
    }
    let metrics = start_metrics()?;
    let installation = installation.open().await?;
    let server = Server::bind(installation.app.clone(), listen, metrics).await?;
    stop_on_signal(server.stopping())?;
    Ok((installation, server))
}
