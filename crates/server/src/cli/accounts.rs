//! `lead-router accounts`

use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, Subcommand};
use indicatif::HumanCount;
use lr_app::account_book::import::{Imported, Job, import};
use lr_app::context::App;

use crate::cli::{named, print};
use crate::config::ConfigError;
use crate::installation::InstallationArgs;

/// What to do about accounts.
#[derive(Debug, Args)]
pub struct AccountsArgs {
    #[command(subcommand)]
    command: AccountsCommand,
}

#[derive(Debug, Subcommand)]
enum AccountsCommand {
    /// Take in a CSV file of accounts: every row that can be taken
    Import(ImportArgs),
}

#[derive(Debug, Args)]
struct ImportArgs {
    /// The file: its first line names the columns, one of them `external_id`, `domain` or `name`
    file: PathBuf,
    /// Slug of the workspace
    #[arg(long, value_name = "SLUG")]
    workspace: String,
    /// Show what would happen and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Does what `args` say.
pub async fn run(installation: InstallationArgs, args: AccountsArgs) -> anyhow::Result<()> {
    let mut faults = ConfigError::default();
    let config = installation.parse(&mut faults).ok_or(faults)?;
    let installation = config.open_beside().await?;
    let AccountsCommand::Import(args) = args.command;
    let done = take_in(&installation.app, args).await;
    installation.close().await?;
    done
}

async fn take_in(app: &App, args: ImportArgs) -> anyhow::Result<()> {
    let shown = args.file.display().to_string();
    let bytes = named::table(&args.file)?;
    let workspace = named::workspace(app, &args.workspace).await?;
    let job = Job { bytes, actor: "operator".to_owned(), dry_run: args.dry_run };
    let imported = import(app, workspace, job).await?;
    say(&imported, args.dry_run);
    if imported.refused > 0 {
        bail!("{} rows of {shown} were not taken", HumanCount(imported.refused));
    }
    Ok(())
}

fn say(imported: &Imported, dry_run: bool) {
    for fault in &imported.faults {
        let column = fault.column.as_ref().map(|column| format!(", {column}")).unwrap_or_default();
        let done = if fault.refused { "not taken" } else { "left out" };
        print::line(&format!("line {}{column} ({done}): {}", fault.line, fault.message));
    }
    let more = imported.faulty.saturating_sub(imported.faults.len() as u64);
    if more > 0 {
        print::line(&format!("… and {} more", HumanCount(more)));
    }
    let [created, updated, unchanged, refused] =
        [imported.created, imported.updated, imported.unchanged, imported.refused].map(HumanCount);
    let nothing = if dry_run { " Nothing was done." } else { "" };
    print::line(&format!(
        "Accounts: {created} made, {updated} changed, {unchanged} as they were, {refused} not \
         taken.{nothing}"
    ));
}
