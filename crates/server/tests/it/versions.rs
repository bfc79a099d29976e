//! Drafts and versions of the rules.

use std::time::Duration;

use lr_app::jobs;
use lr_store::members::Role;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::app::{Ask, Tenant, TestApp};

fn draft(based_on: u32) -> Value {
    let condition = json!({ "combinator": "and", "rules": [
        { "field": "country", "operator": "in", "value": ["DE", "FR"] },
    ]});
    let rule = json!({ "name": "Europe", "condition": condition, "action": { "target": { "queue": "EU" } } });
    json!({
        "based_on": based_on,
        "rules": [rule],
        "catch_all": { "target": { "queue": "Rest" } },
    })
}

async fn save(tenant: &Tenant<'_>, draft: &Value) -> crate::app::Answer {
    tenant.request(Method::PUT, "/v1/rules/draft").json(draft).answer().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_saved_read_published_and_listed() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    assert_eq!(acme.get("/v1/rules/draft").answer().await.code(), "not-found");
    let saved = save(&acme, &draft(1)).await;
    assert_eq!(saved.status, StatusCode::OK, "{saved:?}");
    assert_eq!(saved.body["rules"][0]["condition_words"], "Country is one of DE, FR");
    assert!(saved.body["rules"][0]["id"].as_str().unwrap().starts_with("rule_"));
    assert_eq!(acme.get("/v1/rules/draft").answer().await.body, saved.body);
    let changes = acme.get("/v1/rules/diff").answer().await.body["changes"].clone();
    let kinds: Vec<_> = changes.as_array().unwrap().iter().map(|change| &change["kind"]).collect();
    assert_eq!(kinds, ["added", "removed", "catch_all"]);

    let publish = || acme.post("/v1/rules/draft/publish").json(&json!({ "note": "Europe apart" }));
    let published = publish().header("Idempotency-Key", "one").answer().await;
    assert_eq!(published.status, StatusCode::OK, "{published:?}");
    assert_eq!(published.body["version"], 2);
    assert_eq!(published.body["author"]["name"], "Ada Lovelace");
    let again = publish().header("Idempotency-Key", "one").answer().await;
    assert_eq!(again.body, published.body);
    assert_eq!(publish().answer().await.code(), "not-found");

    let versions = acme.get("/v1/rules/versions?limit=1").answer().await.body;
    assert_eq!(versions["items"], json!([published.body]));
    let next = format!("/v1/rules/versions?cursor={}", versions["next_cursor"].as_str().unwrap());
    assert_eq!(acme.get(&next).answer().await.body["items"][0]["version"], 1);
    let second = acme.get("/v1/rules/versions/2").answer().await.body;
    assert_eq!(second["rules"], saved.body["rules"]);
    assert_eq!(second["note"], "Europe apart");
    let same = acme.get("/v1/rules/diff?from=2&to=published").answer().await.body;
    assert_eq!(same, json!({ "from": 2, "to": 2, "changes": [] }));
    let field = acme.get("/v1/rules/diff?to=newest").answer().await;
    assert_eq!(field.body["errors"][0]["field"], "to");
    assert_eq!(acme.get("/v1/rules/diff?from=9&to=2").answer().await.code(), "not-found");
    assert_eq!(acme.get("/v1/rules/versions/9").answer().await.code(), "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_faulty_draft_is_refused_with_every_place() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let mut faulty = draft(1);
    faulty["rules"][0]["condition"]["rules"][0]["value"] = json!(["DE", "Atlantis"]);
    faulty["catch_all"]["target"]["queue"] = json!("");
    let refused = save(&acme, &faulty).await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::UNPROCESSABLE_ENTITY, "invalid-body")
    );
    let places: Vec<_> =
        refused.body["errors"].as_array().unwrap().iter().map(|e| &e["pointer"]).collect();
    assert_eq!(places, ["/rules/0/condition/rules/0/value/1", "/catch_all/target/queue"]);
    assert_eq!(save(&acme, &draft(9)).await.body["errors"][0]["pointer"], "/based_on");
    let mut typo = draft(1);
    typo["rules"][0]["enabeld"] = json!(false);
    assert_eq!(save(&acme, &typo).await.code(), "invalid-body");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_condition_nested_a_thousand_deep_is_a_problem_and_no_crash() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let nested = |depth| {
        let innermost = json!({ "combinator": "and", "rules": [] });
        (1..depth).fold(innermost, |inner, _| json!({ "combinator": "and", "rules": [inner] }))
    };
    let mut deep = draft(1);
    deep["rules"][0]["condition"] = nested(33);
    let refused = save(&acme, &deep).await;
    assert!(refused.body["errors"][0]["detail"].as_str().unwrap().contains("nested too deeply"));
    let condition = r#"{"combinator":"and","rules":["#.repeat(1_000) + &"]}".repeat(1_000);
    let body = draft(1)
        .to_string()
        .replace(r#""condition":{"#, &format!(r#""condition":{condition},"x":{{"#));
    let put = acme.request(Method::PUT, "/v1/rules/draft");
    let refused = put.header("content-type", "application/json").body(body).answer().await;
    assert_eq!(refused.code(), "body-too-deep");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_of_a_version_that_moved_is_not_published() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    save(&acme, &draft(1)).await;
    let back = json!({ "version": 1, "to": 1, "note": "Again" });
    let rolled = acme.post("/v1/rules/rollback").json(&back).answer().await;
    assert_eq!((rolled.status, &rolled.body["version"]), (StatusCode::OK, &json!(2)), "{rolled:?}");
    let late = acme.post("/v1/rules/draft/publish").json(&json!({})).answer().await;
    assert_eq!((late.status, late.code()), (StatusCode::CONFLICT, "ruleset-moved"));
    let stale = acme.post("/v1/rules/rollback").json(&back).answer().await;
    assert_eq!(stale.code(), "ruleset-moved");
    let unknown = json!({ "version": 2, "to": 7 });
    let unknown = acme.post("/v1/rules/rollback").json(&unknown).answer().await;
    assert_eq!(unknown.body["errors"][0]["pointer"], "/to");
    let discarded = acme.request(Method::DELETE, "/v1/rules/draft").answer().await;
    assert_eq!(discarded.status, StatusCode::NO_CONTENT);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_with_errors_is_saved_and_told_but_not_published() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let mut odd = draft(1);
    let nobody = "rep_00000000000000000000000000000001";
    odd["rules"][0]["action"] = json!({ "target": { "rep": nobody } });
    let saved = save(&acme, &odd).await;
    assert_eq!(saved.status, StatusCode::OK, "{saved:?}");
    let finding = &saved.body["findings"][0];
    assert_eq!((&finding["code"], &finding["severity"]), (&json!("unknown_rep"), &json!("error")));
    assert_eq!(finding["pointer"], "/rules/0/action/target");
    let lint = acme.get("/v1/rules/lint?of=draft").answer().await.body;
    assert_eq!(lint["findings"], saved.body["findings"]);
    let refused = acme.post("/v1/rules/draft/publish").json(&json!({})).answer().await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::UNPROCESSABLE_ENTITY, "rules-have-errors")
    );
    assert_eq!(refused.body["errors"][0]["pointer"], "/rules/0/action/target");
    assert_eq!(acme.get("/v1/rules/draft").answer().await.status, StatusCode::OK);
    assert_eq!(acme.get("/v1/rules/lint").answer().await.body["version"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_change_rules_may_read_versions_only() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let viewer = acme.colleague(Role::Viewer).await;
    assert_eq!(viewer.get("/v1/rules/versions/1").answer().await.status, StatusCode::OK);
    let put = viewer.request(Method::PUT, "/v1/rules/draft").json(&draft(1)).answer().await;
    assert_eq!(put.code(), "not-permitted");
    let back = json!({ "version": 1, "to": 1 });
    assert_eq!(
        viewer.post("/v1/rules/rollback").json(&back).answer().await.code(),
        "not-permitted"
    );
    let publish = viewer.post("/v1/rules/draft/publish").json(&json!({})).answer().await;
    assert_eq!(publish.code(), "not-permitted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backtest_is_asked_for_once_and_its_end_can_be_waited_for() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    acme.post("/v1/leads").json(&json!({ "name": "Ada" })).answer().await;
    assert_eq!(save(&acme, &draft(1)).await.status, StatusCode::OK);
    let ask = || acme.post("/v1/rules/backtests").header("Idempotency-Key", "b").json(&json!({}));
    let asked = ask().answer().await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{asked:?}");
    assert_eq!((&asked.body["state"], &asked.body["version"]), (&json!("waiting"), &json!(2)));
    assert_eq!(ask().answer().await.body["id"], asked.body["id"]);

    let stop = CancellationToken::new();
    tokio::spawn(jobs::worker(app.app.clone()).run(stop.clone().cancelled_owned()));
    let path = format!("/v1/rules/backtests/{}", asked.body["id"].as_str().unwrap());
    let mut now = acme.get(&path).answer().await.body;
    while now["state"] == "waiting" || now["state"] == "running" {
        tokio::time::sleep(Duration::from_millis(20)).await;
        now = acme.get(&path).answer().await.body;
    }
    stop.cancel();
    let report = &now["report"];
    assert_eq!((&report["leads"], &report["moved"]), (&json!(1), &json!(1)), "{now}");
    let flow = &report["flows"][0];
    assert_eq!((&flow["from"], &flow["to"]), (&json!("queue Unassigned"), &json!("queue Rest")));
    assert_eq!(flow["latest"][0]["name"], "Ada");

    acme.post("/v1/rules/backtests").json(&json!({ "of": "published" })).answer().await;
    let page = acme.get("/v1/rules/backtests?limit=1").answer().await.body;
    assert_eq!(
        (&page["items"][0]["state"], page["items"].as_array().unwrap().len()),
        (&json!("under_way"), 1)
    );
    let next = page["next_cursor"].as_str().unwrap();
    let page = acme.get(&format!("/v1/rules/backtests?cursor={next}")).answer().await.body;
    let first = &page["items"][0];
    assert_eq!((&first["id"], &first["state"]), (&asked.body["id"], &json!("done")), "{page}");
    assert_eq!((&first["leads"], &first["moved"]), (&json!(1), &json!(1)));
    assert_eq!(page["next_cursor"], json!(null));
    let odd = acme.get("/v1/rules/backtests?cursor=x").answer().await;
    assert_eq!(odd.code(), "invalid-request", "{odd:?}");

    let unknown = acme.post("/v1/rules/backtests").json(&json!({ "of": "9" })).answer().await;
    assert_eq!(unknown.code(), "invalid-body", "{unknown:?}");
    assert_eq!(unknown.body["errors"][0]["pointer"], "/of");
}
