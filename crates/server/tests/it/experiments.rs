//! Experiments as people see them: what a lead drew, and how many drew what.

use std::num::NonZeroU32;

use lr_app::rulesets::publish;
use lr_core::id::{ExperimentId, RulesetId};
use lr_core::rules::experiment::{Experiment, Treatment, Unit, Variant};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{Ask, Tenant, TestApp};

/// Puts every lead into an experiment of two equal variants, one of which is held out.
async fn try_with_everybody(app: &TestApp, acme: &Tenant<'_>) {
    let mut tx = app.app.store.begin(acme.made.id).await.unwrap();
    let mut source = tx.published_ruleset().await.unwrap().unwrap().source;
    drop(tx);
    source.id = RulesetId::new(app.app.ids.make());
    source.version = 2;
    let part = |name: &str, treatment| Variant {
        name: name.to_owned(),
        weight: NonZeroU32::MIN,
        treatment,
    };
    let variants = vec![part("As ever", Treatment::Control), part("Out", Treatment::Holdout)];
    let id = ExperimentId::new(Uuid::from_u128(1));
    source.rules[0].condition.rules.clear();
    source.rules[0].experiment = Some(Experiment { id, unit: Unit::Person, variants });
    publish(&app.app, acme.made.id, source, "operator").await.unwrap();
}

async fn drawn(acme: &Tenant<'_>, email: &str) -> Value {
    let lead = acme.post("/v1/leads").json(&json!({ "email": email })).answer().await.body;
    let path = format!("/v1/leads/{}/why", lead["lead_id"].as_str().unwrap());
    let why = acme.get(&path).answer().await.body;
    let held_out = why["ladder"][0]["verdict"] == "held_out";
    assert_eq!(held_out, why["cohorts"][0]["treatment"] == "holdout", "{why}");
    why["cohorts"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_drew_is_shown_and_stays_and_is_counted() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let rules = acme.get("/v1/rules").answer().await.body;
    let path = format!("/v1/rules/{}/cohorts", rules["rules"][0]["id"].as_str().unwrap());
    let none = acme.get(&path).answer().await.body;
    assert_eq!(none, json!({ "experiment": null, "variants": [] }));
    try_with_everybody(&app, &acme).await;
    let mut seen = [0, 0];
    for number in 0..12 {
        let first = drawn(&acme, &format!("p{number}@initech.example")).await;
        assert_eq!(drawn(&acme, &format!("P{number}@Initech.example")).await, first);
        let out = first[0]["variant"] == "Out";
        seen[usize::from(out)] += 2;
        let words = first[0]["words"].as_str().unwrap();
        assert!(words.contains("the person drew “") && words.contains("honeypot"), "{words}");
    }
    let told = acme.get(&path).answer().await.body;
    assert_eq!(told["experiment"], ExperimentId::new(Uuid::from_u128(1)).to_string());
    let [as_ever, out] = seen;
    let expected = json!([
        { "name": "As ever", "weight": 1, "leads": as_ever },
        { "name": "Out", "weight": 1, "leads": out },
    ]);
    assert_eq!(told["variants"], expected);
    assert!(as_ever > 0 && out > 0, "{told}");
}
