use lr_app::rulesets::{Change, ChangeError, change};
use lr_core::decide::Outcome;
use lr_core::id::RuleId;

use crate::shop::{Shop, from};

#[tokio::test]
async fn a_rule_switched_off_no_longer_decides() {
    let shop = Shop::open(&[1]).await;
    let off = Change::Switch { rule: shop.berlin, enabled: false };
    let published = change(&shop.app, shop.workspace, "usr_1", 1, off).await.unwrap();
    assert_eq!(published.source.version, 2);
    let routed = shop.send(vec![from("Berlin")]).await;
    assert_eq!(routed[0].decision.outcome, Outcome::Queued { queue: "Unrouted".to_owned() });
}

#[tokio::test]
async fn rules_decide_in_their_new_order_and_keep_their_ids() {
    let shop = Shop::open(&[1]).await;
    let ids = rules(&shop).await;
    let turned = ids.iter().rev().copied().collect::<Vec<_>>();
    change(&shop.app, shop.workspace, "usr_1", 1, Change::Order(turned.clone())).await.unwrap();
    assert_eq!(rules(&shop).await, turned);
    let routed = shop.send(vec![from("Paris and Berlin")]).await;
    assert_eq!(routed[0].rule.as_ref().unwrap().id, shop.paris);
}

#[tokio::test]
async fn of_two_changes_at_once_one_is_refused() {
    let shop = Shop::open(&[1]).await;
    let switch = |rule| {
        let off = Change::Switch { rule, enabled: false };
        change(&shop.app, shop.workspace, "usr_1", 1, off)
    };
    let (first, second) = tokio::join!(switch(shop.berlin), switch(shop.paris));
    let moved = [first, second].into_iter().filter(|r| matches!(r, Err(ChangeError::Moved)));
    assert_eq!(moved.count(), 1);
}

#[tokio::test]
async fn an_order_that_forgets_or_repeats_a_rule_is_refused() {
    let shop = Shop::open(&[1]).await;
    let ids = rules(&shop).await;
    for order in [ids[1..].to_vec(), vec![ids[0]; 3], vec![]] {
        let result = change(&shop.app, shop.workspace, "usr_1", 1, Change::Order(order)).await;
        assert!(matches!(result, Err(ChangeError::Order(3))));
    }
    assert_eq!(rules(&shop).await, ids);
}

async fn rules(shop: &Shop) -> Vec<RuleId> {
    let mut tx = shop.app.store.begin(shop.workspace).await.unwrap();
    let published = tx.published_ruleset().await.unwrap().unwrap();
    published.source.rules.iter().map(|rule| rule.id).collect()
}
