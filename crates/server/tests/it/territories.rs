//! Territories over HTTP.

use lr_core::id::TerritoryId;
use lr_store::members::Role;
use reqwest::{Method, RequestBuilder, StatusCode, header};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{Answer, Ask, Tenant, TestApp};

const TABLE: &str = "country,owner\nUS,Grace@northwind.example\nDE,Grace\n";

/// A request that brings a CSV file.
pub fn csv(request: RequestBuilder, text: &str) -> RequestBuilder {
    request.header(header::CONTENT_TYPE, "text/csv; charset=utf-8").body(text.to_owned())
}

/// Makes a territory and gives its id.
pub async fn territory(tenant: &Tenant<'_>, name: &str) -> String {
    let path = format!("/v1/territories?name={name}");
    let made = csv(tenant.post(&path), TABLE).answer().await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    made.body["territory"]["id"].as_str().unwrap().to_owned()
}

async fn put(tenant: &Tenant<'_>, id: &str, version: &str, text: &str) -> Answer {
    let request = tenant.request(Method::PUT, &format!("/v1/territories/{id}/csv"));
    csv(request.header(header::IF_MATCH, version), text).answer().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_territory_is_made_shown_paged_given_out_and_removed() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    acme.add_rep("Grace").await;
    let id = territory(&acme, "EMEA").await;
    let path = format!("/v1/territories/{id}");

    let listed = acme.get("/v1/territories").answer().await.body;
    assert_eq!(
        (&listed["items"][0]["name"], &listed["items"][0]["rows"]),
        (&json!("EMEA"), &json!(2))
    );
    let shown = acme.get(&path).answer().await;
    assert_eq!(shown.headers[header::ETAG], "\"1\"");
    assert_eq!(shown.body["headings"], json!(["country", "owner"]));
    let page = acme.get(&format!("{path}/rows?limit=1")).answer().await.body;
    assert_eq!((&page["items"][0]["line"], &page["next_cursor"]), (&json!(2), &json!("1")));
    assert_eq!(page["items"][0]["owner"]["name"], "Grace");
    let rest = acme.get(&format!("{path}/rows?cursor=1")).answer().await.body;
    assert_eq!((&rest["items"][0]["cells"], &rest["next_cursor"]), (&json!(["DE"]), &Value::Null));
    let file = acme.get(&format!("{path}/csv")).answer().await;
    assert_eq!(file.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    assert_eq!(
        file.body,
        "country,owner\nUS,Grace@northwind.example\nDE,Grace@northwind.example\n"
    );

    let removed = acme.request(Method::DELETE, &path).answer().await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    assert_eq!(acme.get(&path).answer().await.code(), "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_an_old_version_is_refused_and_the_same_file_changes_nothing() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    acme.add_rep("Grace").await;
    let id = territory(&acme, "EMEA").await;
    let same = put(&acme, &id, "\"1\"", TABLE).await;
    assert_eq!((&same.body["change"], same.status), (&json!("same"), StatusCode::OK));
    let other = "country,owner\nFR,Grace\n";
    let replaced = put(&acme, &id, "\"1\"", other).await;
    assert_eq!(
        (&replaced.body["change"], &replaced.headers[header::ETAG]),
        (&json!("replaced"), &"\"2\"".parse().unwrap())
    );
    let stale = put(&acme, &id, "\"1\"", TABLE).await;
    assert_eq!((stale.status, stale.code()), (StatusCode::PRECONDITION_FAILED, "territory-moved"));
    assert_eq!(put(&acme, &id, "1", TABLE).await.body["errors"][0]["field"], "If-Match");
    let again = csv(acme.post("/v1/territories?name=EMEA"), other).answer().await;
    assert_eq!((again.status, &again.body["change"]), (StatusCode::OK, &json!("same")));
    let taken = csv(acme.post("/v1/territories?name=EMEA"), TABLE).answer().await;
    assert_eq!((taken.status, taken.code()), (StatusCode::CONFLICT, "territory-exists"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_of_a_file_is_told_by_line_and_column_and_nothing_is_taken() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    acme.add_rep("Grace").await;
    let bad = "Country;Size;Owner\nElbonia;200-51;Nobody\n\"US;1;Grace\n";
    let answer = csv(acme.post("/v1/territories?name=EMEA"), bad).answer().await;
    assert_eq!((answer.status, answer.code()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid-csv"));
    let fields: Vec<_> =
        answer.body["errors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
    assert_eq!(fields, ["line 2, Country", "line 2, Size", "line 2, Owner", "line 3"]);
    let workbook = csv(acme.post("/v1/territories?name=EMEA"), "PK\x03\x04rest").answer().await;
    assert!(workbook.body["detail"].as_str().unwrap().contains("Excel"), "{workbook:?}");
    assert_eq!(acme.get("/v1/territories").answer().await.body["items"], json!([]));

    let dry = csv(acme.post("/v1/territories?name=EMEA&dry_run=true"), TABLE).answer().await;
    assert_eq!((dry.status, &dry.body["dry_run"]), (StatusCode::OK, &json!(true)));
    assert_eq!(acme.get("/v1/territories").answer().await.body["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_change_rules_may_read_territories_only() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    acme.add_rep("Grace").await;
    let id = territory(&acme, "EMEA").await;
    let manager = acme.colleague(Role::Manager).await;
    assert_eq!(manager.get("/v1/territories").answer().await.status, StatusCode::OK);
    let path = format!("/v1/territories/{id}");
    let changes = [
        csv(manager.post("/v1/territories?name=APAC"), TABLE),
        csv(manager.request(Method::PUT, &format!("{path}/csv")), TABLE),
        manager.request(Method::DELETE, &path),
    ];
    for change in changes {
        assert_eq!(change.answer().await.code(), "not-permitted");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_csv_or_no_name_is_refused() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let json = acme.post("/v1/territories?name=EMEA").json(&json!({})).answer().await;
    assert_eq!(json.code(), "unsupported-media-type");
    let nameless = csv(acme.post("/v1/territories?name="), TABLE).answer().await;
    assert_eq!(nameless.body["errors"][0]["field"], "name");
    let unknown = format!("/v1/territories/{}/csv", TerritoryId::new(Uuid::nil()));
    let answer = csv(acme.request(Method::PUT, &unknown), TABLE).answer().await;
    assert_eq!(answer.code(), "invalid-csv");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_territory_that_rules_name_is_not_removed_and_the_rules_are_named() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    acme.add_rep("Grace").await;
    let id = territory(&acme, "EMEA").await;
    let based_on = &acme.get("/v1/rules").answer().await.body["version"];
    let draft = json!({
        "based_on": based_on,
        "rules": [],
        "catch_all": { "target": { "territory_owner": id } },
    });
    let saved = acme.request(Method::PUT, "/v1/rules/draft").json(&draft).answer().await;
    assert_eq!(saved.body["catch_all"]["action_words"], "owner in the territory EMEA", "{saved:?}");
    let remove = || acme.request(Method::DELETE, &format!("/v1/territories/{id}"));
    let drafted = remove().answer().await;
    assert_eq!((drafted.status, drafted.code()), (StatusCode::CONFLICT, "territory-in-use"));
    assert!(drafted.body["detail"].as_str().unwrap().contains("in the draft of"), "{drafted:?}");
    acme.post("/v1/rules/draft/publish").json(&json!({})).answer().await;
    let in_force = remove().answer().await;
    assert_eq!(in_force.body["detail"], "It is used by the catch-all; change that first.");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_territory_posted_twice_with_one_key_is_made_once() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    acme.add_rep("Grace").await;
    let post = |name: &str| {
        let request = acme.post(&format!("/v1/territories?name={name}"));
        csv(request.header("Idempotency-Key", "one"), TABLE)
    };
    let made = post("EMEA").answer().await;
    assert_eq!(made.status, StatusCode::CREATED);
    let again = post("EMEA").answer().await;
    assert_eq!((again.status, &again.body), (StatusCode::CREATED, &made.body));
    assert_eq!(post("APAC").answer().await.code(), "idempotency-key-reused");
}
