//! Caps, repaid absences, overflow and leavers, on a real database.

use lr_app::held::release_all;
use lr_app::leavers::{HandedOver, leave, leaving};
use lr_app::outcome::{Kind, Outcome as Came, record};
use lr_app::pools::{ledger, pools};
use lr_app::reps::reps;
use lr_app::settings::{PoolChange, RepChange, SettingsError, change_pool, change_rep};
use lr_app::verify::verify;
use lr_core::decide::{By, Outcome};
use lr_core::id::RepId;
use lr_core::pick::absence::Absence;
use lr_core::pick::holidays::Calendar;
use lr_core::pick::load::Caps;
use lr_core::pick::overflow::{Overflow, Spill};

use crate::shop::{Shop, from};

/// The reps of the shop's pool, by name.
async fn members(shop: &Shop) -> Vec<RepId> {
    let pools = pools(&shop.app, shop.workspace).await.unwrap();
    let pool = pools.iter().find(|view| view.pool.id == shop.pool).unwrap();
    pool.members.iter().map(|member| member.rep.id).collect()
}

async fn open(shop: &Shop, rep: RepId) -> u32 {
    let reps = reps(&shop.app, shop.workspace).await.unwrap();
    reps.iter().find(|view| view.row.id == rep).unwrap().open
}

async fn cap(shop: &Shop, rep: RepId, caps: Caps) {
    let change = RepChange { caps: Some(caps), ..RepChange::default() };
    change_rep(&shop.app, shop.workspace, "operator", rep, change).await.unwrap();
}

async fn assert_clean(shop: &Shop) {
    let report = verify(&shop.app, shop.workspace, |_| {}).await.unwrap();
    assert!(report.is_clean(), "{report:?}");
}

#[tokio::test]
async fn a_cap_on_open_leads_holds_until_one_is_won_or_lost() {
    let shop = Shop::open(&[1]).await;
    shop.set_clock("2026-02-04T10:00:00Z");
    let rep = *members(&shop).await.first().unwrap();
    cap(&shop, rep, Caps { open: Some(2), ..Caps::default() }).await;
    let routed = shop.send(vec![from("Berlin"); 3]).await;
    assert_eq!(routed[1].decision.outcome.rep(), Some(rep));
    assert_eq!(routed[2].decision.outcome, Outcome::Held { until: None });
    assert_eq!(open(&shop, rep).await, 2);

    let lost = Came { lead: routed[0].lead, kind: Kind::Lost, at: shop.app.clock.now() };
    for _ in 0..2 {
        record(&shop.app, shop.workspace, &[lost]).await.unwrap();
        assert_eq!(open(&shop, rep).await, 1, "what is heard twice closes once");
    }
    assert_eq!(release_all(&shop.app).await.unwrap(), 1);
    assert_eq!(open(&shop, rep).await, 2);
    assert_clean(&shop).await;
}

#[tokio::test]
async fn a_cap_on_the_day_counts_over_batches_and_opens_the_next_day() {
    let shop = Shop::open(&[1]).await;
    shop.set_clock("2026-02-04T10:00:00Z");
    let rep = *members(&shop).await.first().unwrap();
    cap(&shop, rep, Caps { day: Some(3), ..Caps::default() }).await;
    shop.send(vec![from("Berlin"); 2]).await;
    let routed = shop.send(vec![from("Berlin"); 2]).await;
    assert_eq!(routed[0].decision.outcome.rep(), Some(rep));
    let until = Some("2026-02-05T09:00:00Z".parse().unwrap());
    assert_eq!(routed[1].decision.outcome, Outcome::Held { until });
    assert_clean(&shop).await;
}

