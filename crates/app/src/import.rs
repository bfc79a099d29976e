//! Takes a CSV file in.
//!
//! ```text
//! bytes ─ decode ─▶ text ─ sniff, records ─▶ values ─ columns, rows ─▶ RawLead or Reject ─ batches ─▶ route
//! ```
//!
//! A file may be larger than memory and may stop anywhere; each of its rows is accepted or rejected
//! exactly once, with the reason, however often the import is interrupted: how far it has come is
//! committed together with the leads.

pub mod batches;
pub mod columns;
pub mod decode;
pub mod preview;
pub mod records;
pub mod rejects;
pub mod rows;
pub mod sheet;
pub mod sniff;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use lr_core::id::{ImportId, WorkspaceId};
use lr_store::error::StoreError;
use lr_store::imports::{Import, ImportFile};
use lr_store::sources::Source;
use tokio::sync::mpsc::{Sender, channel};
use tokio::task::{JoinError, spawn_blocking};

use crate::context::App;
use crate::intake::accept;
use crate::route::{Receipt, RouteError};
use batches::{Batch, Batches};
use decode::{Survey, SurveyError, survey};
use rejects::RejectsFile;
use rows::{HeaderError, Rows};

/// Batches that are read ahead of the one being routed.
const READ_AHEAD: usize = 2;

/// Why a file was not taken in to its end. What was committed before stays, and the same import
/// goes on there when it is run again.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file, or the one for rejects, cannot be read or written.
    #[error("cannot read or write {}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is no text.
    #[error(transparent)]
    Survey(#[from] SurveyError),
    /// Its first line does not name columns.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// A batch could not be routed.
    #[error("a batch of rows could not be routed")]
    Route(#[from] RouteError),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The reading thread has stopped by itself.
    #[error("the file's reader has stopped")]
    Reader(#[from] JoinError),
}

/// A file to be taken in.
#[derive(Debug, Clone)]
pub struct Job {
    /// The file.
    pub file: PathBuf,
    /// Where rejected rows are written.
    pub rejects: PathBuf,
    /// The source that its leads name.
    pub source: Source,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read of the file, ahead of the rows.
    pub bytes_read: u64,
    /// The file's length in bytes.
    pub bytes: u64,
    /// Rows taken in before this run.
    pub resumed_at: u64,
    /// Rows that became leads, in this run and before.
    pub accepted: u64,
    /// Rows that were rejected, likewise.
    pub rejected: u64,
}

impl Progress {
    fn begin(import: &Import, bytes: u64) -> Self {
        let Import { rows_done: resumed_at, accepted, rejected, .. } = *import;
        Self { bytes_read: 0, bytes, resumed_at, accepted, rejected }
    }

    /// Rows taken in, one way or the other.
    pub fn rows(&self) -> u64 {
        self.accepted + self.rejected
    }
}

/// Takes a file in, or goes on where the same file from the same source was interrupted.
///
/// Calls `progress` after each committed batch.
///
/// # Errors
/// What was committed stays; running the same job again goes on after it.
pub async fn run(
    app: &App,
    workspace: WorkspaceId,
    job: Job,
    mut progress: impl FnMut(Progress),
) -> Result<Progress, ImportError> {
    let path = job.file.clone();
    let survey = spawn_blocking(move || survey_file(&path)).await??;
    let import = begin(app, workspace, &job, &survey).await?;
    let mut now = Progress::begin(&import, survey.bytes);
    let (sender, mut batches) = channel(READ_AHEAD);
    let (file, rejects, source) = (job.file, job.rejects, job.source);
    let done = import.rows_done;
    let reader = spawn_blocking(move || read(&file, &rejects, survey, done, &sender));
    while let Some(batch) = batches.recv().await {
        let accepted = batch.leads.len() as u64;
        let receipt = Receipt::Import {
            import: import.id,
            rows_done: now.rows(),
            accepted,
            rejected: batch.rejected,
        };
        let leads = batch.leads.into_iter().map(|lead| (&source, lead)).collect();
        accept(app, workspace, leads, receipt).await?;
        now.bytes_read = batch.bytes_read;
        now.accepted += accepted;
        now.rejected += batch.rejected;
        progress(now);
    }
    reader.await??;
    let mut tx = app.store.begin(workspace).await?;
    tx.finish_import(import.id).await?;
    tx.commit().await?;
    Ok(Progress { bytes_read: now.bytes, ..now })
}

fn survey_file(path: &Path) -> Result<Survey, ImportError> {
    Ok(survey(open(path)?)?)
}

async fn begin(
    app: &App,
    workspace: WorkspaceId,
    job: &Job,
    survey: &Survey,
) -> Result<Import, StoreError> {
    let name = job.file.file_name().unwrap_or_default().to_string_lossy();
    let file = ImportFile { source: job.source.id, name: &name, digest: &survey.digest };
    let mut tx = app.store.begin(workspace).await?;
    let import = tx.begin_import(ImportId::new(app.ids.make()), file).await?;
    tx.commit().await?;
    Ok(import)
}

/// Reads on a thread of its own until the file has ended or nobody takes the batches any more.
fn read(
    file: &Path,
    rejects: &Path,
    survey: Survey,
    rows_done: u64,
    batches: &Sender<Batch>,
) -> Result<(), ImportError> {
    let rows = Rows::open(open(file)?, survey.encoding)?;
    let rejects_file = RejectsFile::at(rejects.to_path_buf()).map_err(unreadable(rejects))?;
    let mut reader = Batches::new(rows, rejects_file, rows_done);
    while let Some(batch) = reader.next_batch().map_err(unreadable(file))? {
        if batches.blocking_send(batch).is_err() {
            break;
        }
    }
    Ok(())
}

fn open(path: &Path) -> Result<File, ImportError> {
    File::open(path).map_err(unreadable(path))
}

fn unreadable(path: &Path) -> impl Fn(io::Error) -> ImportError {
    move |source| ImportError::File { path: path.to_path_buf(), source }
}
