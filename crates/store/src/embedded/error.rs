//! Why our own Postgres does not run, in words that say what to do.

use std::io;
use std::path::{Path, PathBuf};

use crate::error::StoreError;

/// Why our own Postgres could not be found, made, started or stopped.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// There is no usable Postgres on this machine.
    #[error(
        "no Postgres {oldest} or newer was found: install one (Debian and Ubuntu: `apt install \
         postgresql`, macOS: `brew install postgresql`), or run `npm ci` in web/, or name the \
         folder of its programs in LEAD_ROUTER_POSTGRES, or name a running one in DATABASE_URL"
    )]
    NotFound {
        /// The oldest major version that serves.
        oldest: u32,
    },
    /// Another process holds the data folder.
    #[error(
        "the data folder {folder} is in use by another lead-router{}: stop that one, or choose \
         another folder with --data", holder(.process.as_deref())
    )]
    InUse {
        /// The data folder.
        folder: PathBuf,
        /// Its process id, where it could be read.
        process: Option<String>,
    },
    /// The data folder needs a Postgres that is not installed.
    #[error(
        "the data in {folder} was made by Postgres {made_by}, but only {found} is here: install \
         Postgres {made_by}, or choose another folder with --data, or move the data over with \
         pg_upgrade"
    )]
    OtherVersion {
        /// The folder of the database files.
        folder: PathBuf,
        /// Major version that made it.
        made_by: u32,
        /// What was found, such as `Postgres 18 in /usr/lib/postgresql/18/bin`.
        found: String,
    },
    /// Postgres never runs as root, and the user it runs as instead cannot reach the data folder.
    #[error(
        "Postgres must not run as root, and the user it runs as instead (uid {uid}) may not enter \
         {closed}: choose another data folder with --data, such as /var/lib/lead-router"
    )]
    ClosedFolder {
        /// Who Postgres would run as.
        uid: u32,
        /// The folder that keeps it out.
        closed: PathBuf,
    },
    /// The passwords of an existing database are gone.
    #[error(
        "{secrets} is missing, and with it the passwords of the database in {folder}: put it back \
         from a backup, or choose another folder with --data"
    )]
    LostSecrets {
        /// The file that should be there.
        secrets: PathBuf,
        /// The folder of the database files.
        folder: PathBuf,
    },
    /// A program of Postgres failed.
    #[error("{program} failed: {output}")]
    Program {
        /// Which one, such as `initdb`.
        program: String,
        /// The end of what it said, or of the server's log.
        output: String,
    },
    /// A file could not be read, written or locked.
    #[error("cannot use {path}")]
    File {
        /// Which file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The server runs but its database could not be made.
    #[error("the database could not be made")]
    Store(#[from] StoreError),
}

impl EmbeddedError {
    /// For `map_err` on a call about `path`.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }
}

fn holder(process: Option<&str>) -> String {
    process.map(|process| format!(" (process {process})")).unwrap_or_default()
}
