//! Public holidays of countries and their parts, from a table compiled in.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{LazyLock, OnceLock};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What the table was made from: it decides, so it is stored with what is decided by it.
///
/// Full public holidays of 2020 to 2035, with the days observed instead of a weekend. Days that
/// follow the moon are estimates for years whose calendar is not proclaimed yet. Other years have
/// none. Written by `scripts/holidays`.
/// Source: the Python package `holidays` (MIT), <https://github.com/vacanza/holidays>.
pub const VERSION: &str = "holidays 0.109";

const TABLE: &str = include_str!("../../data/holidays.txt");

/// The year of the lowest bit in [`TABLE`].
const FIRST_YEAR: i16 = 2020;

/// The lines of [`TABLE`] by code; each is read when it is first asked for.
static LINES: LazyLock<BTreeMap<&'static str, Line>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let split = |line: &'static str| line.split_once(' ').unwrap_or((line, ""));
    lines.map(split).map(|(code, words)| (code, Line { words, days: OnceLock::new() })).collect()
});

/// A line of the table.
struct Line {
    words: &'static str,
    days: OnceLock<Days>,
}

/// Day of the year as MMDD → the years in which it is a holiday, a bit for each from 2020 on.
type Days = BTreeMap<u16, u16>;

/// The public holidays of a country or a part of it.
#[derive(Clone, Copy)]
pub struct Calendar {
    code: &'static str,
    days: &'static Days,
}

/// No calendar has this code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a calendar of holidays: those are countries such as DE and parts of them such as DE-BY"
)]
pub struct CalendarError(String);

impl Calendar {
    /// Looks up an ISO 3166-1 code such as `DE`, or an ISO 3166-2 code such as `DE-BY`.
    pub fn parse(code: &str) -> Result<Self, CalendarError> {
        let upper = code.trim().to_ascii_uppercase();
        let found = LINES.get_key_value(upper.as_str());
        found
            .map(|(code, line)| Self {
                code,
                days: line.days.get_or_init(|| read_days(code, line)),
            })
            .ok_or_else(|| CalendarError(code.chars().take(32).collect()))
    }

    /// The code of every calendar, in order.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        LINES.keys().copied()
    }

    /// Its code, such as `DE-BY`.
    pub fn code(self) -> &'static str {
        self.code
    }

    /// Whether `date` is a public holiday.
    pub fn holds(self, date: Date) -> bool {
        let day =
            u16::from(date.month().unsigned_abs()) * 100 + u16::from(date.day().unsigned_abs());
        let year = u32::try_from(date.year() - FIRST_YEAR).unwrap_or(u32::MAX);
        let years = self.days.get(&day).copied().unwrap_or(0);
        years.checked_shr(year).is_some_and(|years| years & 1 == 1)
    }
}

impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Calendar {}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Calendar").field(&self.code).finish()
    }
}

impl Serialize for Calendar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code)
    }
}

impl<'de> Deserialize<'de> for Calendar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).map_err(serde::de::Error::custom)
    }
}

/// A part's words are the days that its country has and it has not, or the other way round. A test
/// reads every word of the table.
fn read_days(code: &str, line: &Line) -> Days {
    let country = code.split_once('-').and_then(|(country, _)| Calendar::parse(country).ok());
    let mut days = country.map(|country| country.days.clone()).unwrap_or_default();
    for (day, years) in line.words.split(' ').filter_map(read_day) {
        *days.entry(day).or_default() ^= years;
    }
    days
}

/// `0501` is a day of every year, `0410:9` one of the years whose bits are set.
fn read_day(word: &str) -> Option<(u16, u16)> {
    let (day, years) = word.split_once(':').unwrap_or((word, "ffff"));
    Some((day.parse().ok()?, u16::from_str_radix(years, 16).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(code: &str, date: &str) -> bool {
        Calendar::parse(code).unwrap().holds(date.parse().unwrap())
    }

    #[test]
    fn known_days_are_holidays_where_they_are_and_nowhere_else() {
        for (code, date, expected) in [
            ("DE", "2026-12-25", true),
            ("DE", "2026-12-24", false),
            ("DE", "2026-04-03", true), // Good Friday.
            ("DE", "2026-01-06", false),
            ("DE-BY", "2026-01-06", true), // Epiphany, in Bavaria.
            ("de-by", "2026-12-25", true),
            ("US", "2026-11-26", true),     // Thanksgiving.
            ("US", "2026-07-03", true),     // Independence Day, observed.
            ("GB", "2022-09-19", true),     // The funeral of Elizabeth II.
            ("GB-ENG", "2026-04-06", true), // Easter Monday.
            ("GB-SCT", "2026-04-06", false),
            ("JP", "2026-05-06", true),
        ] {
            assert_eq!(holds(code, date), expected, "{code} {date}");
        }
    }

    #[test]
    fn years_that_the_table_does_not_know_have_no_holidays() {
        assert!(holds("DE", "2020-01-01") && holds("DE", "2035-12-25"));
        for date in ["2019-12-25", "2036-01-01", "0001-01-01", "9999-12-25"] {
            assert!(!holds("DE", date), "{date}");
        }
    }

    #[test]
    fn the_table_is_of_the_version_that_is_stored_and_each_of_its_words_is_read() {
        assert_eq!(TABLE.lines().next(), Some(format!("# {VERSION}, years 2020 to 2035").as_str()));
        let mut last = "";
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let (code, days) = line.split_once(' ').unwrap_or((line, ""));
            assert!(last < code, "{code} is out of order, or twice");
            last = code;
            for word in days.split_whitespace() {
                let (day, years) = read_day(word).unwrap_or_else(|| panic!("{code}: {word}"));
                assert!((101..=1231).contains(&day) && years != 0, "{code}: {word}");
            }
        }
        assert!(Calendar::codes().filter(|code| code.len() == 2).count() > 240);
    }

    #[test]
    fn a_calendar_survives_the_binary_form_and_an_unknown_one_is_refused() {
        let calendar = Calendar::parse("CA-QC").unwrap();
        let bytes = postcard::to_stdvec(&calendar).unwrap();
        assert_eq!(postcard::from_bytes(&bytes), Ok(calendar));
        for code in ["", "XX", "DE-ZZ", "Germany", "# holidays"] {
            assert_eq!(Calendar::parse(code), Err(CalendarError(code.to_owned())));
        }
    }
}
