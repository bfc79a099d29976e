//! A ruleset tried on the leads of the past: read page by page, played on the processors that are
//! free, compared with the rules in force.
//!
//! ```text
//! past_leads ─ a page ─▶ channel ─▶ Player: match on every processor,
//!   (a transaction each)              then both runs in order ─▶ Comparison ─▶ Summary
//! ```

mod player;
pub mod request;
pub mod summary;

use jiff::Timestamp;
use lr_core::backtest::run::field;
use lr_core::decide::Config;
use lr_core::id::WorkspaceId;
use lr_core::rules::ast::RulesetSource;
use lr_core::snapshot::ConfigSource;
use lr_store::backtests::PastLeadCursor;
use lr_store::error::StoreError;
use lr_store::teams::PoolRow;
use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinHandle, spawn_blocking};

use crate::backtest::player::{Played, play};
use crate::backtest::summary::Summary;
use crate::configs::ConfigError;
use crate::context::App;
use crate::rulesets::{ChangeError, check};

/// Leads of a page: read in one transaction, played together.
const PAGE: i64 = 4_096;

/// Pages that are read ahead of the one that is played.
const AHEAD: usize = 2;

/// Why a ruleset was not tried.
#[derive(Debug, thiserror::Error)]
pub enum BacktestError {
    /// It is none, or there is nothing to compare it with.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// The workspace's configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The thread that plays the leads has stopped by itself.
    #[error("the player of the leads has stopped")]
    Player(#[from] JoinError),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How far a backtest has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Leads read so far.
    pub read: u64,
    /// Leads of the whole period.
    pub of: u64,
}

/// A backtest under way: [`advance`](Self::advance) until it has read everything, then
/// [`finish`](Self::finish). Dropped, it stops by itself.
pub struct Backtest<'a> {
    app: &'a App,
    workspace: WorkspaceId,
    since: Timestamp,
    after: Option<PastLeadCursor>,
    progress: Progress,
    pools: Vec<PoolRow>,
    pages: mpsc::Sender<Vec<Vec<u8>>>,
    player: JoinHandle<(Played, Config, Config)>,
}

impl<'a> Backtest<'a> {
    /// Prepares to try `ruleset` on every lead that was first decided at `since` or later.
    ///
    /// # Errors
    /// [`ChangeError::Faults`] with everything that is wrong in the ruleset,
    /// [`ChangeError::NoRules`] before the first publication.
    pub async fn begin(
        app: &'a App,
        workspace: WorkspaceId,
        ruleset: RulesetSource,
        since: Timestamp,
    ) -> Result<Self, BacktestError> {
        let mut tx = app.store.begin(workspace).await?;
        let source = tx.config().await?.ok_or(ChangeError::NoRules)?;
        let tables = app.configs.tables_of(&mut tx, &source.territories).await?;
        let ruleset = check(ruleset, &app.configs.terms(&mut tx).await?)?.source;
        let after = ConfigSource { ruleset, ..source.clone() };
        let [before, after] = [source, after].map(|source| source.check(&tables));
        let before = field(before.map_err(ConfigError::from)?);
        let after = field(after.map_err(ConfigError::from)?);
        let progress = Progress { read: 0, of: tx.count_past_leads(since).await? };
        let pools = tx.pools().await?;
        let (pages, played) = mpsc::channel(AHEAD);
        let player = spawn_blocking(move || (play(&before, &after, played), before, after));
        Ok(Self { app, workspace, since, after: None, progress, pools, pages, player })
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// Reads the next page; false once there is none.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn advance(&mut self) -> Result<bool, StoreError> {
        let mut tx = self.app.store.begin(self.workspace).await?;
        let page = tx.past_leads(self.since, self.after, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else { return Ok(false) };
        self.after = Some(last.cursor);
        self.progress.read += page.len() as u64;
        // A player that has stopped is found out by `finish`, which says why.
        let sent = self.pages.send(page.into_iter().map(|lead| lead.snapshot).collect()).await;
        Ok(sent.is_ok())
    }

    /// What came of it.
    ///
    /// # Errors
    /// [`BacktestError::Player`] if the player has stopped by itself.
    pub async fn finish(self) -> Result<Summary, BacktestError> {
        let Self { since, pools, pages, player, .. } = self;
        drop(pages);
        let (played, before, after) = player.await?;
        let teams = pools.into_iter().map(|pool| (pool.id, pool.team)).collect();
        Ok(Summary::new(since, played, &teams, [&before, &after]))
    }
}
