//! As whom Postgres runs: as ourselves, but never as root.

use std::fs::{self, Metadata};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::embedded::error::EmbeddedError;

/// `nobody` where /etc/passwd does not say otherwise.
const NOBODY: (u32, u32) = (65534, 65534);

/// The user that the programs of Postgres run as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// `None` is ourselves.
    other: Option<(u32, u32)>,
}

impl Identity {
    /// Ourselves, unless we are root: then the owner of `folder` (an administrator may choose a user
    /// by giving the folder to it), or else `nobody`.
    pub fn for_folder(folder: &Path) -> Self {
        if !runs_as_root() {
            return Self { other: None };
        }
        let owner = fs::metadata(folder).ok().map(|meta| (meta.uid(), meta.gid()));
        let other = owner.filter(|(uid, _)| *uid != 0).unwrap_or_else(nobody);
        Self { other: Some(other) }
    }

    /// A command that runs as this user, in a folder that everybody may enter, hearing nothing of our
    /// environment: a stray PGPORT or PGDATA must not lead it elsewhere.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("LC_ALL", "C").env("TZ", "UTC").current_dir("/");
        command.stdin(Stdio::null());
        if let Some((uid, gid)) = self.other {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Gives a file or folder to this user.
    pub(crate) fn give(&self, path: &Path) -> Result<(), EmbeddedError> {
        let Some((uid, gid)) = self.other else { return Ok(()) };
        chown(path, Some(uid), Some(gid)).map_err(EmbeddedError::file(path))
    }

    /// Fails where this user could not come as far as `folder`.
    pub(crate) fn must_reach(&self, folder: &Path) -> Result<(), EmbeddedError> {
        let Some(user) = self.other else { return Ok(()) };
        let folder = folder.canonicalize().map_err(EmbeddedError::file(folder))?;
        let closed = folder.ancestors().filter(|path| !may_enter(path, user)).last();
        match closed {
            Some(closed) => {
                Err(EmbeddedError::ClosedFolder { uid: user.0, closed: PathBuf::from(closed) })
            }
            None => Ok(()),
        }
    }
}

/// Whether this process is root.
pub fn runs_as_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn may_enter(path: &Path, (uid, gid): (u32, u32)) -> bool {
    let Ok(meta) = fs::metadata(path) else { return false };
    let bit =
        |owner: u32, group: u32, others: u32| has_bit(&meta, uid, gid, [owner, group, others]);
    bit(0o100, 0o010, 0o001)
}

fn has_bit(meta: &Metadata, uid: u32, gid: u32, [owner, group, others]: [u32; 3]) -> bool {
    let bit = if meta.uid() == uid {
        owner
    } else if meta.gid() == gid {
        group
    } else {
        others
    };
    meta.mode() & bit != 0
}

fn nobody() -> (u32, u32) {
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    users.lines().find_map(nobody_of_line).unwrap_or(NOBODY)
}

/// `nobody:x:65534:65534:…`; macOS writes -2, which fits no id and so means the usual numbers.
fn nobody_of_line(line: &str) -> Option<(u32, u32)> {
    let mut fields = line.strip_prefix("nobody:")?.split(':').skip(1);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_read_from_the_list_of_users() {
        assert_eq!(nobody_of_line("nobody:x:99:98:Nobody:/:/sbin/nologin"), Some((99, 98)));
        assert_eq!(nobody_of_line("nobody:*:-2:-2:Unprivileged:/var/empty:/usr/bin/false"), None);
        assert_eq!(nobody_of_line("root:x:0:0::/root:/bin/sh"), None);
    }
}
