//! The rules in force, pools and reps.

use lr_core::id::{PoolId, RepId, RuleId, TeamId};
use lr_core::pick::Rep;
use lr_core::pick::hours::WeeklyHours;
use lr_core::time::Zone;
use lr_store::members::Role;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{Ask, Tenant, TestApp};

async fn rules(tenant: &Tenant<'_>) -> Value {
    tenant.get("/v1/rules").answer().await.body
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_rules_are_shown_in_words_and_with_their_counts() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    acme.post("/v1/leads").json(&json!({ "name": "Ada" })).answer().await;
    let rules = rules(&acme).await;
    assert_eq!(rules["version"], 1);
    assert_eq!(rules["rules"][0]["position"], 1);
    assert_eq!(rules["rules"][0]["action_words"], "reject as “spam”");
    assert_eq!(rules["rules"][0]["condition"]["rules"][0]["field"], "attributes.honeypot");
    assert_eq!(rules["catch_all"]["action_words"], "queue “Unassigned”");
    assert_eq!(rules["catch_all"]["matched_30d"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_switched_off_in_a_new_version() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let before = rules(&acme).await;
    let path = format!("/v1/rules/{}", before["rules"][0]["id"].as_str().unwrap());
    let off = json!({ "version": 1, "enabled": false });
    let after = acme.request(Method::PATCH, &path).json(&off).answer().await;
    assert_eq!(after.status, StatusCode::OK, "{after:?}");
    assert_eq!(
        (&after.body["version"], &after.body["rules"][0]["enabled"]),
        (&json!(2), &json!(false))
    );
    let stale = acme.request(Method::PATCH, &path).json(&off).answer().await;
    assert_eq!((stale.status, stale.code()), (StatusCode::CONFLICT, "ruleset-moved"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_names_every_rule_once() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let rule = rules(&acme).await["rules"][0]["id"].clone();
    let order = async |order: Value| {
        let body = json!({ "version": 1, "order": order });
        acme.request(Method::PUT, "/v1/rules/order").json(&body).answer().await
    };
    assert_eq!(order(json!([])).await.body["errors"][0]["pointer"], "/order");
    assert_eq!(order(json!([rule, rule])).await.code(), "invalid-body");
    assert_eq!(order(json!(["rule_1"])).await.body["errors"][0]["pointer"], "/order/0");
    assert_eq!(order(json!([rule])).await.body["version"], 2);
    let unknown = format!("/v1/rules/{}", RuleId::new(Uuid::nil()));
    let body = json!({ "version": 2, "enabled": true });
    let answer = acme.request(Method::PATCH, &unknown).json(&body).answer().await;
    assert_eq!(answer.code(), "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_owners_and_admins_change_rules_and_viewers_hand_nothing_in() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let viewer = acme.colleague(Role::Viewer).await;
    assert_eq!(viewer.get("/v1/rules").answer().await.status, StatusCode::OK);
    let order = json!({ "version": 1, "order": [] });
    let change = viewer.request(Method::PUT, "/v1/rules/order").json(&order).answer().await;
    assert_eq!((change.status, change.code()), (StatusCode::FORBIDDEN, "not-permitted"));
    let lead = viewer.post("/v1/leads").json(&json!({ "name": "Ada" })).answer().await;
    assert_eq!(lead.code(), "not-permitted");
}

#[tokio::test(flavor = "multi_thread")]
async fn pools_and_reps_say_who_is_away() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let mut tx = app.app.store.begin(acme.made.id).await.unwrap();
    let (team, pool) = (TeamId::new(Uuid::from_u128(1)), PoolId::new(Uuid::from_u128(2)));
    tx.add_team(team, "EMEA").await.unwrap();
    tx.add_pool(team, pool, "EMEA inbound").await.unwrap();
    for (number, name, active) in [(3, "Grace", true), (4, "Linus", false)] {
        let id = RepId::new(Uuid::from_u128(number));
        let zone = Zone::parse("Europe/Berlin").unwrap();
        let rep = Rep { active, ..Rep::new(id, name, zone, WeeklyHours::always()) };
        tx.add_rep(&rep, &format!("{name}@acme.example")).await.unwrap();
        tx.add_member(pool, rep.id, 1).await.unwrap();
    }
    tx.commit().await.unwrap();

    let pools = acme.get("/v1/pools").answer().await.body;
    let members = &pools["items"][0]["members"];
    assert_eq!(pools["items"][0]["team"]["name"], "EMEA");
    assert_eq!(
        (&members[0]["gate"], &members[1]["gate"]["code"]),
        (&Value::Null, &json!("inactive"))
    );
    assert_eq!(pools["items"][0]["next"][0]["name"], "Grace");
    let reps = acme.get("/v1/reps").answer().await.body;
    assert_eq!(reps["items"][1]["gate"]["words"], "is not active");
}
