//! Rules tried on the leads of the past.

use std::time::Duration;

use jiff::Timestamp;
use lr_app::backtest::request::{BacktestState, BacktestView, ask, read};
use lr_app::backtest::summary::{Count, Summary};
use lr_app::backtest::{Backtest, BacktestError};
use lr_app::rulesets::ChangeError;
use lr_app::rulesets::compare::Which;
use lr_app::rulesets::plan::{export, plan};
use lr_core::id::{BacktestId, UserId};
use lr_core::rules::ast::RulesetSource;

use crate::shop::{NOON, Shop, from};

/// The rules in force with these words in the place of those.
async fn changed(shop: &Shop, what: &str, to: &str) -> RulesetSource {
    let text = export(&shop.app, shop.workspace).await.unwrap();
    assert!(text.contains(what), "{text}");
    plan(&shop.app, shop.workspace, &text.replace(what, to)).await.unwrap().ruleset
}

async fn tried(shop: &Shop, ruleset: RulesetSource, since: &str) -> Summary {
    let since = since.parse().unwrap();
    let mut backtest = Backtest::begin(&shop.app, shop.workspace, ruleset, since).await.unwrap();
    while backtest.advance().await.unwrap() {}
    backtest.finish().await.unwrap()
}

/// Six leads from Berlin, and one from Rome a day later.
async fn a_past(shop: &Shop) {
    shop.send(vec![from("Berlin"); 6]).await;
    shop.set_clock("2026-02-05T12:00:00Z");
    shop.send(vec![from("Rome")]).await;
}

#[tokio::test]
async fn rules_that_were_not_changed_move_nobody() {
    let shop = Shop::open(&[1, 2]).await;
    a_past(&shop).await;
    let same = changed(&shop, "value: berlin", "value: berlin").await;
    let summary = tried(&shop, same, NOON).await;
    assert_eq!((summary.leads, summary.moved, summary.unreadable), (7, 0, 0));
    assert_eq!(summary.catch_all, Count { before: 1, after: 1 });
    let loads = summary.reps.iter().map(|rep| rep.leads);
    assert_eq!(loads.collect::<Vec<_>>(), [2, 4].map(|n| Count { before: n, after: n }));
}

#[tokio::test]
async fn a_backtest_says_who_moves_and_whose_load_changes() {
    let shop = Shop::open(&[1]).await;
    a_past(&shop).await;
    let rome = changed(&shop, "value: berlin", "value: rome").await;
    let summary = tried(&shop, rome, NOON).await;
    assert_eq!((summary.before, summary.after), (1, 2));
    assert_eq!((summary.leads, summary.moved), (7, 7));
    let flows = summary.flows.iter().map(|flow| (&*flow.from, &*flow.to, flow.leads));
    let expected = [("EMEA", "queue Unrouted", 6), ("queue Unrouted", "EMEA", 1)];
    assert_eq!(flows.collect::<Vec<_>>(), expected);
    let moved = &summary.flows[0].latest[0];
    assert_eq!(moved.before, "“Berlin” → EMEA: Rep 0’s turn");
    assert_eq!(moved.after, "No rule matched → queue Unrouted");
    assert_eq!(summary.catch_all, Count { before: 1, after: 6 });
    assert_eq!(summary.teams[0].leads, Count { before: 6, after: 1 });
    let idle = summary.rules.iter().filter(|rule| rule.idle).map(|rule| &*rule.name);
    assert_eq!(idle.collect::<Vec<_>>(), ["Spam", "Paris"]);
}

#[tokio::test]
async fn leads_that_came_before_are_left_out_and_a_past_without_leads_is_no_fault() {
    let shop = Shop::open(&[1]).await;
    a_past(&shop).await;
    let same = changed(&shop, "value: berlin", "value: berlin").await;
    assert_eq!(tried(&shop, same.clone(), "2026-02-05T00:00:00Z").await.leads, 1);
    assert_eq!(tried(&shop, same, "2026-02-06T00:00:00Z").await.leads, 0);
}

#[tokio::test]
async fn a_lead_that_was_held_and_served_later_counts_once() {
    let shop = Shop::open(&[1]).await;
    shop.set_clock("2026-02-04T20:00:00Z");
    shop.send(vec![from("Berlin")]).await;
    shop.set_clock("2026-02-05T09:00:00Z");
    let released = lr_app::held::release(&shop.app, shop.workspace, &shop.app.clock).await;
    assert_eq!(released.unwrap(), 1);
    let same = changed(&shop, "value: berlin", "value: berlin").await;
    let summary = tried(&shop, same, NOON).await;
    assert_eq!((summary.leads, summary.moved), (1, 0));
    assert_eq!(summary.reps[0].leads, Count { before: 1, after: 1 });
}

#[tokio::test]
async fn a_snapshot_that_cannot_be_read_is_left_out_and_counted() {
    let shop = Shop::open(&[1]).await;
    a_past(&shop).await;
    shop.plant("update decisions set snapshot = '\\x00' where outcome = 'queued'").await;
    let same = changed(&shop, "value: berlin", "value: berlin").await;
    let summary = tried(&shop, same, NOON).await;
    assert_eq!((summary.leads, summary.unreadable), (6, 1));
}

#[tokio::test]
async fn rules_with_faults_are_not_tried() {
    let shop = Shop::open(&[1]).await;
    let mut ruleset = changed(&shop, "value: berlin", "value: berlin").await;
    ruleset.rules[0].name = String::new();
    let since: Timestamp = NOON.parse().unwrap();
    let refused = Backtest::begin(&shop.app, shop.workspace, ruleset, since).await.map(|_| ());
    let refused = refused.unwrap_err();
    assert!(matches!(refused, BacktestError::Change(ChangeError::Faults(_))), "{refused:?}");
}

async fn ended(shop: &Shop, id: BacktestId) -> BacktestView {
    let look = async {
        loop {
            let view = read(&shop.app, shop.workspace, id).await.unwrap().unwrap();
            if matches!(view.state, BacktestState::Done(_) | BacktestState::Failed(_)) {
                return view;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), look).await.unwrap()
}

#[tokio::test]
async fn a_backtest_that_was_asked_for_is_played_by_a_job_and_kept() {
    let shop = Shop::open(&[1]).await;
    a_past(&shop).await;
    let since = NOON.parse().unwrap();
    let member = shop.member(1).await;
    let asked = ask(&shop.app, shop.workspace, member, (Which::Version(1), since), None).await;
    let asked = asked.unwrap();
    assert_eq!(asked.state, BacktestState::Waiting);
    assert_eq!(read(&shop.app, shop.other, asked.id).await.unwrap(), None);
    let _working = shop.work();
    let BacktestState::Done(summary) = ended(&shop, asked.id).await.state else { panic!() };
    assert_eq!((summary.leads, summary.moved), (7, 0));
}

#[tokio::test]
async fn an_unknown_version_is_not_tried() {
    let shop = Shop::open(&[1]).await;
    let since = NOON.parse().unwrap();
    let member: UserId = shop.member(1).await;
    let refused = ask(&shop.app, shop.workspace, member, (Which::Version(9), since), None).await;
    assert!(matches!(refused, Err(ChangeError::NoVersion(9))), "{refused:?}");
}
