//! Public web forms.

use reqwest::{Method, StatusCode, header};
use serde_json::json;

use crate::app::{Ask, Tenant, TestApp};

async fn form(tenant: &Tenant<'_>) -> String {
    let sources = tenant.get("/v1/sources").answer().await.body;
    let form = sources["items"].as_array().unwrap().iter().find(|source| source["kind"] == "form");
    format!("/v1/forms/{}", form.unwrap()["id"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_any_site_is_taken_in_under_usual_names() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let form = form(&acme).await;
    let answer = app
        .post(&form)
        .header(header::ORIGIN, "https://initech.example")
        .form(&[("E-mail", "ada@initech.example"), ("Team size", "12"), ("note", "")])
        .answer()
        .await;
    assert_eq!((answer.status, &answer.body), (StatusCode::ACCEPTED, &json!({ "received": true })));
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    let lead = &acme.get("/v1/leads").answer().await.body["items"][0];
    assert_eq!(lead["email"], "ada@initech.example");
    assert_eq!(lead["source"]["name"], "web form");
    let json = app.post(&form).json(&json!({ "email": "bob@initech.example", "seats": 3 }));
    assert_eq!(json.answer().await.status, StatusCode::ACCEPTED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_may_ask_whether_it_may_send_json() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let asked = app
        .request(Method::OPTIONS, &form(&acme).await)
        .header(header::ORIGIN, "https://initech.example")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type")
        .answer()
        .await;
    assert_eq!(asked.status, StatusCode::OK);
    assert_eq!(asked.headers[header::ACCESS_CONTROL_ALLOW_METHODS], "POST");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_falls_into_the_honeypot_hears_the_same_and_is_kept_as_spam() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let fields = [("email", "bot@spam.example"), ("website_url_confirm", "http://spam.example")];
    let answer = app.post(&form(&acme).await).form(&fields).answer().await;
    assert_eq!((answer.status, &answer.body), (StatusCode::ACCEPTED, &json!({ "received": true })));
    let lead = &acme.get("/v1/leads").answer().await.body["items"][0];
    assert_eq!(lead["state"], "rejected");
    assert_eq!(lead["rule"]["name"], "Caught by a form’s honeypot");
    let path = format!("/v1/leads/{}", lead["id"].as_str().unwrap());
    let lead = acme.get(&path).answer().await.body;
    assert_eq!(lead["raw"]["attributes.honeypot"], "http://spam.example");
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_forms_are_problems() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let form = form(&acme).await;
    let typed = |kind: &'static str| app.post(&form).header(header::CONTENT_TYPE, kind);
    let encoded = "application/x-www-form-urlencoded";
    assert_eq!(typed(encoded).body("name=a%00b").answer().await.code(), "invalid-body");
    assert_eq!(typed(encoded).body("").answer().await.code(), "invalid-body");
    assert_eq!(typed("text/plain").body("a=b").answer().await.code(), "unsupported-media-type");
    assert_eq!(typed("application/json").body("[]").answer().await.code(), "invalid-body");
    let nested = app.post(&form).json(&json!({ "name": { "first": "Ada" } })).answer().await;
    assert_eq!(nested.body["errors"][0]["pointer"], "/name");
    let not_utf8 = typed(encoded).body("name=%ff%fe").answer().await;
    assert_eq!(not_utf8.status, StatusCode::ACCEPTED);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_forms_have_a_public_address() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let sources = acme.get("/v1/sources").answer().await.body;
    let api = sources["items"].as_array().unwrap().iter().find(|source| source["kind"] == "api");
    for id in [api.unwrap()["id"].as_str().unwrap(), "src_00000000000070008000000000000001", "x"] {
        let answer = app.post(&format!("/v1/forms/{id}")).form(&[("name", "Ada")]).answer().await;
        assert_eq!(answer.code(), "not-found", "{id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_floods_a_form_is_slowed_down() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let form = form(&acme).await;
    let mut refused = None;
    for _ in 0..31 {
        let answer = app.post(&form).form(&[("name", "Ada")]).answer().await;
        refused = (answer.status != StatusCode::ACCEPTED).then_some(answer);
    }
    assert_eq!(refused.unwrap().code(), "too-many-attempts");
}
