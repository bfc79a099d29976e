//! Credits over HTTP, and the preview of absences.

use lr_store::members::Role;
use reqwest::StatusCode;
use serde_json::json;

use crate::app::{Ask, TestApp};
use crate::openapi::with_turns;

#[tokio::test(flavor = "multi_thread")]
async fn a_credit_is_booked_once_and_told_in_the_ledger() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    acme.add_rep("Grace").await;
    acme.add_rep("Mona").await;
    let reps = acme.get("/v1/reps").answer().await.body;
    let pools = with_turns(&app, &acme, &reps).await;
    let path = format!("/v1/pools/{}", pools["items"][0]["id"].as_str().unwrap());
    let grace = reps["items"][0]["id"].as_str().unwrap();
    let credit = |leads: i32| json!({ "rep": grace, "leads": leads, "reason": "took the fair" });
    let send = |leads| {
        let request = acme.post(&format!("{path}/credits")).header("Idempotency-Key", "c");
        request.json(&credit(leads))
    };
    let booked = send(2).answer().await;
    assert_eq!(booked.status, StatusCode::CREATED, "{booked:?}");
    assert_eq!(send(2).answer().await.body, booked.body);
    assert_eq!(send(3).answer().await.code(), "idempotency-key-reused");
    let ledger = acme.get(&format!("{path}/ledger")).answer().await.body;
    assert_eq!(ledger["items"], json!([booked.body]));
    let entry = &ledger["items"][0];
    let words = entry["words"].as_str().unwrap();
    assert!(words.starts_with("Turns credited by hand: took the fair ("), "{words}");
    assert_eq!((&entry["cause"], &entry["lead"]), (&json!("granted"), &json!(null)));
    assert_eq!(entry["lines"][0]["words"], "is owed 2 more");
    assert_eq!(entry["lines"][1]["balance"], json!(-2.0));

    for (body, pointer) in
        [(credit(0), "/leads"), (json!({ "rep": grace, "leads": 1, "reason": " " }), "/reason")]
    {
        let refused = acme.post(&format!("{path}/credits")).json(&body).answer().await;
        assert_eq!(refused.body["errors"][0]["pointer"], pointer, "{refused:?}");
    }
    let viewer = acme.colleague(Role::Viewer).await;
    let refused = viewer.post(&format!("{path}/credits")).json(&credit(1)).answer().await;
    assert_eq!(refused.code(), "not-permitted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_lead_gives_its_turn_back_and_the_ledger_names_it() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    acme.add_rep("Grace").await;
    acme.add_rep("Mona").await;
    let reps = acme.get("/v1/reps").answer().await.body;
    with_turns(&app, &acme, &reps).await;
    let lead = acme.post("/v1/leads").json(&json!({ "name": "Ada" })).answer().await.body;
    let path = format!("/v1/leads/{}/credit", lead["lead_id"].as_str().unwrap());
    let back = acme.post(&path).json(&json!({ "reason": "a bot" })).answer().await;
    assert_eq!(back.status, StatusCode::CREATED, "{back:?}");
    assert_eq!((&back.body["cause"], &back.body["lead"]), (&json!("returned"), &lead["lead_id"]));
    let again = acme.post(&path).json(&json!({ "reason": "a robot" })).answer().await;
    assert_eq!(again.body, back.body);
    let pool = acme.get("/v1/pools").answer().await.body["items"][0].clone();
    let taken = pool["members"].as_array().unwrap().iter().map(|member| &member["assigned"]);
    assert_eq!(taken.collect::<Vec<_>>(), [&json!(0), &json!(0)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_absence_is_previewed_under_each_policy() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    acme.add_rep("Grace").await;
    acme.add_rep("Mona").await;
    let reps = acme.get("/v1/reps").answer().await.body;
    let pools = with_turns(&app, &acme, &reps).await;
    let path = format!("/v1/pools/{}/absence-preview", pools["items"][0]["id"].as_str().unwrap());
    let grace = reps["items"][0]["id"].as_str().unwrap();
    let until = "2999-01-01T00:00:00Z";
    let asked = format!("{path}?rep={grace}&until={until}&days=10&leads_per_day=4&per_day=2");
    let told = acme.get(&asked).answer().await.body;
    assert_eq!((&told["days"], &told["leads_per_day"]), (&json!(10), &json!(4)), "{told}");
    assert_eq!(told["policies"][1]["absence"], json!({ "policy": "repay", "per_day": 2 }));
    for policy in told["policies"].as_array().unwrap() {
        let leads = policy["members"].as_array().unwrap().iter().map(|member| &member["leads"]);
        assert_eq!(leads.collect::<Vec<_>>(), [&json!(0), &json!(40)], "away all the time");
    }
    for wrong in ["days=0", "leads_per_day=0", "per_day=2000", "days=366&leads_per_day=999"] {
        let refused = acme.get(&format!("{path}?{wrong}")).answer().await;
        assert_eq!(refused.code(), "invalid-request", "{wrong}");
    }
    for half in [format!("rep={grace}"), format!("until={until}")] {
        let refused = acme.get(&format!("{path}?{half}")).answer().await;
        assert_eq!(refused.code(), "invalid-request", "{half}");
    }
}
