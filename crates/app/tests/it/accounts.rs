//! Workspaces, keys and sessions on a real database.

use jiff::{SignedDuration, Timestamp};
use lr_app::accounts::caller::{Caller, identify};
use lr_app::accounts::password::Password;
use lr_app::accounts::sign_in::{Credentials, SignInError, sign_in};
use lr_app::accounts::workspace::slug::Slug;
use lr_app::accounts::workspace::{MadeWorkspace, MakeError, NewMember, NewWorkspace, make};
use lr_app::clock::Clock;
use lr_app::context::App;
use lr_app::ids::Ids;
use lr_app::keys::MasterSecret;
use lr_connectors::egress::Egress;
use lr_connectors::http::HttpClient;
use lr_core::normalise::email::Email;
use lr_store::sessions::Device;
use lr_testkit::TestDb;

use crate::shop::NOON;

const PASSWORD: &str = "correct horse battery";

/// An application that remembers nothing of what another on the same database has asked.
fn app(db: &TestDb, clock: &Clock) -> App {
    let http = HttpClient::new(Egress::AllowLoopback).unwrap();
    App::new(db.store(), clock.clone(), Ids::System, &MasterSecret::new([7; 32]), http)
}

fn noon() -> Clock {
    Clock::fixed(NOON.parse().unwrap())
}

async fn made(app: &App, slug: &str, password: &str) -> Result<MadeWorkspace, MakeError> {
    let owner = NewMember {
        name: "Ada".to_owned(),
        email: Email::parse("ada@northwind.example").unwrap(),
        password: Password::choose(password.to_owned()).unwrap(),
    };
    make(
        app,
        NewWorkspace { name: "Northwind".to_owned(), slug: Slug::parse(slug).unwrap(), owner },
    )
    .await
}

async fn signed_in(app: &App, password: &str) -> Result<String, SignInError> {
    let password = Password::attempt(password.to_owned()).unwrap();
    let device = Device { address: "198.51.100.7".to_owned(), user_agent: String::new() };
    let credentials = Credentials { email: "Ada@Northwind.example".to_owned(), password };
    Ok(sign_in(app, credentials, &device).await?.member.slug)
}

#[tokio::test]
async fn a_taken_slug_makes_nothing() {
    let db = lr_testkit::database().await;
    let app = app(&db, &noon());
    made(&app, "northwind", PASSWORD).await.unwrap();
    let again = made(&app, "northwind", PASSWORD).await;
    assert!(matches!(again, Err(MakeError::SlugTaken)));
    assert_eq!(app.store.system().await.unwrap().workspaces().await.unwrap().len(), 1);
}

#[tokio::test]
async fn who_has_an_account_keeps_the_password_with_a_second_workspace() {
    let db = lr_testkit::database().await;
    let app = app(&db, &noon());
    assert!(!made(&app, "northwind", PASSWORD).await.unwrap().had_account);
    assert!(made(&app, "southwind", "another password").await.unwrap().had_account);
    assert_eq!(signed_in(&app, PASSWORD).await.unwrap(), "northwind");
    assert!(matches!(
        signed_in(&app, "another password").await,
        Err(SignInError::WrongCredentials)
    ));
}

#[tokio::test]
async fn a_revoked_key_opens_nothing() {
    let db = lr_testkit::database().await;
    let clock = noon();
    let made = made(&app(&db, &clock), "northwind", PASSWORD).await.unwrap();
    let token = made.api_key.token().reveal();
    let Some(Caller::ApiKey(key)) = identify(&app(&db, &clock), token).await.unwrap() else {
        panic!("the key is good");
    };
    assert_eq!(key.workspace, made.id);
    assert!(identify(&app(&db, &clock), &token.to_lowercase()).await.unwrap().is_none());

    let mut tx = db.store().begin(made.id).await.unwrap();
    assert!(tx.revoke_api_key(key.id, clock.now()).await.unwrap());
    tx.commit().await.unwrap();
    assert!(identify(&app(&db, &clock), token).await.unwrap().is_none());
}

#[tokio::test]
async fn the_use_of_a_key_is_noted_at_most_once_a_minute() {
    let db = lr_testkit::database().await;
    let clock = noon();
    let start = clock.now();
    let made = made(&app(&db, &clock), "northwind", PASSWORD).await.unwrap();
    let mut noted: Vec<Timestamp> = Vec::new();
    for second in [0, 59, 60] {
        clock.set(start + SignedDuration::from_secs(second));
        identify(&app(&db, &clock), made.api_key.token().reveal()).await.unwrap();
        let mut tx = db.store().begin(made.id).await.unwrap();
        let keys = tx.api_keys(None).await.unwrap();
        noted.extend(keys.first().and_then(|key| key.last_used_at));
    }
    assert_eq!(noted, [start, start, start + SignedDuration::from_secs(60)]);
}
