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
        let now = zone.local(at).datetime();
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
        let now = zone.local(from).datetime();
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
