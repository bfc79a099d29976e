//! What each gate says, and when.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::*;
use crate::id::PoolId;
use crate::pick::holidays::Calendar;
use crate::pick::hours::WeeklyHours;
use crate::pick::load::{Caps, Load, Loads};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn leave(from: &str, until: &str) -> Leave {
    Leave { from: at(from), until: at(until) }
}

/// Works from nine to five in Berlin.
fn ada(leave: Vec<Leave>) -> Rep {
    let zone = Zone::parse("Europe/Berlin").unwrap();
    let hours = WeeklyHours::weekdays("09:00", "17:00").unwrap();
    Rep { leave, ..Rep::new(RepId::new(Uuid::nil()), "Ada", zone, hours) }
}

/// Asks by name, when nobody had a lead yet.
fn ask<T>(rep: &Rep, at: Timestamp, question: fn(RepId, Option<&Pool>, Situation<'_>) -> T) -> T {
    let reps = BTreeMap::from([(rep.id, rep.clone())]);
    let (loads, excluded) = (Loads::new(), BTreeSet::new());
    question(rep.id, None, Situation { reps: &reps, loads: &loads, excluded: &excluded, at })
}

const MONDAY_NOON: &str = "2026-03-02T12:00:00+01:00";

#[test]
fn the_first_gate_that_fails_is_named_in_the_order_active_hours_leave() {
    let all_week = leave("2026-03-01T00:00:00+01:00", "2026-03-08T00:00:00+01:00");
    let mut rep = ada(vec![all_week]);
    let evening = at("2026-03-02T20:00:00+01:00");
    let opens_at = Some(at("2026-03-03T09:00:00+01:00"));
    assert_eq!(ask(&rep, evening, first_failing), Some(Gate::OutsideHours { opens_at }));
    let on_leave = Gate::OnLeave { until: all_week.until };
    assert_eq!(ask(&rep, at(MONDAY_NOON), first_failing), Some(on_leave));
    rep.active = false;
    assert_eq!(ask(&rep, evening, first_failing), Some(Gate::Inactive));
    assert_eq!(ask(&ada(vec![]), at(MONDAY_NOON), first_failing), None);
}

#[test]
fn leave_for_part_of_a_day_holds_its_start_and_not_its_end() {
    let dentist = leave("2026-03-02T10:00:00+01:00", "2026-03-02T11:00:00+01:00");
    for (instant, passing) in [
        ("2026-03-02T09:59:59.999999+01:00", true),
        ("2026-03-02T10:00:00+01:00", false),
        ("2026-03-02T10:59:59.999999+01:00", false),
        ("2026-03-02T11:00:00+01:00", true),
    ] {
        assert_eq!(ask(&ada(vec![dentist]), at(instant), passes), passing, "{instant}");
    }
}

#[test]
fn leaves_without_a_gap_between_them_are_one_absence() {
    let rep = ada(vec![
        leave("2026-03-03T12:00:00+01:00", "2026-03-04T15:00:00+01:00"),
        leave("2026-03-06T09:00:00+01:00", "2026-03-07T00:00:00+01:00"),
        leave("2026-03-01T00:00:00+01:00", "2026-03-03T12:00:00+01:00"),
    ]);
    let until = at("2026-03-04T15:00:00+01:00");
    assert_eq!(ask(&rep, at(MONDAY_NOON), first_failing), Some(Gate::OnLeave { until }));
    assert_eq!(ask(&rep, at(MONDAY_NOON), next_passing), Some(until));
}

#[test]
fn a_leave_that_ends_outside_hours_is_over_when_the_hours_begin() {
    let until_saturday = leave("2026-03-02T00:00:00+01:00", "2026-03-07T00:00:00+01:00");
    let monday_morning = leave("2026-03-09T00:00:00+01:00", "2026-03-09T13:00:00+01:00");
    let back = ask(&ada(vec![until_saturday]), at(MONDAY_NOON), next_passing);
    assert_eq!(back, Some(at("2026-03-09T09:00:00+01:00")));
    let back = ask(&ada(vec![monday_morning, until_saturday]), at(MONDAY_NOON), next_passing);
    assert_eq!(back, Some(at("2026-03-09T13:00:00+01:00")));
}

#[test]
fn a_leave_without_end_is_never_over() {
    let for_ever = Leave { from: Timestamp::MIN, until: Timestamp::MAX };
    assert_eq!(ask(&ada(vec![for_ever]), at(MONDAY_NOON), next_passing), None);
    let empty = Leave { from: at(MONDAY_NOON), until: at(MONDAY_NOON) };
    assert!(ask(&ada(vec![empty]), at(MONDAY_NOON), passes));
}

/// All that can shut a gate at once, and can be put right one by one.
struct Desk {
    rep: Rep,
    pool: Pool,
    loads: Loads,
    excluded: BTreeSet<RepId>,
}

impl Desk {
    fn failing(&self, at: Timestamp) -> Option<Gate> {
        self.ask(at, first_failing)
    }

    fn ask<T>(&self, at: Timestamp, question: fn(RepId, Option<&Pool>, Situation<'_>) -> T) -> T {
        let reps = BTreeMap::from([(self.rep.id, self.rep.clone())]);
        let Self { rep, pool, loads, excluded } = self;
        question(rep.id, Some(pool), Situation { reps: &reps, loads, excluded, at })
    }
}

/// On the evening of Monday, 6 April 2026: Easter Monday, when nothing at all is right with Ada.
fn all_shut() -> (Desk, Timestamp) {
    let now = at("2026-04-06T20:00:00+02:00");
    let mut rep = ada(vec![leave("2026-04-01T00:00:00Z", "2026-04-10T00:00:00Z")]);
    rep.active = false;
    rep.holidays = Some(Calendar::parse("DE").unwrap());
    rep.caps = Caps { hour: Some(1), day: Some(2), week: Some(3), open: Some(4) };
    let mut pool = Pool::new(PoolId::new(Uuid::nil()), "Europe", vec![]);
    pool.skills = ["german", "tax"].map(str::to_owned).into();
    rep.skills = ["tax".to_owned()].into();
    let load = Load { last_at: now, hour: 1, day: 2, week: 3, open: 4 };
    let loads = Loads::from([(rep.id, load)]);
    let excluded = BTreeSet::from([rep.id]);
    (Desk { rep, pool, loads, excluded }, now)
}

#[test]
fn gates_are_asked_in_the_order_that_the_trace_reports() {
    let (mut desk, now) = all_shut();
    let mut codes = vec![];
    let mut put_right: Vec<fn(&mut Desk)> = vec![
        |desk| desk.rep.active = true,
        |desk| desk.pool.skills.clear(),
        |desk| desk.rep.hours = WeeklyHours::always(),
        |desk| desk.rep.leave.clear(),
        |desk| desk.rep.holidays = None,
        |desk| desk.rep.caps.hour = None,
        |desk| desk.rep.caps.day = None,
        |desk| desk.rep.caps.week = None,
        |desk| desk.rep.caps.open = None,
        |desk| desk.excluded.clear(),
    ];
    for put_right in put_right.drain(..) {
        codes.push(desk.failing(now).unwrap().code());
        assert!(!desk.ask(now, passes));
        put_right(&mut desk);
    }
    assert_eq!(desk.failing(now), None);
    assert!(desk.ask(now, passes));
    let order = [
        "inactive",
        "missing_skills",
        "outside_hours",
        "on_leave",
        "on_holiday",
        "over_hour_cap",
        "over_day_cap",
        "over_week_cap",
        "over_open_cap",
        "excluded",
    ];
    assert_eq!(codes, order);
}

#[test]
fn skills_are_asked_by_a_pool_and_not_of_a_rep_by_name() {
    let (mut desk, now) = all_shut();
    desk.rep = Rep { skills: desk.rep.skills.clone(), ..ada(vec![]) };
    desk.excluded.clear();
    let noon = now - jiff::SignedDuration::from_hours(8);
    let missing = BTreeSet::from(["german".to_owned()]);
    assert_eq!(desk.failing(noon), Some(Gate::MissingSkills { missing }));
    assert_eq!(ask(&desk.rep, noon, first_failing), None);
    assert_eq!(desk.ask(noon, next_passing), None, "waiting teaches nobody");
}

#[test]
fn a_holiday_lasts_until_the_first_day_that_is_none() {
    let mut rep = ada(vec![]);
    rep.holidays = Some(Calendar::parse("DE").unwrap());
    let friday = at("2026-12-25T10:00:00+01:00"); // Both days of Christmas, then a Sunday.
    let until = at("2026-12-27T00:00:00+01:00");
    assert_eq!(ask(&rep, friday, first_failing), Some(Gate::OnHoliday { until }));
    assert_eq!(ask(&rep, friday, next_passing), Some(at("2026-12-28T09:00:00+01:00")));
    rep.holidays = Some(Calendar::parse("JP").unwrap());
    assert_eq!(ask(&rep, friday, first_failing), None);
}

#[test]
fn a_cap_opens_with_the_next_hour_day_or_week_on_the_reps_own_clock() {
    let monday = at("2026-03-02T12:20:00+01:00");
    let load = |hour, day, week| Load { last_at: monday, hour, day, week, open: 9 };
    let three = Some(3);
    for (caps, load, opens_at, back) in [
        (
            Caps { hour: three, ..Caps::default() },
            load(3, 3, 3),
            Some("2026-03-02T13:00:00+01:00"),
            Some("2026-03-02T13:00:00+01:00"),
        ),
        (
            Caps { day: three, ..Caps::default() },
            load(0, 3, 3),
            Some("2026-03-03T00:00:00+01:00"),
            Some("2026-03-03T09:00:00+01:00"),
        ),
        (
            Caps { week: three, ..Caps::default() },
            load(0, 0, 4),
            Some("2026-03-09T00:00:00+01:00"),
            Some("2026-03-09T09:00:00+01:00"),
        ),
        (Caps { open: three, ..Caps::default() }, load(0, 0, 0), None, None),
        (Caps { day: Some(0), ..Caps::default() }, load(0, 0, 0), None, None),
    ] {
        let (mut desk, _) = all_shut();
        desk.rep = Rep { caps, ..ada(vec![]) };
        desk.pool.skills.clear();
        desk.excluded.clear();
        desk.loads.insert(desk.rep.id, load);
        let Some(Gate::OverCap { opens_at: found, .. }) = desk.failing(monday) else {
            panic!("{caps:?} lets him through");
        };
        assert_eq!(found, opens_at.map(at), "{caps:?}");
        assert_eq!(desk.ask(monday, next_passing), back.map(at), "{caps:?}");
    }
}

#[test]
fn a_gate_says_in_words_when_he_is_back() {
    let zone = Zone::parse("Europe/Berlin").unwrap();
    let until = at("2026-07-06T07:00:00Z");
    for (gate, code, words) in [
        (Gate::Inactive, "inactive", "is not active"),
        (Gate::OutsideHours { opens_at: None }, "outside_hours", "has no working hours"),
        (
            Gate::OutsideHours { opens_at: Some(until) },
            "outside_hours",
            "is outside working hours until Mon 6 Jul 2026, 09:00 (Europe/Berlin)",
        ),
        (
            Gate::OnLeave { until },
            "on_leave",
            "is on leave until Mon 6 Jul 2026, 09:00 (Europe/Berlin)",
        ),
        (
            Gate::OnHoliday { until },
            "on_holiday",
            "has a public holiday until Mon 6 Jul 2026, 09:00 (Europe/Berlin)",
        ),
        (
            Gate::OverCap { window: Window::Day, count: 5, limit: 5, opens_at: Some(until) },
            "over_day_cap",
            "has 5 leads today and takes 5, until Mon 6 Jul 2026, 09:00 (Europe/Berlin)",
        ),
        (
            Gate::OverCap { window: Window::Open, count: 21, limit: 20, opens_at: None },
            "over_open_cap",
            "has 21 open leads and takes 20",
        ),
        (
            Gate::MissingSkills { missing: ["german".to_owned(), "tax".to_owned()].into() },
            "missing_skills",
            "lacks what the pool requires: german, tax",
        ),
        (Gate::Excluded, "excluded", "had this lead already and let its deadline pass"),
    ] {
        assert_eq!((gate.code(), gate.words(&zone).as_str()), (code, words));
        let bytes = postcard::to_stdvec(&gate).unwrap();
        assert_eq!(postcard::from_bytes(&bytes), Ok(gate));
    }
}
