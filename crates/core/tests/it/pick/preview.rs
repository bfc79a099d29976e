//! What an absence policy would give, before it is chosen.

use lr_core::pick::absence::Absence;
use lr_core::pick::ledger::LEAD;
use lr_core::pick::preview::{Forecast, Plan, preview};
use lr_core::pick::{Leave, Pool};

use super::{Desk, at, rep_id};

/// Four reps, the first away for ten days of thirty, at twenty leads a day.
fn forecast(policy: Absence) -> Vec<Forecast> {
    let mut desk = Desk::of(&[1, 1, 1, 1]);
    desk.rep(0).leave =
        vec![Leave { from: at("2026-03-02T00:00:00Z"), until: at("2026-03-12T00:00:00Z") }];
    let plan = Plan {
        pool: &desk.pool,
        reps: &desk.reps,
        ledger: &desk.ledger,
        from: at("2026-03-02T00:00:00Z"),
        days: 30,
        leads_per_day: 20,
    };
    preview(plan, policy).into_values().collect()
}

#[test]
fn forgiving_gives_a_share_of_the_days_at_work_and_owes_nothing() {
    let forecasts = forecast(Absence::Forgive);
    assert_eq!(forecasts.iter().map(|forecast| forecast.leads).sum::<u32>(), 600);
    assert_eq!(forecasts[0].leads, 100); // A quarter of 400.
    assert!(forecasts[0].most_on_a_day <= 6 && forecasts[0].longest_run <= 2);
    assert!(forecasts.iter().all(|forecast| forecast.arrears == 0));
}

#[test]
fn repaying_gives_the_whole_share_in_time_and_says_what_is_left() {
    let slow = forecast(Absence::Repay { per_day: 1 });
    assert_eq!(slow[0].arrears, 35 * LEAD, "fifty less three quarters on each of twenty days");
    let quick = forecast(Absence::Repay { per_day: 5 });
    assert!((149..=151).contains(&quick[0].leads), "{quick:?}"); // A quarter of 600.
    assert!(quick[0].most_on_a_day <= 10 && quick[0].longest_run <= 3, "{quick:?}");
    assert!(forecast(Absence::Forgive)[0].leads < slow[0].leads);
}

#[test]
fn leads_that_nobody_can_take_wait_in_the_preview_too() {
    let mut desk = Desk::of(&[1]);
    desk.rep(0).hours = lr_core::pick::hours::WeeklyHours::weekdays("09:00", "17:00").unwrap();
    let (pool, reps, ledger) = (&desk.pool, &desk.reps, &desk.ledger);
    let from = at("2026-03-02T00:00:00Z");
    let plan = Plan { pool, reps, ledger, from, days: 5, leads_per_day: 24 };
    let forecasts = preview(plan, Absence::Forgive);
    assert_eq!(forecasts[&rep_id(0)].leads, 4 * 24 + 17, "those of the last evening still wait");

    let none = preview(Plan { leads_per_day: 0, ..plan }, Absence::Forgive);
    assert_eq!(none[&rep_id(0)], Forecast::default());
    let nobody = Pool { members: vec![], ..desk.pool.clone() };
    assert!(preview(Plan { pool: &nobody, ..plan }, Absence::Forgive).is_empty());
}
