//! `lead-router import`

mod preview;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use indicatif::{HumanCount, ProgressBar};
use lr_app::context::App;
use lr_app::import::{Job, Progress};
use lr_app::sources::find_or_add;

use lr_store::sources::SourceKind;

use crate::cli::{named, print, progress};
use crate::config::ConfigError;
use crate::installation::InstallationArgs;

/// Flags of this command.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The file: its first line names the columns; any usual delimiter and encoding will do
    file: PathBuf,
    /// The workspace that gets the leads, by its slug
    #[arg(long, value_name = "SLUG")]
    workspace: String,
    /// Where the leads are from, as rules and lists call it; made if it is new
    #[arg(long, value_name = "NAME")]
    source: String,
    /// Show what would happen and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Where rejected rows are written, with the reason [default: FILE.rejects.csv]
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
}

/// Takes the file in, or shows what that would do.
pub async fn run(installation: InstallationArgs, args: ImportArgs) -> anyhow::Result<()> {
    if args.dry_run {
        return preview::show(&args.file, &args.source);
    }
    let mut faults = ConfigError::default();
    let config = installation.parse(&mut faults).ok_or(faults)?;
    let installation = config.open().await?;
    let done = Box::pin(take_in(&installation.app, args)).await;
    installation.close().await?;
    done
}

async fn take_in(app: &App, args: ImportArgs) -> anyhow::Result<()> {
    let workspace = named::workspace(app, &args.workspace).await?;
    let source = find_or_add(app, workspace, &args.source, SourceKind::Import).await?;
    let rejects = args.rejects.unwrap_or_else(|| beside(&args.file));
    let job = Job { file: args.file, rejects: rejects.clone(), source };
    let bar = progress::bar();
    let started = |now: Progress| show(&bar, now);
    let done = lr_app::import::run(app, workspace, job, started).await.with_context(|| {
        bar.abandon();
        "the import stopped; what it has taken in stays, and the same command goes on after it"
    })?;
    bar.finish_and_clear();
    say(done, &rejects);
    Ok(())
}

/// `leads.csv` → `leads.csv.rejects.csv`, in the same folder.
fn beside(file: &Path) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(".rejects.csv");
    name.into()
}

fn show(bar: &ProgressBar, now: Progress) {
    bar.set_length(now.bytes);
    bar.set_position(now.bytes_read);
    bar.set_message(format!(
        "{} rows, {} rejected",
        HumanCount(now.rows()),
        HumanCount(now.rejected)
    ));
}

fn say(done: Progress, rejects: &Path) {
    if done.resumed_at > 0 {
        let before = HumanCount(done.resumed_at);
        print::line(&format!("{before} rows had been taken in before; it went on after them."));
    }
    let (rows, accepted) = (HumanCount(done.rows()), HumanCount(done.accepted));
    print::line(&format!(
        "{rows} rows: {accepted} became leads, {} were rejected.",
        HumanCount(done.rejected)
    ));
    if done.rejected > 0 {
        print::line(&format!("The rejected rows and the reasons are in {}.", rejects.display()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejects_are_written_beside_the_file() {
        assert_eq!(beside(Path::new("/data/leads.csv")), Path::new("/data/leads.csv.rejects.csv"));
    }
}
