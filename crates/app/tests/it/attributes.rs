//! Attributes that are declared to hold something else than text.

use lr_app::attributes::{AttributeError, declare, list};
use lr_app::leads::view;
use lr_app::replay::{Verdict, replay};
use lr_app::rulesets::drafts::{self, Written};
use lr_app::rulesets::publish;
use lr_core::decide::Outcome;
use lr_core::id::{RuleId, RulesetId};
use lr_core::lead::raw::RawLead;
use lr_core::rules::action::{Action, Priority, Setting, Target};
use lr_core::rules::ast::{RuleSource, RulesetSource};
use lr_core::rules::kind::{AttributeTypes, ValueKind};
use lr_store::leads::LeadMarks;
use serde_json::json;
use uuid::Uuid;

use crate::shop::Shop;

const SEATS: &str = "attributes.seats";

impl Shop {
    async fn declared(&self, name: &str, kind: Option<ValueKind>) -> Result<(), AttributeError> {
        declare(&self.app, self.workspace, "operator", name, kind).await
    }

    async fn put_rules_in_force(&self, version: u32, rules: Vec<RuleSource>) {
        let id = RulesetId::new(self.app.ids.make());
        let catch_all = Action::to(Target::Queue("Small".to_owned()));
        let ruleset = RulesetSource { id, version, rules, catch_all };
        publish(&self.app, self.workspace, ruleset, "operator").await.unwrap();
    }
}

/// More than a hundred seats, which as text would be fewer than 20.
fn large() -> RuleSource {
    let condition = json!({
        "combinator": "and",
        "rules": [{"field": SEATS, "operator": ">", "value": 100}],
    });
    RuleSource {
        id: RuleId::new(Uuid::from_u128(7)),
        name: "Large".to_owned(),
        enabled: true,
        condition: serde_json::from_value(condition).unwrap(),
        action: Action::to(Target::Queue("Large".to_owned())),
        owner_first: true,
        experiment: None,
    }
}

fn with_seats(seats: &str) -> RawLead {
    let attributes = [("seats".to_owned(), seats.to_owned())].into();
    RawLead { city: Some("Lima".to_owned()), attributes, ..RawLead::default() }
}

fn in_queue(name: &str) -> Outcome {
    Outcome::Queued { queue: name.to_owned() }
}

#[tokio::test]
async fn a_rule_asks_a_declared_attribute_by_its_kind() {
    let shop = Shop::open(&[1]).await;
    shop.declared(SEATS, Some(ValueKind::Number)).await.unwrap();
    shop.declared("account.attributes.tier", Some(ValueKind::List)).await.unwrap();
    shop.put_rules_in_force(2, vec![large()]).await;
    let sent = vec![with_seats("250"), with_seats("20"), with_seats("many")];
    let routed = shop.send(sent).await;
    let outcomes: Vec<_> = routed.into_iter().map(|one| one.decision.outcome).collect();
    assert_eq!(outcomes, ["Large", "Small", "Small"].map(in_queue));
    let types = list(&shop.app, shop.workspace).await.unwrap();
    assert_eq!(types.lead, [("seats".to_owned(), ValueKind::Number)].into());
    assert_eq!(types.account, [("tier".to_owned(), ValueKind::List)].into());
    assert_eq!(list(&shop.app, shop.other).await.unwrap(), AttributeTypes::default());
}

#[tokio::test]
async fn what_a_rule_in_force_needs_is_not_taken_back() {
    let shop = Shop::open(&[1]).await;
    shop.declared(SEATS, Some(ValueKind::Number)).await.unwrap();
    shop.put_rules_in_force(2, vec![large()]).await;
    for kind in [None, Some(ValueKind::Text), Some(ValueKind::Boolean)] {
        let Err(AttributeError::InUse(rules)) = shop.declared(SEATS, kind).await else {
            panic!("{kind:?} has no order")
        };
        assert_eq!(rules, ["“Large”"]);
    }
    assert_eq!(shop.send(vec![with_seats("250")]).await[0].decision.outcome, in_queue("Large"));
    shop.put_rules_in_force(3, vec![]).await;
    shop.declared(SEATS, None).await.unwrap();
    assert!(matches!(shop.declared(SEATS, None).await, Err(AttributeError::Missing)));
}

#[tokio::test]
async fn what_a_draft_needs_is_not_taken_back() {
    let shop = Shop::open(&[1]).await;
    let ada = shop.member(1).await;
    shop.declared(SEATS, Some(ValueKind::Number)).await.unwrap();
    let catch_all = Action::to(Target::Queue("Small".to_owned()));
    let written = Written { based_on: 1, rules: vec![large()], catch_all };
    drafts::save(&shop.app, shop.workspace, ada, written).await.unwrap();
    let Err(AttributeError::InUse(rules)) = shop.declared(SEATS, None).await else {
        panic!("a draft needs it")
    };
    assert_eq!(rules, ["“Large” in the draft of Ada Lovelace"]);
}

#[tokio::test]
async fn a_past_decision_is_replayed_with_the_kinds_of_its_day() {
    let shop = Shop::open(&[1]).await;
    shop.declared(SEATS, Some(ValueKind::Number)).await.unwrap();
    shop.put_rules_in_force(2, vec![large()]).await;
    let decision = shop.send(vec![with_seats("250")]).await.remove(0).id;
    shop.put_rules_in_force(3, vec![]).await;
    shop.declared(SEATS, Some(ValueKind::List)).await.unwrap();
    let replayed = replay(&shop.app, shop.workspace, decision).await.unwrap().unwrap();
    assert_eq!(replayed.verdict, Verdict::Same);
    assert_eq!(replayed.then.as_deref(), Some("“Large” → queue Large"));
}

#[tokio::test]
async fn what_a_rule_writes_on_a_lead_is_shown_with_it() {
    let shop = Shop::open(&[1]).await;
    let mut rule = large();
    rule.condition = serde_json::from_value(json!({ "combinator": "and", "rules": [] })).unwrap();
    rule.action.set = vec![
        Setting::Tag("hot".to_owned()),
        Setting::Priority(Priority::High),
        Setting::Attribute { name: "tier".to_owned(), value: "A".to_owned() },
    ];
    let plain = shop.send(vec![with_seats("1")]).await.remove(0).lead;
    shop.put_rules_in_force(2, vec![rule]).await;
    let lead = shop.send(vec![with_seats("1")]).await.remove(0).lead;
    let shown = async |lead| view(&shop.app, shop.workspace, lead).await.unwrap().unwrap().marks;
    let marks = [shown(plain).await, shown(lead).await];
    let written = LeadMarks {
        tags: vec!["hot".to_owned()],
        priority: Some("high".to_owned()),
        attributes: [("tier".to_owned(), "A".to_owned())].into(),
    };
    assert_eq!(marks, [LeadMarks::default(), written]);
}

#[tokio::test]
async fn only_custom_attributes_can_be_declared() {
    let shop = Shop::open(&[1]).await;
    for name in ["country", "seats", "attributes.", "territory", "account.name"] {
        let refused = shop.declared(name, Some(ValueKind::Number)).await;
        assert!(matches!(refused, Err(AttributeError::Name)), "{name}");
    }
}
