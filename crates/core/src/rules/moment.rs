//! Days and instants, and spans of time that are relative to the instant of a decision.
//!
//! The core has no clock: "now" is [`crate::case::Case::at`], so a past decision is replayed with
//! the "now" that it was made at.

use std::cmp::Ordering;
use std::fmt;

use jiff::civil::Time;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// Longest span that a condition can look back or ahead: ten years.
const MAX_SPAN: SignedDuration = SignedDuration::from_hours(3_660 * 24);

/// A whole day of UTC, or an instant: from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Where it begins; what comparisons look at in a lead's value.
    pub first: Timestamp,
    /// Where it ends; the same for an instant.
    pub last: Timestamp,
}

impl Moment {
    /// Reads an ISO 8601 date (`2026-05-01`, the whole day of UTC) or date and time
    /// (`2026-05-01T09:30:00+02:00`); without an offset, the time is UTC's.
    ///
    /// A time zone's name is not understood: it would not tell the instant at the end of summer time.
    pub fn parse(text: &str) -> Option<Self> {
        let pieces = Pieces::parse(text).ok()?;
        if pieces.time_zone_annotation().is_some() {
            return None;
        }
        let at =
            |time: Time, offset: Offset| offset.to_timestamp(pieces.date().to_datetime(time)).ok();
        match pieces.time() {
            Some(time) => {
                at(time, pieces.to_numeric_offset().unwrap_or(Offset::UTC)).map(Self::from)
            }
            None => Some(Self {
                first: at(Time::midnight(), Offset::UTC)?,
                last: at(Time::MAX, Offset::UTC)?,
            }),
        }
    }

    /// Where this value stands to a constant or another value: before it, within it, or after it.
    ///
    /// A value stands where it begins; what it is compared with counts as a whole, so 9 a.m. equals
    /// its day, and midnight does too.
    pub fn stands_to(self, whole: Self) -> Ordering {
        if self.first < whole.first {
            Ordering::Less
        } else if self.first <= whole.last {
            Ordering::Equal
        } else {
            Ordering::Greater
        }
    }

    /// Whether the whole of a day is meant.
    pub fn is_day(self) -> bool {
        self.first != self.last
    }
}

impl From<Timestamp> for Moment {
    fn from(at: Timestamp) -> Self {
        Self { first: at, last: at }
    }
}

impl fmt::Display for Moment {
    /// As it can be read again: `2026-05-01` or `2026-05-01T09:30:00Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_day() {
            write!(f, "{}", Offset::UTC.to_datetime(self.first).date())
        } else {
            write!(f, "{}", self.first)
        }
    }
}

/// Which way from the instant of the decision a window reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Toward {
    Last,
    Next,
}

/// A stretch of time that ends or begins at the instant of the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) toward: Toward,
    span: SignedDuration,
    /// As a sentence writes it, such as `7 days`.
    pub(super) shown: String,
}

impl Window {
    /// Reads `7 days`, `1 hour` and the like: minutes, hours, days of 24 hours, or weeks.
    pub(super) fn parse(toward: Toward, text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = text.strip_prefix(digits)?.trim_start();
        let count: i64 = digits.parse().ok()?;
        let (unit, minutes) = match unit.strip_suffix('s').unwrap_or(unit) {
            "minute" => ("minute", 1),
            "hour" => ("hour", 60),
            "day" => ("day", 24 * 60),
            "week" => ("week", 7 * 24 * 60),
            _ => return None,
        };
        let span = SignedDuration::from_secs(count.checked_mul(minutes)?.checked_mul(60)?);
        let fits = span > SignedDuration::ZERO && span <= MAX_SPAN;
        let plural = if count == 1 { "" } else { "s" };
        fits.then(|| Self { toward, span, shown: format!("{count} {unit}{plural}") })
    }

    /// Whether any part of `moment` lies in the window, as of `now`.
    pub(super) fn holds(&self, moment: Moment, now: Timestamp) -> bool {
        let (first, last) = match self.toward {
            Toward::Last => (now.checked_sub(self.span).unwrap_or(Timestamp::MIN), now),
            Toward::Next => (now, now.checked_add(self.span).unwrap_or(Timestamp::MAX)),
        };
        moment.last >= first && moment.first <= last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        Moment::parse(text).map(|moment| moment.to_string())
    }

    #[test]
    fn dates_are_days_of_utc_and_times_are_instants() {
        let table = [
            ("2026-05-01", "2026-05-01"),
            ("2026-05-01T09:30Z", "2026-05-01T09:30:00Z"),
            ("2026-05-01T09:30:15.5+02:00", "2026-05-01T07:30:15.5Z"),
            ("2026-05-01 09:30:00", "2026-05-01T09:30:00Z"),
            ("2024-02-29", "2024-02-29"),
        ];
        for (text, read) in table {
            assert_eq!(shown(text).as_deref(), Some(read), "{text}");
            assert_eq!(Moment::parse(read), Moment::parse(text));
        }
        let day = Moment::parse("2026-05-01").unwrap();
        assert_eq!(Some(Moment::from(day.first)), Moment::parse("2026-05-01T00:00Z"));
        assert_eq!(Some(Moment::from(day.last)), Moment::parse("2026-05-01T23:59:59.999999999Z"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        let table = [
            "",
            "soon",
            "2026",
            "2026-13-01",
            "2026-02-30",
            "01/05/2026",
            "1.5.2026",
            "2026-05-01T25:00Z",
            "2026-05-01T09:30[Europe/Berlin]",
            "9999-12-31",
        ];
        for text in table {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn a_window_is_read_with_its_unit() {
        let read = |text| Window::parse(Toward::Last, text).map(|window| window.shown);
        assert_eq!(read("7 days").as_deref(), Some("7 days"));
        assert_eq!(read(" 1 Weeks ").as_deref(), Some("1 week"));
        assert_eq!(read("90minutes").as_deref(), Some("90 minutes"));
        assert_eq!(read("3660 days").as_deref(), Some("3660 days"));
        for text in ["", "7", "days", "0 days", "-1 days", "1.5 days", "2 months", "3661 days"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read(&format!("{} weeks", i64::MAX)), None);
    }

    #[test]
    fn a_window_includes_both_its_ends_and_any_part_of_a_day() {
        let now: Timestamp = "2026-05-10T12:00:00Z".parse().unwrap();
        let last = Window::parse(Toward::Last, "2 days").unwrap();
        let next = Window::parse(Toward::Next, "2 days").unwrap();
        let table = [
            ("2026-05-08T11:59:59Z", false, false),
            ("2026-05-08T12:00:00Z", true, false),
            ("2026-05-10T12:00:00Z", true, true),
            ("2026-05-12T12:00:00Z", false, true),
            ("2026-05-12T12:00:01Z", false, false),
            ("2026-05-07", false, false),
            ("2026-05-08", true, false),
            ("2026-05-10", true, true),
            ("2026-05-12", false, true),
            ("2026-05-13", false, false),
        ];
        for (text, in_last, in_next) in table {
            let moment = Moment::parse(text).unwrap();
            assert_eq!(
                (last.holds(moment, now), next.holds(moment, now)),
                (in_last, in_next),
                "{text}"
            );
        }
    }

    #[test]
    fn a_window_at_the_ends_of_time_is_cut_short() {
        let window = |toward| Window::parse(toward, "10 weeks").unwrap();
        let ends = [(Toward::Last, Timestamp::MIN), (Toward::Next, Timestamp::MAX)];
        for (toward, now) in ends {
            assert!(window(toward).holds(Moment::from(now), now));
        }
    }
}
