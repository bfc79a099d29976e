//! How pools share leads, when reps take them, and leavers.

use lr_core::id::{PoolId, RepId, TeamId};
use lr_core::pick::Rep;
use lr_core::pick::hours::WeeklyHours;
use lr_core::time::Zone;
use lr_store::members::Role;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{Answer, Ask, Tenant, TestApp};
use crate::territories::csv;

const POOL: PoolId = PoolId::new(Uuid::from_u128(2));
const GRACE: RepId = RepId::new(Uuid::from_u128(3));

/// A pool with Grace in it.
async fn with_pool(acme: &Tenant<'_>, app: &TestApp) {
    let mut tx = app.app.store.begin(acme.made.id).await.unwrap();
    let team = TeamId::new(Uuid::from_u128(1));
    tx.add_team(team, "EMEA").await.unwrap();
    tx.add_pool(team, POOL, "EMEA inbound").await.unwrap();
    let zone = Zone::parse("Europe/Berlin").unwrap();
    let grace = Rep::new(GRACE, "Grace", zone, WeeklyHours::always());
    tx.add_rep(&grace, "grace@acme.example").await.unwrap();
    tx.add_member(POOL, GRACE, 1).await.unwrap();
    tx.commit().await.unwrap();
}

async fn sent(request: RequestBuilder, body: Value) -> Answer {
    request.json(&body).answer().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pools_settings_are_changed_one_by_one_and_shown() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    with_pool(&acme, &app).await;
    let path = format!("/v1/pools/{POOL}");
    let change = json!({
        "skills": [" German ", "tax"],
        "distribution": "least_loaded",
        "absence": { "policy": "repay", "per_day": 2 },
    });
    let changed = sent(acme.request(Method::PATCH, &path), change).await;
    assert_eq!(changed.status, StatusCode::OK, "{changed:?}");
    let changed = sent(
        acme.request(Method::PATCH, &path),
        json!({ "overflow": { "policy": "assign_anyway" } }),
    )
    .await;
    let expected = json!({
        "skills": ["german", "tax"],
        "distribution": "least_loaded",
        "absence": { "policy": "repay", "per_day": 2 },
        "overflow": { "policy": "assign_anyway" },
    });
    assert_eq!(changed.body, expected);
    let pools = acme.get("/v1/pools").answer().await;
    assert_eq!(pools.body["items"][0]["settings"], expected);
    assert_eq!(pools.body["items"][0]["members"][0]["gate"]["code"], "missing_skills");

    let itself = json!({ "overflow": { "policy": "fallback", "pool": POOL.to_string() } });
    let refused = sent(acme.request(Method::PATCH, &path), itself).await;
    assert_eq!(refused.body["errors"][0]["pointer"], "/overflow/pool", "{refused:?}");
    let unknown = format!("/v1/pools/{}", PoolId::new(Uuid::nil()));
    assert_eq!(sent(acme.request(Method::PATCH, &unknown), json!({})).await.code(), "not-found");
    let viewer = acme.colleague(Role::Viewer).await;
    assert_eq!(sent(viewer.request(Method::PATCH, &path), json!({})).await.code(), "not-permitted");
    let ledger = acme.get(&format!("{path}/ledger")).answer().await;
    assert_eq!(ledger.body, json!({ "items": [], "next": null }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rep_gets_caps_and_holidays_and_leaves() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    with_pool(&acme, &app).await;
    let path = format!("/v1/reps/{GRACE}");
    let caps = json!({ "hour": null, "day": 5, "week": null, "open": 0 });
    let changed =
        sent(acme.request(Method::PATCH, &path), json!({ "caps": caps, "holidays": "de-by" }))
            .await;
    assert_eq!(changed.body["holidays"], "DE-BY", "{changed:?}");
    let reps = acme.get("/v1/reps").answer().await;
    assert_eq!(reps.body["items"][0]["settings"]["caps"], caps);
    let cleared = sent(acme.request(Method::PATCH, &path), json!({ "holidays": null })).await;
    assert_eq!(
        (&cleared.body["holidays"], &cleared.body["caps"]["day"]),
        (&json!(null), &json!(5))
    );
    let refused = sent(acme.request(Method::PATCH, &path), json!({ "holidays": "XX" })).await;
    assert_eq!(refused.body["errors"][0]["pointer"], "/holidays");

    let path = format!("{path}/leave");
    let before = acme.get(&path).answer().await;
    assert_eq!((&before.body["open"], &before.body["active"]), (&json!(0), &json!(true)));
    assert_eq!(before.body["pools"][0]["name"], "EMEA inbound");
    let viewer = acme.colleague(Role::Viewer).await;
    assert_eq!(viewer.post(&path).answer().await.code(), "not-permitted");
    for _ in 0..2 {
        let left = acme.post(&path).answer().await;
        let nothing =
            json!({ "assigned": 0, "held": 0, "other": 0, "rules": [], "territories": [] });
        assert_eq!((left.status, &left.body), (StatusCode::OK, &nothing));
    }
    let pools = acme.get("/v1/pools").answer().await;
    assert_eq!(pools.body["items"][0]["members"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leavers_rows_of_territories_are_told_and_handed_over() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    with_pool(&acme, &app).await;
    let path = "/v1/territories?name=Europe";
    let made = csv(acme.post(path), "country,owner\nDE,Grace\nFR,EMEA inbound\nIT,Grace\n");
    let europe = made.answer().await.body["territory"]["id"].clone();
    let path = format!("/v1/reps/{GRACE}/leave");
    let hers = json!([{
        "territory": { "id": europe, "name": "Europe" }, "rows": 2, "lines": [2, 4],
    }]);
    assert_eq!(acme.get(&path).answer().await.body["territories"], hers);
    assert_eq!(acme.post(&path).answer().await.body["territories"], hers);

    let path = format!("{path}/territories");
    for nobody in [json!({ "rep": GRACE }), json!({ "pool": PoolId::new(Uuid::nil()) })] {
        let refused = sent(acme.post(&path), json!({ "to": nobody })).await;
        assert_eq!(refused.body["errors"][0]["pointer"], "/to", "{refused:?}");
    }
    let to = json!({ "to": { "pool": POOL } });
    let viewer = acme.colleague(Role::Viewer).await;
    assert_eq!(sent(viewer.post(&path), to.clone()).await.code(), "not-permitted");
    let given = sent(acme.post(&path), to.clone()).await;
    assert_eq!((given.status, &given.body["territories"]), (StatusCode::OK, &hers), "{given:?}");
    assert_eq!(sent(acme.post(&path), to).await.body, json!({ "territories": [] }));
    let path = format!("/v1/territories/{}", europe.as_str().unwrap());
    assert_eq!(acme.get(&path).answer().await.body["version"], 2);
    let file = acme.get(&format!("{path}/csv")).answer().await.body;
    let expected = "country,owner\nDE,EMEA inbound\nFR,EMEA inbound\nIT,EMEA inbound\n";
    assert_eq!(file, expected);
}
