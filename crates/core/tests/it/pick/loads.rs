//! Caps, and the windows of the wall clock in which leads count.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use lr_core::pick::gate::Gate;
use lr_core::pick::load::{Caps, Load, Loads, Window, book, window_end};
use lr_core::pick::{Rep, next, next_opening};
use lr_core::time::Zone;
use proptest::prelude::*;

use super::{Desk, at, rep, rep_id};

fn in_zone(zone: &str) -> Rep {
    Rep { zone: Zone::parse(zone).unwrap(), ..rep(0) }
}

/// What counts in each window after leads at these instants, as seen at the last.
fn counts(rep: &Rep, leads: &[&str]) -> (u32, u32, u32) {
    let mut loads = Loads::new();
    for lead in leads {
        book(&mut loads, rep, at(lead));
    }
    let Load { hour, day, week, .. } = loads[&rep.id];
    (hour, day, week)
}

#[test]
fn leads_count_in_the_hour_the_day_and_the_week_of_the_reps_own_clock() {
    let berlin = in_zone("Europe/Berlin");
    for (leads, expected) in [
        (vec!["2026-03-02T11:59:59Z", "2026-03-02T12:00:00Z"], (1, 2, 2)),
        (vec!["2026-03-02T11:00:00Z", "2026-03-02T11:59:59Z"], (2, 2, 2)),
        (vec!["2026-03-02T22:59:00Z", "2026-03-02T23:00:00Z"], (1, 1, 2)), // Midnight in Berlin.
        (vec!["2026-03-08T22:59:00Z", "2026-03-08T23:00:00Z"], (1, 1, 1)), // Sunday to Monday.
        (vec!["2026-01-01T08:00:00Z", "2027-01-01T08:00:00Z"], (1, 1, 1)),
    ] {
        assert_eq!(counts(&berlin, &leads), expected, "{leads:?}");
    }
    let kathmandu = in_zone("Asia/Kathmandu"); // 5 h 45 min ahead.
    let leads = ["2026-03-02T11:14:00Z", "2026-03-02T11:15:00Z"];
    assert_eq!(counts(&kathmandu, &leads), (1, 2, 2));
}

#[test]
fn in_autumn_the_repeated_hour_is_two_and_the_day_is_one() {
    let berlin = in_zone("Europe/Berlin");
    let leads = ["2026-10-25T02:30:00+02:00", "2026-10-25T02:10:00+01:00"];
    assert_eq!(counts(&berlin, &leads), (1, 2, 2));
    let end = |text| window_end(Window::Hour, &berlin.zone, at(text)).unwrap();
    assert_eq!(end("2026-10-25T02:30:00+02:00"), at("2026-10-25T02:00:00+01:00"));
    assert_eq!(end("2026-10-25T02:30:00+01:00"), at("2026-10-25T03:00:00+01:00"));
}

#[test]
fn in_spring_the_day_is_short_and_ends_at_midnight_all_the_same() {
    let berlin = in_zone("Europe/Berlin");
    let leads = ["2026-03-29T01:59:00+01:00", "2026-03-29T03:00:00+02:00"];
    assert_eq!(counts(&berlin, &leads), (1, 2, 2));
    let end = window_end(Window::Day, &berlin.zone, at(leads[0]));
    assert_eq!(end, Some(at("2026-03-30T00:00:00+02:00")));
    // In Cairo the last Friday of April begins at one o'clock.
    let cairo = in_zone("Africa/Cairo");
    let end = window_end(Window::Day, &cairo.zone, at("2026-04-23T12:00:00+02:00"));
    assert_eq!(end, Some(at("2026-04-24T01:00:00+03:00")));
}

