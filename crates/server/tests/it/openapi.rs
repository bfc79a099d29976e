//! The API's document: fresh, and true of who may call what.

use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroU32;

use lr_app::rulesets::publish;
use lr_app::teams::{NewPool, NewTeam, add};
use lr_core::id::RulesetId;
use lr_core::rules::action::{Action, Target};
use lr_server::http::document;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::app::{Ask, PASSWORD, Tenant, TestApp};
use crate::territories;

/// Operations that need no proof of who is asking.
const PUBLIC: [&str; 10] = [
    "POST /v1/session",
    "POST /v1/session/refresh",
    "DELETE /v1/session",
    "POST /v1/sign-up",
    "POST /v1/sign-up/confirm",
    "POST /v1/password-reset",
    "POST /v1/password-reset/confirm",
    "POST /v1/email-change/confirm",
    "GET /v1/development/mails",
    "POST /v1/forms/{form}",
];

/// The operations of the document: method, path with `{…}`, and whether it says it is public.
pub fn operations() -> Vec<(Method, String, bool)> {
    let document: Value = serde_json::from_str(&document().to_json().unwrap()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().iter().map(move |(method, operation)| {
                let method = method.to_uppercase().parse().unwrap();
                let public = operation["security"] == json!([{}]);
                (method, path.clone(), public)
            })
        })
        .collect()
}

#[test]
fn the_document_in_the_repository_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi.json");
    let kept = fs::read_to_string(path).unwrap_or_default();
    let fresh = document().to_pretty_json().unwrap();
    assert!(kept.trim_end() == fresh, "openapi.json is stale: run `make gen`");
}

#[test]
fn what_the_document_calls_public_is_what_we_mean_to_be_public() {
    let said: BTreeSet<String> = operations()
        .into_iter()
        .filter(|(_, _, public)| *public)
        .map(|(method, path, _)| format!("{method} {path}"))
        .collect();
    assert_eq!(said, PUBLIC.map(str::to_owned).into());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_the_public_operations_answers_who_is_not_signed_in() {
    let app = TestApp::start().await;
    for (method, path, public) in operations() {
        if public {
            continue;
        }
        let path = path.replace(['{', '}'], "");
        let answer = app.request(method.clone(), &path).json(&json!({})).answer().await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path}");
        assert_eq!(answer.code(), "signed-out", "{method} {path}");
    }
}

/// The version of the rules in force.
const VERSION: u32 = 2;

/// A file that makes sense in a workspace without reps.
const NO_ROWS: &str = "country,owner\n";

/// What each operation with an id in its path is sent by somebody of another workspace; text is a CSV
/// file. An operation that is missing here fails the test below.
fn body_for(operation: &str) -> Option<Value> {
    match operation {
        "GET /v1/leads/{lead}"
        | "GET /v1/leads/{lead}/why"
        | "GET /v1/leads/{lead}/why-not/rules/{rule}"
        | "GET /v1/leads/{lead}/why-not/reps/{rep}"
        | "GET /v1/decisions/{decision}/replay"
        | "GET /v1/rules/{rule}/cohorts"
        | "GET /v1/pools/{pool}/ledger"
        | "GET /v1/pools/{pool}/absence-preview"
        | "GET /v1/rules/backtests/{backtest}"
        | "GET /v1/reps/{rep}/leave"
        | "POST /v1/reps/{rep}/leave"
        | "GET /v1/accounts/{account}"
        | "DELETE /v1/api-keys/{key}"
        | "GET /v1/territories/{territory}"
        | "GET /v1/territories/{territory}/rows"
        | "GET /v1/territories/{territory}/csv"
        | "DELETE /v1/me/sessions/{session}"
        | "DELETE /v1/territories/{territory}" => Some(Value::Null),
        "PUT /v1/territories/{territory}/csv" => Some(json!(NO_ROWS)),
        "POST /v1/pools/{pool}/credits" => {
            Some(json!({ "rep": "{rep}", "leads": 1, "reason": "a fair" }))
        }
        "POST /v1/leads/{lead}/credit" => Some(json!({ "reason": "a bot" })),
        "POST /v1/reps/{rep}/leave/territories" => Some(json!({ "to": { "pool": "{pool}" } })),
        "POST /v1/api-keys/{key}/rotate" => Some(json!({ "old_secret_works_s": 0 })),
        "PUT /v1/teams/{team}/managers" => Some(json!({ "managers": [] })),
        "PUT /v1/reps/{rep}/member" => Some(json!({ "member": null })),
        "PATCH /v1/pools/{pool}" | "PATCH /v1/reps/{rep}" => Some(json!({})),
        "PATCH /v1/accounts/{account}" => Some(json!({ "owner": null })),
        "PATCH /v1/rules/{rule}" => Some(json!({ "version": VERSION, "enabled": false })),
        _ => None,
    }
}

