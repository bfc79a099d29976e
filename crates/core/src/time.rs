//! Time as the core knows it: instants are given, never read.

use jiff::civil::{Date, DateTime};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp, Zoned};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An IANA time zone, by the rules compiled into the binary, so that two machines never disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// The name is not one of the IANA database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time zone of the IANA database, such as Europe/Berlin")]
pub struct ZoneError(String);

impl Zone {
    /// Looks `name` up in the bundled database.
    pub fn parse(name: &str) -> Result<Self, ZoneError> {
        TimeZoneDatabase::bundled().get(name).map(Self).map_err(|_| ZoneError(name.to_owned()))
    }

    /// The IANA name, such as `Europe/Berlin`.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// What the clock on the wall of this zone shows at `at`.
    pub fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.0.clone())
    }

    /// The same without its zone, and cheaper.
    pub fn clock(&self, at: Timestamp) -> DateTime {
        self.0.to_datetime(at)
    }

    /// The first instant after `after` at which a new `date` begins; one that a change skips begins
    /// where the clock goes on.
    pub fn start_of(&self, date: Date, after: Timestamp) -> Option<Timestamp> {
        let midnight = self.0.to_ambiguous_zoned(date.at(0, 0, 0, 0));
        let starts = [midnight.clone().compatible(), midnight.later()];
        starts.into_iter().flatten().map(|start| start.timestamp()).find(|start| *start > after)
    }

    /// Whether the clock is put forward or back at `change`, and not only renamed.
    pub fn shifts(&self, change: Timestamp) -> bool {
        let before = change.saturating_sub(SignedDuration::from_nanos(1)).unwrap_or(change);
        self.0.to_offset(before) != self.0.to_offset(change)
    }

    /// The first instant after `at` at which the offset from UTC, or its name, changes.
    pub fn next_change(&self, at: Timestamp) -> Option<Timestamp> {
        self.0.following(at).next().map(|change| change.timestamp())
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::parse(&name).map_err(serde::de::Error::custom)
    }
}

/// An instant cut to the microsecond, the finest that Postgres keeps.
///
/// What is decided with a finer clock could not be replayed from the stored time.
pub fn to_micros(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_keeps_its_name() {
        assert_eq!(Zone::parse("Asia/Tokyo").unwrap().name(), "Asia/Tokyo");
        assert!(Zone::parse("Mars/Olympus").is_err());
    }
}
