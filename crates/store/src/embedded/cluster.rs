//! One folder of database files: making it, starting and stopping its server.

use std::fs::{self, DirBuilder};
use std::net::TcpListener;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::embedded::binaries::Binaries;
use crate::embedded::error::EmbeddedError;
use crate::embedded::identity::Identity;
use crate::embedded::postmaster::Postmaster;
use crate::embedded::secrets::write_private;

/// The owner of the database, and the only role that may change its schema.
pub const OWNER: &str = "lr_owner";

/// How often a start is tried: another process may take the free port first, and what is left of a
/// killed server may need a moment to end.
const START_ATTEMPTS: u32 = 5;

/// Longest wait for a server to be ready: after a crash it first replays its log.
const START_TIMEOUT_S: &str = "300";

/// What a server is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A commit survives a power cut, and passwords travel hashed.
    Product,
    /// Nothing need survive, and passwords travel as they are: the hashing of SCRAM takes a build
    /// without optimisation longer than many a test.
    Tests,
}

/// The database files in `folder`, with the programs and the user to run them.
#[derive(Debug, Clone)]
pub struct Cluster {
    folder: PathBuf,
    binaries: Binaries,
    identity: Identity,
}

impl Cluster {
    /// Names them; nothing is touched yet.
    pub fn new(folder: PathBuf, binaries: Binaries, identity: Identity) -> Self {
        Self { folder, binaries, identity }
    }

    /// The folder of the database files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A script for `/bin/sh`, run as the user that the server runs as and able to run its programs
    /// (`$PG` is the folder of them). The first argument to be added is `$1`.
    pub fn script(&self, text: &str) -> Command {
        let mut command = self.binaries.command_at(Path::new("/bin/sh"), &self.identity);
        command.env("PG", self.binaries.folder()).env("PATH", "/usr/bin:/bin");
        command.args(["-c", text, "sh"]);
        command
    }

    fn command(&self, program: &str) -> Command {
        self.binaries.command(program, &self.identity)
    }

    /// The major version that made the files in `folder`; `None` where there are none.
    pub fn made_by(folder: &Path) -> Option<u32> {
        fs::read_to_string(folder.join("PG_VERSION")).ok()?.trim().parse().ok()
    }

    /// Makes the files, with one role, [`OWNER`], who signs in by `password`.
    ///
    /// They get their name when they are whole, so that a start that was cut short leaves nothing
    /// behind that looks like a database.
    ///
    /// # Errors
    /// [`EmbeddedError::Program`] if `initdb` fails.
    pub fn create(&self, password: &str, purpose: Purpose) -> Result<(), EmbeddedError> {
        let partial = self.folder.with_extension("new");
        let password_file = self.folder.with_extension("password");
        let _ = fs::remove_dir_all(&partial);
        DirBuilder::new().mode(0o700).create(&partial).map_err(EmbeddedError::file(&partial))?;
        self.identity.give(&partial)?;
        write_private(&password_file, password)?;
        self.identity.give(&password_file)?;
        let mut initdb = self.command("initdb");
        initdb.arg("-D").arg(&partial).arg("--pwfile").arg(&password_file);
        initdb.args(["-U", OWNER, "-E", "UTF8", "--locale=C"]);
        match purpose {
            Purpose::Product => initdb.arg("--auth=scram-sha-256"),
            Purpose::Tests => initdb.args(["--auth=password", "--no-sync"]),
        };
        let made = run("initdb", &mut initdb);
        let _ = fs::remove_file(&password_file);
        made?;
        fs::rename(&partial, &self.folder).map_err(EmbeddedError::file(&self.folder))
    }

    /// The live server of these files, if there is one.
    pub fn postmaster(&self) -> Option<Postmaster> {
        Postmaster::of(&self.folder)
    }

    /// Starts the server on a free port of 127.0.0.1 and waits until it takes connections.
    ///
    /// # Errors
    /// [`EmbeddedError::Program`] with the end of its log if it does not come up.
    pub fn start(&self, purpose: Purpose) -> Result<Postmaster, EmbeddedError> {
        self.forget_dead_server()?;
        let mut attempt = 1;
        loop {
            match self.try_start(purpose) {
                Ok(()) => break,
                Err(error) if attempt == START_ATTEMPTS => return Err(error),
                Err(_) => thread::sleep(Duration::from_millis(300) * attempt),
            }
            attempt += 1;
        }
        self.postmaster().ok_or_else(|| self.failed("postgres"))
    }

    /// Stops the server: sessions are ended, everything is written, nothing needs recovery.
    ///
    /// # Errors
    /// [`EmbeddedError::Program`] if it does not stop within a minute.
    pub fn stop(&self) -> Result<(), EmbeddedError> {
        if self.postmaster().is_none() {
            return Ok(());
        }
        let mut stop = self.pg_ctl();
        run("pg_ctl stop", stop.args(["stop", "-m", "fast", "-w", "-t", "60"]))
    }

    fn try_start(&self, purpose: Purpose) -> Result<(), EmbeddedError> {
        let mut settings = format!(
            "-c port={} -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
             -c log_min_error_statement=panic -c log_error_verbosity=terse",
            free_port().map_err(EmbeddedError::file(Path::new("127.0.0.1")))?
        );
        if purpose == Purpose::Tests {
            settings.push_str(
                " -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
                 -c max_connections=300",
            );
        }
        let mut start = self.pg_ctl();
        start.args(["start", "-w", "-s", "-t", START_TIMEOUT_S, "-o", &settings]);
        start.arg("-l").arg(self.log());
        // The server outlives pg_ctl and keeps what it inherits: a pipe would never end.
        let status = start.stdout(Stdio::null()).stderr(Stdio::null()).status();
        match status {
            Ok(status) if status.success() => Ok(()),
            _ => Err(self.failed("postgres")),
        }
    }

    fn pg_ctl(&self) -> Command {
        let mut command = self.command("pg_ctl");
        command.arg("-D").arg(&self.folder);
        command
    }

    /// Only errors without row values go there: the settings above keep statements and details out.
    fn log(&self) -> PathBuf {
        self.folder.join("server.log")
    }

    fn failed(&self, program: &str) -> EmbeddedError {
        let log = fs::read(self.log()).unwrap_or_default();
        EmbeddedError::Program { program: program.to_owned(), output: end_of(&log) }
    }

    /// Postgres refuses to start while the process named in its file lives, even if that number now
    /// belongs to something else.
    fn forget_dead_server(&self) -> Result<(), EmbeddedError> {
        let file = self.folder.join("postmaster.pid");
        if file.exists() && self.postmaster().is_none() {
            fs::remove_file(&file).map_err(EmbeddedError::file(&file))?;
        }
        Ok(())
    }
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn run(name: &str, command: &mut Command) -> Result<(), EmbeddedError> {
    let failed = |output| EmbeddedError::Program { program: name.to_owned(), output };
    let output = command.output().map_err(|error| failed(error.to_string()))?;
    if output.status.success() { Ok(()) } else { Err(failed(end_of(&output.stderr))) }
}

/// The last lines, on one.
fn end_of(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let lines: Vec<&str> = text.lines().rev().filter(|line| !line.trim().is_empty()).collect();
    let last: Vec<&str> = lines.into_iter().take(5).rev().map(str::trim).collect();
    last.join("; ")
}
