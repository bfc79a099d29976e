//! Rules that name a territory.

use lr_app::configs::Configs;
use lr_app::idempotency::{IdempotencyKey, Once, OnceError};
use lr_app::replay::{Verdict, replay};
use lr_app::rulesets::compare::{Which, compare};
use lr_app::rulesets::drafts::{self, Written};
use lr_app::rulesets::file::FileError;
use lr_app::rulesets::plan::{PlanError, apply, export, plan};
use lr_app::rulesets::view::view;
use lr_app::rulesets::{ChangeError, publish, versions};
use lr_app::territories::{Change, Imported, Job, Place, TerritoryError, import, remove};
use lr_app::why::why;
use lr_core::decide::{By, Outcome};
use lr_core::id::{RuleId, RulesetId, TerritoryId};
use lr_core::lead::raw::RawLead;
use lr_core::rules::action::{Action, Target};
use lr_core::rules::ast::{RuleSource, RulesetSource};
use lr_core::rules::diff::Change as RuleChange;
use serde_json::json;
use uuid::Uuid;

use crate::shop::Shop;

const TABLE: &str = "country,postal_code,owner\nDE,10,EMEA\nDE,8,nora@shop.test\n";

impl Shop {
    async fn take_in(&self, table: &str, once: Option<Once>) -> Result<Imported, TerritoryError> {
        let (place, bytes) = (Place::Named("Germany".to_owned()), table.as_bytes().to_vec());
        let job = Job { place, bytes, actor: "operator".to_owned(), dry_run: false, once };
        import(&self.app, self.workspace, job).await
    }

    /// Publishes two rules: leads in the territory go to its owners, and none of the others.
    async fn with_territory(&self) -> TerritoryId {
        let territory = self.take_in(TABLE, None).await.unwrap().territory.id;
        self.put_in_force(2, vec![owners(territory)]).await;
        territory
    }

    async fn put_in_force(&self, version: u32, rules: Vec<RuleSource>) {
        let catch_all = Action::to(Target::Queue("Unrouted".to_owned()));
        let id = RulesetId::new(self.app.ids.make());
        let ruleset = RulesetSource { id, version, rules, catch_all };
        publish(&self.app, self.workspace, ruleset, "operator").await.unwrap();
    }

    async fn removed(&self, territory: TerritoryId) -> Result<(), TerritoryError> {
        remove(&self.app, self.workspace, territory, "operator".to_owned()).await
    }
}

fn owners(territory: TerritoryId) -> RuleSource {
    let condition = json!({
        "combinator": "and",
        "rules": [{"field": "territory", "operator": "inTerritory", "value": territory.to_string()}],
    });
    RuleSource {
        id: RuleId::new(Uuid::from_u128(77)),
        name: "Germany".to_owned(),
        enabled: true,
        condition: serde_json::from_value(condition).unwrap(),
        action: Action::to(Target::TerritoryOwner(territory)),
        owner_first: true,
        experiment: None,
    }
}

fn german(postal_code: &str) -> RawLead {
    let [country, postal_code] = ["DE", postal_code].map(|text| Some(text.to_owned()));
    RawLead { country, postal_code, ..RawLead::default() }
}

#[tokio::test]
async fn leads_go_to_the_owners_of_their_rows() {
    let shop = Shop::open(&[1]).await;
    let territory = shop.with_territory().await;
    let routed = shop.send(vec![german("10115"), german("50667")]).await;
    let by = By::Territory { territory, line: 2, pool: Some(shop.pool) };
    assert!(
        matches!(&routed[0].decision.outcome, Outcome::Assigned { by: found, .. } if *found == by)
    );
    assert_eq!(routed[1].decision.outcome, Outcome::Queued { queue: "Unrouted".to_owned() });
    shop.set_clock("2026-02-04T23:00:00Z");
    let night = shop.send(vec![german("80331")]).await.remove(0);
    assert_eq!(night.decision.outcome.rep(), Some(shop.night_owl));
    let why = why(&shop.app, shop.workspace, night.lead).await.unwrap().unwrap();
    assert!(why.sentence.contains("line 3 of the territory Germany"), "{}", why.sentence);
}

#[tokio::test]
async fn a_decision_replays_to_the_same_bytes_whatever_became_of_its_territory() {
    let shop = Shop::open(&[1, 1]).await;
    let territory = shop.with_territory().await;
    let decision = shop.send(vec![german("10115")]).await.remove(0).id;
    shop.take_in("country,owner\nFR,EMEA\n", None).await.unwrap();
    let queued = shop.send(vec![german("10115")]).await.remove(0);
    assert!(matches!(queued.decision.outcome, Outcome::Queued { .. }), "the new table decides now");
    shop.put_in_force(3, vec![]).await;
    shop.removed(territory).await.unwrap();
    let mut fresh = shop.app.clone();
    fresh.configs = Configs::default();
    for app in [&shop.app, &fresh] {
        let replayed = replay(app, shop.workspace, decision).await.unwrap().unwrap();
        assert_eq!(replayed.verdict, Verdict::Same);
        let then = replayed.then.unwrap();
        assert!(then.starts_with("“Germany” → Germany, line 2 → EMEA"), "{then}");
    }
}

