//! Head counts: a number, a range, or a lower bound.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::normalise::text;

/// How many people work at a company: from `min` to `max`, or `min` and more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employees {
    min: u32,
    max: Option<u32>,
}

/// More people than any company employs; the largest, Walmart, has somewhat more than two million.
pub const MOST_EMPLOYEES: u32 = 5_000_000;

/// Longest text that is read as a head count, in characters.
const MAX_TEXT: usize = 60;

/// Why a text is no head count, in words for the person who reads the lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SizeError {
    /// Not a number, a range or a bound that we understand.
    #[error("is not a number of employees, such as 250, 51-200 or 500+")]
    Unclear,
    /// Nobody works there.
    #[error("cannot be right: a company has at least one employee")]
    Nobody,
    /// More than [`MOST_EMPLOYEES`].
    #[error("cannot be right: no company has that many employees")]
    TooMany,
    /// The range ends below its start.
    #[error("is a range that ends below its start")]
    Backwards,
}

impl Employees {
    /// Reads `250`, `51-200`, `1k-5k`, `500+`, `<50`, `10 001 to 50 000`, `self-employed` and the like.
    pub fn parse(raw: &str) -> Result<Self, SizeError> {
        let tidy = text::line(raw, MAX_TEXT);
        if tidy.cut {
            return Err(SizeError::Unclear);
        }
        let lower = text::lower(&tidy.text);
        if ALONE.contains(&text::fold(&lower).as_str()) {
            return Ok(Self { min: 1, max: Some(1) });
        }
        let bare = bare(&lower);
        let (bound, rest) = bound_of(&bare);
        let numbers =
            rest.split('-').map(count).collect::<Option<Vec<_>>>().ok_or(SizeError::Unclear)?;
        match (bound, numbers.as_slice()) {
            (None, &[exact]) => Self::between(exact, Some(exact)),
            (None, &[min, max]) => Self::between(min.max(1), Some(max)),
            (Some(Bound::AtLeast), &[min]) => Self::between(min.max(1), None),
            (Some(Bound::Above), &[below]) => Self::between(below.saturating_add(1), None),
            (Some(Bound::AtMost), &[max]) => Self::between(1, Some(max)),
            (Some(Bound::Below), &[above]) => Self::between(1, Some(above.saturating_sub(1))),
            _ => Err(SizeError::Unclear),
        }
    }

    fn between(min: u64, max: Option<u64>) -> Result<Self, SizeError> {
        let checked = |n: u64| {
            u32::try_from(n).ok().filter(|n| *n <= MOST_EMPLOYEES).ok_or(SizeError::TooMany)
        };
        let (min, max) = (checked(min)?, max.map(checked).transpose()?);
        if max.unwrap_or(min) == 0 {
            return Err(SizeError::Nobody);
        }
        if max.is_some_and(|max| max < min) {
            return Err(SizeError::Backwards);
        }
        Ok(Self { min, max })
    }

    /// The lower bound, at least 1.
    pub fn min(self) -> u32 {
        self.min
    }

    /// The upper bound, at least the lower one; `None` is open, as in `500+`.
    pub fn max(self) -> Option<u32> {
        self.max
    }

    /// The one number that rules compare: the middle, rounded down; the lower bound of an open range.
    pub fn value(self) -> u32 {
        self.max.map_or(self.min, |max| u32::midpoint(self.min, max))
    }
}

impl fmt::Display for Employees {
    /// `250`, `51-200` or `500+`, which [`Employees::parse`] reads back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.max {
            Some(max) if max == self.min => write!(f, "{}", self.min),
            Some(max) => write!(f, "{}-{max}", self.min),
            None => write!(f, "{}+", self.min),
        }
    }
}

/// Companies of one person, folded.
const ALONE: [&str; 10] = [
    "autonomo",
    "freelance",
    "freelancer",
    "just me",
    "myself only",
    "only me",
    "self employed",
    "selfemployed",
    "solo",
    "sole trader",
];

/// Which side of a single number is meant.
#[derive(Clone, Copy)]
enum Bound {
    AtLeast,
    Above,
    AtMost,
    Below,
}

/// Words of a bound, before or after the number; longer ones first where one contains another.
const BOUNDS: [(&str, Bound); 20] = [
    (">=", Bound::AtLeast),
    ("≥", Bound::AtLeast),
    ("<=", Bound::AtMost),
    ("≤", Bound::AtMost),
    (">", Bound::Above),
    ("<", Bound::Below),
    ("+", Bound::AtLeast),
    ("at least", Bound::AtLeast),
    ("mindestens", Bound::AtLeast),
    ("from", Bound::AtLeast),
    ("and more", Bound::AtLeast),
    ("or more", Bound::AtLeast),
    ("more than", Bound::Above),
    ("over", Bound::Above),
    ("above", Bound::Above),
    ("or less", Bound::AtMost),
    ("or fewer", Bound::AtMost),
    ("less than", Bound::Below),
    ("fewer than", Bound::Below),
    ("under", Bound::Below),
];

