//! How much a rep has on his hands: what caps and the least-loaded distribution look at.
//!
//! Hours, days and weeks are those of the rep's own wall clock. A clock that jumps backwards stays in
//! the windows it was in, so that no jump gives a rep a second day's leads.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::id::RepId;
use crate::pick::Rep;
use crate::time::Zone;

/// Leads that a rep got in windows of his own clock, and those that are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// The last lead; the windows that hold it are those that are counted.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub last_at: Timestamp,
    /// Leads in the hour of `last_at`.
    pub hour: u32,
    /// Leads on the day of `last_at`.
    pub day: u32,
    /// Leads in the week of `last_at`, which begins on Monday.
    pub week: u32,
    /// Leads that are his and not closed.
    pub open: u32,
}

/// Each rep's load; one who is not here never had a lead.
pub type Loads = BTreeMap<RepId, Load>;

/// The most leads that a rep takes; `None` is no limit, 0 is none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Caps {
    /// In an hour.
    pub hour: Option<u32>,
    /// On a day.
    pub day: Option<u32>,
    /// In a week.
    pub week: Option<u32>,
    /// Open at once.
    pub open: Option<u32>,
}

/// What a cap counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// An hour on the clock. One that a change of the clock repeats is two.
    Hour,
    /// A day on the calendar.
    Day,
    /// A week from Monday on.
    Week,
    /// Whatever is open, however old.
    Open,
}

/// A cap that is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full {
    /// Which.
    pub window: Window,
    /// Leads counted.
    pub count: u32,
    /// Leads allowed.
    pub limit: u32,
}

impl Caps {
    /// Whether there is any.
    pub fn any(&self) -> bool {
        [self.hour, self.day, self.week, self.open].iter().any(Option::is_some)
    }

    /// The first cap, from the shortest window on, that leaves no room for another lead at `at`.
    pub fn full(&self, load: Option<&Load>, zone: &Zone, at: Timestamp) -> Option<Full> {
        let limits = [
            (Window::Hour, self.hour),
            (Window::Day, self.day),
            (Window::Week, self.week),
            (Window::Open, self.open),
        ];
        limits.into_iter().find_map(|(window, limit)| {
            let limit = limit?;
            let count = load.map_or(0, |load| load.count(window, zone, at));
            (count >= limit).then_some(Full { window, count, limit })
        })
    }
}

impl Load {
    /// How many leads count in the `window` that holds `at`.
    pub fn count(&self, window: Window, zone: &Zone, at: Timestamp) -> u32 {
        let count = match window {
            Window::Hour => self.hour,
            Window::Day => self.day,
            Window::Week => self.week,
            Window::Open => return self.open,
        };
        // Before the clocks are read: mostly nothing was counted, or the clock went backwards.
        let same = count > 0 && (at <= self.last_at || self.is_in(window, zone, at));
        if same { count } else { 0 }
    }

    /// Whether the `window` of the last lead holds the later `at`.
    fn is_in(&self, window: Window, zone: &Zone, at: Timestamp) -> bool {
        let days = || [at, self.last_at].map(|at| zone.clock(at).date());
        match window {
            Window::Hour => at < hour_end(zone, self.last_at),
            Window::Day => {
                let [now, then] = days();
                now <= then
            }
            Window::Week => {
                let [now, then] = days().map(monday);
                now <= then
            }
            Window::Open => true,
        }
    }
}

/// Counts one more lead of `rep` at `at`.
pub fn book(loads: &mut Loads, rep: &Rep, at: Timestamp) {
    let load = loads.get(&rep.id);
    let count = |window| load.map_or(0, |load| load.count(window, &rep.zone, at)).saturating_add(1);
    let booked = Load {
        last_at: load.map_or(at, |load| load.last_at.max(at)),
        hour: count(Window::Hour),
        day: count(Window::Day),
        week: count(Window::Week),
        open: count(Window::Open),
    };
    loads.insert(rep.id, booked);
}

/// When the `window` that holds `at` ends; `None` if time does not end it.
pub fn window_end(window: Window, zone: &Zone, at: Timestamp) -> Option<Timestamp> {
    let today = || zone.clock(at).date();
    match window {
        Window::Hour => Some(hour_end(zone, at)),
        Window::Day => zone.start_of(today().tomorrow().ok()?, at),
        Window::Week => zone.start_of(monday(today()).checked_add(7.days()).ok()?, at),
        Window::Open => None,
    }
}

/// The first instant after the hour on the clock, or the part of it that a change leaves.
fn hour_end(zone: &Zone, at: Timestamp) -> Timestamp {
    let clock = zone.clock(at);
    let into = i64::from(clock.minute()) * 60 + i64::from(clock.second());
    let second = at.as_second().saturating_add(3600 - into);
    let end = Timestamp::from_second(second).unwrap_or(Timestamp::MAX);
    let change = zone.next_change(at).filter(|change| *change < end);
    change.filter(|change| zone.shifts(*change)).unwrap_or(end)
}

fn monday(date: Date) -> Date {
    let days = i32::from(date.weekday().to_monday_zero_offset());
    date.checked_sub(days.days()).unwrap_or(date)
}
