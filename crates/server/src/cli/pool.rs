//! `lead-router pool`

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use indicatif::HumanCount;
use jiff::{SignedDuration, Timestamp};
use lr_app::context::App;
use lr_app::credits::{Grant, grant};
use lr_app::pools::absence::{PolicyPreview, Supposed, preview};
use lr_app::pools::ledger;
use lr_app::pools::words::{line_words, words};
use lr_app::rulesets::note::Note;
use lr_core::id::{PoolId, RepId, WorkspaceId};
use lr_core::pick::Leave;
use lr_core::pick::absence::Absence;
use lr_store::ledger_entries::EntryRow;

use crate::cli::named::workspace;
use crate::cli::print;
use crate::config::ConfigError;
use crate::installation::InstallationArgs;

/// What to do about pools.
#[derive(Debug, Args)]
pub struct PoolArgs {
    #[command(subcommand)]
    command: PoolCommand,
}

#[derive(Debug, Subcommand)]
enum PoolCommand {
    /// List what changed the accounts of a pool's members, and why, the latest first
    Ledger(LedgerArgs),
    /// Give a member turns, or take them; the others pay by their weights
    Credit(CreditArgs),
    /// Say what an absence would mean under each absence policy; changes nothing
    Preview(PreviewArgs),
}

#[derive(Debug, Args)]
struct PoolName {
    /// Slug of the workspace
    #[arg(long, value_name = "SLUG")]
    workspace: String,
    /// Name of the pool
    #[arg(long, value_name = "NAME")]
    pool: String,
}

#[derive(Debug, Args)]
struct LedgerArgs {
    #[command(flatten)]
    of: PoolName,
    /// How many entries
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=200))]
    limit: u16,
    /// Only entries before this number
    #[arg(long, value_name = "NUMBER")]
    before: Option<u64>,
}

#[derive(Debug, Args)]
struct CreditArgs {
    #[command(flatten)]
    of: PoolName,
    /// E-mail address of the member
    #[arg(long, value_name = "EMAIL")]
    rep: String,
    /// How many leads he is owed more; less when below zero
    #[arg(long, allow_negative_numbers = true)]
    leads: i32,
    /// Why, for whoever reads the ledger
    #[arg(long)]
    reason: String,
}

#[derive(Debug, Args)]
struct PreviewArgs {
    #[command(flatten)]
    of: PoolName,
    /// E-mail address of the member who is away
    #[arg(long, value_name = "EMAIL", requires = "away")]
    rep: Option<String>,
    /// For how many days he is away from now on
    #[arg(long, value_name = "DAYS", requires = "rep", value_parser = clap::value_parser!(u16).range(1..=366))]
    away: Option<u16>,
    /// How many days are played
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=366))]
    days: u16,
    /// Leads of a day [default: as many as in the last four weeks]
    #[arg(long, value_name = "LEADS", value_parser = clap::value_parser!(u16).range(1..=1000))]
    leads_per_day: Option<u16>,
    /// Leads a day above the share, for the policy that repays
    #[arg(long, value_name = "LEADS", default_value_t = 1)]
    per_day: u32,
}

/// Does what `args` say.
pub async fn run(installation: InstallationArgs, args: PoolArgs) -> anyhow::Result<()> {
    let mut faults = ConfigError::default();
    let config = installation.parse(&mut faults).ok_or(faults)?;
    let installation = config.open_beside().await?;
    let app = &installation.app;
    let done = match args.command {
        PoolCommand::Ledger(args) => list(app, args).await,
        PoolCommand::Credit(args) => credit(app, args).await,
        PoolCommand::Preview(args) => foretell(app, args).await,
    };
    installation.close().await?;
    done
}

async fn list(app: &App, args: LedgerArgs) -> anyhow::Result<()> {
    let (workspace, pool) = find(app, &args.of).await?;
    let page = ledger(app, workspace, pool, args.before, args.limit).await?;
    let page = page.with_context(|| format!("there is no pool `{}`", args.of.pool))?;
    page.items.iter().for_each(say);
    if let Some(last) = page.items.last().filter(|_| page.more) {
        print::line(&format!("… older ones with --before {}", last.seq));
    }
    Ok(())
}

async fn credit(app: &App, args: CreditArgs) -> anyhow::Result<()> {
    let (workspace, pool) = find(app, &args.of).await?;
    let (rep, leads) = (rep(app, workspace, &args.rep).await?, args.leads);
    let reason = Note::parse(&args.reason).context("the reason cannot be kept")?;
    let wanted = Grant { pool, rep, leads, reason };
    say(&grant(app, workspace, "operator", wanted, None).await?);
    Ok(())
}

fn say(entry: &EntryRow) {
    print::line(&format!("{:>6}  {}  {}", entry.seq, entry.at, words(entry)));
    for (line, name) in &entry.lines {
        print::line(&format!("        {name} {}", line_words(line)));
    }
}

async fn foretell(app: &App, args: PreviewArgs) -> anyhow::Result<()> {
    let (workspace, pool) = find(app, &args.of).await?;
    let absence = match (&args.rep, args.away) {
        (Some(email), Some(days)) => {
            Some((rep(app, workspace, email).await?, from_now_on(app.clock.now(), days)?))
        }
        (None, _) | (_, None) => None,
    };
    let PreviewArgs { days, leads_per_day, per_day, .. } = args;
    let supposed = Supposed { absence, days, leads_per_day, per_day };
    let foretold = preview(app, workspace, pool, supposed).await?;
    let leads = HumanCount(foretold.leads_per_day.into());
    print::line(&format!("{days} days of {leads} leads each"));
    for PolicyPreview { policy, members } in &foretold.policies {
        print::line(&match policy {
            Absence::Forgive => "forgive".to_owned(),
            Absence::Repay { per_day } => format!("repay, at most {per_day} leads a day"),
        });
        for (rep, forecast) in members {
            print::line(&format!(
                "  {}: {} leads, at most {} on a day and {} in a row",
                rep.name,
                HumanCount(forecast.leads.into()),
                forecast.most_on_a_day,
                forecast.longest_run
            ));
        }
    }
    Ok(())
}

fn from_now_on(now: Timestamp, days: u16) -> anyhow::Result<Leave> {
    let until = now.checked_add(SignedDuration::from_hours(24) * i32::from(days))?;
    Ok(Leave { from: now, until })
}

async fn find(app: &App, of: &PoolName) -> anyhow::Result<(WorkspaceId, PoolId)> {
    let workspace = workspace(app, &of.workspace).await?;
    let pools = app.store.begin(workspace).await?.pools().await?;
    let mut named = pools.into_iter().filter(|pool| pool.name == of.pool);
    let found = named.next().with_context(|| format!("there is no pool `{}`", of.pool))?;
    if named.next().is_some() {
        bail!("several pools are called `{}`", of.pool);
    }
    Ok((workspace, found.id))
}

async fn rep(app: &App, workspace: WorkspaceId, email: &str) -> anyhow::Result<RepId> {
    let reps = app.store.begin(workspace).await?.reps().await?;
    let found = reps.into_iter().find(|rep| rep.email.eq_ignore_ascii_case(email));
    Ok(found.with_context(|| format!("there is no rep `{email}`"))?.id)
}