#[tokio::test]
async fn a_territory_that_a_rule_in_force_names_stays() {
    let shop = Shop::open(&[1]).await;
    let territory = shop.with_territory().await;
    let Err(TerritoryError::InUse(rules)) = shop.removed(territory).await else {
        panic!("a rule names it")
    };
    assert_eq!(rules, ["“Germany”"]);
    assert!(matches!(
        shop.send(vec![german("10115")]).await[0].decision.outcome,
        Outcome::Assigned { .. }
    ));
}

#[tokio::test]
async fn a_territory_that_a_draft_names_stays_until_the_draft_is_gone() {
    let shop = Shop::open(&[1]).await;
    let ada = shop.member(1).await;
    let territory = shop.take_in(TABLE, None).await.unwrap().territory.id;
    let catch_all = Action::to(Target::TerritoryOwner(territory));
    let written = Written { based_on: 1, rules: vec![], catch_all };
    drafts::save(&shop.app, shop.workspace, ada, written).await.unwrap();
    let Err(TerritoryError::InUse(rules)) = shop.removed(territory).await else {
        panic!("a draft names it")
    };
    assert_eq!(rules, ["the catch-all in the draft of Ada Lovelace"]);
    drafts::discard(&shop.app, shop.workspace, ada).await.unwrap();
    shop.removed(territory).await.unwrap();
}

#[tokio::test]
async fn a_rule_cannot_name_a_territory_that_is_not_there() {
    let shop = Shop::open(&[1]).await;
    let rules = vec![owners(TerritoryId::new(Uuid::from_u128(5)))];
    let catch_all = Action::to(Target::Queue("Unrouted".to_owned()));
    let id = RulesetId::new(shop.app.ids.make());
    let ruleset = RulesetSource { id, version: 2, rules, catch_all };
    let Err(ChangeError::Faults(faults)) =
        publish(&shop.app, shop.workspace, ruleset, "operator").await
    else {
        panic!("there is no such territory")
    };
    let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
    assert_eq!(
        paths,
        ["rules[0].condition.rules[0].value", "rules[0].action.target.territory_owner"]
    );
}

#[tokio::test]
async fn a_version_whose_territory_is_gone_is_still_told() {
    let shop = Shop::open(&[1]).await;
    let territory = shop.with_territory().await;
    let shown = view(&shop.app, shop.workspace).await.unwrap().unwrap().content;
    assert_eq!(shown.words[0].condition, "Territory is Germany");
    assert_eq!(shown.words[0].action, "owner in the territory Germany");
    shop.put_in_force(3, vec![]).await;
    shop.removed(territory).await.unwrap();
    let (_, content) = versions::read(&shop.app, shop.workspace, 2).await.unwrap();
    assert_eq!(content.words[0].action, format!("owner in the territory {territory}"));
    let lines = format!("all of\n  territory inTerritory {territory}");
    assert_eq!(content.words[0].condition, lines);
}

#[tokio::test]
async fn what_differs_between_versions_names_territories_by_their_names() {
    let shop = Shop::open(&[1]).await;
    let ada = shop.member(1).await;
    shop.with_territory().await;
    let versions = (Which::Version(1), Which::Version(2));
    let told = compare(&shop.app, shop.workspace, Some(ada), versions.0, versions.1).await.unwrap();
    let Some(RuleChange::Added(rule)) = told.changes.first() else { panic!("{told:?}") };
    assert_eq!(rule.condition, ["all of", "  territory inTerritory Germany"]);
    assert_eq!(rule.action, "owner in the territory Germany");
}

#[tokio::test]
async fn a_file_names_territories_by_their_names() {
    let shop = Shop::open(&[1]).await;
    let territory = shop.with_territory().await;
    let text = export(&shop.app, shop.workspace).await.unwrap();
    assert!(!text.contains(&territory.to_string()), "{text}");
    assert!(text.contains("territory_owner: Germany"), "{text}");
    let planned = plan(&shop.app, shop.workspace, &text).await.unwrap();
    assert_eq!(planned.changes, []);
    let wrong = text.replace(": Germany", ": Germani");
    let Err(PlanError::File(FileError::Faults(faults))) =
        apply(&shop.app, shop.workspace, &wrong, "operator", None).await
    else {
        panic!("there is no such territory")
    };
    let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
    let both = ["rules[0].action.target.territory_owner", "rules[0].condition.rules[0].value"];
    assert_eq!(paths, both);
    assert!(faults[0].message.contains("did you mean one of Germany"), "{faults:?}");
}

#[tokio::test]
async fn a_request_to_make_a_territory_that_is_sent_twice_acts_once() {
    let shop = Shop::open(&[1]).await;
    let key = IdempotencyKey::parse(b"germany-1").unwrap();
    let once = |body: &str| {
        Some(Once::new(Uuid::nil(), key.clone(), "POST /v1/territories", body.as_bytes()))
    };
    let first = shop.take_in(TABLE, once(TABLE)).await.unwrap();
    assert_eq!(first.change, Change::Created);
    shop.take_in("country,owner\nFR,EMEA\n", None).await.unwrap();
    assert_eq!(shop.take_in(TABLE, once(TABLE)).await.unwrap(), first, "the table is not put back");
    let other = shop.take_in("country,owner\nIT,EMEA\n", once("other")).await;
    assert!(matches!(other, Err(TerritoryError::Once(OnceError::KeyReused))), "{other:?}");
}
