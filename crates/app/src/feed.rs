//! The live feed: leads as they are decided, in every node.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures::Stream;
use jiff::{SignedDuration, Timestamp};
use lr_core::id::{DecisionId, WorkspaceId};
use lr_store::error::StoreError;
use lr_store::leads::LeadSummary;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{Receiver, Sender, channel};

use crate::context::App;

/// Notices that a slow reader may fall behind before it reads the rows without being told.
const BACKLOG: usize = 256;

/// Rows read at a time; of a larger burst a feed shows the latest.
const LIMIT: i64 = 200;

/// How far back each reading reaches: a transaction that began earlier may commit later, and what
/// it decided is dated before rows that were already read.
const OVERLAP: SignedDuration = SignedDuration::from_secs(10);

/// Wait before listening again after the database refused it.
const RETRY: Duration = Duration::from_secs(1);

/// Tells this node's feeds that a workspace has freshly decided leads.
#[derive(Clone)]
pub struct News(Sender<Option<WorkspaceId>>);

impl Default for News {
    fn default() -> Self {
        Self(channel(BACKLOG).0)
    }
}

/// Hears every node's notices and passes them on, for as long as the process runs.
pub async fn listen(app: App) {
    loop {
        if let Err(error) = pass_on(&app).await {
            tracing::warn!(error = %error, "the feed lost the database, listening again");
        }
        tokio::time::sleep(RETRY).await;
    }
}

async fn pass_on(app: &App) -> Result<(), StoreError> {
    let mut notices = app.store.notices().await?;
    // Nobody listening is no error, and neither is having missed something: `None` wakes all.
    let _ = app.news.0.send(None);
    loop {
        let _ = app.news.0.send(notices.next().await?);
    }
}

/// The leads of `workspace` whose state is decided after `since`, each once per decision, in the
/// order in which they become visible. Ends only with an error of the database.
pub fn stream(
    app: &App,
    workspace: WorkspaceId,
    since: Timestamp,
) -> impl Stream<Item = Result<Arc<LeadSummary>, StoreError>> + use<> {
    let feed = Feed {
        news: app.news.0.subscribe(),
        app: app.clone(),
        workspace,
        seen_until: since,
        oldest: since,
        shown: HashSet::new(),
        ready: Vec::new(),
        first: true,
    };
    futures::stream::try_unfold(feed, |mut feed| async move {
        let next = feed.next().await?;
        Ok(next.map(|lead| (Arc::new(lead), feed)))
    })
}

struct Feed {
    news: Receiver<Option<WorkspaceId>>,
    app: App,
    workspace: WorkspaceId,
    seen_until: Timestamp,
    oldest: Timestamp,
    /// Decisions shown that the next reading's overlap may bring again.
    shown: HashSet<DecisionId>,
    /// Read and not yet given out, the next one last.
    ready: Vec<LeadSummary>,
    first: bool,
}

impl Feed {
    async fn next(&mut self) -> Result<Option<LeadSummary>, StoreError> {
        loop {
            if let Some(lead) = self.ready.pop() {
                return Ok(Some(lead));
            }
            if !self.first && !self.told().await {
                return Ok(None);
            }
            self.first = false;
            self.read().await?;
        }
    }

    /// Waits until there may be something to read; false when the process is ending.
    async fn told(&mut self) -> bool {
        loop {
            match self.news.recv().await {
                Ok(Some(workspace)) if workspace != self.workspace => {}
                Ok(Some(_) | None) | Err(RecvError::Lagged(_)) => return true,
                Err(RecvError::Closed) => return false,
            }
        }
    }

    async fn read(&mut self) -> Result<(), StoreError> {
        let from = self.seen_until.saturating_sub(OVERLAP).unwrap_or(self.oldest).max(self.oldest);
        let mut tx = self.app.store.begin(self.workspace).await?;
        let rows = tx.decided_since(from, LIMIT).await?;
        let before = std::mem::take(&mut self.shown);
        self.shown = rows.iter().map(|row| row.decision).collect();
        self.seen_until =
            rows.iter().map(|row| row.decided_at).fold(self.seen_until, Timestamp::max);
        self.ready = rows.into_iter().filter(|row| !before.contains(&row.decision)).collect();
        self.ready.reverse();
        Ok(())
    }
}
