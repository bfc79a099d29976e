//! API keys: made, used, rotated, revoked.

use lr_store::api_keys::Scope;
use lr_store::members::Role;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::app::{Answer, Ask, Tenant, TestApp};

async fn make(acme: &Tenant<'_>, body: Value) -> Answer {
    acme.post("/v1/api-keys").json(&body).answer().await
}

async fn list(app: &TestApp, secret: &Value) -> StatusCode {
    app.get("/v1/leads").bearer_auth(secret.as_str().unwrap()).answer().await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_made_shown_once_used_and_listed() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let made = make(&acme, json!({ "name": " Warehouse ", "scopes": ["read", "ingest"] })).await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    let secret = &made.body["secret"];
    assert!(secret.as_str().unwrap().starts_with(made.body["key"]["prefix"].as_str().unwrap()));
    assert_eq!(list(&app, secret).await, StatusCode::OK);

    let keys = acme.get("/v1/api-keys").answer().await.body;
    let key = &keys["items"][1];
    assert_eq!(key["name"], "Warehouse");
    assert_eq!(key["scopes"], json!(["ingest", "read"]));
    assert_eq!(key["made_by"]["name"], "Ada Lovelace");
    assert_eq!(key["last_used_at"], "2026-02-04T12:00:00Z");
    assert_eq!(keys["items"][0]["made_by"], json!({ "id": "operator" }));
    assert!(!keys.to_string().contains(secret.as_str().unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_a_key_is_refused_with_the_place() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    for (body, pointer) in [
        (json!({ "name": "  ", "scopes": ["read"] }), "/name"),
        (json!({ "name": "A", "scopes": [] }), "/scopes"),
        (
            json!({ "name": "A", "scopes": ["read"], "expires_at": "2020-01-01T00:00:00Z" }),
            "/expires_at",
        ),
    ] {
        let refused = make(&acme, body).await;
        assert_eq!(refused.body["errors"][0]["pointer"], pointer, "{refused:?}");
    }
    let viewer = acme.colleague(Role::Viewer).await;
    assert_eq!(viewer.get("/v1/api-keys").answer().await.code(), "not-permitted");
    let program = acme.program(&[Scope::Admin]).await;
    assert_eq!(program.get("/v1/api-keys").answer().await.code(), "not-permitted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_expires() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let soon = json!({ "name": "A", "scopes": ["read"], "expires_at": "2026-02-04T12:01:00Z" });
    let secret = make(&acme, soon).await.body["secret"].clone();
    assert_eq!(list(&app, &secret).await, StatusCode::OK);
    app.wait(60);
    assert_eq!(list(&app, &secret).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotated_key_has_two_secrets_for_as_long_as_was_said() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let made = make(&acme, json!({ "name": "A", "scopes": ["read"] })).await.body;
    let path = format!("/v1/api-keys/{}/rotate", made["key"]["id"].as_str().unwrap());
    let rotate =
        |seconds: u32| acme.post(&path).json(&json!({ "old_secret_works_s": seconds })).answer();
    let second = rotate(60).await.body;
    assert_eq!(second["key"]["old_secret_until"], "2026-02-04T12:01:00Z");
    for secret in [&made["secret"], &second["secret"]] {
        assert_eq!(list(&app, secret).await, StatusCode::OK);
    }
    app.wait(60);
    assert_eq!(list(&app, &made["secret"]).await, StatusCode::UNAUTHORIZED);
    assert_eq!(list(&app, &second["secret"]).await, StatusCode::OK);
    assert!(acme.get("/v1/api-keys").answer().await.body["items"][1]["old_secret_until"].is_null());

    let third = rotate(0).await.body;
    assert_eq!(list(&app, &second["secret"]).await, StatusCode::UNAUTHORIZED);
    assert_eq!(list(&app, &third["secret"]).await, StatusCode::OK);
    assert_eq!(rotate(2_592_001).await.body["errors"][0]["pointer"], "/old_secret_works_s");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_is_refused_at_once_and_with_it_its_older_secret() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let made = make(&acme, json!({ "name": "A", "scopes": ["read"] })).await.body;
    let path = format!("/v1/api-keys/{}", made["key"]["id"].as_str().unwrap());
    let body = json!({ "old_secret_works_s": 3600 });
    let second = acme.post(&format!("{path}/rotate")).json(&body).answer().await.body;
    for secret in [&made["secret"], &second["secret"]] {
        assert_eq!(list(&app, secret).await, StatusCode::OK);
    }
    let revoke = || acme.request(Method::DELETE, &path).answer();
    assert_eq!(revoke().await.status, StatusCode::NO_CONTENT);
    for secret in [&made["secret"], &second["secret"]] {
        assert_eq!(list(&app, secret).await, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(revoke().await.code(), "not-found");
}
