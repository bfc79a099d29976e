//! Weekly working hours, read on the wall clock.
//!
//! Hours are kept as the clock shows them, never as offsets from UTC, and the zone is asked anew for
//! each instant. So a change to or from summer time needs no case of its own: minutes that a change
//! skips never happen, and minutes that it repeats count both times.

mod clock;

use jiff::civil::{DateTime, Weekday};
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::time::Zone;

/// How many stretches of constant UTC offset [`WeeklyHours::next_opening`] looks through.
///
/// Eight days on an unchanged clock show every block of the week. A stretch that ends sooner is one
/// between two changes within eight days, and no zone has had more than one such in a row.
const MAX_STRETCHES: usize = 8;

/// When somebody works in a week: any number of blocks on each day.
///
/// As JSON: `{"mon":[["09:00","12:30"],["13:30","18:00"]],"tue":[["09:00","24:00"]]}`; a day that is
/// absent is free. A block begins with its first minute and ends just before its second; a night
/// shift is two blocks, one up to `24:00` and one from `00:00`. Binary formats hold the minutes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WeeklyHours {
    /// Monday to Sunday; within a day in order and without overlap.
    days: [Vec<Block>; 7],
}

/// Minutes of a day, from `start` up to but not including `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Block {
    start: u16,
    end: u16,
}

/// Why something is not working hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// Not a time of day.
    #[error("`{0}` is not a time of day such as 09:00")]
    Clock(String),
    /// A block that ends before it begins, or as it begins.
    #[error(
        "{start} to {end} on {day} is empty: a night shift is two blocks, to 24:00 and from 00:00"
    )]
    Empty {
        /// The day, such as `mon`.
        day: &'static str,
        /// When the block should begin, such as `22:00`.
        start: String,
        /// When it should end, such as `06:00`.
        end: String,
    },
    /// Two blocks of a day share a minute.
    #[error("two blocks on {day} both hold {at}")]
    Overlap {
        /// The day, such as `mon`.
        day: &'static str,
        /// Start of the later block, such as `13:00`.
        at: String,
    },
}

impl WeeklyHours {
    /// Open around the clock.
    pub fn always() -> Self {
        Self { days: std::array::from_fn(|_| vec![Block { start: 0, end: clock::DAY }]) }
    }

    /// Monday to Friday between two times such as `09:00` and `17:30`.
    ///
    /// # Errors
    ///
    /// When either is not a time of day, or `to` is not after `from`.
    pub fn weekdays(from: &str, to: &str) -> Result<Self, HoursError> {
        let block = Block { start: clock::parse(from)?, end: clock::parse(to)? };
        Self::check(std::array::from_fn(|day| if day < 5 { vec![block] } else { vec![] }))
    }

    /// Whether the clock on the wall of `zone` shows a working minute at `at`.
    pub fn is_open(&self, zone: &Zone, at: Timestamp) -> bool {
        self.hold(zone.clock(at))
    }

    /// Whether what a clock shows is a working minute.
    pub fn hold(&self, now: DateTime) -> bool {
        let minute = clock::minute_of_day(now.time());
        self.on(now.weekday()).iter().any(|block| block.start <= minute && minute < block.end)
    }

    /// The first working instant at or after `at`; `None` when no day has a block.
    pub fn next_opening(&self, zone: &Zone, at: Timestamp) -> Option<Timestamp> {
        let mut from = at;
        for _ in 0..MAX_STRETCHES {
            let change = zone.next_change(from);
            let opening = self.opening_before_change(zone, from)?;
            match change {
                Some(change) if change <= opening => from = change,
                _ => return Some(opening),
            }
        }
        None
    }

    /// The first working instant at or after `from` if the zone never changed its offset again.
    fn opening_before_change(&self, zone: &Zone, from: Timestamp) -> Option<Timestamp> {
        let now = zone.clock(from);
        let opening = self.opening_on_clock(now)?;
        from.checked_add(opening.duration_since(now)).ok()
    }

    /// The first working time at or after `now` on a clock that nobody adjusts.
    fn opening_on_clock(&self, now: DateTime) -> Option<DateTime> {
        (0..=7).find_map(|days| {
            let midnight = now.date().checked_add(days.days()).ok()?.at(0, 0, 0, 0);
            self.on(midnight.weekday()).iter().find_map(|block| {
                let at =
                    |minute: u16| midnight.saturating_add(SignedDuration::from_mins(minute.into()));
                (now < at(block.end)).then(|| now.max(at(block.start)))
            })
        })
    }

