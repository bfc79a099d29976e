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
use tokio::time::{sleep, timeout};

use crate::context::App;

/// Notices that a slow reader may fall behind; past that it reads without being told.
const BACKLOG: usize = 256;

/// Rows read at a time; of a larger burst a feed shows the latest.
const LIMIT: i64 = 200;

/// How far back each reading reaches: a transaction that began earlier may commit later, and what
/// it decided is dated before rows that were already read. Longer than a transaction may wait for
/// its connection, its locks and a statement.
const OVERLAP: SignedDuration = SignedDuration::from_secs(45);

/// Shortest time between two readings, so that a burst of leads is one reading and not a hundred.
const GAP: Duration = Duration::from_millis(200);

/// Longest time between two readings: what other nodes decided is found then. They could announce
/// it with `NOTIFY`, but Postgres lets only one transaction at a time commit that does so: measured,
/// 1,000 commits a second instead of 4,300.
const POLL: Duration = Duration::from_secs(1);

/// Tells this node's feeds that a workspace has freshly decided leads.
#[derive(Clone)]
pub struct News(Sender<WorkspaceId>);

impl Default for News {
    fn default() -> Self {
        Self(channel(BACKLOG).0)
    }
}

impl News {
    /// Wakes the feeds of `workspace`, whose decisions have just been committed.
    pub fn tell(&self, workspace: WorkspaceId) {
        // An error only says that nobody looks.
        let _nobody = self.0.send(workspace);
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
    };
    futures::stream::try_unfold(feed, |mut feed| async move {
        let lead = feed.next().await?;
        Ok(Some((Arc::new(lead), feed)))
    })
}

struct Feed {
    news: Receiver<WorkspaceId>,
    app: App,
    workspace: WorkspaceId,
    seen_until: Timestamp,
    oldest: Timestamp,
    /// Decisions shown that the next reading's overlap may bring again.
    shown: HashSet<DecisionId>,
    /// Read and not yet given out, the next one last.
    ready: Vec<LeadSummary>,
}

impl Feed {
    async fn next(&mut self) -> Result<LeadSummary, StoreError> {
        loop {
            if let Some(lead) = self.ready.pop() {
                return Ok(lead);
            }
            self.read().await?;
            if self.ready.is_empty() {
                self.wait().await;
            }
        }
    }

    /// Waits until there may be something to read.
    async fn wait(&mut self) {
        sleep(GAP).await;
        let _told_or_due = timeout(POLL, self.told()).await;
        // What was told up to here is about to be read.
        self.news = self.news.resubscribe();
    }

    async fn told(&mut self) {
        loop {
            match self.news.recv().await {
                Ok(workspace) if workspace == self.workspace => return,
                Ok(_) => {}
                Err(RecvError::Lagged(_) | RecvError::Closed) => return,
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
