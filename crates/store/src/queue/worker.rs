//! The loop that runs jobs, on every node.

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::Shared as SharedFuture;
use graphile_worker::{
    JobDefinition, LocalQueueConfig, TaskHandler, WorkerOptions, WorkerRecoveryConfig,
};

use crate::error::StoreError;
use crate::migrate::QUEUE_SCHEMA;
use crate::queue::Job;
use crate::queue::run::{Shared, Stamped};
use crate::store::Store;

/// Jobs that one node runs at once. They mostly wait for others.
const CONCURRENCY: usize = 16;

/// Jobs that one node fetches at once. Without such a local queue, the library takes one job a slot
/// and poll: 8 a second instead of thousands.
const LOCAL_QUEUE: usize = 100;

/// How often jobs that fall due are looked for; new ones announce themselves.
const POLL: Duration = Duration::from_secs(1);

/// Every node says that it lives this often, and looks for those that no longer do.
const HEARTBEAT: Duration = Duration::from_secs(2);

/// Silence after which a node is taken for dead and its jobs are given to others: together with the
/// search, within ten seconds.
const SILENCE: Duration = Duration::from_secs(7);

/// How long running jobs may finish after a shutdown was asked for.
const GRACE: Duration = Duration::from_secs(20);

/// Between attempts to work while the database is away.
const PAUSE: Duration = Duration::from_secs(2);

/// How often jobs that slipped through are made dead letters.
const BURIAL: Duration = Duration::from_secs(60);

/// Belongs at the end of every log filter: below `error`, the library logs the payloads of jobs, and a
/// log holds no data of customers.
pub const LOG_FILTER: &str = "graphile_worker=error";

/// Runs the kinds of jobs that it was given. Others stay in the queue for a node that knows them.
pub struct Worker<C> {
    shared: Shared<C>,
    kinds: Vec<JobDefinition>,
}

impl<C: Send + Sync + 'static> Worker<C> {
    /// A worker whose jobs get `context`.
    pub fn new(store: Store, context: Arc<C>) -> Self {
        Self { shared: Shared { store, context }, kinds: Vec::new() }
    }

    /// Runs jobs of the kind `J` too.
    #[must_use]
    pub fn with<J: Job<Context = C>>(mut self) -> Self {
        self.kinds.push(Stamped::<J>::definition());
        self
    }

    /// Runs jobs until `shutdown` completes and the running ones have finished, or are interrupted
    /// after 20 s and left to other nodes. A database that goes away is waited for.
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send + 'static) {
        let shutdown = shutdown.boxed().shared();
        let burials = bury(self.shared.store.clone());
        let work = async {
            while shutdown.peek().is_none() {
                let Err(error) = self.work(shutdown.clone()).await else { continue };
                tracing::warn!(%error, "the job worker pauses");
                tokio::select! {
                    () = tokio::time::sleep(PAUSE) => {}
                    () = shutdown.clone() => {}
                }
            }
        };
        tokio::select! {
            () = work => {}
            () = burials => {}
        }
    }

    async fn work(
        &self,
        shutdown: SharedFuture<impl Future<Output = ()> + Send + 'static>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let recovery = WorkerRecoveryConfig::default()
            .heartbeat_interval(HEARTBEAT)
            .sweep_interval(HEARTBEAT)
            .sweep_threshold(SILENCE)
            .recovery_delay(Duration::ZERO);
        let worker = WorkerOptions::default()
            .pg_pool(self.shared.store.system_pool().clone())
            .schema(QUEUE_SCHEMA)
            .concurrency(CONCURRENCY)
            .poll_interval(POLL)
            .local_queue(LocalQueueConfig::default().with_size(LOCAL_QUEUE))
            .complete_job_batch_delay(Duration::from_millis(5))
            .worker_recovery(recovery)
            .listen_os_shutdown_signals(false)
            .shutdown_signal(shutdown)
            .shutdown_grace_period(GRACE)
            .shutdown_interrupted_job_retry_delay(Duration::ZERO)
            .define_jobs(self.kinds.iter().cloned())
            .add_extension(self.shared.clone())
            .init()
            .await?;
        Ok(worker.run().await?)
    }
}

/// Never ends; what fails is done the next time.
async fn bury(store: Store) {
    loop {
        match bury_once(&store).await {
            Ok(0) => {}
            Ok(jobs) => tracing::warn!(jobs, "jobs without attempts left became dead letters"),
            Err(error) => tracing::debug!(%error, "dead jobs were not looked for"),
        }
        tokio::time::sleep(BURIAL).await;
    }
}

async fn bury_once(store: &Store) -> Result<i64, StoreError> {
    let mut tx = store.system().await?;
    let buried = sqlx::query_scalar!(r#"select bury_dead_jobs() as "buried!""#)
        .fetch_one(tx.connection())
        .await?;
    tx.commit().await?;
    Ok(buried)
}
