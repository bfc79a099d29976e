//! What operators ask.

use reqwest::{StatusCode, header};

use crate::app::{Ask, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_its_database_is_alive_and_ready() {
    let app = TestApp::start().await;
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(app.get(path).answer().await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_database_it_is_alive_and_not_ready() {
    let app = TestApp::start().await;
    app.app.store.close().await;
    assert_eq!(app.get("/healthz").answer().await.status, StatusCode::OK);
    let ready = app.get("/readyz").answer().await;
    assert_eq!((ready.status, ready.code()), (StatusCode::SERVICE_UNAVAILABLE, "busy"));
    assert!(ready.headers.contains_key(header::RETRY_AFTER));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_problem_leads_to_a_page_about_it() {
    let app = TestApp::start().await;
    let problem = app.get("/v1/nothing").answer().await;
    let page = app.get(problem.body["type"].as_str().unwrap()).answer().await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.as_str().unwrap().starts_with("# Not found"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_named_and_kept_from_caches_and_frames() {
    let app = TestApp::start().await;
    let answer = app.get("/v1/me").answer().await;
    assert_eq!(answer.headers["x-request-id"], answer.body["request_id"].as_str().unwrap());
    assert_eq!(answer.headers[header::CACHE_CONTROL], "private, no-store");
    assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert!(
        answer.headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .contains("frame-ancestors 'none'")
    );
}
