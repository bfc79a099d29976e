//! What people do about their own account: sessions, password, address, name.

use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::app::{Answer, Ask, PASSWORD, TestApp};
use crate::mails::{kinds, token};

const OWNER: &str = "owner@acme.example";
const OTHER_PASSWORD: &str = "another horse's battery";

async fn me(app: &TestApp, session: &Answer) -> Answer {
    let token = session.body["access_token"].as_str().unwrap();
    app.get("/v1/me").bearer_auth(token).answer().await
}

async fn sessions(app: &TestApp, session: &Answer) -> Vec<Value> {
    let token = session.body["access_token"].as_str().unwrap();
    let list = app.get("/v1/me/sessions").bearer_auth(token).answer().await;
    list.body["items"].as_array().unwrap().clone()
}

async fn send(app: &TestApp, session: &Answer, method: Method, path: &str, body: Value) -> Answer {
    let token = session.body["access_token"].as_str().unwrap();
    app.request(method, path).bearer_auth(token).json(&body).answer().await
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_listed_with_device_and_times_and_end_one_by_one() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    let phone = json!({ "email": OWNER, "password": PASSWORD });
    let agent = "Mozilla/5.0 (Android 16; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0";
    let phone = app.post("/v1/session").header(header::USER_AGENT, agent).json(&phone);
    let phone = phone.answer().await;
    app.wait(60);
    let here = app.sign_in(OWNER, PASSWORD).await;

    let listed = sessions(&app, &here).await;
    assert_eq!(listed.len(), 3);
    assert_eq!(listed[0]["current"], true);
    assert_eq!(listed[0]["workspace"], "Northwind");
    let there = listed.iter().find(|one| one["device"] == "Firefox on Android").unwrap();
    assert_eq!((&there["current"], &there["address"]), (&json!(false), &json!("127.0.0.1")));

    let path = format!("/v1/me/sessions/{}", there["id"].as_str().unwrap());
    let ended = send(&app, &here, Method::DELETE, &path, json!({})).await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT);
    assert_eq!(me(&app, &phone).await.code(), "signed-out");
    assert_eq!(me(&app, &here).await.status, StatusCode::OK);
    let again = send(&app, &here, Method::DELETE, &path, json!({})).await;
    assert_eq!(again.code(), "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_other_sessions_end_at_once() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    let there = app.sign_in(OWNER, PASSWORD).await;
    let here = app.sign_in(OWNER, PASSWORD).await;
    assert_eq!(me(&app, &there).await.status, StatusCode::OK);
    send(&app, &here, Method::DELETE, "/v1/me/sessions", json!({})).await;
    assert_eq!(me(&app, &there).await.code(), "signed-out");
    assert_eq!(sessions(&app, &here).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_is_the_last_use_and_a_session_left_alone_disappears() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    let here = app.sign_in(OWNER, PASSWORD).await;
    app.wait(7 * 24 * 3600);
    let refresh = app.post("/v1/session/refresh").header(header::COOKIE, here.cookie());
    let here = refresh.answer().await;
    let used = sessions(&app, &here).await[0]["last_used_at"].clone();
    assert_eq!(used, app.app.clock.now().to_string());
    app.wait(7 * 24 * 3600);
    let refresh = app.post("/v1/session/refresh").header(header::COOKIE, here.cookie());
    assert_eq!(sessions(&app, &refresh.answer().await).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_password_needs_the_present_one_and_ends_the_other_sessions() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    let there = app.sign_in(OWNER, PASSWORD).await;
    let here = app.sign_in(OWNER, PASSWORD).await;
    let path = "/v1/me/password";
    let wrong = json!({ "present": OTHER_PASSWORD, "password": OTHER_PASSWORD });
    assert_eq!(send(&app, &here, Method::POST, path, wrong).await.code(), "wrong-password");
    let weak = json!({ "present": PASSWORD, "password": "owner@acme.example" });
    let weak = send(&app, &here, Method::POST, path, weak).await;
    assert_eq!(
        (weak.code(), &weak.body["errors"][0]["pointer"]),
        ("invalid-body", &json!("/password"))
    );

    let good = json!({ "present": PASSWORD, "password": OTHER_PASSWORD });
    let done = send(&app, &here, Method::POST, path, good).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    assert_eq!(me(&app, &there).await.code(), "signed-out");
    assert_eq!(me(&app, &here).await.status, StatusCode::OK);
    assert_eq!(kinds(&app, OWNER).await, ["password_changed"]);
    app.wait(3600);
    assert_eq!(app.sign_in(OWNER, PASSWORD).await.code(), "wrong-credentials");
    assert_eq!(app.sign_in(OWNER, OTHER_PASSWORD).await.status, StatusCode::OK);
}

async fn forgotten(app: &TestApp, email: &str) -> Answer {
    app.post("/v1/password-reset").json(&json!({ "email": email })).answer().await
}

async fn reset(app: &TestApp, token: &str, password: &str) -> Answer {
    let body = json!({ "token": token, "password": password });
    app.post("/v1/password-reset/confirm").json(&body).answer().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_set_by_mail_and_ends_every_session() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    let here = app.sign_in(OWNER, PASSWORD).await;
    let known = forgotten(&app, " Owner@acme.example").await;
    let unknown = forgotten(&app, "nobody@acme.example").await;
    assert_eq!(known.status, StatusCode::ACCEPTED);
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
    assert_eq!(kinds(&app, "nobody@acme.example").await, ["reset_unknown"]);

    let first = token(&app, OWNER).await;
    forgotten(&app, OWNER).await;
    let second = token(&app, OWNER).await;
    assert_eq!(reset(&app, &second, "owner@acme.example").await.code(), "invalid-body");
    assert_eq!(reset(&app, &second, OTHER_PASSWORD).await.status, StatusCode::NO_CONTENT);
    assert_eq!(me(&app, &here).await.code(), "signed-out");
    for used in [first, second] {
        assert_eq!(reset(&app, &used, OTHER_PASSWORD).await.code(), "link-over");
    }
    app.wait(60);
    assert_eq!(app.sign_in(OWNER, OTHER_PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_set_a_password_is_good_for_an_hour_and_for_nothing_else() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    forgotten(&app, OWNER).await;
    let link = token(&app, OWNER).await;
    let other = json!({ "token": link });
    let other = app.post("/v1/email-change/confirm").json(&other).answer().await;
    assert_eq!(other.code(), "link-over");
    let other = json!({ "token": link, "password": PASSWORD });
    let other = app.post("/v1/sign-up/confirm").json(&other).answer().await;
    assert_eq!(other.code(), "link-over");
    app.wait(3600);
    assert_eq!(reset(&app, &link, OTHER_PASSWORD).await.code(), "link-over");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_address_is_proved_first_and_the_old_one_is_told() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    let here = app.sign_in(OWNER, PASSWORD).await;
    let new = "ada@acme.example";
    let ask = json!({ "email": new, "password": "incorrect horse" });
    let wrong = send(&app, &here, Method::POST, "/v1/me/email", ask).await;
    assert_eq!(wrong.code(), "wrong-password");
    let ask = json!({ "email": new, "password": PASSWORD });
    let asked = send(&app, &here, Method::POST, "/v1/me/email", ask).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED);
    assert_eq!(me(&app, &here).await.body["member"]["email"], OWNER);

    forgotten(&app, OWNER).await;
    let old_link = token(&app, OWNER).await;
    let link = json!({ "token": token(&app, new).await });
    let done = app.post("/v1/email-change/confirm").json(&link).answer().await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    assert_eq!(kinds(&app, OWNER).await[0], "email_changed");
    assert_eq!(reset(&app, &old_link, OTHER_PASSWORD).await.code(), "link-over");
    app.wait(3600);
    assert_eq!(app.sign_in(OWNER, PASSWORD).await.code(), "wrong-credentials");
    assert_eq!(app.sign_in(new, PASSWORD).await.body["member"]["email"], new);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_with_an_account_is_not_taken_over_and_nobody_is_told_that_it_has_one() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    app.tenant("globex").await;
    let here = app.sign_in(OWNER, PASSWORD).await;
    for (email, kind) in
        [("owner@globex.example", "change_email_taken"), ("new@globex.example", "change_email")]
    {
        let ask = json!({ "email": email, "password": PASSWORD });
        let asked = send(&app, &here, Method::POST, "/v1/me/email", ask).await;
        assert_eq!((asked.status, asked.body), (StatusCode::ACCEPTED, json!("")));
        assert_eq!(kinds(&app, email).await, [kind]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_changed_in_every_workspace() {
    let app = TestApp::start().await;
    app.tenant("acme").await;
    let here = app.sign_in(OWNER, PASSWORD).await;
    let renamed = send(&app, &here, Method::PATCH, "/v1/me", json!({ "name": " Ada King " })).await;
    assert_eq!(renamed.body["member"]["name"], "Ada King");
    assert_eq!(me(&app, &here).await.body["member"]["name"], "Ada King");
    let empty = send(&app, &here, Method::PATCH, "/v1/me", json!({ "name": "" })).await;
    assert_eq!(empty.code(), "invalid-body");
}
