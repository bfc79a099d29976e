//! Bad bodies: a problem that says what and where, never a defect.

use reqwest::{Method, header};
use serde_json::json;

use crate::app::{Answer, Ask, TestApp};

async fn post(app: &TestApp, kind: &str, body: impl Into<reqwest::Body>) -> Answer {
    app.post("/v1/session").header(header::CONTENT_TYPE, kind).body(body).answer().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_not_json_is_said_to_be_so() {
    let app = TestApp::start().await;
    for body in [&b"hello"[..], b"", b"{\"email\": \"", b"\xff\xfe{}", b"{\"email\": \"\0\"}"] {
        let answer = post(&app, "application/json", body.to_vec()).await;
        assert_eq!(answer.code(), "not-json", "{body:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_or_missing_value_is_pointed_at() {
    let app = TestApp::start().await;
    let wrong = post(&app, "application/json", r#"{"email": 7, "password": "x"}"#).await;
    assert_eq!(wrong.code(), "invalid-body");
    assert_eq!(wrong.body["errors"][0]["pointer"], "/email");
    let missing = post(&app, "application/json", r#"{"email": "a@b.example"}"#).await;
    assert_eq!(missing.body["errors"][0]["detail"], "missing field `password`.");
    let nul = post(&app, "application/json", r#"{"email": "a\u0000b", "password": "x"}"#).await;
    assert_eq!((nul.code(), &nul.body["errors"][0]["pointer"]), ("invalid-body", &json!("/email")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_nests_without_end_is_refused() {
    let app = TestApp::start().await;
    let (open, close) = ("[".repeat(5_000), "]".repeat(5_000));
    for (deep, code) in [
        (open.clone(), "not-json"),
        (format!("{open}{close}"), "invalid-body"),
        (format!(r#"{{"email": {open}{close}, "password": "x"}}"#), "invalid-body"),
    ] {
        let answer = post(&app, "application/json", deep).await;
        assert_eq!(answer.code(), code, "{}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_larger_than_its_limit_is_refused() {
    let app = TestApp::start().await;
    let body = json!({ "email": "a@b.example", "password": "x".repeat(20_000) }).to_string();
    assert_eq!(post(&app, "application/json", body).await.code(), "body-too-large");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_without_its_type_is_refused() {
    let app = TestApp::start().await;
    let body = r#"{"email": "a@b.example", "password": "x"}"#;
    let answer = app.post("/v1/session").body(body).answer().await;
    assert_eq!(answer.code(), "unsupported-media-type");
    assert_eq!(post(&app, "text/plain", body).await.code(), "unsupported-media-type");
    let right = post(&app, "Application/JSON; charset=utf-8", body).await;
    assert_eq!(right.code(), "wrong-credentials");
}

#[tokio::test(flavor = "multi_thread")]
async fn paths_and_methods_that_do_not_exist_are_problems() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/v1/nothing").answer().await.code(), "not-found");
    let method = app.request(Method::PATCH, "/v1/session").answer().await;
    assert_eq!(method.code(), "method-not-allowed");
    assert!(method.headers.contains_key(header::ALLOW));
}
