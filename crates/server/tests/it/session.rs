//! Signing in, staying signed in, signing out.

use reqwest::{Method, StatusCode, header};

use crate::app::{Answer, Ask, PASSWORD, TestApp};

const OWNER: &str = "owner@acme.example";

async fn refresh(app: &TestApp, cookie: &str) -> Answer {
    app.post("/v1/session/refresh").header(header::COOKIE, cookie).answer().await
}

async fn me(app: &TestApp, session: &Answer) -> Answer {
    let token = session.body["access_token"].as_str().unwrap();
    app.get("/v1/me").bearer_auth(token).answer().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_signs_in_and_learns_who_and_where() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    let session = app.sign_in("  Owner@ACME.example ", PASSWORD).await;
    assert_eq!(session.status, StatusCode::OK);
    assert_eq!(session.body["expires_in_s"], 600);
    assert_eq!(session.body["member"]["role"], "owner");
    assert_eq!(session.body["workspace"]["slug"], "acme");
    let cookie = session.set_cookie().unwrap();
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/v1/session", "Max-Age=1209600"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert_eq!(me(&app, &session).await.body["member"]["email"], OWNER);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_password_and_unknown_account_are_answered_alike() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    let wrong = app.sign_in(OWNER, "incorrect horse").await;
    let unknown = app.sign_in("nobody@acme.example", PASSWORD).await;
    assert_eq!((wrong.status, wrong.code()), (StatusCode::UNAUTHORIZED, "wrong-credentials"));
    assert_eq!(wrong.body["detail"], unknown.body["detail"]);
    assert_eq!(unknown.code(), "wrong-credentials");
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_slowed_down() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    app.wait(3600);
    for _ in 0..5 {
        assert_eq!(app.sign_in(OWNER, "incorrect horse").await.code(), "wrong-credentials");
    }
    let refused = app.sign_in(OWNER, PASSWORD).await;
    assert_eq!(refused.code(), "too-many-attempts");
    assert_eq!(refused.headers[header::RETRY_AFTER], "31");
    app.wait(31);
    assert_eq!(app.sign_in(OWNER, PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_token_ends_after_ten_minutes_and_is_refreshed() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    let first = app.sign_in(OWNER, PASSWORD).await;
    app.wait(600);
    assert_eq!(me(&app, &first).await.code(), "signed-out");
    let second = refresh(&app, &first.cookie()).await;
    assert_eq!(second.status, StatusCode::OK);
    assert_ne!(second.cookie(), first.cookie());
    assert_eq!(me(&app, &second).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_used_again_ends_the_session_for_thief_and_owner() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    let first = app.sign_in(OWNER, PASSWORD).await;
    let second = refresh(&app, &first.cookie()).await;
    app.wait(11);
    assert_eq!(refresh(&app, &first.cookie()).await.code(), "signed-out");
    assert_eq!(refresh(&app, &second.cookie()).await.code(), "signed-out");
    assert_eq!(me(&app, &second).await.code(), "signed-out");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_that_refresh_at_once_both_stay_signed_in_on_one_chain() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    let first = app.sign_in(OWNER, PASSWORD).await;
    let cookie = first.cookie();
    let (one, other) = tokio::join!(refresh(&app, &cookie), refresh(&app, &cookie));
    assert_eq!((one.status, other.status), (StatusCode::OK, StatusCode::OK));
    let next: Vec<&str> = [&one, &other].into_iter().filter_map(Answer::set_cookie).collect();
    assert_eq!(next.len(), 1, "only one of them continues the chain");
    app.wait(11);
    let next = if one.set_cookie().is_some() { one.cookie() } else { other.cookie() };
    assert_eq!(refresh(&app, &next).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_come_back_for_two_weeks_is_signed_out() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    let session = app.sign_in(OWNER, PASSWORD).await;
    app.wait(14 * 24 * 3600);
    assert_eq!(refresh(&app, &session.cookie()).await.code(), "signed-out");
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_and_takes_the_cookie_back() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    let session = app.sign_in(OWNER, PASSWORD).await;
    assert_eq!(me(&app, &session).await.status, StatusCode::OK);
    let out = app
        .request(Method::DELETE, "/v1/session")
        .header(header::COOKIE, session.cookie())
        .answer()
        .await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert!(out.set_cookie().unwrap().contains("Max-Age=0"));
    assert_eq!(me(&app, &session).await.code(), "signed-out");
    assert_eq!(refresh(&app, &session.cookie()).await.code(), "signed-out");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_token_nonsense_and_a_made_up_key_are_told_apart() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/v1/me").answer().await.code(), "signed-out");
    let nonsense = app.get("/v1/me").bearer_auth("nonsense").answer().await;
    assert_eq!(nonsense.code(), "signed-out");
    assert_eq!(nonsense.headers[header::WWW_AUTHENTICATE], "Bearer");
    let made_up = app.get("/v1/me").bearer_auth("lr_abcdefgh_made-up").answer().await;
    assert_eq!(made_up.code(), "wrong-api-key");
    assert_eq!(refresh(&app, "lr_refresh=made-up").await.code(), "signed-out");
    assert_eq!(app.post("/v1/session/refresh").answer().await.code(), "signed-out");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_key_is_no_person() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let key = acme.made.api_key.token().reveal();
    assert_eq!(app.get("/v1/me").bearer_auth(key).answer().await.code(), "not-permitted");
}
