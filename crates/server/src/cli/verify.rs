//! `lead-router verify`

use anyhow::{Context, bail};
use clap::Args;
use lr_app::context::App;
use lr_app::verify::{Finding, holes_in_the_wall, verify};
use lr_core::id::WorkspaceId;

use crate::cli::{named, print};
use crate::config::ConfigError;
use crate::installation::InstallationArgs;

/// Which workspaces to check.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Slug of the one workspace to check [default: all]
    #[arg(long)]
    workspace: Option<String>,
}

/// Checks the wall between workspaces and every invariant of the rows behind it; fails if one is
/// broken.
pub async fn run(installation: InstallationArgs, args: VerifyArgs) -> anyhow::Result<()> {
    let mut faults = ConfigError::default();
    let Some(installation) = installation.parse(&mut faults) else { return Err(faults.into()) };
    let installation = installation.open_beside().await?;
    let broken = check(&installation.app, args.workspace.as_deref()).await;
    installation.close().await?;
    match broken? {
        0 => Ok(()),
        count => bail!("{count} promises are broken"),
    }
}

async fn check(app: &App, slug: Option<&str>) -> anyhow::Result<u64> {
    let holes = holes_in_the_wall(app).await?;
    let mut broken = report("the wall between workspaces", &holes);
    for (id, name) in workspaces(app, slug).await? {
        let report_of =
            verify(app, id, |_| {}).await.with_context(|| format!("checking {name}"))?;
        broken += report(&name, &report_of.findings) + report_of.unnamed();
        print::line(&format!(
            "  {} of {} decisions replay to the same bytes",
            report_of.replayed - report_of.differing,
            report_of.replayed
        ));
    }
    Ok(broken)
}

async fn workspaces(app: &App, slug: Option<&str>) -> anyhow::Result<Vec<(WorkspaceId, String)>> {
    if let Some(slug) = slug {
        return Ok(vec![(named::workspace(app, slug).await?, slug.to_owned())]);
    }
    let all = app.store.system().await?.workspaces().await?;
    Ok(all.into_iter().map(|id| (id, id.to_string())).collect())
}

fn report(of: &str, findings: &[Finding]) -> u64 {
    let verdict = if findings.is_empty() { "holds" } else { "is broken" };
    print::line(&format!("{of}: {verdict}"));
    for finding in findings {
        let Finding { invariant, subject, detail } = finding;
        print::line(&format!("  not true that {invariant}: {subject} {detail}"));
    }
    findings.len() as u64
}
