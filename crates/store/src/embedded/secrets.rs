//! The passwords of our own Postgres, in a file that only its owner can read.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rand::Rng;
use serde::{Deserialize, Serialize};

use crate::embedded::error::EmbeddedError;
use crate::urls::RoleSecrets;

/// One password for each role, 256 random bits in hexadecimal.
#[derive(Serialize, Deserialize)]
pub struct Secrets {
    owner: String,
    app: String,
    system: String,
}

impl Secrets {
    /// What `path` holds; `None` where it is missing.
    ///
    /// # Errors
    /// [`EmbeddedError::File`] if it cannot be read, or is not what [`create`](Self::create) wrote.
    pub fn load(path: &Path) -> Result<Option<Self>, EmbeddedError> {
        match fs::read(path) {
            Ok(text) => serde_json::from_slice(&text)
                .map(Some)
                .map_err(|error| EmbeddedError::file(path)(error.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(EmbeddedError::file(path)(error)),
        }
    }

    /// Makes new ones and keeps them in `path`.
    ///
    /// # Errors
    /// [`EmbeddedError::File`] if it cannot be written.
    pub fn create(path: &Path) -> Result<Self, EmbeddedError> {
        let secrets = Self { owner: random(), app: random(), system: random() };
        let text = serde_json::to_string(&secrets)
            .map_err(|error| EmbeddedError::file(path)(error.into()))?;
        write_private(path, &text)?;
        Ok(secrets)
    }

    /// The password of the owner, as a URL takes it.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The passwords of the roles that the server runs as.
    pub fn roles(&self) -> RoleSecrets {
        RoleSecrets::new(&self.app, &self.system)
    }
}

/// Writes `text` so that nobody else can ever read it and a crash leaves the old file or the new.
pub(crate) fn write_private(path: &Path, text: &str) -> Result<(), EmbeddedError> {
    let partial = path.with_added_extension("partial");
    let write = || {
        let _ = fs::remove_file(&partial);
        let mut file =
            OpenOptions::new().write(true).create_new(true).mode(0o600).open(&partial)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&partial, path)
    };
    write().map_err(EmbeddedError::file(path))
}

fn random() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
