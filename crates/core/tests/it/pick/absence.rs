//! What becomes of a rep's share while he is away.

use jiff::SignedDuration;
use lr_core::id::RepId;
use lr_core::pick::absence::Absence;
use lr_core::pick::hours::WeeklyHours;
use lr_core::pick::ledger::LEAD;

use super::{Desk, at, rep_id};

/// Four equal reps in a pool that repays at most three leads a day.
fn desk() -> Desk {
    let mut desk = Desk::of(&[1, 1, 1, 1]);
    desk.pool.absence = Absence::Repay { per_day: 3 };
    desk
}

/// Twenty leads, and on to the next day.
fn day(desk: &mut Desk) -> Vec<RepId> {
    let turns = desk.leads(20);
    desk.now += SignedDuration::from_hours(24);
    turns
}

fn count(turns: &[RepId], n: u32) -> usize {
    turns.iter().filter(|turn| **turn == rep_id(n)).count()
}

#[test]
fn a_share_missed_on_leave_is_owed_to_the_part() {
    let mut desk = desk();
    desk.on_leave(0);
    desk.leads(12);
    assert_eq!(desk.arrears(0), 3 * LEAD);
    assert_eq!([1, 2, 3].map(|n| desk.arrears(n)), [-LEAD; 3], "who gained by it, by how much");
    assert_eq!(desk.ledger.balance(rep_id(0)).balance, 0, "the balance knows nothing of it");
}

#[test]
fn a_flood_of_66_leads_on_return_becomes_three_a_day_above_the_share() {
    let mut desk = desk();
    desk.on_leave(0);
    (0..10).for_each(|_| drop(day(&mut desk)));
    assert_eq!(desk.arrears(0), 50 * LEAD);
    desk.back_from_leave(0);
    let mut days = 0;
    while desk.arrears(0) >= LEAD * 3 / 4 {
        let turns = day(&mut desk);
        // A quarter of what three repaid leads leave, less than a lead astray, and those three.
        assert!((5..=8).contains(&count(&turns, 0)), "day {days}: {}", count(&turns, 0));
        let run = turns.split(|turn| *turn != rep_id(0)).map(<[RepId]>::len).max();
        assert!(run <= Some(3), "day {days}: {turns:?}");
        days += 1;
        assert!(days < 30, "{} parts are still owed", desk.arrears(0));
    }
    // Each repaid lead is three quarters above his share: 66 of them, and two thirds of a lead.
    assert_eq!(days, 22);
    // All of it made good: a quarter of all leads since the beginning, but for a lead.
    let all = 20 * (10 + 22);
    assert!((all / 4 - 1..=all / 4 + 1).contains(&desk.assigned(0)), "{}", desk.assigned(0));
    assert_eq!(count(&day(&mut desk), 0), 5);
}

#[test]
fn forgiving_owes_nothing() {
    let mut desk = Desk::of(&[1, 1, 1, 1]);
    desk.on_leave(0);
    desk.leads(200);
    desk.back_from_leave(0);
    assert_eq!(count(&desk.leads(40), 0), 10);
    assert!([0, 1, 2, 3].iter().all(|n| desk.arrears(*n) == 0));
}

#[test]
fn a_night_off_a_full_list_and_an_exclusion_are_no_absence() {
    let mut desk = desk();
    desk.rep(0).hours = WeeklyHours::weekdays("13:00", "17:00").unwrap(); // It is noon.
    desk.rep(1).caps.day = Some(0);
    desk.excluded.insert(rep_id(2));
    desk.on_leave(2);
    desk.leads(9);
    assert!([0, 1, 2, 3].iter().all(|n| desk.arrears(*n) == 0));
}

#[test]
fn a_holiday_is_repaid_as_leave_is() {
    let mut desk = desk();
    desk.now = at("2026-12-25T12:00:00Z");
    desk.rep(0).holidays =
        Some("DE").map(|code| lr_core::pick::holidays::Calendar::parse(code).unwrap());
    desk.leads(8);
    assert_eq!(desk.arrears(0), 2 * LEAD);
}

#[test]
fn nothing_is_repaid_while_those_who_gained_are_away_themselves() {
    let mut desk = desk();
    desk.on_leave(0);
    desk.leads(12);
    desk.back_from_leave(0);
    desk.join(4, 1);
    for n in 1..=3 {
        desk.away(n);
    }
    assert_eq!(count(&desk.leads(10), 0), 5, "the new colleague owes him nothing");
    assert_eq!(desk.arrears(0), 3 * LEAD);
}

#[test]
fn a_pool_that_forgives_again_keeps_what_is_owed_and_pays_nothing() {
    let mut desk = desk();
    desk.on_leave(0);
    desk.leads(40);
    desk.back_from_leave(0);
    desk.pool.absence = Absence::Forgive;
    assert_eq!(count(&desk.leads(40), 0), 10);
    assert_eq!(desk.arrears(0), 10 * LEAD);
    desk.pool.absence = Absence::Repay { per_day: 0 };
    assert_eq!(count(&desk.leads(40), 0), 10, "none a day is none");
}

#[test]
fn everyone_away_accrues_nothing_as_no_lead_is_shared() {
    let mut desk = desk();
    (0..4).for_each(|n| desk.on_leave(n));
    assert_eq!(desk.try_lead(), None);
    assert!(desk.ledger.balances.is_empty());
}

#[test]
fn two_who_come_back_together_are_both_repaid() {
    let mut desk = desk();
    desk.on_leave(0);
    desk.on_leave(1);
    (0..4).for_each(|_| drop(day(&mut desk)));
    desk.back_from_leave(0);
    desk.back_from_leave(1);
    for _ in 0..9 {
        let turns = day(&mut desk);
        assert!(count(&turns, 0) <= 8 && count(&turns, 1) <= 8, "{turns:?}");
    }
    assert!(desk.arrears(0) < LEAD && desk.arrears(1) < LEAD);
}
