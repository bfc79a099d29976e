//! The API's document: fresh, and true of who may call what.

use std::collections::BTreeSet;
use std::fs;

use lr_server::http::document;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::app::{Ask, TestApp};

/// Operations that need no proof of who is asking.
const PUBLIC: [&str; 3] = ["POST /v1/session", "POST /v1/session/refresh", "DELETE /v1/session"];

/// The operations of the document: method, path with `{…}`, and whether it says it is public.
fn operations() -> Vec<(Method, String, bool)> {
    let document: Value = serde_json::from_str(&document().to_json().unwrap()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().iter().map(move |(method, operation)| {
                let method = method.to_uppercase().parse().unwrap();
                let public = operation["security"] == serde_json::json!([{}]);
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

#[tokio::test]
async fn nothing_but_the_public_operations_answers_who_is_not_signed_in() {
    let app = TestApp::start().await;
    for (method, path, public) in operations().into_iter().filter(|(_, _, public)| !public) {
        let path = path.replace(['{', '}'], "");
        let answer = app.request(method.clone(), &path).answer().await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path} {public}");
        assert_eq!(answer.code(), "signed-out", "{method} {path}");
    }
}
