//! Working hours in every zone of the IANA database, around every change of ten years.
//!
//! In four parts, so that they run side by side.

use jiff::tz::TimeZoneDatabase;
use jiff::{Timestamp, ToSpan};
use lr_core::time::Zone;

use super::at;
use super::openings::{Ticks, Week, check_minutes, hours};

const PARTS: usize = 4;

fn zones() -> Vec<Zone> {
    let database = TimeZoneDatabase::bundled();
    database.available().map(|name| Zone::parse(name.as_str()).unwrap()).collect()
}

/// Every change from 2020 to 2030; for a zone without any, one instant of the time between.
fn changes(zone: &Zone) -> Vec<Timestamp> {
    let end = at("2030-01-01T00:00:00Z");
    let first = zone.next_change(at("2020-01-01T00:00:00Z"));
    let next = |change: &Timestamp| zone.next_change(*change);
    let changes: Vec<_> =
        std::iter::successors(first, next).take_while(|change| *change < end).collect();
    if changes.is_empty() { vec![at("2025-06-15T12:00:00Z")] } else { changes }
}

/// Three blocks in every hour, so that each change meets some, whenever of the day it is.
fn blocks() -> Week {
    (0..7)
        .flat_map(|day| (0..24).map(move |hour| (day, hour * 60)))
        .flat_map(|(day, hour)| {
            [(0, 10), (25, 31), (45, 58)].map(|(a, b)| (day, hour + a, hour + b))
        })
        .collect()
}

fn check_part(part: usize) {
    let zones = zones();
    assert!(zones.len() > 500, "only {} zones", zones.len());
    let week = blocks();
    let both = (hours(&week), Ticks::of(&week));
    for zone in zones.iter().skip(part).step_by(PARTS) {
        for change in changes(zone) {
            check_minutes(zone, &both, change - 3.hours(), 6 * 60);
        }
    }
}

#[test]
fn hours_in_all_zones_agree_with_a_look_at_each_minute_first_part() {
    check_part(0);
}

#[test]
fn hours_in_all_zones_agree_with_a_look_at_each_minute_second_part() {
    check_part(1);
}

#[test]
fn hours_in_all_zones_agree_with_a_look_at_each_minute_third_part() {
    check_part(2);
}

#[test]
fn hours_in_all_zones_agree_with_a_look_at_each_minute_fourth_part() {
    check_part(3);
}
