//! What operators ask.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use lr_app::context::App;
use lr_server::http::router;
use lr_server::web::Site;
use reqwest::{StatusCode, header};
use tower::ServiceExt;

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
    let test = TestApp::start().await;
    // A router without the jobs and feeds of a whole server, whose database may then go away.
    let db = lr_testkit::database().await;
    let app = Arc::new(App { store: db.store(), ..(*test.app).clone() });
    let state = test.state(Arc::clone(&app));
    app.store.close().await;
    let ask = async |path: &str| {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        router(state.clone(), Site::default()).oneshot(request).await.unwrap()
    };
    assert_eq!(ask("/healthz").await.status(), StatusCode::OK);
    let ready = ask("/readyz").await;
    assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(ready.headers().contains_key(header::RETRY_AFTER));
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