    /// The blocks of a day.
    fn on(&self, day: Weekday) -> &[Block] {
        self.days.get(clock::index(day)).map_or(&[], Vec::as_slice)
    }

    /// Puts each day in order and refuses empty and overlapping blocks.
    fn check(mut days: [Vec<Block>; 7]) -> Result<Self, HoursError> {
        for (blocks, day) in days.iter_mut().zip(clock::NAMES) {
            blocks.sort_unstable();
            let mut free_from = 0;
            for Block { start, end } in blocks.iter().copied() {
                if end <= start {
                    let (start, end) = (clock::show(start), clock::show(end));
                    return Err(HoursError::Empty { day, start, end });
                }
                if start < free_from {
                    return Err(HoursError::Overlap { day, at: clock::show(start) });
                }
                free_from = end;
            }
            if free_from > clock::DAY {
                return Err(HoursError::Clock(clock::show(free_from)));
            }
        }
        Ok(Self { days })
    }
}

/// The JSON form: a day's blocks as pairs of times.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Week {
    mon: Vec<(String, String)>,
    tue: Vec<(String, String)>,
    wed: Vec<(String, String)>,
    thu: Vec<(String, String)>,
    fri: Vec<(String, String)>,
    sat: Vec<(String, String)>,
    sun: Vec<(String, String)>,
}

impl TryFrom<Week> for WeeklyHours {
    type Error = HoursError;

    fn try_from(week: Week) -> Result<Self, HoursError> {
        let week = [week.mon, week.tue, week.wed, week.thu, week.fri, week.sat, week.sun];
        let mut days: [Vec<Block>; 7] = Default::default();
        for (blocks, pairs) in days.iter_mut().zip(week) {
            for (start, end) in pairs {
                blocks.push(Block { start: clock::parse(&start)?, end: clock::parse(&end)? });
            }
        }
        Self::check(days)
    }
}

impl Serialize for WeeklyHours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return self.days.serialize(serializer);
        }
        let pair = |block: &Block| [clock::show(block.start), clock::show(block.end)];
        let days = clock::NAMES.iter().zip(&self.days).filter(|(_, blocks)| !blocks.is_empty());
        serializer.collect_map(
            days.map(|(day, blocks)| (day, blocks.iter().map(pair).collect::<Vec<_>>())),
        )
    }
}

