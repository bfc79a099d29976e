//! The server under test: the demo without its stream, on a Postgres of its own.

use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, bail};
use lr_store::embedded::postmaster::Postmaster;
use lr_store::embedded::secrets::Secrets;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// Long enough to make a year of leads.
const START: Duration = Duration::from_secs(600);

/// Long enough to stop Postgres.
const STOP: Duration = Duration::from_secs(60);

/// A running demo; killed if it is dropped without being stopped.
pub struct Demo {
    process: Child,
    origin: String,
    key: String,
    scratch: TempDir,
}

impl Demo {
    /// Starts it in a scratch folder and waits until it has said where it is.
    pub async fn start(binary: &Path) -> anyhow::Result<Self> {
        let scratch = TempDir::new()?;
        // For root, Postgres runs as another user, who must be let through to its files.
        set_permissions(scratch.path(), Permissions::from_mode(0o755))?;
        let mut command = Command::new(binary);
        command.args(["demo", "--no-stream", "--listen", "127.0.0.1:0", "--data"]);
        command.arg(data(&scratch)).env_remove("DATABASE_URL");
        // Its log would drown the report.
        command.env("RUST_LOG", "warn");
        let mut process = command.stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let output = process.stdout.take().context("its output is piped")?;
        let (origin, key) = timeout(START, listen(BufReader::new(output))).await??;
        Ok(Self { process, origin, key, scratch })
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A key that may send leads.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The port of its Postgres, and the password of the owner.
    pub fn postgres(&self) -> anyhow::Result<(u16, String)> {
        let data = data(&self.scratch);
        let running = Postmaster::of(&data.join("postgres")).context("its Postgres runs")?;
        let secrets = Secrets::load(&data.join("postgres.secrets"))?.context("it has passwords")?;
        Ok((running.port, secrets.owner().to_owned()))
    }

    /// Ends it as an operator would.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let id = self.process.id().context("it runs")?.to_string();
        Command::new("kill").args(["-TERM", &id]).status().await?;
        let status = timeout(STOP, self.process.wait()).await??;
        if !status.success() {
            bail!("the demo ended with {status}");
        }
        Ok(())
    }
}

fn data(scratch: &TempDir) -> PathBuf {
    scratch.path().join("data")
}

/// Reads what it says until its key, and goes on reading, so that it is never held up.
async fn listen(
    output: BufReader<tokio::process::ChildStdout>,
) -> anyhow::Result<(String, String)> {
    let mut lines = output.lines();
    let mut origin = None;
    while let Some(line) = lines.next_line().await? {
        let mut words = line.split_whitespace();
        if let Some(url) = words.clone().find(|word| word.starts_with("http://")) {
            origin = Some(url.trim_end_matches('/').to_owned());
        }
        let Some(key) = words.find(|word| word.starts_with("lr_")) else { continue };
        let key = key.to_owned();
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        return Ok((origin.context("the demo named a key before its address")?, key));
    }
    bail!("the demo ended before it was ready")
}
