//! Exact numbers with a few decimals: conditions compare them without rounding.

use std::fmt;

/// Decimals that are kept.
const PLACES: usize = 4;
/// How many parts make one.
const ONE: i64 = 10_000;

/// A number in ten-thousandths, up to about 922 trillion on either side of zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i64);

impl Decimal {
    /// Reads `1000`, `-2.5` and the like, without signs for thousands; decimals after the fourth
    /// are cut off.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
        if whole.is_empty() || decimals.is_empty() {
            return None;
        }
        if !whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let kept = decimals.get(..PLACES).unwrap_or(decimals);
        let parts: i64 = format!("{kept:0<PLACES$}").parse().ok()?;
        let sum = whole.parse::<i64>().ok()?.checked_mul(ONE)?.checked_add(parts)?;
        Some(Self(if negative { -sum } else { sum }))
    }

    /// Whether [`Decimal::parse`] would cut something off.
    pub(super) fn is_too_fine(text: &str) -> bool {
        let decimals = text.split_once('.').map_or("", |(_, decimals)| decimals);
        decimals.trim_end_matches('0').len() > PLACES
    }

    /// The number in ten-thousandths.
    pub(super) const fn parts(self) -> i64 {
        self.0
    }

    /// The greatest whole number that is not above it.
    pub const fn floor(self) -> i64 {
        self.0.div_euclid(ONE)
    }
}

impl From<u32> for Decimal {
    fn from(whole: u32) -> Self {
        Self(i64::from(whole).saturating_mul(ONE))
    }
}

impl fmt::Display for Decimal {
    /// As it can be read again, such as `-1000.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = ONE.unsigned_abs();
        let (whole, parts) = (self.0.unsigned_abs() / one, self.0.unsigned_abs() % one);
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{whole}")?;
        if parts > 0 {
            write!(f, ".{}", format!("{parts:0PLACES$}").trim_end_matches('0'))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        Decimal::parse(text).map(|number| number.to_string())
    }

    #[test]
    fn a_number_reads_as_people_write_it() {
        let table = [
            ("0", "0"),
            ("-0", "0"),
            ("007", "7"),
            ("1234567", "1234567"),
            ("-1000.50", "-1000.5"),
            ("0.0001", "0.0001"),
            ("2.99999", "2.9999"),
            ("-2.99999", "-2.9999"),
            ("922337203685477.5807", "922337203685477.5807"),
        ];
        for (text, words) in table {
            assert_eq!(shown(text).as_deref(), Some(words), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "-", ".", "1.", ".5", "+1", "1,000", "1e3", "١", "--1", "1.2.3", "1.-2"] {
            assert_eq!(shown(text), None, "{text}");
        }
        assert_eq!(shown("922337203685477.5808"), None);
        assert_eq!(shown(&"9".repeat(40)), None);
    }

    #[test]
    fn the_floor_is_below_on_both_sides_of_zero() {
        let floors = ["2.9", "2", "-2", "-2.1"].map(|text| Decimal::parse(text).unwrap().floor());
        assert_eq!(floors, [2, 2, -2, -3]);
    }

    #[test]
    fn numbers_are_ordered_as_numbers() {
        let ascending = ["-10", "-9.5", "-0.0001", "0", "0.0001", "9", "9.5", "10"];
        let parsed = ascending.map(|text| Decimal::parse(text).unwrap());
        assert!(parsed.is_sorted());
    }
}