/// Takes the bound off the text of a number.
fn bound_of(text: &str) -> (Option<Bound>, &str) {
    for (sign, bound) in BOUNDS {
        if let Some(rest) = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)) {
            return (Some(bound), rest.trim());
        }
    }
    (None, text)
}

/// The text without approximations and nouns, and with one sign for every way to say "to".
fn bare(lower: &str) -> String {
    const NOUNS: [&str; 11] = [
        "employees",
        "employee",
        "people",
        "persons",
        "staff",
        "headcount",
        "mitarbeitende",
        "mitarbeiter",
        "empleados",
        "salariés",
        "ftes",
    ];
    let mut text = lower.replace("up to ", "<=").replace(['~', '≈', '('], " ").replace(')', " ");
    for word in NOUNS.into_iter().chain([
        "approximately",
        "approx.",
        "about",
        "around",
        "circa",
        "ca.",
        "c. ",
    ]) {
        text = text.replace(word, " ");
    }
    text = text
        .replace(['–', '—', '−', '‐'], "-")
        .replace(" to ", "-")
        .replace(" bis ", "-")
        .replace("..", "-");
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" -", "-").replace("- ", "-")
}

/// One number: `1,000`, `10 000`, `5.000`, `1'000`, `1.5k`, `2m`.
///
/// A separator before exactly three digits groups thousands; otherwise it is a decimal sign, which only
/// `k` and `m` can have. Nobody employs a fraction of a person.
fn count(text: &str) -> Option<u64> {
    let text = text.trim();
    let (digits, unit) = match text.strip_suffix('k').or_else(|| text.strip_suffix("tsd")) {
        Some(digits) => (digits.trim(), 1_000),
        None => match text.strip_suffix('m') {
            Some(digits) => (digits.trim(), 1_000_000),
            None => (text, 1),
        },
    };
    if let Some(whole) = grouped(digits) {
        return whole.checked_mul(unit);
    }
    let (whole, tenth) = digits.split_once(['.', ',']).filter(|(_, part)| part.len() == 1)?;
    let (whole, tenth) = (number(whole)?, number(tenth)?);
    if unit == 1 && tenth != 0 {
        return None;
    }
    whole.checked_mul(unit)?.checked_add(tenth * unit / 10)
}

/// A whole number, its thousands grouped or not.
fn grouped(digits: &str) -> Option<u64> {
    let mut groups = digits.split([',', '.', ' ', '\'', '’', '_']);
    let first = groups.next()?;
    let mut all = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        all.push_str(group);
    }
    number(&all)
}

fn number(digits: &str) -> Option<u64> {
    (digits.len() <= 12 && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn head_counts_are_read_in_every_usual_spelling() {
        let cases = [
            ("51-200", "51-200", 125),
            ("1k-5k", "1000-5000", 3000),
            ("500+", "500+", 500),
            ("+500", "500+", 500),
            ("~250", "250", 250),
            ("1,000", "1000", 1000),
            ("10 000", "10000", 10_000),
            ("5.000", "5000", 5000),
            ("1'200", "1200", 1200),
            ("<50", "1-49", 25),
            ("> 10,000", "10001+", 10_001),
            ("≥ 10", "10+", 10),
            ("self-employed", "1", 1),
            ("1–10 employees", "1-10", 5),
            ("11 to 50", "11-50", 30),
            ("10,001 - 50,000 people", "10001-50000", 30_000),
            ("1.5k", "1500", 1500),
            ("250.0", "250", 250),
            ("up to 20", "1-20", 10),
            ("more than 100", "101+", 101),
            ("0-1", "1", 1),
            ("ca. 80 Mitarbeiter", "80", 80),
            ("２５０", "250", 250),
        ];
        for (raw, clean, value) in cases {
            let size = Employees::parse(raw).unwrap_or_else(|why| panic!("{raw}: {why}"));
            assert_eq!((size.to_string().as_str(), size.value()), (clean, value), "{raw}");
        }
    }

    #[test]
    fn what_is_no_head_count_is_refused_with_a_reason() {
        let cases = [
            ("", SizeError::Unclear),
            ("many", SizeError::Unclear),
            ("-5", SizeError::Unclear),
            ("1-2-3", SizeError::Unclear),
            ("12.5", SizeError::Unclear),
            ("1,00", SizeError::Unclear),
            ("2024-11-23", SizeError::Unclear),
            ("0", SizeError::Nobody),
            ("<1", SizeError::Nobody),
            ("5,000,001", SizeError::TooMany),
            ("999999999999", SizeError::TooMany),
            ("200-51", SizeError::Backwards),
        ];
        for (raw, why) in cases {
            assert_eq!(Employees::parse(raw), Err(why), "{raw}");
        }
    }

    proptest! {
        #[test]
        fn a_clean_head_count_reads_back_as_itself(raw in any::<String>(), digits in "[0-9km+<>~,. -]{1,12}") {
            for raw in [raw, digits] {
                if let Ok(size) = Employees::parse(&raw) {
                    prop_assert_eq!(Employees::parse(&size.to_string()), Ok(size));
                }
            }
        }
    }
}