/// Makes a pool of all reps that every lead goes to, and gives the list of pools.
pub async fn with_turns(app: &TestApp, acme: &Tenant<'_>, reps: &Value) -> Value {
    let ids = reps["items"].as_array().unwrap().iter().map(|rep| rep["id"].as_str().unwrap());
    let members = ids.map(|id| (id.parse().unwrap(), NonZeroU32::MIN)).collect();
    let pool = NewPool { name: "Inbound".to_owned(), members };
    let team = NewTeam { name: "EMEA".to_owned(), pools: vec![pool] };
    add(&app.app, acme.made.id, &[], &[team]).await.unwrap();
    let pools = acme.get("/v1/pools").answer().await.body;
    let mut tx = app.app.store.begin(acme.made.id).await.unwrap();
    let mut source = tx.published_ruleset().await.unwrap().unwrap().source;
    drop(tx);
    source.id = RulesetId::new(app.app.ids.make());
    source.version = VERSION;
    let pool = pools["items"][0]["id"].as_str().unwrap().parse().unwrap();
    source.catch_all = Action::to(Target::Pool(pool));
    publish(&app.app, acme.made.id, source, "operator").await.unwrap();
    pools
}

#[tokio::test(flavor = "multi_thread")]
async fn another_workspaces_things_do_not_exist() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let globex = app.tenant("globex").await;
    acme.add_rep("Grace").await;
    acme.add_rep("Mona").await;
    let reps = acme.get("/v1/reps").answer().await.body;
    let pools = with_turns(&app, &acme, &reps).await;
    with_turns(&app, &globex, &json!({ "items": [] })).await; // So that both have the same version.
    let lead = acme.post("/v1/leads").json(&json!({ "name": "Ada" })).answer().await.body;
    let rules = acme.get("/v1/rules").answer().await.body;
    let of = json!({ "of": "published" });
    let backtest = acme.post("/v1/rules/backtests").json(&of).answer().await.body;
    territories::csv(acme.post("/v1/accounts/import"), "name\nInitech\n").answer().await;
    let accounts = acme.get("/v1/accounts").answer().await.body;
    app.sign_in("owner@acme.example", PASSWORD).await;
    let sessions = acme.get("/v1/me/sessions").answer().await.body;
    let elsewhere = sessions["items"].as_array().unwrap();
    let elsewhere = elsewhere.iter().find(|session| session["current"] == false).unwrap();
    let names = [
        ("{session}", &elsewhere["id"]),
        ("{account}", &accounts["items"][0]["id"]),
        ("{backtest}", &backtest["id"]),
        ("{decision}", &lead["decision_id"]),
        ("{pool}", &pools["items"][0]["id"]),
        ("{lead}", &lead["lead_id"]),
        ("{rule}", &rules["rules"][0]["id"]),
        ("{rep}", &reps["items"][0]["id"]),
        ("{team}", &pools["items"][0]["team"]["id"]),
    ];
    let mut made = Vec::new();
    for (method, path, public) in operations() {
        // Versions are numbers, of which every workspace has its own first, and attributes are names.
        let of_each = ["{version}", "{field}"];
        if public || !path.contains('{') || of_each.iter().any(|name| path.contains(name)) {
            continue;
        }
        let operation = format!("{method} {path}");
        let body = body_for(&operation).unwrap_or_else(|| panic!("{operation} is not covered"));
        let put_in = |text: String| {
            names.iter().fold(text, |text, (name, id)| text.replace(name, id.as_str().unwrap()))
        };
        let (path, body) = (put_in(path), put_in(body.to_string()));
        let body: Value = serde_json::from_str(&body).unwrap();
        // One for each operation, because one of them removes it.
        let name = format!("for-{}", made.len());
        made.push(territories::territory(&acme, &name).await);
        let path = path.replace("{territory}", made.last().unwrap());
        let path = path.replace("{key}", acme.program_id().await.as_str());
        let send = |request: RequestBuilder| match body.as_str() {
            Some(file) => territories::csv(request, file),
            None => request.json(&body),
        };
        let theirs = send(globex.request(method.clone(), &path)).answer().await;
        assert_eq!(
            (theirs.status, theirs.code()),
            (StatusCode::NOT_FOUND, "not-found"),
            "{operation}"
        );
        let ours = send(acme.request(method, &path)).answer().await;
        assert!(ours.status.is_success(), "{operation}: {ours:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_show_nothing_of_another_workspace() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let globex = app.tenant("globex").await;
    acme.post("/v1/leads").json(&json!({ "name": "Ada" })).answer().await;
    territories::csv(acme.post("/v1/accounts/import"), "name\nInitech\n").answer().await;
    assert_eq!(globex.get("/v1/leads").answer().await.body["items"], json!([]));
    for (method, path, public) in operations() {
        if public || method != Method::GET || path.contains('{') || path == "/v1/feed" {
            continue;
        }
        let ids = |answer: Value| ids_in(&answer);
        let ours = ids(acme.get(&path).answer().await.body);
        let theirs = ids(globex.get(&path).answer().await.body);
        assert!(ours.is_disjoint(&theirs), "{path}: {ours:?} {theirs:?}");
    }
}

/// Everything in an answer that is an id.
fn ids_in(value: &Value) -> BTreeSet<String> {
    match value {
        Value::String(text) if text.split_once('_').is_some_and(|(_, hex)| hex.len() == 32) => {
            BTreeSet::from([text.clone()])
        }
        Value::Array(items) => items.iter().flat_map(ids_in).collect(),
        Value::Object(members) => members.values().flat_map(ids_in).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => BTreeSet::new(),
    }
}
