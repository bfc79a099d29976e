//! Who may do what: every operation, asked by everybody, answers as the table says.

use std::fs;

use lr_app::accounts::permission::{Act, Grant, of_role, of_scope};
use lr_server::http::{document, roles};
use lr_store::api_keys::Scope;
use lr_store::members::Role;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::app::{Ask, Colleague, TestApp};

/// An operation of the document that asks for an act.
struct Operation {
    method: Method,
    path: String,
    act: Act,
}

/// Every operation that is not public. One that names no act, or one that there is not, panics.
fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&document().to_json().unwrap()).unwrap();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if operation["security"] == json!([{}]) {
                continue;
            }
            let name = roles::act_of(operation);
            let act = Act::ALL.iter().find(|act| act.name() == name);
            let act = *act.unwrap_or_else(|| panic!("{method} {path} names no act: `{name}`"));
            let method = method.to_uppercase().parse().unwrap();
            operations.push(Operation { method, path: some_ids(path), act });
        }
    }
    operations
}

/// The path with ids of nothing.
fn some_ids(path: &str) -> String {
    let prefixes = [
        ("account", "acc"),
        ("backtest", "bt"),
        ("decision", "dec"),
        ("territory", "terr"),
        ("version", "ver"),
        ("field", "attributes"),
    ];
    let mut words = path.split('/').map(|word| {
        let Some(name) = word.strip_prefix('{').and_then(|word| word.strip_suffix('}')) else {
            return word.to_owned();
        };
        let prefix =
            prefixes.iter().find(|(known, _)| *known == name).map_or(name, |found| found.1);
        format!("{prefix}_{:032x}", 7)
    });
    let first = words.next().unwrap();
    words.fold(first, |path, word| format!("{path}/{word}"))
}

/// Sends the operation with a body that is never right: whether somebody may is told before it is read.
async fn check(operation: &Operation, grant: Grant, who: &str, request: RequestBuilder) {
    let at = format!("{who}: {} {}", operation.method, operation.path);
    let response = request.json(&json!({ "no": "such" })).send().await.unwrap();
    let status = response.status();
    if grant != Grant::No {
        let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status);
        assert!(!refused && !status.is_server_error(), "{at}: {status}");
        return;
    }
    assert_eq!(status, StatusCode::FORBIDDEN, "{at}");
    let body: Value = response.json().await.unwrap();
    assert_eq!(body["code"], "not-permitted", "{at}: {body}");
    // The type in the handler's signature asks for the act that the document names.
    let detail = body["detail"].as_str().unwrap();
    assert!(detail.ends_with(&format!(" {}.", operation.act.words())), "{at}: {detail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_lets_in_whom_the_table_lets_in_and_nobody_else() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let mut people: Vec<(Role, Colleague<'_>)> = Vec::new();
    for role in Role::ALL {
        people.push((role, acme.colleague(role).await));
    }
    let mut programs: Vec<(Scope, Colleague<'_>)> = Vec::new();
    for scope in Scope::ALL {
        programs.push((scope, acme.program(&[scope]).await));
    }
    let operations = operations();
    assert!(operations.len() > 60, "{}", operations.len());
    for operation in &operations {
        let Operation { method, path, act } = operation;
        let nobody = app.request(method.clone(), path).answer().await;
        assert_eq!(nobody.code(), "signed-out", "{method} {path}");
        for (role, person) in &people {
            let request = person.request(method.clone(), path);
            check(operation, of_role(*role, *act), role.as_str(), request).await;
        }
        for (scope, program) in &programs {
            let request = program.request(method.clone(), path);
            check(operation, of_scope(*scope, *act), scope.as_str(), request).await;
        }
    }
}

#[test]
fn the_page_about_roles_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/roles.md");
    let kept = fs::read_to_string(path).unwrap_or_default();
    let fresh = roles::page(&document());
    assert!(kept.trim_end() == fresh.trim_end(), "docs/roles.md is stale: run `make gen`");
}
