//! The live feed.

use std::time::Duration;

use futures::StreamExt;
use reqwest::{Method, Response, header};
use serde_json::json;

use crate::app::{Ask, TestApp};

/// Reads until `text` has come, or the feed ends.
async fn read_until(feed: Response, text: &str) -> String {
    let mut read = String::new();
    let mut pieces = feed.bytes_stream();
    let reading = async {
        while !read.contains(text) {
            let Some(piece) = pieces.next().await else { break };
            read.push_str(&String::from_utf8_lossy(&piece.unwrap()));
        }
    };
    tokio::time::timeout(Duration::from_secs(10), reading).await.expect("the feed says something");
    read
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_is_on_the_feed_as_soon_as_it_is_decided() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let globex = app.tenant("globex").await;
    let feed = acme.get("/v1/feed").send().await.unwrap();
    assert_eq!(feed.headers()[header::CONTENT_TYPE], "text/event-stream");
    globex.post("/v1/leads").json(&json!({ "name": "Gus Globex" })).answer().await;
    acme.post("/v1/leads").json(&json!({ "name": "Ada Acme" })).answer().await;
    let read = read_until(feed, "Ada Acme").await;
    assert!(read.starts_with("event: ready\n"), "{read}");
    assert!(read.contains("event: lead\n") && !read.contains("Globex"), "{read}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_goes_on_from_a_time() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let before = app.app.clock.now();
    acme.post("/v1/leads").json(&json!({ "name": "Ada" })).answer().await;
    app.wait(60);
    let feed = acme.get(&format!("/v1/feed?after={before}")).send().await.unwrap();
    assert!(read_until(feed, "Ada").await.contains("event: lead"));
    for bad in ["yesterday", "0000-00-00T00:00:00Z", "+999999-01-01T00:00:00Z"] {
        let answer = acme.get(&format!("/v1/feed?after={bad}")).answer().await;
        assert_eq!(answer.code(), "invalid-request", "{bad}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_feed_before_the_next_lead() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let session = app.sign_in("owner@acme.example", crate::app::PASSWORD).await;
    let token = session.body["access_token"].as_str().unwrap();
    let feed = app.get("/v1/feed").bearer_auth(token).send().await.unwrap();
    app.request(Method::DELETE, "/v1/session")
        .header(header::COOKIE, session.cookie())
        .answer()
        .await;
    acme.post("/v1/leads").json(&json!({ "name": "Ada" })).answer().await;
    let read = read_until(feed, "Ada").await;
    assert!(read.contains("event: ready") && !read.contains("event: lead"), "{read}");
}
