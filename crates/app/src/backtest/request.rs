//! Backtests asked for over the API: a job plays them, and says how far it has come.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use lr_core::id::{BacktestId, LeadId, UserId, WorkspaceId};
use lr_store::backtest_lists::{BacktestRow, LeadName};
use lr_store::backtests::{self, Ended, NewBacktest};
use lr_store::error::StoreError;
use lr_store::queue::lease::Lease;
use lr_store::queue::{Job, JobError};
use serde::{Deserialize, Serialize};

use crate::backtest::summary::Summary;
use crate::backtest::{Backtest, BacktestError, Progress};
use crate::configs::ConfigError;
use crate::context::App;
use crate::idempotency::Once;
use crate::rulesets::compare::{Which, find};
use crate::rulesets::{ChangeError, check};

/// How long a backtest can be looked at.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A backtest as people look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BacktestView {
    /// Its id.
    pub id: BacktestId,
    /// The version that the tried ruleset would become.
    pub version: u32,
    /// The leads are those that came since.
    pub since: Timestamp,
    /// How it stands.
    pub state: BacktestState,
}

/// How a backtest stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BacktestState {
    /// Nobody has begun it.
    Waiting,
    /// It is being played.
    Running(Progress),
    /// It has ended.
    Done(Box<Summary>),
    /// It cannot be played, for this reason.
    Failed(String),
}

/// Asks for a backtest of `of`, as it is now, on the leads that came since `since`.
///
/// # Errors
/// [`ChangeError::NoVersion`], [`ChangeError::NoDraft`] or [`ChangeError::NoRules`] if there is no
/// such ruleset; [`ChangeError::Faults`] with everything that is wrong in it.
pub async fn ask(
    app: &App,
    workspace: WorkspaceId,
    asked_by: UserId,
    (of, since): (Which, Timestamp),
    once: Option<Once>,
) -> Result<BacktestView, ChangeError> {
    let mut tx = app.store.begin(workspace).await?;
    if let Some(once) = &once
        && let Some(answer) = once.answer(&mut tx).await?
    {
        let id = answer.try_into().map(uuid::Uuid::from_bytes).map_err(|_| damaged())?;
        return Ok(view(tx.backtest(BacktestId::new(id)).await?.ok_or_else(damaged)?)?);
    }
    let terms = app.configs.terms(&mut tx).await?;
    let ruleset = check(find(&mut tx, Some(asked_by), of).await?, &terms)?.source;
    let id = BacktestId::new(app.ids.make());
    let asked_at = app.clock.now();
    let forgotten = asked_at.saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
    let new = NewBacktest { id, asked_by, asked_at, since, ruleset: &ruleset };
    tx.add_backtest(&new, forgotten).await?;
    tx.enqueue([PlayBacktest { backtest: id }]).await?;
    if let Some(once) = &once {
        once.keep(&mut tx, id.uuid().into_bytes().to_vec()).await?;
    }
    tx.commit().await?;
    Ok(BacktestView { id, version: ruleset.version, since, state: BacktestState::Waiting })
}

/// A page of backtests.
#[derive(Debug)]
pub struct Page {
    /// The latest first.
    pub items: Vec<BacktestRow>,
    /// Where the next page begins: after this one.
    pub next: Option<BacktestId>,
}

/// Up to `limit` of the backtests that are kept, the latest first, after `after`.
///
/// # Errors
/// If the database does not answer.
pub async fn page(
    app: &App,
    workspace: WorkspaceId,
    after: Option<BacktestId>,
    limit: u16,
) -> Result<Page, StoreError> {
    let mut tx = app.store.begin(workspace).await?;
    // One more than is shown tells whether there is another page.
    let mut items = tx.backtests(after, i64::from(limit) + 1).await?;
    let more = items.len() > usize::from(limit);
    items.truncate(limit.into());
    let next = items.last().filter(|_| more).map(|last| last.id);
    Ok(Page { items, next })
}

/// What the leads are called that a report names; those that are gone since are left out.
///
/// # Errors
/// If the database does not answer.
pub async fn names(
    app: &App,
    workspace: WorkspaceId,
    summary: &Summary,
) -> Result<BTreeMap<LeadId, LeadName>, StoreError> {
    let moved = summary.flows.iter().flat_map(|flow| &flow.latest);
    let leads = moved.map(|moved| moved.lead).collect::<Vec<_>>();
    app.store.begin(workspace).await?.lead_names(&leads).await
}

