//! Routes a year of leads, each as of its own time, and records what came of them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::{SignedDuration, Timestamp};
use lr_app::clock::Clock;
use lr_app::context::App;
use lr_app::held::release;
use lr_app::intake::Arrival;
use lr_app::outcome::{Outcome, record};
use lr_app::route::{Receipt, Routing, route};
use lr_app::sources::find_or_add;
use lr_core::decide;
use lr_core::id::{ImportId, WorkspaceId};
use lr_store::imports::{Import, ImportFile};
use lr_store::leads::{LeadCursor, LeadFilter};
use lr_store::sources::{Source, SourceKind};

use super::SEED;
use super::history::{arrivals, outcomes};
use super::leads::lead;
use super::workspace::REPS;

/// Leads of the history.
pub const LEADS: u64 = 20_000;

/// Most leads routed together, as at intake.
const BATCH: usize = 256;

/// Longest time that a batch spans, so that a lead held at its beginning is not released late.
const SPAN: SignedDuration = SignedDuration::from_hours(3);

/// How often held leads are looked at besides when somebody's hours begin.
const ROUND: SignedDuration = SignedDuration::from_hours(24);

/// Leads of one page when outcomes are made up.
const PAGE: i64 = 1_000;

/// Begins the history, or finds how far it has come.
///
/// It is an import from the system that was there before: how far it has come is committed with the
/// leads, so an interrupted one goes on with the next lead. It ends when it was begun.
pub async fn begin(app: &App, workspace: WorkspaceId) -> anyhow::Result<Import> {
    let source = find_or_add(app, workspace, "Previous system", SourceKind::Import).await?;
    let file = ImportFile { source: source.id, name: "A year of leads", digest: &[0; 32] };
    let mut tx = app.store.begin(workspace).await?;
    let import = tx.begin_import(ImportId::new(app.ids.make()), file).await?;
    tx.commit().await?;
    Ok(import)
}

/// Routes what is missing of a history of `count` leads and records what came of them.
pub async fn seed(
    app: &App,
    workspace: WorkspaceId,
    sources: &BTreeMap<&'static str, Source>,
    import: Import,
    count: u64,
) -> anyhow::Result<()> {
    let style =
        ProgressStyle::with_template("  {bar:30} {percent:>3}%  {pos} leads routed  {eta} left")?;
    let bar = ProgressBar::new(count).with_style(style).with_position(import.rows_done);
    let arrivals = arrivals(SEED, count, import.started_at);
    let done = usize::try_from(import.rows_done)?;
    let mut rest = arrivals.get(done..).context("more was seeded than there is")?;
    let mut held = Held { app, workspace, openings: BTreeSet::new(), round: Timestamp::MIN };
    while let Some((first, _)) = rest.first() {
        held.release_until(*first).await?;
        let end = held.openings.first().copied().unwrap_or(Timestamp::MAX).min(*first + SPAN);
        let length = rest.iter().take(BATCH).take_while(|(at, _)| *at < end).count().max(1);
        let (batch, later) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        let receipt = Receipt::Import {
            import: import.id,
            rows_done: bar.position(),
            accepted: length as u64,
            rejected: 0,
        };
        held.note(&route(app, workspace, sent(app, sources, batch)?, receipt).await?);
        bar.inc(length as u64);
        rest = later;
    }
    held.release_until(import.started_at).await?;
    bar.finish_and_clear();
    what_came_of_it(app, workspace, &arrivals, import.started_at).await?;
    let mut tx = app.store.begin(workspace).await?;
    tx.finish_import(import.id).await?;
    Ok(tx.commit().await?)
}

/// The leads of `batch`, each accepted when it came.
fn sent(
    app: &App,
    sources: &BTreeMap<&'static str, Source>,
    batch: &[(Timestamp, u64)],
) -> anyhow::Result<Vec<Arrival>> {
    let arrival = |(at, number): &(Timestamp, u64)| {
        let sent = lead(SEED, *number);
        let source = sources.get(sent.source).context("an unknown source")?;
        Ok(Arrival::new(app, source, sent.raw, *at))
    };
    batch.iter().map(arrival).collect()
}

/// Leads that wait for somebody's hours to begin.
struct Held<'a> {
    app: &'a App,
    workspace: WorkspaceId,
    openings: BTreeSet<Timestamp>,
    /// When they were last all looked at.
    round: Timestamp,
}

impl Held<'_> {
    fn note(&mut self, routing: &Routing) {
        let Routing::Fresh(routed) = routing else { return };
        let until = routed.iter().filter_map(|routed| match routed.decision.outcome {
            decide::Outcome::Held { until } => until,
            decide::Outcome::Assigned { .. }
            | decide::Outcome::Queued { .. }
            | decide::Outcome::Rejected { .. } => None,
        });
        self.openings.extend(until);
    }

    /// Routes held leads again at each opening up to `now`, in order of time.
    async fn release_until(&mut self, now: Timestamp) -> anyhow::Result<()> {
        if now.duration_since(self.round) > ROUND {
            self.openings.insert(now);
            self.round = now;
        }
        while let Some(opening) = self.openings.first().copied().filter(|opening| *opening <= now) {
            self.openings.remove(&opening);
            release(self.app, self.workspace, &Clock::fixed(opening)).await?;
        }
        Ok(())
    }
}

/// Records the outcomes of every lead that a rep got.
async fn what_came_of_it(
    app: &App,
    workspace: WorkspaceId,
    arrivals: &[(Timestamp, u64)],
    end: Timestamp,
) -> anyhow::Result<()> {
    let numbers: BTreeMap<_, _> = arrivals.iter().copied().collect();
    let filter = LeadFilter { state: Some("assigned".to_owned()), ..LeadFilter::default() };
    let (mut happened, mut after) = (Vec::new(), None);
    loop {
        let mut tx = app.store.begin(workspace).await?;
        let page = tx.leads_page(&filter, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some(LeadCursor { received_at: last.received_at, id: last.id });
        for row in page {
            let number = numbers.get(&row.received_at).context("a lead that was not seeded")?;
            let name = row.rep.map(|(_, name)| name).unwrap_or_default();
            let skill = REPS.iter().find(|rep| rep.name == name).map_or(100, |rep| rep.skill);
            let came = outcomes(&lead(SEED, *number), SEED, skill, (row.decided_at, end));
            happened.extend(came.into_iter().map(|(kind, at)| Outcome { lead: row.id, kind, at }));
        }
    }
    Ok(record(app, workspace, &happened).await?)
}
