//! `lead-router replay`

use anyhow::{Context, bail};
use clap::Args;
use lr_app::context::App;
use lr_app::replay::difference::Difference;
use lr_app::replay::{Verdict, replay};
use lr_app::verify::replay_all;
use lr_core::id::{DecisionId, WorkspaceId};

use crate::cli::{named, print};
use crate::config::ConfigError;
use crate::installation::InstallationArgs;

/// What to decide again.
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// Id of the one decision to replay, such as dec_018f…
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    decision: Option<DecisionId>,
    /// Replay every decision of the workspace
    #[arg(long)]
    all: bool,
    /// Slug of the workspace
    #[arg(long)]
    workspace: String,
}

/// Decides again from what was stored, and fails unless it comes out the same.
pub async fn run(installation: InstallationArgs, args: ReplayArgs) -> anyhow::Result<()> {
    let mut faults = ConfigError::default();
    let Some(installation) = installation.parse(&mut faults) else { return Err(faults.into()) };
    let installation = installation.open_beside().await?;
    let same = compare(&installation.app, &args).await;
    installation.close().await?;
    if !same? {
        bail!("not everything replays to the same bytes");
    }
    Ok(())
}

async fn compare(app: &App, args: &ReplayArgs) -> anyhow::Result<bool> {
    let workspace = named::workspace(app, &args.workspace).await?;
    match args.decision {
        Some(decision) => one(app, workspace, decision).await,
        None => all(app, workspace).await,
    }
}

async fn one(app: &App, workspace: WorkspaceId, decision: DecisionId) -> anyhow::Result<bool> {
    let replayed = replay(app, workspace, decision).await?;
    let replayed = replayed.with_context(|| format!("there is no decision {decision}"))?;
    print::line(&format!("{decision} {}", replayed.verdict.words()));
    for (when, reason) in [("then", replayed.then), ("now", replayed.now)] {
        if let Some(reason) = reason {
            print::line(&format!("  {when:<5} {reason}"));
        }
    }
    for Difference { part, then, now } in replayed.differences {
        let [then, now] = [then, now].map(|value| value.unwrap_or_else(|| "nothing".to_owned()));
        print::line(&format!("  {part}: {then}, now {now}"));
    }
    Ok(replayed.verdict == Verdict::Same)
}

async fn all(app: &App, workspace: WorkspaceId) -> anyhow::Result<bool> {
    let report = replay_all(app, workspace, |_| {}).await?;
    for finding in &report.findings {
        print::line(&format!("{} {}", finding.subject, finding.detail));
    }
    print::line(&format!(
        "{} of {} decisions replay to the same bytes",
        report.replayed - report.differing,
        report.replayed
    ));
    Ok(report.is_clean())
}
