//! `lead-router territory`

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use indicatif::HumanCount;
use lr_app::context::App;
use lr_app::territories::file::FileError;
use lr_app::territories::{self, Change, Imported, Job, Place, TerritoryError};
use lr_core::territory::read::Faults;

use crate::cli::{named, print};
use crate::config::ConfigError;
use crate::installation::InstallationArgs;

/// What to do about territories.
#[derive(Debug, Args)]
pub struct TerritoryArgs {
    #[command(subcommand)]
    command: TerritoryCommand,
}

#[derive(Debug, Subcommand)]
enum TerritoryCommand {
    /// List the territories of a workspace
    List(ListArgs),
    /// Give a territory the rows of a CSV file: all of them, or none
    Import(ImportArgs),
    /// Write a territory as a CSV file
    Export(ExportArgs),
}

#[derive(Debug, Args)]
struct ListArgs {
    /// Slug of the workspace
    #[arg(long, value_name = "SLUG")]
    workspace: String,
}

#[derive(Debug, Args)]
struct ImportArgs {
    /// The file: its first line names the columns, one of them `owner`
    file: PathBuf,
    /// Slug of the workspace
    #[arg(long, value_name = "SLUG")]
    workspace: String,
    /// Name of the territory; made if it is new
    #[arg(long)]
    name: String,
    /// Show what would happen and change nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Args)]
struct ExportArgs {
    /// Slug of the workspace
    #[arg(long, value_name = "SLUG")]
    workspace: String,
    /// Name of the territory
    #[arg(long)]
    name: String,
    /// The file to write [default: the standard output]
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Does what `args` say.
pub async fn run(installation: InstallationArgs, args: TerritoryArgs) -> anyhow::Result<()> {
    let mut faults = ConfigError::default();
    let config = installation.parse(&mut faults).ok_or(faults)?;
    let installation = config.open_beside().await?;
    let app = &installation.app;
    let done = match args.command {
        TerritoryCommand::List(args) => list(app, args).await,
        TerritoryCommand::Import(args) => Box::pin(import(app, args)).await,
        TerritoryCommand::Export(args) => export(app, args).await,
    };
    installation.close().await?;
    done
}

async fn list(app: &App, args: ListArgs) -> anyhow::Result<()> {
    for territory in territories::list(app, named::workspace(app, &args.workspace).await?).await? {
        let rows = HumanCount(territory.rows.into());
        let headings = territory.headings.join(", ");
        print::line(&format!("{}  {rows} rows  {headings}  ({})", territory.name, territory.id));
    }
    Ok(())
}

async fn import(app: &App, args: ImportArgs) -> anyhow::Result<()> {
    let shown = args.file.display().to_string();
    let bytes = named::table(&args.file)?;
    let place = Place::Named(args.name);
    let actor = "operator".to_owned();
    let job = Job { place, bytes, actor, dry_run: args.dry_run, once: None };
    let workspace = named::workspace(app, &args.workspace).await?;
    match territories::import(app, workspace, job).await {
        Ok(imported) => {
            say(&imported, args.dry_run);
            Ok(())
        }
        Err(TerritoryError::File(FileError::Faults(faults))) => {
            tell(&faults);
            bail!("{shown} has {} faults, so nothing of it was taken", faults.total);
        }
        Err(error) => Err(error.into()),
    }
}

fn say(imported: &Imported, dry_run: bool) {
    let (name, rows) = (&imported.territory.name, HumanCount(imported.territory.rows.into()));
    let done = match (imported.change, dry_run) {
        (Change::Created, false) => "was made",
        (Change::Created, true) => "would be made",
        (Change::Replaced, false) => "was replaced",
        (Change::Replaced, true) => "would be replaced",
        (Change::Same, _) => "has the same rows already",
    };
    print::line(&format!(
        "{name} {done}: {rows} rows, {}.",
        imported.territory.headings.join(", ")
    ));
}

fn tell(faults: &Faults) {
    for fault in &faults.told {
        let column = fault.column.as_ref().map(|column| format!(", {column}")).unwrap_or_default();
        print::line(&format!("line {}{column}: {}", fault.line, fault.message));
    }
    let more = faults.total.saturating_sub(faults.told.len());
    if more > 0 {
        print::line(&format!("… and {more} more"));
    }
}

async fn export(app: &App, args: ExportArgs) -> anyhow::Result<()> {
    let workspace = named::workspace(app, &args.workspace).await?;
    let all = territories::list(app, workspace).await?;
    let found = all.into_iter().find(|territory| territory.name == args.name);
    let id = found.with_context(|| format!("there is no territory `{}`", args.name))?.id;
    let (_, bytes) = territories::export(app, workspace, id).await?;
    match args.output {
        Some(file) => {
            fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))
        }
        None => Ok(io::stdout().write_all(&bytes)?),
    }
}
