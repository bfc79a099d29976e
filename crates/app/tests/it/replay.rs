//! Decisions made again, by the same engine and by another.

use lr_app::replay::difference::Difference;
use lr_app::replay::{Replayed, Verdict, replay};
use lr_core::id::DecisionId;
use lr_core::rules::action::{Action, Target};
use lr_core::snapshot::ConfigSource;
use uuid::Uuid;

use crate::shop::{Shop, from};

/// Sends a lead that only the catch-all takes.
async fn decided(shop: &Shop) -> DecisionId {
    shop.send(vec![from("Lima")]).await.first().unwrap().id
}

async fn verdict(shop: &Shop, decision: DecisionId) -> Verdict {
    replayed(shop, decision).await.verdict
}

async fn replayed(shop: &Shop, decision: DecisionId) -> Replayed {
    replay(&shop.app, shop.workspace, decision).await.unwrap().unwrap()
}

/// Changes the configuration that `decision` was made from, behind everybody's back.
async fn rewrite(shop: &Shop, decision: DecisionId, change: impl FnOnce(&mut ConfigSource)) {
    let mut tx = shop.app.store.begin(shop.workspace).await.unwrap();
    let row = tx.decision(decision).await.unwrap().unwrap();
    let body = tx.config_body(row.config).await.unwrap().unwrap();
    drop(tx);
    let mut source = ConfigSource::decode(&body).unwrap();
    change(&mut source);
    let hex = source.encode().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    shop.plant(format!("update configs set body = '\\x{hex}'").leak()).await;
}

/// What replaying comes to once the catch-all of then leads elsewhere.
async fn rerouted(engine: u32) -> Replayed {
    let shop = Shop::open(&[1]).await;
    let decision = decided(&shop).await;
    rewrite(&shop, decision, |source| {
        source.engine.version = engine;
        source.ruleset.catch_all = Action::to(Target::Queue("Elsewhere".to_owned()));
    })
    .await;
    replayed(&shop, decision).await
}

#[tokio::test]
async fn a_decision_replays_to_the_same_bytes_and_says_why_it_went_there() {
    let shop = Shop::open(&[1]).await;
    let decision = decided(&shop).await;
    let replayed = replayed(&shop, decision).await;
    assert_eq!((replayed.verdict, replayed.differences), (Verdict::Same, vec![]));
    assert_eq!(replayed.then.as_deref(), Some("No rule matched → queue Unrouted"));
    assert_eq!(replayed.then, replayed.now);
}

#[tokio::test]
async fn a_decision_of_another_workspace_is_not_there() {
    let shop = Shop::open(&[1]).await;
    let decision = decided(&shop).await;
    assert!(replay(&shop.app, shop.other, decision).await.unwrap().is_none());
    let unknown = DecisionId::new(Uuid::nil());
    assert!(replay(&shop.app, shop.workspace, unknown).await.unwrap().is_none());
}

#[tokio::test]
async fn a_difference_is_laid_to_the_engine_only_if_another_one_decided() {
    let present = lr_core::engine::Engine::present();
    let replayed = rerouted(present.version).await;
    assert_eq!(replayed.verdict, Verdict::Differs);
    let [Difference { part, then, now }] = replayed.differences.as_slice() else {
        panic!("one part differs: {replayed:?}")
    };
    assert_eq!(part, "outcome.Queued.queue");
    assert_eq!((then.as_deref(), now.as_deref()), (Some("Unrouted"), Some("Elsewhere")));
    let Verdict::OtherEngine(made_by) = rerouted(1).await.verdict else {
        panic!("another engine decided then")
    };
    assert_eq!(made_by.version, 1);
    let words = Verdict::OtherEngine(made_by).words();
    assert!(words.starts_with("was made by engine 1 with time zones"), "{words}");
}

#[tokio::test]
async fn what_another_engine_wrote_in_another_form_is_named() {
    let shop = Shop::open(&[1]).await;
    let decision = decided(&shop).await;
    shop.plant("update decisions set snapshot = '\\x0102'").await;
    let Verdict::Unreadable(why) = verdict(&shop, decision).await else {
        panic!("version 1 is not read any more")
    };
    assert!(why.contains("version 1"), "{why}");
}
