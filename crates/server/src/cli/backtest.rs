//! `lead-router backtest`

use std::path::PathBuf;
use std::str::FromStr;

use anyhow::Context;
use clap::Args;
use indicatif::{HumanCount, ProgressBar};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use lr_app::backtest::summary::{Count, FlowSummary, Named, Summary};
use lr_app::backtest::{Backtest, BacktestError};
use lr_app::context::App;
use lr_app::rulesets::plan::plan;
use lr_core::id::WorkspaceId;
use lr_core::rules::ast::RulesetSource;

use crate::cli::{named, print, progress, rules};
use crate::config::ConfigError;
use crate::installation::InstallationArgs;

/// Which rules to try on which leads.
#[derive(Debug, Args)]
pub struct BacktestArgs {
    /// The rules to try, as a file of the kind that `rules export` writes
    #[arg(long, value_name = "FILE")]
    ruleset: PathBuf,
    /// How far back, such as 90d, 6mo or 1y
    #[arg(long, value_name = "TIME", default_value = "1y")]
    since: Back,
    /// Slug of the workspace
    #[arg(long, value_name = "SLUG")]
    workspace: String,
}

/// How far back a backtest reaches.
#[derive(Debug, Clone, Copy)]
pub struct Back(Span);

impl Back {
    /// A year: what a backtest looks at unless told.
    pub fn year() -> Self {
        Self(Span::new().years(1))
    }

    /// The instant so far before `now`, on a calendar in UTC.
    fn before(self, now: Timestamp) -> anyhow::Result<Timestamp> {
        let then = now.to_zoned(TimeZone::UTC).checked_sub(self.0);
        Ok(then.context("that is before the beginning of time")?.timestamp())
    }
}

impl FromStr for Back {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let span: Span = text.parse().map_err(|_| "write it like 90d, 6mo or 1y".to_owned())?;
        if span.is_positive() { Ok(Self(span)) } else { Err("it must reach back".to_owned()) }
    }
}

/// Tries the file and says what would be different.
pub async fn run(installation: InstallationArgs, args: BacktestArgs) -> anyhow::Result<()> {
    let mut faults = ConfigError::default();
    let Some(installation) = installation.parse(&mut faults) else { return Err(faults.into()) };
    let installation = installation.open_beside().await?;
    let done = Box::pin(read_and_try(&installation.app, args)).await;
    installation.close().await?;
    done
}

async fn read_and_try(app: &App, args: BacktestArgs) -> anyhow::Result<()> {
    let workspace = named::workspace(app, &args.workspace).await?;
    let text = rules::read(&args.ruleset)?;
    let plan = plan(app, workspace, &text).await.map_err(rules::told)?;
    say(&try_on_the_past(app, workspace, plan.ruleset, args.since).await?);
    Ok(())
}

/// Tries `ruleset` on the leads that came in the time `back`, and shows how far it has come.
pub async fn try_on_the_past(
    app: &App,
    workspace: WorkspaceId,
    ruleset: RulesetSource,
    back: Back,
) -> anyhow::Result<Summary> {
    let since = back.before(app.clock.now())?;
    let mut backtest = Backtest::begin(app, workspace, ruleset, since).await?;
    let bar = progress::bar();
    loop {
        show(&bar, &backtest);
        if !backtest.advance().await.map_err(BacktestError::from)? {
            bar.finish_and_clear();
            return Ok(backtest.finish().await?);
        }
    }
}

fn show(bar: &ProgressBar, backtest: &Backtest<'_>) {
    let progress = backtest.progress();
    bar.set_length(progress.of.max(1));
    bar.set_position(progress.read);
    bar.set_message(format!("{} past leads", HumanCount(progress.read)));
}

/// Prints what came of it: the whole first, then who moves, then who gets more or less.
pub fn say(summary: &Summary) {
    let Summary { leads, moved, .. } = summary;
    let since = summary.since.strftime("%F");
    if *leads == 0 {
        print::line(&format!("No lead has come since {since} on which to try this."));
        return;
    }
    print::line(&format!(
        "{} of {} leads since {since} would go elsewhere ({}).",
        HumanCount(*moved),
        HumanCount(*leads),
        share(*moved, *leads),
    ));
    say_flows(summary);
    say_counts("By team", &summary.teams);
    say_counts("By pool", &summary.pools);
    say_counts("By rep", &summary.reps);
    let of_all = |count: Count| {
        let Count { before, after } = count;
        format!("{} → {}", share(before, *leads), share(after, *leads))
    };
    print::line(&format!("Matched by no rule: {}", of_all(summary.catch_all)));
    print::line(&format!("Held for good: {}", of_all(summary.held)));
    for rule in summary.rules.iter().filter(|rule| rule.idle) {
        print::line(&format!("No lead of this time reaches the rule “{}”.", rule.name));
    }
    if summary.unreadable > 0 {
        let count = HumanCount(summary.unreadable);
        print::line(&format!("{count} leads were left out: what is stored cannot be read."));
    }
}

fn say_flows(summary: &Summary) {
    for FlowSummary { from, to, leads, latest } in &summary.flows {
        print::line(&format!("  {} from {from} to {to}", HumanCount(*leads)));
        for lead in latest.iter().rev().take(1) {
            print::line(&format!("    such as {}", lead.lead));
            print::line(&format!("      now  {}", lead.before));
            print::line(&format!("      then {}", lead.after));
        }
    }
    if summary.other_moves > 0 {
        print::line(&format!("  {} in other ways", HumanCount(summary.other_moves)));
    }
}

fn say_counts<Id>(title: &str, items: &[Named<Id>]) {
    let changed: Vec<_> =
        items.iter().filter(|item| item.leads.before != item.leads.after).collect();
    if changed.is_empty() {
        return;
    }
    print::line(&format!("{title}:"));
    for Named { name, leads: Count { before, after }, .. } in changed {
        print::line(&format!("  {name}: {} → {}", HumanCount(*before), HumanCount(*after)));
    }
}

/// In tenths of a percent.
fn share(part: u64, whole: u64) -> String {
    let thousandths = u128::from(part) * 1000 / u128::from(whole.max(1));
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_back_is_written_as_people_say_it() {
        let now: Timestamp = "2026-03-31T12:00:00Z".parse().unwrap();
        let before = |text: &str| text.parse::<Back>().unwrap().before(now).unwrap().to_string();
        assert_eq!(before("1y"), "2025-03-31T12:00:00Z");
        assert_eq!(before("1mo"), "2026-02-28T12:00:00Z");
        assert_eq!(before("90d"), "2025-12-31T12:00:00Z");
        for bad in ["", "soon", "-1y", "0d"] {
            assert!(bad.parse::<Back>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_share_is_cut_to_a_tenth_of_a_percent() {
        assert_eq!(share(1, 3), "33.3 %");
        assert_eq!(share(0, 0), "0.0 %");
    }
}
