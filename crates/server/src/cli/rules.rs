//! `lead-router rules`

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use lr_app::context::App;
use lr_app::rulesets::ChangeError;
use lr_app::rulesets::file::FileError;
use lr_app::rulesets::note::Note;
use lr_app::rulesets::plan::{Applied, Plan, PlanError, apply, export, plan};
use lr_core::rules::check::Fault;
use lr_core::rules::diff::Change;
use lr_core::rules::lint::Finding;

use crate::cli::backtest::Back;
use crate::cli::{backtest, named, print};
use crate::config::ConfigError;
use crate::installation::InstallationArgs;

/// What `plan --exit-code` ends with when the file differs from what is in force.
const DIFFERS: u8 = 2;

/// What to do about a workspace's rules.
#[derive(Debug, Args)]
pub struct RulesArgs {
    #[command(subcommand)]
    command: RulesCommand,
}

#[derive(Debug, Subcommand)]
enum RulesCommand {
    /// Write the rules in force as YAML, with names in the place of ids
    Export(ExportArgs),
    /// Show what a file would change and what is odd about it; change nothing
    Plan(PlanArgs),
    /// Put a file in force as a new version, unless it says what is in force already
    Apply(ApplyArgs),
}

#[derive(Debug, Args)]
struct ExportArgs {
    /// Slug of the workspace
    #[arg(long, value_name = "SLUG")]
    workspace: String,
    /// Where to write it [default: the standard output]
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct PlanArgs {
    /// The file
    file: PathBuf,
    /// Slug of the workspace
    #[arg(long, value_name = "SLUG")]
    workspace: String,
    /// End with 2 if the file differs from what is in force, 0 if not, 1 if it cannot be read
    #[arg(long)]
    exit_code: bool,
}

#[derive(Debug, Args)]
struct ApplyArgs {
    /// The file
    file: PathBuf,
    /// Slug of the workspace
    #[arg(long, value_name = "SLUG")]
    workspace: String,
    /// Why, for whoever reads the list of versions
    #[arg(long)]
    note: Option<String>,
}

/// Does what `args` say.
pub async fn run(installation: InstallationArgs, args: RulesArgs) -> anyhow::Result<ExitCode> {
    let mut faults = ConfigError::default();
    let Some(installation) = installation.parse(&mut faults) else { return Err(faults.into()) };
    let installation = installation.open_beside().await?;
    let app = &installation.app;
    let done = match args.command {
        RulesCommand::Export(args) => write(app, args).await,
        RulesCommand::Plan(args) => Box::pin(show(app, args)).await,
        RulesCommand::Apply(args) => put_in_force(app, args).await,
    };
    installation.close().await?;
    done
}

async fn write(app: &App, args: ExportArgs) -> anyhow::Result<ExitCode> {
    let workspace = named::workspace(app, &args.workspace).await?;
    let text = export(app, workspace).await?;
    match args.output {
        None => print::line(text.trim_end()),
        Some(file) => {
            fs::write(&file, text)
                .with_context(|| format!("{} was not written", file.display()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn show(app: &App, args: PlanArgs) -> anyhow::Result<ExitCode> {
    let workspace = named::workspace(app, &args.workspace).await?;
    let plan = plan(app, workspace, &read(&args.file)?).await.map_err(told)?;
    say_changes(&plan);
    say_findings(&plan.findings);
    let differs = !plan.changes.is_empty();
    if differs {
        let back = Back::year();
        backtest::say(&backtest::try_on_the_past(app, workspace, plan.ruleset, back).await?);
    }
    let differs = args.exit_code && differs;
    Ok(if differs { ExitCode::from(DIFFERS) } else { ExitCode::SUCCESS })
}

async fn put_in_force(app: &App, args: ApplyArgs) -> anyhow::Result<ExitCode> {
    let note = args.note.as_deref().map(Note::parse).transpose()?;
    let workspace = named::workspace(app, &args.workspace).await?;
    let text = read(&args.file)?;
    match apply(app, workspace, &text, "operator", note).await.map_err(told)? {
        Applied::Nothing { version } => {
            print::line(&format!("Nothing to do: version {version} says the same."));
        }
        Applied::Published { version } => {
            print::line(&format!("Version {version} is in force."));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A file of rules.
pub fn read(file: &Path) -> anyhow::Result<String> {
    fs::read_to_string(file).with_context(|| format!("{} was not read", file.display()))
}

fn say_changes(plan: &Plan) {
    if plan.changes.is_empty() {
        print::line(&format!("Nothing differs from version {}.", plan.published));
        return;
    }
    let count = plan.changes.len();
    print::line(&format!("{count} changes to version {}:", plan.published));
    plan.changes.iter().flat_map(Change::lines).for_each(|line| print::line(&line));
    if plan.based_on != plan.published {
        print::line(&format!(
            "The file is based on version {}, so it would not be applied. Once you have looked at \
             the changes above, write `based_on: {}`.",
            plan.based_on, plan.published
        ));
    }
}

fn say_findings(findings: &[Finding]) {
    for finding in findings {
        let Finding { code, path, words, example, .. } = finding;
        print::line(&format!("{}: {words} ({path})", code.severity().as_str()));
        if !example.is_empty() {
            let known = example.iter().map(|known| format!("{}: {}", known.field, known.value));
            print::line(&format!("  for example {}", known.collect::<Vec<_>>().join(", ")));
        }
    }
}

/// Prints what is wrong, item by item, and gives the error that ends the command.
pub fn told(error: PlanError) -> anyhow::Error {
    if let PlanError::File(FileError::Faults(faults))
    | PlanError::Change(ChangeError::Faults(faults)) = &error
    {
        for Fault { path, message } in faults {
            print::line(&format!("{path}: {message}"));
        }
    }
    if let PlanError::Change(ChangeError::Findings(findings)) = &error {
        say_findings(findings);
    }
    error.into()
}