#[test]
fn a_clock_that_jumps_backwards_neither_resets_a_count_nor_panics() {
    let berlin = in_zone("Europe/Berlin");
    let back_a_day = ["2026-03-03T12:00:00Z", "2026-03-02T12:00:00Z", "2026-03-03T12:01:00Z"];
    assert_eq!(counts(&berlin, &back_a_day), (3, 3, 3));
    let mut loads = Loads::new();
    for instant in [Timestamp::MAX, Timestamp::MIN, Timestamp::UNIX_EPOCH] {
        book(&mut loads, &berlin, instant);
        for window in [Window::Hour, Window::Day, Window::Week, Window::Open] {
            window_end(window, &berlin.zone, instant);
        }
    }
    assert_eq!((loads[&berlin.id].week, loads[&berlin.id].open), (3, 3));

    let mut desk = Desk::of(&[1]);
    desk.rep(0).caps.day = Some(2);
    desk.leads(2);
    desk.now = at("2026-03-01T09:00:00Z"); // The day before.
    let until = at("2026-03-03T00:00:00Z");
    let gate = desk.candidates(desk.now)[0].gate.clone();
    let day = Gate::OverCap { window: Window::Day, count: 2, limit: 2, opens_at: Some(until) };
    assert_eq!(gate, Some(day));
    assert_eq!(next_opening(&desk.pool, desk.at(desk.now)), Some(until));
}

#[test]
fn who_is_full_is_passed_over_until_the_window_ends() {
    let mut desk = Desk::of(&[1, 1]);
    desk.rep(0).caps.day = Some(2);
    let foretold = next(&desk.pool, desk.at(desk.now), &desk.ledger, 6);
    assert_eq!(foretold.iter().filter(|rep| **rep == rep_id(0)).count(), 2);
    desk.leads(10);
    assert_eq!((desk.assigned(0), desk.assigned(1)), (2, 8));
    desk.now = at("2026-03-03T00:00:00Z");
    desk.leads(4);
    assert_eq!((desk.assigned(0), desk.assigned(1)), (4, 10), "no flood on the next day");
}

/// Odoo's daily quota is a monthly one divided by thirty and rounded: with less than fifteen a month
/// a rep never gets a lead.
#[test]
fn a_cap_of_one_a_week_gives_one_a_week() {
    let mut desk = Desk::of(&[1, 1]);
    desk.rep(0).caps.week = Some(1);
    for week in 1..=4 {
        desk.leads(10);
        assert_eq!(desk.assigned(0), week);
        desk.now += SignedDuration::from_hours(7 * 24);
    }
}

#[test]
fn everyone_full_holds_the_lead_until_the_first_window_ends() {
    let mut desk = Desk::of(&[1, 1]);
    desk.rep(0).caps.hour = Some(3);
    desk.rep(1).caps.open = Some(3);
    desk.leads(6);
    assert_eq!(desk.try_lead(), None);
    assert_eq!(next_opening(&desk.pool, desk.at(desk.now)), Some(at("2026-03-02T13:00:00Z")));
    desk.loads.get_mut(&rep_id(1)).unwrap().open -= 1; // One is closed.
    assert_eq!(desk.lead(), rep_id(1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_cap_is_ever_exceeded_in_any_window_of_the_wall_clock(
        zone in proptest::sample::select(vec!["UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns"]),
        start in 0..8_i64,
        minutes in proptest::collection::vec(0..240_i64, 1..120),
        (hour, day, week) in (1..4_u32, 3..9_u32, 9..30_u32),
    ) {
        let mut desk = Desk::of(&[1]);
        desk.rep(0).zone = Zone::parse(zone).unwrap();
        desk.rep(0).caps = Caps { hour: Some(hour), day: Some(day), week: Some(week), open: None };
        desk.now = at("2026-10-20T00:00:00Z") - SignedDuration::from_hours(start * 24 * 20);
        let (mut hours, mut days, mut weeks) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for minutes in minutes {
            desk.now += SignedDuration::from_mins(minutes);
            if desk.try_lead().is_some() {
                let clock = desk.rep(0).zone.clone().local(desk.now);
                *hours.entry((clock.date(), clock.hour(), clock.offset())).or_insert(0) += 1;
                *days.entry(clock.date()).or_insert(0) += 1;
                *weeks.entry({ let week = clock.date().iso_week_date(); (week.year(), week.week()) }).or_insert(0) += 1;
            }
        }
        prop_assert!(hours.values().all(|count| *count <= hour));
        prop_assert!(days.values().all(|count| *count <= day));
        prop_assert!(weeks.values().all(|count| *count <= week));
    }
}
