//! The server process of a data folder, as its `postmaster.pid` tells.

use std::fs;
use std::path::Path;
use std::process::Command;

use rustix::process::{Pid, test_kill_process};

/// A running server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Postmaster {
    /// Its process id.
    pub process: i32,
    /// The port it listens on.
    pub port: u16,
}

impl Postmaster {
    /// The live server of `folder`, if there is one.
    ///
    /// The file outlives a server that was killed, and its number may since belong to some other
    /// process (in a restarted container it nearly always does), so the process is looked at as well.
    pub fn of(folder: &Path) -> Option<Self> {
        let file = fs::read_to_string(folder.join("postmaster.pid")).ok()?;
        let postmaster = parse(&file)?;
        is_postgres_of(postmaster.process, folder).then_some(postmaster)
    }
}

/// Lines: process id, data folder, start time, port, … of
/// <https://www.postgresql.org/docs/current/storage-file-layout.html>.
fn parse(file: &str) -> Option<Postmaster> {
    let mut lines = file.lines();
    let process = lines.next()?.trim().parse().ok()?;
    let port = lines.nth(2)?.trim().parse().ok()?;
    Some(Postmaster { process, port })
}

fn is_postgres_of(process: i32, folder: &Path) -> bool {
    let Some(pid) = Pid::from_raw(process) else { return false };
    if test_kill_process(pid).is_err_and(|error| error == rustix::io::Errno::SRCH) {
        return false;
    }
    // A server works in its data folder. Where that cannot be seen, its name must do.
    if let Ok(at) = fs::read_link(format!("/proc/{process}/cwd")) {
        return folder.canonicalize().is_ok_and(|folder| folder == at);
    }
    let id = process.to_string();
    let output = Command::new("ps").args(["-p", &id, "-o", "comm="]).output();
    output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("postgres"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_process_and_port_are_read_from_its_file() {
        let file = "4711\n/data/postgres\n1764000000\n54321\n\n127.0.0.1\n  123 4\nready   \n";
        assert_eq!(parse(file), Some(Postmaster { process: 4711, port: 54321 }));
        assert_eq!(parse("4711\n/data/postgres\n"), None);
    }

    #[test]
    fn a_number_that_now_belongs_to_another_process_is_no_server() {
        let folder = std::env::temp_dir();
        let ourselves = i32::try_from(std::process::id()).unwrap();
        assert!(!is_postgres_of(ourselves, &folder.join("no-such-folder")));
    }
}
