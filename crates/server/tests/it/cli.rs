//! The binary itself.

use std::fs::Permissions;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use reqwest::StatusCode;
use serde_json::{Value, json};

const BINARY: &str = env!("CARGO_BIN_EXE_lead-router");

fn lead_router(arguments: &[&str]) -> Command {
    let mut command = Command::new(BINARY);
    command.args(arguments).stdin(Stdio::null());
    for variable in ["DATABASE_URL", "LEAD_ROUTER_SECRET", "LEAD_ROUTER_DATA", "LEAD_ROUTER_LISTEN"]
    {
        command.env_remove(variable);
    }
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn every_fault_of_the_configuration_is_told_at_once() {
    let data = tempfile::tempdir().unwrap();
    let Output { status, stderr, .. } = lead_router(&["serve", "--listen", "nowhere"])
        .env("LEAD_ROUTER_DATA", data.path())
        .env("LEAD_ROUTER_SECRET", "short")
        .env("DATABASE_URL", "mysql://owner:hunter2@db.test/leads")
        .output()
        .unwrap();
    let said = text(&stderr);
    assert!(!status.success());
    for part in ["--listen", "LEAD_ROUTER_SECRET", "DATABASE_URL"] {
        assert!(said.contains(part), "{said}");
    }
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn help_shows_no_secret_of_the_environment() {
    let help = lead_router(&["serve", "--help"])
        .env("LEAD_ROUTER_SECRET", "0f".repeat(32))
        .env("DATABASE_URL", "postgres://owner:hunter2@db.test/leads")
        .output()
        .unwrap();
    let help = text(&help.stdout);
    assert!(help.contains("DATABASE_URL") && !help.contains("hunter2") && !help.contains("0f0f"));
}

#[test]
fn a_short_password_makes_no_workspace() {
    let place = place();
    let made = create_workspace(place.path(), "short");
    assert!(!made.status.success());
    assert!(text(&made.stderr).contains("at least 12 characters"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_made_on_the_command_line_signs_in_and_takes_leads() {
    lr_testkit::install_tls();
    let place = place();
    let made = create_workspace(place.path(), "correct horse battery");
    assert!(made.status.success(), "{}", text(&made.stderr));
    let said = text(&made.stdout);
    let key = said.lines().find_map(|line| line.strip_prefix("API key")).unwrap().trim();

    let (mut server, origin) = serve(place.path());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let credentials =
        json!({ "email": "ada@northwind.example", "password": "correct horse battery" });
    let session = client.post(format!("{origin}v1/session")).json(&credentials).send().await;
    assert_eq!(session.unwrap().status(), StatusCode::OK);
    let lead = json!({ "email": "grace@initech.example" });
    let lead = client.post(format!("{origin}v1/leads")).bearer_auth(key).json(&lead).send().await;
    let lead: Value = lead.unwrap().json().await.unwrap();
    assert_eq!(lead["state"], "queued");

    rules_are_kept_in_a_file_beside_the_running_server(place.path());

    let stopped = Command::new("kill").arg(server.id().to_string()).status().unwrap();
    assert!(stopped.success());
    assert!(server.wait().unwrap().success(), "SIGTERM ends it cleanly");
    assert!(!place.path().join("data/postgres/postmaster.pid").exists());
}

/// Exports, plans and applies the rules, and reads the exit codes.
fn rules_are_kept_in_a_file_beside_the_running_server(place: &Path) {
    let file = place.join("rules.yaml");
    let rules = |what: &str, file: Option<&Path>, more: &[&str]| {
        let mut command = lead_router(&["rules", what]);
        command.args(file).args(["--workspace", "northwind", "--data"]).arg(place.join("data"));
        let done = command.args(more).output().unwrap();
        (done.status.code(), text(&done.stdout) + &text(&done.stderr))
    };
    let exported = rules("export", None, &[]);
    assert_eq!(exported.0, Some(0), "{}", exported.1);
    std::fs::write(&file, exported.1.replace("Unassigned", "Inbox")).unwrap();
    let planned = rules("plan", Some(&file), &["--exit-code"]);
    assert_eq!(planned.0, Some(2), "{}", planned.1);
    assert!(planned.1.contains("+ queue “Inbox”"), "{}", planned.1);
    assert!(planned.1.contains("1 of 1 leads since"), "{}", planned.1);
    let applied = rules("apply", Some(&file), &["--note", "A better name"]);
    assert_eq!(applied, (Some(0), "Version 2 is in force.\n".to_owned()));
    let again = rules("apply", Some(&file), &[]);
    assert_eq!(again.0, Some(0), "{}", again.1);
    assert_eq!(rules("plan", Some(&file), &["--exit-code"]).0, Some(0));
    std::fs::write(&file, exported.1.replace("queue:", "pool:")).unwrap();
    let refused = rules("apply", Some(&file), &[]);
    assert_eq!(refused.0, Some(1));
    assert!(
        refused.1.contains("catch_all.target.pool: There is no pool `Unassigned`"),
        "{}",
        refused.1
    );
}

/// Where our own Postgres may come even if the test runs as root.
fn place() -> tempfile::TempDir {
    tempfile::Builder::new().permissions(Permissions::from_mode(0o755)).tempdir().unwrap()
}

fn create_workspace(place: &Path, password: &str) -> Output {
    let mut command = lead_router(&["workspace", "create", "--password-stdin"]);
    command.args(["--name", "Northwind", "--slug", "northwind", "--member-name", "Ada"]);
    command.args(["--email", "ada@northwind.example", "--data"]).arg(place.join("data"));
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = piped.spawn().unwrap();
    writeln!(running.stdin.take().unwrap(), "{password}").unwrap();
    running.wait_with_output().unwrap()
}

/// A server on a free port, and the address that it says it answers at.
fn serve(place: &Path) -> (Child, String) {
    let mut command = lead_router(&["serve", "--listen", "127.0.0.1:0", "--data"]);
    let mut server = command
        .arg(place.join("data"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut output = BufReader::new(server.stdout.take().unwrap());
    output.read_line(&mut line).unwrap();
    std::thread::spawn(move || output.read_to_end(&mut Vec::new()));
    let origin = line.split_whitespace().find(|word| word.starts_with("http://"));
    (server, origin.expect("it says where it answers").to_owned())
}