impl<'de> Deserialize<'de> for WeeklyHours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            Week::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
        } else {
            Self::check(<[Vec<Block>; 7]>::deserialize(deserializer)?).map_err(D::Error::custom)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<WeeklyHours, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    fn berlin() -> Zone {
        Zone::parse("Europe/Berlin").unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn hours_read_back_what_they_show_with_blocks_in_order_and_free_days_left_out() {
        let json =
            r#"{"sun":[],"mon":[["13:30","24:00"],["00:00","09:15"]],"sat":[["10:00","12:00"]]}"#;
        let hours = read(json).unwrap();
        let shown = serde_json::to_string(&hours).unwrap();
        assert_eq!(
            shown,
            r#"{"mon":[["00:00","09:15"],["13:30","24:00"]],"sat":[["10:00","12:00"]]}"#
        );
        assert_eq!(read(&shown), Ok(hours));
    }

    #[test]
    fn hours_survive_the_binary_form_and_are_checked_on_the_way_in() {
        for hours in [
            WeeklyHours::default(),
            WeeklyHours::always(),
            WeeklyHours::weekdays("09:00", "17:30").unwrap(),
        ] {
            let bytes = postcard::to_stdvec(&hours).unwrap();
            assert_eq!(postcard::from_bytes(&bytes), Ok(hours));
        }
        let block = |start, end| vec![Block { start, end }];
        for bad in [block(60, 60), block(0, 1441)] {
            let days: [Vec<Block>; 7] = std::array::from_fn(|_| bad.clone());
            let bytes = postcard::to_stdvec(&days).unwrap();
            assert!(postcard::from_bytes::<WeeklyHours>(&bytes).is_err());
        }
    }

    #[test]
    fn what_is_not_working_hours_is_refused_with_the_reason() {
        for (json, reason) in [
            (r#"{"mon":[["17:00","09:00"]]}"#, "17:00 to 09:00 on mon is empty"),
            (r#"{"fri":[["09:00","09:00"]]}"#, "09:00 to 09:00 on fri is empty"),
            (
                r#"{"tue":[["09:00","12:00"],["11:59","13:00"]]}"#,
                "two blocks on tue both hold 11:59",
            ),
            (r#"{"mon":[["9:00","17:00"]]}"#, "`9:00` is not a time of day"),
            (r#"{"mon":[["24:00","24:00"]]}"#, "24:00 to 24:00 on mon is empty"),
            (r#"{"monday":[["09:00","17:00"]]}"#, "unknown field `monday`"),
            (r#"{"mon":[["09:00"]]}"#, "invalid length 1"),
            (r#"{"mon":[],"mon":[]}"#, "duplicate field `mon`"),
            (r#"{"mon":"09:00"}"#, "invalid type"),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.contains(reason), "{json}: {error}");
        }
    }

    #[test]
    fn blocks_may_touch_but_not_overlap() {
        let hours = read(r#"{"mon":[["12:00","17:00"],["09:00","12:00"]]}"#).unwrap();
        assert!(hours.is_open(&berlin(), at("2026-03-02T12:00:00+01:00")));
    }

    #[test]
    fn a_block_holds_its_first_instant_and_not_its_end() {
        let hours = WeeklyHours::weekdays("09:00", "17:30").unwrap();
        for (instant, open) in [
            ("2026-03-06T08:59:59.999999+01:00", false),
            ("2026-03-06T09:00:00+01:00", true),
            ("2026-03-06T17:29:59.999999+01:00", true),
            ("2026-03-06T17:30:00+01:00", false),
            ("2026-03-07T12:00:00+01:00", false),
        ] {
            assert_eq!(hours.is_open(&berlin(), at(instant)), open, "{instant}");
        }
    }

    #[test]
    fn in_spring_a_block_in_the_skipped_hour_never_happens() {
        // In Berlin, 29 March 2026 goes from 02:00 straight to 03:00.
        let week_later =
            [("02:00", "2026-04-05T02:00:00+02:00"), ("02:15", "2026-04-05T02:15:00+02:00")];
        for (start, opening) in week_later {
            let hours = read(&format!(r#"{{"sun":[["{start}","03:00"]]}}"#)).unwrap();
            let found = hours.next_opening(&berlin(), at("2026-03-28T12:00:00+01:00"));
            assert_eq!(found, Some(at(opening)));
        }
    }

    #[test]
    fn in_spring_a_block_that_begins_in_the_skipped_hour_begins_after_it() {
        let hours = read(r#"{"sun":[["02:15","04:00"]]}"#).unwrap();
        let opening = hours.next_opening(&berlin(), at("2026-03-28T12:00:00+01:00"));
        assert_eq!(opening, Some(at("2026-03-29T03:00:00+02:00")));
    }

    #[test]
    fn in_autumn_a_block_in_the_repeated_hour_happens_twice() {
        // In Berlin, 25 October 2026 has the hour from 02:00 twice.
        let hours = read(r#"{"sun":[["02:15","02:45"]]}"#).unwrap();
        let opening = |from| hours.next_opening(&berlin(), at(from));
        assert_eq!(opening("2026-10-25T00:00:00+02:00"), Some(at("2026-10-25T02:15:00+02:00")));
        assert_eq!(opening("2026-10-25T02:45:00+02:00"), Some(at("2026-10-25T02:15:00+01:00")));
        assert_eq!(opening("2026-10-25T02:45:00+01:00"), Some(at("2026-11-01T02:15:00+01:00")));
    }

    #[test]
    fn nine_in_the_morning_stays_nine_in_the_morning_on_both_sides_of_a_change() {
        let hours = WeeklyHours::weekdays("09:00", "17:30").unwrap();
        let opening = |from| hours.next_opening(&berlin(), at(from));
        assert_eq!(opening("2026-03-27T18:00:00+01:00"), Some(at("2026-03-30T09:00:00+02:00")));
        assert_eq!(opening("2026-10-23T18:00:00+02:00"), Some(at("2026-10-26T09:00:00+01:00")));
    }

    #[test]
    fn no_hours_never_open_and_all_hours_are_open_at_once_until_the_end_of_time() {
        let never = WeeklyHours::default();
        let nine = WeeklyHours::weekdays("09:00", "17:30").unwrap();
        for instant in [Timestamp::MIN, at("2026-03-02T12:00:00Z"), Timestamp::MAX] {
            assert_eq!(never.next_opening(&berlin(), instant), None);
            assert_eq!(WeeklyHours::always().next_opening(&berlin(), instant), Some(instant));
            assert!(nine.next_opening(&berlin(), instant).is_none_or(|opening| opening >= instant));
        }
    }
}
