//! What is somebody's own: reps and their leads, managers and their teams.

use std::num::NonZeroU32;

use lr_app::teams::{NewPool, NewTeam, add};
use lr_core::id::RulesetId;
use lr_core::rules::action::{Action, Target};
use lr_store::members::Role;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::app::{Answer, Ask, Colleague, Tenant, TestApp};

/// Two teams with a rep and a pool each, and a lead of each rep: the first is Grace's.
struct Town<'a> {
    acme: Tenant<'a>,
    reps: Value,
    pools: Value,
    leads: [Answer; 2],
}

async fn town(app: &TestApp) -> Town<'_> {
    let acme = app.tenant("acme").await;
    acme.add_rep("Grace").await;
    acme.add_rep("Mona").await;
    let reps = acme.get("/v1/reps").answer().await.body["items"].clone();
    for (index, name) in ["EMEA", "US"].into_iter().enumerate() {
        let rep = reps[index]["id"].as_str().unwrap().parse().unwrap();
        let pool = NewPool { name: name.to_owned(), members: vec![(rep, NonZeroU32::MIN)] };
        let team = NewTeam { name: name.to_owned(), pools: vec![pool] };
        add(&app.app, acme.made.id, &[], &[team]).await.unwrap();
    }
    let pools = acme.get("/v1/pools").answer().await.body["items"].clone();
    let first = lead_to(app, &acme, &pools[0], 2).await;
    let second = lead_to(app, &acme, &pools[1], 3).await;
    Town { acme, reps, pools, leads: [first, second] }
}

/// A lead that goes to this pool, by the next version of the rules.
async fn lead_to(app: &TestApp, acme: &Tenant<'_>, pool: &Value, version: u32) -> Answer {
    let mut tx = app.app.store.begin(acme.made.id).await.unwrap();
    let mut source = tx.published_ruleset().await.unwrap().unwrap().source;
    drop(tx);
    source.id = RulesetId::new(app.app.ids.make());
    source.version = version;
    source.catch_all = Action::to(Target::Pool(pool["id"].as_str().unwrap().parse().unwrap()));
    lr_app::rulesets::publish(&app.app, acme.made.id, source, "operator").await.unwrap();
    acme.post("/v1/leads").json(&json!({ "name": format!("Ada {version}") })).answer().await
}

async fn user_id(somebody: &Colleague<'_>) -> Value {
    somebody.get("/v1/me").answer().await.body["member"]["user_id"].clone()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rep_sees_the_leads_that_are_theirs_and_to_them_there_are_no_others() {
    let app = TestApp::start().await;
    let Town { acme, reps, leads: [own, other], .. } = town(&app).await;
    let rep = acme.colleague(Role::Rep).await;
    assert_eq!(rep.get("/v1/leads").answer().await.body["items"], json!([]));

    let path = format!("/v1/reps/{}/member", text(&reps[0]["id"]));
    let link = json!({ "member": user_id(&rep).await });
    let linked = acme.request(Method::PUT, &path).json(&link).answer().await;
    assert_eq!(linked.status, StatusCode::NO_CONTENT, "{linked:?}");
    assert_eq!(acme.get("/v1/reps").answer().await.body["items"][0]["member"], link["member"]);

    let (own, other) = (own.body, other.body);
    let list = rep.get("/v1/leads").answer().await.body;
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    assert_eq!(list["items"][0]["id"], own["lead_id"]);
    let query = format!("/v1/leads?rep={}", text(&reps[1]["id"]));
    assert_eq!(rep.get(&query).answer().await.body["items"], json!([]));
    let (rule, rep_id) = (format!("rule_{:032x}", 7), text(&reps[0]["id"]));
    let mut seen = 0;
    for lead in [&own, &other] {
        let (id, decision) = (text(&lead["lead_id"]), text(&lead["decision_id"]));
        for path in [
            format!("/v1/leads/{id}"),
            format!("/v1/leads/{id}/why"),
            format!("/v1/leads/{id}/why-not/reps/{rep_id}"),
            format!("/v1/leads/{id}/why-not/rules/{rule}"),
            format!("/v1/decisions/{decision}/replay"),
        ] {
            let status = rep.get(&path).answer().await.status;
            seen += usize::from(status == StatusCode::OK);
            assert!(lead == &own || status == StatusCode::NOT_FOUND, "{path}: {status}");
        }
    }
    assert_eq!(seen, 4, "all of their own, but for the rule that is not there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_changes_their_own_teams_and_looks_at_all() {
    let app = TestApp::start().await;
    let Town { acme, reps, pools, leads } = town(&app).await;
    let manager = acme.colleague(Role::Manager).await;
    let teams = acme.get("/v1/teams").answer().await.body;
    let path = format!("/v1/teams/{}/managers", text(&teams["items"][0]["id"]));
    let managers = json!({ "managers": [user_id(&manager).await] });
    let refused = manager.request(Method::PUT, &path).json(&managers).answer().await;
    assert_eq!(refused.code(), "not-permitted");
    let put = acme.request(Method::PUT, &path).json(&managers).answer().await;
    assert_eq!(put.body["managers"][0]["name"], "Colleague", "{put:?}");

    for (index, lead) in leads.iter().enumerate() {
        let (pool, rep) = (text(&pools[index]["id"]), text(&reps[index]["id"]));
        let lead = text(&lead.body["lead_id"]);
        let own = index == 0;
        for (method, path, body) in [
            (Method::PATCH, format!("/v1/pools/{pool}"), json!({})),
            (Method::PATCH, format!("/v1/reps/{rep}"), json!({})),
            (Method::POST, format!("/v1/leads/{lead}/credit"), json!({ "reason": "a bot" })),
            (Method::POST, format!("/v1/reps/{rep}/leave"), json!({})),
        ] {
            let done = manager.request(method, &path).json(&body).answer().await;
            assert_eq!(done.status.is_success(), own, "{path}: {done:?}");
            assert!(own || done.code() == "not-permitted", "{path}: {done:?}");
        }
        let credit = json!({ "rep": rep, "leads": 1, "reason": "a fair" });
        let path = format!("/v1/pools/{pool}/credits");
        let credited = manager.post(&path).json(&credit).answer().await;
        assert_eq!(credited.status == StatusCode::FORBIDDEN, !own, "{credited:?}");
    }
    assert_eq!(manager.get("/v1/leads").answer().await.body["items"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_members_of_the_workspace_manage_teams_or_are_reps() {
    let app = TestApp::start().await;
    let Town { acme, reps, .. } = town(&app).await;
    let globex = app.tenant("globex").await;
    let stranger = user_id(&globex.colleague(Role::Manager).await).await;
    let teams = acme.get("/v1/teams").answer().await.body;
    let managers = format!("/v1/teams/{}/managers", text(&teams["items"][0]["id"]));
    let put = acme.request(Method::PUT, &managers).json(&json!({ "managers": [stranger] }));
    assert_eq!(put.answer().await.body["errors"][0]["pointer"], "/managers");
    let path = |index: usize| format!("/v1/reps/{}/member", text(&reps[index]["id"]));
    let put = acme.request(Method::PUT, &path(0)).json(&json!({ "member": stranger }));
    assert_eq!(put.answer().await.body["errors"][0]["pointer"], "/member");
    let own = json!({ "member": user_id(&acme.colleague(Role::Rep).await).await });
    let first = acme.request(Method::PUT, &path(0)).json(&own).answer().await;
    assert_eq!(first.status, StatusCode::NO_CONTENT);
    let twice = acme.request(Method::PUT, &path(1)).json(&own).answer().await;
    assert_eq!(twice.body["detail"], "The member is another rep already.");
}
