//! The `Retry-After` header.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

/// The longest wait we let a server ask for: one day.
pub const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Reads the header's value, a number of seconds or a date, as a wait from `now`.
///
/// A date that has passed is no wait; nonsense is `None`.
/// Source: RFC 9110, section 10.2.3.
pub fn parse(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    let wait = match text.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let until = rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
            Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO)
        }
    };
    Some(wait.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(text: &str) -> Option<Duration> {
        parse(text, "2026-11-23T10:00:00Z".parse().unwrap())
    }

    #[test]
    fn seconds_and_dates_are_both_understood() {
        assert_eq!(wait("120"), Some(Duration::from_secs(120)));
        assert_eq!(wait("Mon, 23 Nov 2026 10:02:00 GMT"), Some(Duration::from_secs(120)));
    }

    #[test]
    fn a_past_date_is_no_wait_and_a_far_one_is_a_day() {
        assert_eq!(wait("Mon, 23 Nov 2026 09:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(wait("Mon, 23 Nov 2099 10:00:00 GMT"), Some(LONGEST));
        assert_eq!(wait("99999999999"), Some(LONGEST));
    }

    #[test]
    fn nonsense_is_ignored() {
        assert_eq!(wait("soon"), None);
        assert_eq!(wait("-5"), None);
        assert_eq!(wait("1.5"), None);
        assert_eq!(wait(""), None);
    }
}
