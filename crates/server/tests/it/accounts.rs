//! Accounts and the setting that gives their owners their leads, over HTTP.

use lr_store::members::Role;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::app::{Answer, Ask, Tenant, TestApp};
use crate::territories::csv;

const FILE: &str = "id,name,domain,owner,tier\n\
    1,Initech,initech.com,Grace@northwind.example,Gold\n2,Globex,globex.com,,\n";

async fn bring(tenant: &Tenant<'_>, text: &str) -> Answer {
    csv(tenant.post("/v1/accounts/import"), text).answer().await
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_are_taken_in_listed_found_shown_and_given_away() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    acme.add_rep("Grace").await;
    let dry = csv(acme.post("/v1/accounts/import?dry_run=true"), FILE).answer().await.body;
    assert_eq!((&dry["created"], &dry["dry_run"]), (&json!(2), &json!(true)));
    assert_eq!(bring(&acme, FILE).await.body["created"], 2);
    assert_eq!(bring(&acme, FILE).await.body["unchanged"], 2);

    let first = acme.get("/v1/accounts?limit=1").answer().await.body;
    assert_eq!(first["items"][0]["name"], "Globex");
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = acme.get(&format!("/v1/accounts?limit=1&cursor={cursor}")).answer().await.body;
    assert_eq!(
        (&rest["items"][0]["name"], &rest["next_cursor"]),
        (&json!("Initech"), &Value::Null)
    );
    let found = acme.get("/v1/accounts?q=INIT").answer().await.body;
    assert_eq!(found["items"].as_array().unwrap().len(), 1);

    let path = format!("/v1/accounts/{}", found["items"][0]["id"].as_str().unwrap());
    let shown = acme.get(&path).answer().await.body;
    assert_eq!(shown["owner"]["name"], "Grace");
    assert_eq!(shown["keys"][0], json!({ "kind": "domain", "value": "initech.com" }));
    let patch = |body: Value| acme.request(Method::PATCH, &path).json(&body).answer();
    assert_eq!(patch(json!({ "owner": null })).await.body["owner"], Value::Null);
    assert_eq!(patch(json!({})).await.body["owner"], Value::Null);
    assert_eq!(patch(json!({ "owner": shown["owner"]["id"] })).await.body["owner"], shown["owner"]);
    let stranger = json!({ "owner": "rep_00000000000000000000000000000000" });
    assert_eq!(patch(stranger).await.body["errors"][0]["pointer"], "/owner");
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_are_wrong_are_told_and_a_file_without_accounts_is_refused() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let done = bring(&acme, "name,domain\nInitech,gmail.com\nGlobex,globex.com\n").await.body;
    assert_eq!((&done["created"], &done["refused"]), (&json!(1), &json!(1)));
    let fault = &done["faults"][0];
    assert_eq!((&fault["line"], &fault["column"]), (&json!(2), &json!("domain")));
    assert_eq!(bring(&acme, "tier\nGold\n").await.code(), "invalid-csv");
}

#[tokio::test(flavor = "multi_thread")]
async fn why_says_what_a_lead_was_recognised_as_and_the_setting_decides_who_gets_it() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    acme.add_rep("Grace").await;
    bring(&acme, FILE).await;
    let send =
        |email: &'static str| acme.post("/v1/leads").json(&json!({ "email": email })).answer();
    let lead = send("ada@initech.com").await.body;
    assert_eq!(lead["rep"]["name"], "Grace");
    let why = acme.get(&format!("/v1/leads/{}/why", lead["lead_id"].as_str().unwrap()));
    let recognised = why.answer().await.body["recognised"].clone();
    assert_eq!(recognised["duplicate"], Value::Null);
    assert_eq!(recognised["account"]["by"], "domain");
    assert_eq!(
        recognised["account"]["words"],
        "The account Initech has the same company domain; Grace owned it."
    );

    assert_eq!(acme.get("/v1/settings").answer().await.body, json!({ "owner_first": true }));
    let off = json!({ "owner_first": false });
    let patched = acme.request(Method::PATCH, "/v1/settings").json(&off).answer().await;
    assert_eq!(patched.body, off);
    let lead = send("bob@initech.com").await.body;
    assert_eq!(lead["rep"], Value::Null, "the catch-all of a new workspace is a queue");
    let why = acme.get(&format!("/v1/leads/{}/why", lead["lead_id"].as_str().unwrap()));
    assert_eq!(why.answer().await.body["recognised"]["account"]["owner"]["name"], "Grace");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_keeps_accounts_and_may_not_change_the_setting() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let manager = acme.colleague(Role::Manager).await;
    assert_eq!(csv(manager.post("/v1/accounts/import"), FILE).answer().await.body["refused"], 1);
    let patch = manager.request(Method::PATCH, "/v1/settings");
    let answer = patch.json(&json!({ "owner_first": false })).answer().await;
    assert_eq!((answer.status, answer.code()), (StatusCode::FORBIDDEN, "not-permitted"));
    let viewer = acme.colleague(Role::Viewer).await;
    assert_eq!(
        csv(viewer.post("/v1/accounts/import"), FILE).answer().await.code(),
        "not-permitted"
    );
    assert_eq!(viewer.get("/v1/accounts").answer().await.status, StatusCode::OK);
}
