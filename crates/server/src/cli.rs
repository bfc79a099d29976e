//! The command line: one binary, one file per command.

pub mod accounts;
pub mod backtest;
pub mod demo;
pub mod import;
pub mod mails;
pub mod migrate;
mod named;
pub mod openapi;
pub mod pool;
pub mod print;
mod progress;
pub mod replay;
pub mod roles;
pub mod rules;
pub mod serve;
pub mod territory;
pub mod verify;
pub mod webhook;
pub mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::log::LogConfig;
use crate::installation::InstallationArgs;
use crate::telemetry;

/// Takes every new lead, gives it to the right rep, and says why.
#[derive(Debug, Parser)]
#[command(name = "lead-router", version)]
struct Cli {
    #[command(flatten)]
    installation: InstallationArgs,
    #[command(flatten)]
    log: LogConfig,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API and the web app
    Serve(serve::ServeArgs),
    /// Bring the database to this release's schema
    Migrate,
    /// Serve a made-up workspace with a year of leads, and a new one every second
    Demo(demo::DemoArgs),
    /// Take in a CSV file of leads
    Import(import::ImportArgs),
    /// Keep the companies that a workspace knows
    Accounts(accounts::AccountsArgs),
    /// Look at pools' ledgers, give credits, and preview absences
    Pool(pool::PoolArgs),
    /// Keep the tables that tell who owns which part of the market
    Territory(territory::TerritoryArgs),
    /// Make workspaces
    Workspace(workspace::WorkspaceArgs),
    /// Check every promise about the stored data, and replay every decision
    Verify(verify::VerifyArgs),
    /// Decide again from what a past decision stored, and compare
    Replay(replay::ReplayArgs),
    /// Tell customers' own systems of decisions
    Webhook(webhook::WebhookArgs),
    /// Try rules on the leads of the past, beside those in force
    Backtest(backtest::BacktestArgs),
    /// Keep a workspace's rules in a file
    Rules(rules::RulesArgs),
    /// Print who may do what, as a page in Markdown
    Roles,
    /// Print the mails that were written to people, links and all
    Mails(mails::MailsArgs),
    /// Print the API's document
    Openapi,
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    telemetry::start_logs(cli.log.clone());
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            print::error(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    // The clients of the outside world need one, and ring is the one that the build has.
    rustls::crypto::ring::default_provider()
        .install_default()
        .map_err(|_| anyhow::anyhow!("another TLS provider was chosen before"))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(dispatch(cli))
}

async fn dispatch(cli: Cli) -> anyhow::Result<ExitCode> {
    let done = match cli.command {
        Command::Rules(args) => return Box::pin(rules::run(cli.installation, args)).await,
        Command::Serve(args) => Box::pin(serve::run(cli.installation, args)).await,
        Command::Migrate => Box::pin(migrate::run(cli.installation)).await,
        Command::Demo(args) => Box::pin(demo::run(cli.installation, args)).await,
        Command::Import(args) => Box::pin(import::run(cli.installation, args)).await,
        Command::Accounts(args) => Box::pin(accounts::run(cli.installation, args)).await,
        Command::Pool(args) => Box::pin(pool::run(cli.installation, args)).await,
        Command::Territory(args) => Box::pin(territory::run(cli.installation, args)).await,
        Command::Workspace(args) => Box::pin(workspace::run(cli.installation, args)).await,
        Command::Verify(args) => Box::pin(verify::run(cli.installation, args)).await,
        Command::Replay(args) => Box::pin(replay::run(cli.installation, args)).await,
        Command::Backtest(args) => Box::pin(backtest::run(cli.installation, args)).await,
        Command::Webhook(args) => Box::pin(webhook::run(cli.installation, args)).await,
        Command::Roles => roles::run(),
        Command::Mails(args) => Box::pin(mails::run(cli.installation, args)).await,
        Command::Openapi => openapi::run(),
    };
    done.map(|()| ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
