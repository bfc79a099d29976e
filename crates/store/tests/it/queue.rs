//! Jobs against a real queue: nothing lost, nothing run for a transaction that did not happen.

use std::sync::Arc;
use std::time::Duration;

use lr_core::id::WorkspaceId;
use lr_store::queue::lease::Lease;
use lr_store::queue::worker::Worker;
use lr_store::queue::{Job, JobError};
use lr_store::store::Store;
use lr_testkit::{TestDb, Workspace};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Ends a test that would otherwise hang; no statement about speed.
const GUARD: Duration = Duration::from_secs(60);

/// What a test's job does, and says that it does.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Errand {
    name: String,
    /// One for each attempt; the last for all that follow.
    does: Vec<Deed>,
    key: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
enum Deed {
    Done,
    Retry,
    Fail,
    Panic,
    Hang,
    LoseLease,
}

#[derive(Debug, PartialEq)]
struct Ran {
    name: String,
    workspace: WorkspaceId,
    attempt: u8,
}

struct Desk {
    ran: UnboundedSender<Ran>,
    db: sqlx::postgres::PgConnectOptions,
}

impl Job for Errand {
    const KIND: &'static str = "errand";
    const DEADLINE: Duration = Duration::from_secs(600);
    const ATTEMPTS: u8 = 3;
    type Context = Desk;

    async fn run(self, desk: &Desk, lease: &Lease) -> Result<(), JobError> {
        let (workspace, attempt) = (lease.workspace(), lease.attempt());
        desk.ran.send(Ran { name: self.name, workspace, attempt }).unwrap();
        let deed = self.does.get(usize::from(attempt) - 1).or(self.does.last());
        match deed.unwrap() {
            Deed::Done => lease.begin().await?.commit().await?,
            Deed::Retry => return Err(JobError::retry("the vendor is busy")),
            Deed::Fail => return Err(JobError::fail("the vendor said no")),
            Deed::Panic => panic!("a defect"),
            Deed::Hang => std::future::pending().await,
            Deed::LoseLease => {
                execute(&desk.db, "update graphile_worker._private_jobs set locked_by = 'other'")
                    .await;
                return lease.begin().await.map(|_| ());
            }
        }
        Ok(())
    }

    fn key(&self) -> Option<String> {
        self.key.clone()
    }
}

#[tokio::test]
async fn a_job_exists_if_its_transaction_is_committed_and_only_then() {
    let db = lr_testkit::database().await;
    let [acme] = db.workspaces().await;
    let mut tx = acme.begin().await;
    tx.enqueue([errand("rolled back", &[Deed::Done])]).await.unwrap();
    drop(tx);
    assert_eq!(jobs(&db).await, 0);
    enqueue(&acme, [errand("committed", &[Deed::Done])]).await;
    assert_eq!(jobs(&db).await, 1);
}

