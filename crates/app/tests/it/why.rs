use lr_app::why::why;
use lr_core::id::LeadId;
use lr_core::trace::{Attempt, Verdict};
use uuid::Uuid;

use crate::shop::{Shop, from};

#[tokio::test]
async fn why_names_the_rule_the_pool_and_the_rep() {
    let shop = Shop::open(&[1, 1]).await;
    let routed = shop.send(vec![from("Berlin")]).await;
    let rep = routed[0].rep.as_ref().unwrap();
    let why = why(&shop.app, shop.workspace, routed[0].lead).await.unwrap().unwrap();

    assert_eq!(
        why.sentence,
        format!(
            "{} got this lead because rule 2 “Berlin” is the first that matches, and in EMEA of \
             the 2 people available it was their turn: they were owed 0.50 leads.",
            rep.name
        )
    );
    let [spam, berlin, paris] = why.trace.ladder.as_slice() else { panic!("three rules") };
    assert!(matches!(&spam.verdict, Verdict::Failed(failure) if failure.actual.is_none()));
    assert_eq!((&berlin.verdict, &paris.verdict), (&Verdict::Matched, &Verdict::NotReached));
    let [Attempt::Pool { candidates, .. }] = why.trace.attempts.as_slice() else {
        panic!("one pool")
    };
    assert_eq!(candidates.iter().filter(|candidate| candidate.chosen).count(), 1);
}

#[tokio::test]
async fn why_is_told_from_the_rules_as_they_were() {
    let shop = Shop::open(&[1]).await;
    let routed = shop.send(vec![from("Berlin")]).await;
    let before = why(&shop.app, shop.workspace, routed[0].lead).await.unwrap().unwrap();
    let off = lr_app::rulesets::Change::Switch { rule: shop.berlin, enabled: false };
    lr_app::rulesets::change(&shop.app, shop.workspace, "usr_1", 1, off).await.unwrap();
    let after = why(&shop.app, shop.workspace, routed[0].lead).await.unwrap().unwrap();
    assert_eq!(before.sentence, after.sentence);
    assert_eq!(before.config, after.config);
}

#[tokio::test]
async fn another_workspaces_lead_is_not_found() {
    let shop = Shop::open(&[1]).await;
    let routed = shop.send(vec![from("Berlin")]).await;
    assert!(why(&shop.app, shop.other, routed[0].lead).await.unwrap().is_none());
    let nobody = LeadId::new(Uuid::nil());
    assert!(why(&shop.app, shop.workspace, nobody).await.unwrap().is_none());
}
