//! The quick answer of the gates against the one with the reason, over everything that can shut them.

use jiff::{SignedDuration, Timestamp, ToSpan};
use lr_core::pick::gate::{first_failing, next_passing, passes};
use lr_core::pick::holidays::Calendar;
use lr_core::pick::hours::WeeklyHours;
use lr_core::pick::load::{Caps, Load};
use lr_core::pick::{Leave, Situation};
use lr_core::time::Zone;
use proptest::prelude::*;

use super::{Desk, at, rep_id};

fn cap() -> impl Strategy<Value = Option<u32>> {
    prop::option::weighted(0.3, 0..4_u32)
}

/// One rep with anything wrong, or nothing, in the weeks around Christmas.
fn desk() -> impl Strategy<Value = Desk> {
    let zone = prop::sample::select(vec!["Europe/Berlin", "Asia/Kathmandu", "America/New_York"]);
    let hours = prop::sample::select(vec!["00:00", "09:00", "16:00"]);
    let leave = proptest::collection::vec((0..500_i64, 1..90_i64), 0..4);
    let caps = (cap(), cap(), cap(), cap()).prop_map(|(hour, day, week, open)| Caps {
        hour,
        day,
        week,
        open,
    });
    let load = prop::option::of((0..500_i64, [0..4_u32, 0..4, 0..4, 0..4]));
    let flags = [prop::bool::weighted(0.9), prop::bool::weighted(0.9), prop::bool::weighted(0.5)];
    (zone, hours, leave, caps, load, flags).prop_map(|(zone, from, leave, caps, load, flags)| {
        let start = at("2026-12-20T00:00:00Z");
        let [active, skilled, holidays] = flags;
        let mut desk = Desk::of(&[1]);
        desk.pool.skills.insert("german".to_owned());
        let rep = desk.rep(0);
        rep.active = active;
        rep.zone = Zone::parse(zone).unwrap();
        rep.hours = WeeklyHours::weekdays(from, "17:00").unwrap();
        rep.caps = caps;
        rep.holidays = holidays.then(|| Calendar::parse("DE").unwrap());
        rep.skills.extend(skilled.then(|| "german".to_owned()));
        rep.leave = leave
            .into_iter()
            .map(|(from, hours)| start + from.hours()..start + (from + hours).hours())
            .map(|span| Leave { from: span.start, until: span.end })
            .collect();
        if let Some((hours, [hour, day, week, open])) = load {
            let last_at = start + hours.hours();
            desk.loads.insert(rep_id(0), Load { last_at, hour, day, week, open });
        }
        desk
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_quick_answer_is_that_of_the_gates_one_by_one_and_the_next_opening_is_the_first(
        desk in desk(),
        hours in 0..500_i64,
    ) {
        let now = at("2026-12-20T00:00:00Z") + SignedDuration::from_hours(hours);
        let situation = |at: Timestamp| Situation { at, ..desk.at(now) };
        let passing = |at| passes(rep_id(0), Some(&desk.pool), situation(at));
        prop_assert_eq!(
            passing(now),
            first_failing(rep_id(0), Some(&desk.pool), situation(now)).is_none()
        );
        let opening = next_passing(rep_id(0), Some(&desk.pool), situation(now));
        if let Some(opening) = opening {
            prop_assert!(passing(opening));
        }
        // Nothing before it: a look at every quarter of an hour for three weeks.
        let end = opening.unwrap_or(now + SignedDuration::from_hours(21 * 24));
        let quarters = (0..).map(|n| now + SignedDuration::from_mins(15 * n));
        prop_assert!(!quarters.take_while(|at| *at < end).any(passing));
    }
}
