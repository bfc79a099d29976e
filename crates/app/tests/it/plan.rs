//! Rules in a file.

use lr_app::rulesets::ChangeError;
use lr_app::rulesets::file::FileError;
use lr_app::rulesets::plan::{Applied, PlanError, apply, export, plan};
use lr_core::decide::Outcome;
use lr_core::rules::check::Fault;

use crate::shop::{Shop, from};

async fn exported(shop: &Shop) -> String {
    export(&shop.app, shop.workspace).await.unwrap()
}

async fn applied(shop: &Shop, text: &str) -> Result<Applied, PlanError> {
    apply(&shop.app, shop.workspace, text, "operator", None).await
}

/// The faults of a file, each as its path and message.
async fn faults(shop: &Shop, text: &str) -> Vec<Fault> {
    match plan(&shop.app, shop.workspace, text).await {
        Err(PlanError::File(FileError::Faults(faults)))
        | Err(PlanError::Change(ChangeError::Faults(faults))) => faults,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_was_exported_says_what_is_in_force() {
    let shop = Shop::open(&[1]).await;
    let text = exported(&shop).await;
    for words in ["based_on: 1", "name: Berlin", "pool: EMEA", "rep: nora@shop.test"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let plan = plan(&shop.app, shop.workspace, &text).await.unwrap();
    assert_eq!(plan.changes, []);
    assert_eq!(applied(&shop, &text).await.unwrap(), Applied::Nothing { version: 1 });
}

#[tokio::test]
async fn a_changed_file_is_in_force_once_however_often_it_is_applied() {
    let shop = Shop::open(&[1]).await;
    let text = exported(&shop).await.replace("value: berlin", "value: rome");
    let told = plan(&shop.app, shop.workspace, &text).await.unwrap();
    assert_eq!(told.changes.len(), 1);
    assert_eq!(applied(&shop, &text).await.unwrap(), Applied::Published { version: 2 });
    assert_eq!(applied(&shop, &text).await.unwrap(), Applied::Nothing { version: 2 });
    let routed = shop.send(vec![from("Berlin")]).await;
    assert_eq!(routed[0].decision.outcome, Outcome::Queued { queue: "Unrouted".to_owned() });
}

#[tokio::test]
async fn a_file_based_on_a_version_that_moved_is_refused() {
    let shop = Shop::open(&[1]).await;
    let text = exported(&shop).await;
    applied(&shop, &text.replace("berlin", "rome")).await.unwrap();
    let late = applied(&shop, &text.replace("berlin", "oslo")).await;
    assert!(matches!(late, Err(PlanError::Change(ChangeError::Moved))), "{late:?}");
}

#[tokio::test]
async fn a_new_rule_without_an_id_is_new_only_once() {
    let shop = Shop::open(&[1]).await;
    let rule = "rules:\n- name: New\n  condition: {combinator: and, rules: []}\n  \
                action: {target: {queue: New}}\n";
    let text = exported(&shop).await.replacen("rules:\n", rule, 1);
    assert_eq!(applied(&shop, &text).await.unwrap(), Applied::Published { version: 2 });
    assert_eq!(applied(&shop, &text).await.unwrap(), Applied::Nothing { version: 2 });
}

#[tokio::test]
async fn unknown_names_and_keys_are_told_with_their_places() {
    let shop = Shop::open(&[1]).await;
    let text = exported(&shop).await;
    let unknown = faults(&shop, &text.replace("pool: EMEA", "pool: EMAE")).await;
    assert_eq!(unknown[0].path, "rules[1].action.target.pool");
    assert_eq!(unknown[0].message, "There is no pool `EMAE`; did you mean one of EMEA?");
    let strange = faults(&shop, &text.replace("catch_all:\n", "catch_all:\n  fallbak: []\n")).await;
    assert_eq!(strange[0].path, "catch_all.fallbak");
    let typo = faults(&shop, &text.replace("  name: Berlin", "  nmae: Berlin")).await;
    assert!(typo[0].message.contains("nmae"), "{typo:?}");
    let faulty = faults(&shop, &text.replacen("field: city", "field: town", 1)).await;
    assert_eq!(faulty[0].path, "rules[1].condition.rules[0].field");
    let none = plan(&shop.app, shop.workspace, "- a\n- b\n").await;
    assert!(matches!(none, Err(PlanError::File(FileError::Shape(_)))), "{none:?}");
}

#[tokio::test]
async fn rules_that_the_linter_finds_errors_in_are_not_applied() {
    let shop = Shop::open(&[1]).await;
    let never = "rules:\n    - {field: message, operator: \"null\"}\n    ";
    let text = exported(&shop).await.replacen("rules:\n    ", never, 1);
    let told = plan(&shop.app, shop.workspace, &text).await.unwrap();
    assert_eq!(told.findings[0].path, "rules[0].condition", "{text}");
    let refused = applied(&shop, &text).await;
    assert!(matches!(refused, Err(PlanError::Change(ChangeError::Findings(_)))), "{refused:?}");
}