/// A backtest as it stands; `None` if `workspace` has none of this id, or has it no longer.
///
/// # Errors
/// If the database does not answer.
pub async fn read(
    app: &App,
    workspace: WorkspaceId,
    id: BacktestId,
) -> Result<Option<BacktestView>, StoreError> {
    let mut tx = app.store.begin(workspace).await?;
    tx.backtest(id).await?.map(view).transpose()
}

fn view(row: backtests::Backtest) -> Result<BacktestView, StoreError> {
    let state =
        match (row.ended, row.leads_in_all) {
            (Some(Ended::Done(report)), _) => {
                let summary = serde_json::from_value(report);
                BacktestState::Done(summary.map_err(|error| StoreError::Corrupt {
                    what: "backtest",
                    source: error.into(),
                })?)
            }
            (Some(Ended::Failed(why)), _) => BacktestState::Failed(why),
            (None, Some(of)) => BacktestState::Running(Progress { read: row.leads_read, of }),
            (None, None) => BacktestState::Waiting,
        };
    let version = row.ruleset.version;
    Ok(BacktestView { id: row.id, version, since: row.since, state })
}

fn damaged() -> StoreError {
    StoreError::Corrupt { what: "answer", source: "it is not a backtest that is kept".into() }
}

/// Plays a backtest that was asked for.
#[derive(Debug, Serialize, Deserialize)]
pub struct PlayBacktest {
    /// Which.
    pub backtest: BacktestId,
}

impl Job for PlayBacktest {
    const KIND: &'static str = "play_backtest";

    /// Some ten million leads.
    const DEADLINE: Duration = Duration::from_mins(10);

    const ATTEMPTS: u8 = 3;

    type Context = App;

    /// One after the other, so that nobody keeps all processors from the others.
    fn queue(&self) -> Option<String> {
        Some("backtests".to_owned())
    }

    async fn run(self, app: &App, lease: &Lease) -> Result<(), JobError> {
        let id = self.backtest;
        let found = app.store.begin(lease.workspace()).await?.backtest(id).await?;
        let Some(asked) = found.filter(|row| row.ended.is_none()) else { return Ok(()) };
        let ended = match play(app, lease, asked).await {
            Ok(summary) => Ended::Done(
                serde_json::to_value(summary).map_err(|error| JobError::fail(error.to_string()))?,
            ),
            Err(Stopped::Job(error)) if lease.attempt() < Self::ATTEMPTS => return Err(error),
            Err(Stopped::Job(error)) => Ended::Failed(error.to_string()),
            Err(Stopped::ForGood(why)) => Ended::Failed(why),
        };
        let mut tx = lease.begin().await?;
        tx.end_backtest(id, &ended, app.clock.now()).await?;
        Ok(tx.commit().await?)
    }
}

/// Why a backtest was not played to its end.
enum Stopped {
    /// Another attempt may.
    Job(JobError),
    /// No attempt will.
    ForGood(String),
}

async fn play(app: &App, lease: &Lease, asked: backtests::Backtest) -> Result<Summary, Stopped> {
    let begun = Backtest::begin(app, lease.workspace(), asked.ruleset, asked.since).await;
    let mut backtest = begun.map_err(stopped)?;
    loop {
        let Progress { read, of } = backtest.progress();
        let mut tx = lease.begin().await?;
        tx.backtest_has_read(asked.id, read, of).await?;
        tx.commit().await?;
        if !backtest.advance().await? {
            return backtest.finish().await.map_err(stopped);
        }
    }
}

fn stopped(error: BacktestError) -> Stopped {
    match error {
        BacktestError::Store(error)
        | BacktestError::Change(ChangeError::Store(error))
        | BacktestError::Config(ConfigError::Store(error)) => error.into(),
        BacktestError::Change(ChangeError::Faults(faults)) => {
            let faults = faults.iter().map(|fault| format!("{}: {}", fault.path, fault.message));
            Stopped::ForGood(faults.collect::<Vec<_>>().join("; "))
        }
        BacktestError::Change(_) | BacktestError::Config(_) | BacktestError::Player(_) => {
            Stopped::ForGood(error.to_string())
        }
    }
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Job(error.into())
    }
}

impl From<JobError> for Stopped {
    fn from(error: JobError) -> Self {
        Self::Job(error)
    }
}