#[tokio::test]
async fn a_job_runs_for_the_workspace_that_enqueued_it() {
    let db = lr_testkit::database().await;
    let [acme, globex] = db.workspaces().await;
    let mut office = Office::open(&db);
    for workspace in [&acme, &globex] {
        let mut lying = errand(workspace.slug, &[Deed::Done]);
        lying.name = format!(r#"{{"workspace":"{}"}}"#, acme.id.uuid());
        enqueue(workspace, [lying]).await;
        assert_eq!(office.next().await.workspace, workspace.id);
    }
    office.close().await;
    assert_eq!(jobs(&db).await, 0);
}

#[tokio::test]
async fn a_thousand_waiting_jobs_are_done() {
    let db = lr_testkit::database().await;
    let [acme] = db.workspaces().await;
    enqueue(&acme, (0..1_000).map(|number| errand(&number.to_string(), &[Deed::Done]))).await;
    let mut office = Office::open(&db);
    let mut done: Vec<String> = Vec::new();
    while done.len() < 1_000 {
        done.push(office.next().await.name);
    }
    office.close().await;
    done.sort_unstable();
    done.dedup();
    assert_eq!((done.len(), jobs(&db).await), (1_000, 0));
}

#[tokio::test]
async fn what_cannot_succeed_becomes_a_dead_letter_at_once() {
    let db = lr_testkit::database().await;
    let [acme, globex] = db.workspaces().await;
    let mut office = Office::open(&db);
    enqueue(&acme, [errand("refused", &[Deed::Fail])]).await;
    office.next().await;
    office.close().await;
    let letters = acme.begin().await.dead_letters(10).await.unwrap();
    let [letter] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!((letter.kind.as_str(), letter.attempts), ("errand", 1));
    assert_eq!(letter.error, "the vendor said no");
    assert_eq!(letter.payload["name"], "refused");
    assert_eq!(jobs(&db).await, 0);
    assert_eq!(globex.begin().await.dead_letters(10).await.unwrap(), []);
}

#[tokio::test]
async fn what_may_succeed_is_tried_again_until_its_attempts_are_used_up() {
    let db = lr_testkit::database().await;
    let [acme] = db.workspaces().await;
    let mut office = Office::open(&db);
    enqueue(&acme, [errand("stubborn", &[Deed::Retry, Deed::Panic, Deed::Retry])]).await;
    for attempt in 1..=3 {
        assert_eq!(office.next().await.attempt, attempt);
        hurry(&db).await;
    }
    office.close().await;
    let letters = acme.begin().await.dead_letters(10).await.unwrap();
    assert_eq!(letters.iter().map(|letter| letter.attempts).collect::<Vec<_>>(), [3]);
    assert_eq!(jobs(&db).await, 0);
}

#[tokio::test]
async fn a_job_of_a_worker_that_died_is_run_by_another() {
    let db = lr_testkit::database().await;
    let [acme] = db.workspaces().await;
    enqueue(&acme, [errand("interrupted", &[Deed::Hang])]).await;
    let (store, desk, mut ran) = desk(&db);
    // From the database's side, the sudden end of a runtime is the sudden end of a process.
    let doomed = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let urls = db.urls();
    drop(store);
    doomed.spawn(async move {
        let store = Store::connect(&urls).await.unwrap();
        Worker::new(store, desk).with::<Errand>().run(std::future::pending()).await;
    });
    next(&mut ran).await;
    doomed.shutdown_background();

    let mut office = Office::open(&db);
    assert_eq!(office.next().await.name, "interrupted");
    office.leave();
}

#[tokio::test]
async fn a_worker_that_lost_its_job_cannot_write_the_result() {
    let db = lr_testkit::database().await;
    let [acme] = db.workspaces().await;
    let mut office = Office::open(&db);
    enqueue(&acme, [errand("taken over", &[Deed::LoseLease])]).await;
    office.next().await;
    office.close().await;
    assert_eq!(jobs(&db).await, 1, "it belongs to the other worker");
    assert_eq!(acme.begin().await.dead_letters(10).await.unwrap(), []);
}

#[tokio::test]
async fn a_key_replaces_the_waiting_job_of_its_own_workspace_alone() {
    let db = lr_testkit::database().await;
    let [acme, globex] = db.workspaces().await;
    for workspace in [&acme, &acme, &globex] {
        let keyed = Errand { key: Some("nightly".to_owned()), ..errand("keyed", &[Deed::Done]) };
        enqueue(workspace, [keyed]).await;
    }
    assert_eq!(jobs(&db).await, 2);
}

/// A running worker and what its jobs say.
struct Office {
    ran: UnboundedReceiver<Ran>,
    close: oneshot::Sender<()>,
    worker: JoinHandle<()>,
}

impl Office {
    fn open(db: &TestDb) -> Self {
        let (store, desk, ran) = desk(db);
        let (close, closed) = oneshot::channel::<()>();
        let worker = Worker::new(store, desk).with::<Errand>();
        let worker = tokio::spawn(worker.run(async { drop(closed.await) }));
        Self { ran, close, worker }
    }

    async fn next(&mut self) -> Ran {
        next(&mut self.ran).await
    }

    /// Waits for the job that runs.
    async fn close(self) {
        self.close.send(()).unwrap();
        tokio::time::timeout(GUARD, self.worker).await.unwrap().unwrap();
    }

    /// Waits for nothing.
    fn leave(self) {
        self.worker.abort();
    }
}

fn desk(db: &TestDb) -> (Store, Arc<Desk>, UnboundedReceiver<Ran>) {
    let (ran, said) = unbounded_channel();
    (db.store(), Arc::new(Desk { ran, db: db.owner_options() }), said)
}

async fn next(ran: &mut UnboundedReceiver<Ran>) -> Ran {
    tokio::time::timeout(GUARD, ran.recv()).await.expect("a job runs in time").unwrap()
}

fn errand(name: &str, does: &[Deed]) -> Errand {
    Errand { name: name.to_owned(), does: does.to_vec(), key: None }
}

async fn enqueue(workspace: &Workspace, jobs: impl IntoIterator<Item = Errand>) {
    let mut tx = workspace.begin().await;
    tx.enqueue(jobs).await.unwrap();
    tx.commit().await.unwrap();
}

async fn jobs(db: &TestDb) -> i64 {
    let count = sqlx::raw_sql("select count(*) from graphile_worker._private_jobs");
    count.fetch_one(&mut db.owner().await).await.unwrap().get(0)
}

/// Waits until the job that failed is back in the queue, then makes it due.
async fn hurry(db: &TestDb) {
    let due = "update graphile_worker._private_jobs set run_at = now()
        where locked_at is null and last_error is not null and attempts < max_attempts";
    tokio::time::timeout(GUARD, async {
        while jobs(db).await > 0 && execute(&db.owner_options(), due).await == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .unwrap();
}

async fn execute(db: &sqlx::postgres::PgConnectOptions, sql: &'static str) -> u64 {
    let mut owner = sqlx::ConnectOptions::connect(db).await.unwrap();
    sqlx::raw_sql(sql).execute(&mut owner).await.unwrap().rows_affected()
}
