//! Finds the programs of a Postgres on this machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::embedded::identity::Identity;
use crate::embedded::package;

/// The oldest major version that serves: before 15, everybody might create tables in `public`.
pub const OLDEST: u32 = 15;

/// The programs `initdb`, `pg_ctl` and `postgres` of one version.
#[derive(Debug, Clone)]
pub struct Binaries {
    folder: PathBuf,
    libraries: Option<PathBuf>,
    major: u32,
}

/// Where to look for them.
#[derive(Debug, Clone)]
pub struct Places {
    /// A folder named by the user; then no other is looked at.
    pub named: Option<PathBuf>,
    /// Folders beside which npm may have put its package: in `web/node_modules` or `node_modules`.
    pub near: Vec<PathBuf>,
    /// Where the package is copied to when it cannot be used where it is.
    pub copies: PathBuf,
}

impl Binaries {
    /// All that serve, best first: the named one alone; else the one on the PATH, Debian's newest
    /// first, Homebrew's, and the one packaged for npm. Each is looked at only when it is asked for.
    pub fn find(places: &Places, identity: &Identity) -> impl Iterator<Item = Self> {
        let named = places.named.iter().filter_map(|folder| {
            let package = || package::of_programs(folder, places, identity);
            Self::at(folder.clone(), None, identity).or_else(package)
        });
        let search = places.named.is_none().then_some(places);
        let installed = search.into_iter().flat_map(|_| installed_folders());
        let installed = installed.filter_map(|folder| Self::at(folder, None, identity));
        let packaged = search.into_iter().filter_map(|places| package::find(places, identity));
        named.chain(installed).chain(packaged)
    }

    /// Those in `folder`, if they run as `identity` and are new enough.
    pub(crate) fn at(
        folder: PathBuf,
        libraries: Option<PathBuf>,
        identity: &Identity,
    ) -> Option<Self> {
        let mut binaries = Self { folder, libraries, major: 0 };
        if !binaries.folder.join("initdb").exists() || !binaries.folder.join("pg_ctl").exists() {
            return None;
        }
        let output = binaries.command("postgres", identity).arg("--version").output().ok()?;
        binaries.major = major(&String::from_utf8_lossy(&output.stdout))?;
        (binaries.major >= OLDEST).then_some(binaries)
    }

    /// The major version, such as 18.
    pub fn major(&self) -> u32 {
        self.major
    }

    /// The folder they are in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A command for one of them.
    pub fn command(&self, program: &str, identity: &Identity) -> Command {
        self.command_at(&self.folder.join(program), identity)
    }

    /// A command for any program that in turn runs one of them.
    pub(crate) fn command_at(&self, program: &Path, identity: &Identity) -> Command {
        let mut command = identity.command(program);
        if let Some(libraries) = &self.libraries {
            command.env("LD_LIBRARY_PATH", libraries).env("DYLD_LIBRARY_PATH", libraries);
        }
        command
    }
}

fn installed_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = on_path().into_iter().collect();
    let mut debian = children(Path::new("/usr/lib/postgresql"));
    debian.sort_by_key(|folder| std::cmp::Reverse(number_at_end(folder)));
    folders.extend(debian.into_iter().map(|version| version.join("bin")));
    for brew in ["/opt/homebrew/opt", "/usr/local/opt"] {
        let mut versions = children(Path::new(brew));
        versions.retain(|path| path.to_string_lossy().contains("/postgresql"));
        versions.sort_by_key(|folder| std::cmp::Reverse(number_at_end(folder)));
        folders.extend(versions.into_iter().map(|version| version.join("bin")));
    }
    folders
}

/// The folder of the `pg_ctl` that a shell would run, with links followed: beside a link there need
/// not be an `initdb`.
fn on_path() -> Option<PathBuf> {
    let output = Command::new("/bin/sh").args(["-c", "command -v pg_ctl"]).output().ok()?;
    let found = String::from_utf8(output.stdout).ok()?;
    let program = Path::new(found.trim()).canonicalize().ok()?;
    program.parent().map(Path::to_path_buf)
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

/// 16 of `…/postgresql@16` or `…/postgresql/16`; 0 where there is none.
fn number_at_end(folder: &Path) -> u32 {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.parse().unwrap_or(0)
}

/// 15 of `postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)`, 18 of `… 18beta1`.
fn major(version: &str) -> Option<u32> {
    let (_, rest) = version.split_once("(PostgreSQL) ")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_what_postgres_says() {
        assert_eq!(major("postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)\n"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major("command not found"), None);
    }

    #[test]
    fn the_newest_folder_is_told_by_its_number() {
        assert_eq!(number_at_end(Path::new("/usr/lib/postgresql/9")), 9);
        assert_eq!(number_at_end(Path::new("/opt/homebrew/opt/postgresql@17")), 17);
        assert_eq!(number_at_end(Path::new("/opt/homebrew/opt/postgresql")), 0);
    }
}
