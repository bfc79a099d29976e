//! Each invariant holds on what we write, and each planted breach is reported: the red controls.

use lr_app::held::release_all;
use lr_app::verify::{Report, holes_in_the_wall, verify};

use crate::shop::{Shop, from};

async fn busy_shop() -> Shop {
    let shop = Shop::open(&[3, 2, 1]).await;
    for city in ["Berlin", "Rome", "Paris", "Berlin"] {
        shop.send(vec![from(city); 5]).await;
    }
    shop.set_clock("2026-02-04T22:30:00Z");
    assert_eq!(release_all(&shop.app).await.unwrap(), 5);
    shop
}

async fn report(shop: &Shop) -> Report {
    verify(&shop.app, shop.workspace, |_| {}).await.unwrap()
}

#[tokio::test]
async fn everything_holds_after_routing_holding_and_releasing() {
    let shop = busy_shop().await;
    let report = report(&shop).await;
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.replayed, 25);
}

async fn assert_found(plant: &'static str, invariant: &str) {
    let shop = busy_shop().await;
    shop.plant(plant).await;
    let found = report(&shop).await.findings;
    assert!(found.iter().any(|finding| finding.invariant == invariant), "{found:?}");
}

#[tokio::test]
async fn a_lead_whose_state_was_changed_by_hand_is_found() {
    assert_found(
        "update leads set state = 'queued', rep_id = null where state = 'assigned'",
        "every lead has exactly one current state",
    )
    .await;
}

#[tokio::test]
async fn a_lead_whose_owner_vanished_is_found() {
    assert_found(
        "delete from assignments where id = (select min(id::text)::uuid from assignments)",
        "every lead has exactly one current state",
    )
    .await;
}

#[tokio::test]
async fn a_lead_without_what_was_received_is_found() {
    assert_found("delete from raw_leads", "every lead has exactly one current state").await;
}

#[tokio::test]
async fn an_assignment_that_differs_from_its_decision_is_found() {
    assert_found(
        "update assignments set pool_id = null where pool_id is not null",
        "every assignment has exactly one decision",
    )
    .await;
}

#[tokio::test]
async fn a_count_of_open_leads_changed_by_hand_is_found() {
    assert_found("update rep_loads set open = open + 1", "a rep's count of open leads is true")
        .await;
}

#[tokio::test]
async fn arrears_changed_by_hand_are_found() {
    assert_found(
        "update ledger_balances set arrears = arrears + 1",
        "a pool's balances equal the sum of its entries",
    )
    .await;
    assert_found(
        "update ledger_balances set arrears = arrears + 1",
        "a pool's balances sum to zero",
    )
    .await;
}

#[tokio::test]
async fn a_balance_changed_by_hand_is_found() {
    assert_found(
        "update ledger_balances set balance = balance + 1",
        "a pool's balances equal the sum of its entries",
    )
    .await;
    assert_found(
        "update ledger_balances set balance = balance + 1",
        "a pool's balances sum to zero",
    )
    .await;
}

#[tokio::test]
async fn a_turn_without_a_decision_is_found() {
    assert_found(
        "update decisions set pool_id = null where pool_id is not null",
        "a pool's counts equal its assigning decisions",
    )
    .await;
}

#[tokio::test]
async fn a_decision_that_does_not_replay_is_found() {
    assert_found(
        "update decisions set decision = (select d.decision from decisions d
             where d.outcome = 'queued' limit 1)
         where outcome = 'assigned'",
        "a decision replays to the same bytes",
    )
    .await;
}

#[tokio::test]
async fn a_hole_in_the_wall_is_found() {
    let shop = Shop::open(&[1]).await;
    assert_eq!(holes_in_the_wall(&shop.app).await.unwrap(), []);
    shop.change("alter table leads no force row level security").await;
    let found = holes_in_the_wall(&shop.app).await.unwrap();
    assert!(found.iter().any(|finding| finding.subject.contains("leads")), "{found:?}");
}
