//! Times of day as minutes since midnight, and the days' short names.

use jiff::civil::{Time, Weekday};

use super::HoursError;

/// Minutes of a day without a change of the clock; as a time, `24:00`.
pub(super) const DAY: u16 = 24 * 60;

/// The days as JSON names them, Monday first.
pub(super) const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The place of `day` in [`NAMES`].
pub(super) fn index(day: Weekday) -> usize {
    usize::from(day.to_monday_zero_offset().unsigned_abs())
}

/// The minute of the day that a clock shows as `time`.
pub(super) fn minute_of_day(time: Time) -> u16 {
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}

/// Reads `HH:MM`, from `00:00` to `24:00`.
pub(super) fn parse(text: &str) -> Result<u16, HoursError> {
    let minute = match *text.as_bytes() {
        [h1, h2, b':', m1, m2] => digits(h1, h2).zip(digits(m1, m2)),
        _ => None,
    };
    minute
        .filter(|(_, minutes)| *minutes < 60)
        .map(|(hours, minutes)| hours * 60 + minutes)
        .filter(|minute| *minute <= DAY)
        .ok_or_else(|| HoursError::Clock(text.chars().take(32).collect()))
}

/// Writes what [`parse`] reads.
pub(super) fn show(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn digits(tens: u8, ones: u8) -> Option<u16> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
    Some(digit(tens)? * 10 + digit(ones)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_reads_back_what_it_shows() {
        for minute in 0..=DAY {
            assert_eq!(parse(&show(minute)), Ok(minute));
        }
    }

    #[test]
    fn what_is_not_a_time_of_day_is_refused() {
        for text in
            ["", "9:00", "09:0", "09:60", "24:01", "25:00", "09:00:00", "0a:00", "٠٩:٠٠", "-1:00"]
        {
            assert_eq!(parse(text), Err(HoursError::Clock(text.to_owned())));
        }
    }
}
