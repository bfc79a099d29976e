//! Working hours against a plain twin: one look at the wall clock for every minute.

use jiff::{SignedDuration, Timestamp, ToSpan};
use lr_core::pick::hours::WeeklyHours;
use lr_core::time::Zone;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

use super::at;

/// Zones with rules of every kind: half an hour of summer time, changes at midnight, a day that never
/// was, two changes within a month, an offset of a quarter of an hour, and no change at all.
const ZONES: [&str; 8] = [
    "Australia/Lord_Howe",
    "America/Santiago",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Africa/Cairo",
];

/// The twin: a tick for each minute of the week at which somebody works.
pub struct Ticks(Vec<bool>);

impl Ticks {
    pub fn of(week: &Week) -> Self {
        let mut ticks = vec![false; 7 * 1440];
        for (day, start, end) in week {
            ticks[day * 1440 + start..day * 1440 + end].fill(true);
        }
        Self(ticks)
    }

    fn is_open(&self, zone: &Zone, at: Timestamp) -> bool {
        let now = zone.local(at);
        let day = usize::try_from(now.weekday().to_monday_zero_offset()).unwrap();
        let [hour, minute] = [now.hour(), now.minute()].map(|n| usize::try_from(n).unwrap());
        self.0[day * 1440 + hour * 60 + minute]
    }
}

/// Blocks: day of the week from Monday, first minute, end.
pub type Week = Vec<(usize, usize, usize)>;

pub fn hours(week: &Week) -> WeeklyHours {
    let mut json = json!({});
    for (day, start, end) in week {
        let day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][*day];
        let show = |minute: &usize| format!("{:02}:{:02}", minute / 60, minute % 60);
        let blocks = json.as_object_mut().unwrap().entry(day).or_insert_with(|| json!([]));
        blocks.as_array_mut().unwrap().push(json!([show(start), show(end)]));
    }
    serde_json::from_value(json).unwrap()
}

/// Compares both for each minute of `days` days, walking backwards so that the twin is quick too.
fn check(zone: &Zone, week: &Week, from: Timestamp, days: i64) {
    check_minutes(zone, &(hours(week), Ticks::of(week)), from, days * 1440);
}

pub fn check_minutes(
    zone: &Zone,
    (hours, ticks): &(WeeklyHours, Ticks),
    from: Timestamp,
    minutes: i64,
) {
    let mut next = None;
    for n in (0..minutes).rev() {
        let at = from + SignedDuration::from_mins(n);
        let open = ticks.is_open(zone, at);
        assert_eq!(hours.is_open(zone, at), open, "{} {at}", zone.name());
        if open {
            next = Some(at);
        }
        // Each answer is the same until it is reached: a look at every 11th minute is enough.
        if n % 11 == 0 || open != ticks.is_open(zone, at - 1.minute()) {
            let found = hours.next_opening(zone, at);
            match next {
                Some(_) => assert_eq!(found, next, "{} {at}", zone.name()),
                None => assert!(found >= Some(from + SignedDuration::from_mins(minutes))),
            }
        }
    }
}

/// The changes of a zone's clock in the years of interest.
fn changes(zone: &Zone) -> Vec<Timestamp> {
    let spans = [
        ("2011-09-01T00:00:00Z", "2012-05-01T00:00:00Z"),
        ("2025-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
    ];
    let mut changes = vec![];
    for (from, until) in spans.map(|(from, until)| (at(from), at(until))) {
        let next = |change: &Timestamp| zone.next_change(*change);
        changes
            .extend(std::iter::successors(zone.next_change(from), next).take_while(|c| *c < until));
    }
    changes
}

#[test]
fn hours_around_every_change_of_the_clock_agree_with_a_look_at_each_minute() {
    // Blocks in the small hours, where clocks change, up to midnight and on from it.
    let nights: Week = (0..7).flat_map(|d| [(d, 0, 45), (d, 125, 150), (d, 1410, 1440)]).collect();
    for zone in ZONES.map(|name| Zone::parse(name).unwrap()) {
        for change in changes(&zone) {
            check(&zone, &nights, change - 26.hours(), 2);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_hours_in_any_zone_agree_with_a_look_at_each_minute(
        zone in proptest::sample::select(&ZONES[..]),
        change in any::<proptest::sample::Index>(),
        before in 0..72_i64,
        blocks in vec((0..7_usize, 0..96_usize, 1..16_usize), 1..8),
    ) {
        let mut week: Week = vec![];
        for (day, start, length) in blocks {
            let (start, end) = (start * 15, (start + length).min(96) * 15);
            if week.iter().all(|(d, s, e)| *d != day || end <= *s || *e <= start) {
                week.push((day, start, end));
            }
        }
        let zone = Zone::parse(zone).unwrap();
        let changes = changes(&zone);
        let around = if changes.is_empty() { at("2026-01-01T00:00:00Z") } else { *change.get(&changes) };
        check(&zone, &week, around - before.hours(), 3);
    }
}
