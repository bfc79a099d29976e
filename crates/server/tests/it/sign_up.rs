//! Opening a workspace, and belonging to several.

use std::sync::Arc;

use axum::extract::State;
use lr_app::context::App;
use lr_server::http::development::{MailsQuery, list_mails};
use lr_server::http::params::Query;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::app::{Answer, Ask, PASSWORD, TestApp};
use crate::mails::{kinds, mails, token};

const ADA: &str = "ada@initech.example";

async fn sign_up(app: &TestApp, change: Value) -> Answer {
    let mut body = json!({
        "workspace": "Initech Ltd.", "name": "Ada Lovelace", "email": ADA, "password": PASSWORD,
    });
    body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    app.post("/v1/sign-up").json(&body).answer().await
}

async fn confirm(app: &TestApp, token: &str, password: &str) -> Answer {
    let body = json!({ "token": token, "password": password });
    app.post("/v1/sign-up/confirm").json(&body).answer().await
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_opens_a_workspace_once_his_address_is_proved() {
    let app = TestApp::start().await;
    let asked = sign_up(&app, json!({})).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED);
    assert_eq!(app.sign_in(ADA, PASSWORD).await.code(), "wrong-credentials");

    let session = confirm(&app, &token(&app, ADA).await, PASSWORD).await;
    assert_eq!(session.status, StatusCode::OK, "{session:?}");
    assert_eq!(session.body["workspace"]["slug"], "initech-ltd");
    assert_eq!(session.body["member"]["role"], "owner");
    assert!(session.cookie().starts_with("lr_refresh="));
    assert_eq!(app.sign_in(ADA, PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_works_once_for_a_day_with_its_password_only() {
    let app = TestApp::start().await;
    sign_up(&app, json!({})).await;
    let link = token(&app, ADA).await;
    assert_eq!(confirm(&app, &link, "incorrect horse").await.code(), "wrong-credentials");
    assert_eq!(confirm(&app, "made-up", PASSWORD).await.code(), "link-over");
    assert_eq!(confirm(&app, &link, PASSWORD).await.status, StatusCode::OK);
    assert_eq!(confirm(&app, &link, PASSWORD).await.code(), "link-over");

    sign_up(&app, json!({ "email": "grace@initech.example" })).await;
    let link = token(&app, "grace@initech.example").await;
    app.wait(24 * 3600);
    assert_eq!(confirm(&app, &link, PASSWORD).await.code(), "link-over");
}

#[tokio::test(flavor = "multi_thread")]
async fn whether_an_address_is_known_is_told_to_its_reader_alone() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    let known = sign_up(&app, json!({ "email": "Owner@acme.example" })).await;
    let unknown = sign_up(&app, json!({})).await;
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
    assert_eq!(kinds(&app, "owner@acme.example").await, ["sign_up_known"]);
    assert_eq!(kinds(&app, ADA).await, ["sign_up"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_an_account_adds_a_workspace_with_the_password_of_that_account() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    let owner = "owner@acme.example";
    sign_up(&app, json!({ "email": owner, "password": "a stranger's choice" })).await;
    let link = token(&app, owner).await;
    let stranger = confirm(&app, &link, "a stranger's choice").await;
    assert_eq!(stranger.code(), "wrong-credentials");
    let session = confirm(&app, &link, PASSWORD).await;
    assert_eq!(session.body["workspace"]["slug"], "initech-ltd", "{session:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workspaces_of_one_name_get_slugs_of_their_own() {
    let app = TestApp::start().await;
    let mut slugs = Vec::new();
    for email in [ADA, "grace@initech.example"] {
        sign_up(&app, json!({ "email": email })).await;
        let session = confirm(&app, &token(&app, email).await, PASSWORD).await;
        slugs.push(session.body["workspace"]["slug"].as_str().unwrap().to_owned());
    }
    assert_eq!(slugs[0], "initech-ltd");
    assert!(slugs[1].starts_with("initech-ltd-"), "{slugs:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_sign_up_is_told_what_is_bad() {
    let app = TestApp::start().await;
    for (change, pointer) in [
        (json!({ "workspace": " " }), "/workspace"),
        (json!({ "name": "A\nB" }), "/name"),
        (json!({ "email": "ada" }), "/email"),
        (json!({ "password": "short" }), "/password"),
        (json!({ "password": "qwertyqwerty" }), "/password"),
        (json!({ "password": "Initech-2026!" }), "/password"),
        (json!({ "password": "ada@initech.example" }), "/password"),
    ] {
        let refused = sign_up(&app, change).await;
        assert_eq!(refused.code(), "invalid-body");
        assert_eq!(refused.body["errors"][0]["pointer"], pointer);
    }
    assert!(mails(&app, ADA).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_gets_few_mails_an_hour_and_nobody_is_told() {
    let app = TestApp::start().await;
    for _ in 0..7 {
        assert_eq!(sign_up(&app, json!({})).await.status, StatusCode::ACCEPTED);
    }
    assert_eq!(mails(&app, ADA).await.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_developers_installation_shows_its_mails() {
    let app = TestApp::start().await;
    let public = Arc::new(App { development: false, ..App::clone(&app.app) });
    let query: MailsQuery = serde_json::from_value(json!({})).unwrap();
    let refused = list_mails(State(public), Query(query)).await;
    assert_eq!(refused.err().unwrap().code().name(), "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_mail_says_is_not_readable_in_the_database() {
    let app = TestApp::start().await;
    sign_up(&app, json!({})).await;
    let link = token(&app, ADA).await;
    let mut tx = app.app.store.system().await.unwrap();
    let sealed = tx.mails(Some(ADA), 1).await.unwrap().remove(0).sealed;
    assert!(!sealed.windows(8).any(|part| link.as_bytes().starts_with(part)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_of_two_workspaces_goes_from_one_to_the_other() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let owner = "owner@acme.example";
    sign_up(&app, json!({ "email": owner })).await;
    confirm(&app, &token(&app, owner).await, PASSWORD).await;

    let mine = acme.get("/v1/me/workspaces").answer().await.body;
    let names = |of: &str| -> Vec<Value> {
        mine["items"].as_array().unwrap().iter().map(|one| one[of].clone()).collect()
    };
    assert_eq!(names("slug"), ["acme", "initech-ltd"]);
    assert_eq!(names("current"), [true, false]);

    let to = json!({ "workspace_id": mine["items"][1]["id"] });
    let there = acme.post("/v1/session/workspace").json(&to).answer().await;
    assert_eq!(there.body["workspace"]["slug"], "initech-ltd", "{there:?}");
    assert_eq!(acme.get("/v1/me").answer().await.code(), "signed-out");
    let token = there.body["access_token"].as_str().unwrap();
    let me = app.get("/v1/me").bearer_auth(token).answer().await;
    assert_eq!(me.body["workspace"]["slug"], "initech-ltd");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_goes_over_to_a_workspace_that_is_not_his() {
    let app = TestApp::start().await;
    let (acme, globex) = (app.tenant("acme").await, app.tenant("globex").await);
    for id in [globex.made.id.to_string(), "ws_00000000000000000000000000000000".to_owned()] {
        let body = json!({ "workspace_id": id });
        let refused = acme.post("/v1/session/workspace").json(&body).answer().await;
        assert_eq!(refused.code(), "not-found");
    }
    assert_eq!(acme.get("/v1/me").answer().await.status, StatusCode::OK);
}