#[tokio::test]
async fn a_holiday_is_repaid_and_the_ledger_says_why() {
    let shop = Shop::open(&[1, 1]).await;
    let [ada, ben] = members(&shop).await[..] else { panic!("two members") };
    let repay =
        PoolChange { absence: Some(Absence::Repay { per_day: 9 }), ..PoolChange::default() };
    change_pool(&shop.app, shop.workspace, "operator", shop.pool, repay).await.unwrap();
    let holidays = Some(Some(Calendar::parse("DE").unwrap()));
    let change = RepChange { holidays, ..RepChange::default() };
    change_rep(&shop.app, shop.workspace, "operator", ada, change).await.unwrap();

    shop.set_clock("2026-04-06T10:00:00Z"); // Easter Monday.
    let routed = shop.send(vec![from("Berlin"); 4]).await;
    assert!(routed.iter().all(|routed| routed.decision.outcome.rep() == Some(ben)));
    shop.set_clock("2026-04-07T10:00:00Z");
    let routed = shop.send(vec![from("Berlin"); 8]).await;
    let of_ada = routed.iter().filter(|routed| routed.decision.outcome.rep() == Some(ada));
    assert_eq!(of_ada.count(), 5, "three that repay her, and her share of the other five");

    let page = ledger(&shop.app, shop.workspace, shop.pool, None, 10).await.unwrap().unwrap();
    let causes = page.items.iter().map(|entry| (entry.cause.code(), entry.turns));
    let causes = causes.collect::<Vec<_>>();
    assert_eq!(causes, [("repay", 3), ("turns", 5), ("absence", 0), ("turns", 4)]);
    assert!(
        page.items
            .iter()
            .all(|entry| entry.lines.iter().map(|line| line.0.arrears).sum::<i64>() == 0)
    );
    let older = ledger(&shop.app, shop.workspace, shop.pool, Some(3), 1).await.unwrap().unwrap();
    assert_eq!((older.items[0].seq, older.more), (2, true));
    assert_clean(&shop).await;
}

#[tokio::test]
async fn a_pool_that_assigns_anyway_holds_nothing_and_one_cannot_overflow_to_itself() {
    let shop = Shop::open(&[1]).await;
    shop.set_clock("2026-02-04T22:00:00Z");
    let change = |overflow| PoolChange { overflow: Some(overflow), ..PoolChange::default() };
    let itself = change(Overflow::Fallback(shop.pool));
    let refused = change_pool(&shop.app, shop.workspace, "operator", shop.pool, itself).await;
    assert!(matches!(refused, Err(SettingsError::Overflow(_))));
    let anyway = change(Overflow::AssignAnyway);
    change_pool(&shop.app, shop.workspace, "operator", shop.pool, anyway).await.unwrap();
    let routed = shop.send(vec![from("Berlin")]).await;
    let by = By::Spill(Spill::Anyway(shop.pool));
    assert!(
        matches!(routed[0].decision.outcome, Outcome::Assigned { by: found, .. } if found == by)
    );
    assert_clean(&shop).await;
}

#[tokio::test]
async fn a_leaver_is_out_of_every_pool_at_once_and_his_open_leads_go_to_the_others() {
    let shop = Shop::open(&[1, 1, 1]).await;
    shop.set_clock("2026-02-04T10:00:00Z");
    let routed = shop.send(vec![from("Berlin"); 9]).await;
    let [ada, ben, cem] = members(&shop).await[..] else { panic!("three members") };
    let won = routed.iter().find(|routed| routed.decision.outcome.rep() == Some(ada)).unwrap();
    let won = Came { lead: won.lead, kind: Kind::Won, at: shop.app.clock.now() };
    record(&shop.app, shop.workspace, &[won]).await.unwrap();

    let before = leaving(&shop.app, shop.workspace, ada).await.unwrap().unwrap();
    assert_eq!((before.active, before.open, before.leads.len()), (true, 2, 2));
    assert_eq!((before.pools.len(), before.rules.len()), (1, 0));
    let done = leave(&shop.app, shop.workspace, "operator", ada).await.unwrap();
    assert_eq!(done, Some(HandedOver { assigned: 2, held: 0, other: 0 }));
    assert_eq!([open(&shop, ada).await, open(&shop, ben).await, open(&shop, cem).await], [0, 4, 4]);
    assert!(!members(&shop).await.contains(&ada));
    let again = leave(&shop.app, shop.workspace, "operator", ada).await.unwrap();
    assert_eq!(again, Some(HandedOver::default()), "and once more does nothing");
    assert_eq!(leave(&shop.app, shop.other, "operator", ada).await.unwrap(), None);
    assert_clean(&shop).await;
}

#[tokio::test]
async fn the_open_leads_of_a_leaver_whom_nobody_can_replace_are_held_and_the_rule_is_named() {
    let shop = Shop::open(&[1]).await;
    shop.set_clock("2026-02-04T22:30:00Z");
    let routed = shop.send(vec![from("Paris")]).await;
    assert_eq!(routed[0].decision.outcome.rep(), Some(shop.night_owl));
    let done = leave(&shop.app, shop.workspace, "operator", shop.night_owl).await.unwrap();
    assert_eq!(done, Some(HandedOver { assigned: 0, held: 1, other: 0 }));
    let after = leaving(&shop.app, shop.workspace, shop.night_owl).await.unwrap().unwrap();
    assert_eq!((after.active, after.open), (false, 0));
    assert_eq!(after.rules.iter().map(|rule| rule.id).collect::<Vec<_>>(), [shop.paris]);
    assert_clean(&shop).await;
}
