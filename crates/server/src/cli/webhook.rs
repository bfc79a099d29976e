//! `lead-router webhook`

use clap::{Args, Subcommand};
use lr_app::accounts::workspace::slug::Slug;
use lr_app::webhook::add;
use secrecy::ExposeSecret;

use crate::cli::{named, print};
use crate::config::ConfigError;
use crate::installation::InstallationArgs;

/// What to do about outgoing webhooks.
#[derive(Debug, Args)]
pub struct WebhookArgs {
    #[command(subcommand)]
    command: WebhookCommand,
}

#[derive(Debug, Subcommand)]
enum WebhookCommand {
    /// Tell an address of every decision from now on, and print the secret of the signatures
    Add(AddArgs),
}

#[derive(Debug, Args)]
struct AddArgs {
    /// Slug of the workspace
    #[arg(long)]
    workspace: String,
    /// Where to: https, at a public address
    #[arg(long)]
    url: String,
}

/// Does what `args` say.
pub async fn run(installation: InstallationArgs, args: WebhookArgs) -> anyhow::Result<()> {
    let WebhookCommand::Add(args) = args.command;
    let mut faults = ConfigError::default();
    let slug = faults
        .collect(Slug::parse(&args.workspace).map_err(|error| format!("--workspace: {error}")));
    let (Some(installation), Some(slug)) = (installation.parse(&mut faults), slug) else {
        return Err(faults.into());
    };
    let installation = installation.open_beside().await?;
    let app = &installation.app;
    let workspace = named::workspace(app, slug.as_str()).await?;
    let added = add(app, workspace, &args.url, "operator".to_owned()).await?;
    installation.close().await?;

    print::line(&format!("Webhook  {}", added.id));
    print::line(&format!("Secret   {}", added.secret.expose_secret()));
    Ok(())
}
