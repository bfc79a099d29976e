//! Declarations of custom attributes over HTTP.

use lr_store::members::Role;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::app::{Answer, Ask, Tenant, TestApp};

const SEATS: &str = "/v1/attributes/attributes.seats";

async fn declare(tenant: &Tenant<'_>, path: &str, kind: &str) -> Answer {
    tenant.request(Method::PUT, path).json(&json!({ "kind": kind })).answer().await
}

async fn listed(tenant: &Tenant<'_>) -> Value {
    tenant.get("/v1/attributes").answer().await.body["items"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attribute_is_declared_listed_and_taken_back() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let globex = app.tenant("globex").await;
    let declared = declare(&acme, SEATS, "number").await;
    let seats = json!({ "field": "attributes.seats", "kind": "number" });
    assert_eq!((declared.status, &declared.body), (StatusCode::OK, &seats));
    let spaced = "/v1/attributes/account.attributes.Seats%20sold%2Fleft";
    let declared = declare(&acme, spaced, "list").await;
    assert_eq!(declared.body["field"], "account.attributes.Seats sold/left");
    let both = listed(&acme).await;
    assert_eq!((both.as_array().unwrap().len(), &both[0]), (2, &seats));
    assert_eq!(listed(&globex).await, json!([]));
    assert_eq!(globex.request(Method::DELETE, SEATS).answer().await.code(), "not-found");
    let gone = acme.request(Method::DELETE, SEATS).answer().await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(listed(&acme).await.as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attribute_that_rules_ask_keeps_its_kind() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let condition = json!({
        "combinator": "and",
        "rules": [{ "field": "attributes.seats", "operator": ">", "value": 100 }],
    });
    let based_on = &acme.get("/v1/rules").answer().await.body["version"];
    let draft = json!({
        "based_on": based_on,
        "rules": [{
            "name": "Large",
            "condition": condition,
            "action": { "target": { "queue": "Large" } },
        }],
        "catch_all": { "target": { "queue": "Small" } },
    });
    let save = || acme.request(Method::PUT, "/v1/rules/draft").json(&draft);
    assert_eq!(save().answer().await.code(), "invalid-body", "a text has no order");
    declare(&acme, SEATS, "number").await;
    assert_eq!(save().answer().await.status, StatusCode::OK);
    let refused = declare(&acme, SEATS, "text").await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "attribute-in-use"));
    assert!(refused.body["detail"].as_str().unwrap().contains("“Large” in the draft of"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_attribute_no_kind_or_not_allowed_is_refused() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    assert_eq!(declare(&acme, "/v1/attributes/country", "text").await.code(), "not-found");
    assert_eq!(declare(&acme, SEATS, "whole").await.code(), "invalid-body");
    let manager = acme.colleague(Role::Manager).await;
    let declare = manager.request(Method::PUT, SEATS).json(&json!({ "kind": "number" }));
    assert_eq!(declare.answer().await.code(), "not-permitted");
    let listed = manager.get("/v1/attributes").answer().await;
    assert_eq!(listed.body["items"], json!([]));
}
