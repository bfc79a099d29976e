//! Telephone numbers in E.164.

use std::fmt;
use std::sync::LazyLock;

use phonenumber::metadata::{DATABASE, Database};
use phonenumber::{Mode, country};
use serde::{Deserialize, Serialize};

use crate::normalise::country::Country;
use crate::normalise::text;

/// A number that can be dialled from anywhere, with the extension to ask for, if any.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    e164: String,
    extension: Option<String>,
}

/// Most digits of a number with its country code. Source: ITU-T E.164, 6.1.
pub const MAX_DIGITS: usize = 15;

/// Fewest digits that we take for a number somebody outside the town can dial.
pub const MIN_DIGITS: usize = 7;

/// Most digits of an extension; a longer run is more likely a second number.
const MAX_EXTENSION: usize = 9;

/// Longest text that is read as a number, in characters.
const MAX_TEXT: usize = 80;

/// Compiled patterns of numbering plans that are kept.
///
/// The library keeps 100, which numbers of a dozen countries in turn overflow: each then costs 10 ms,
/// because its patterns are compiled anew; kept, 20 µs. A pattern takes about 140 kB, and leads from
/// everywhere would fill this cap.
const KEPT_PATTERNS: usize = 1_024;

/// Why a text is no telephone number, in words for the person who reads the lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Letters or signs that no number has.
    #[error("is not a phone number")]
    NotDigits,
    /// Too few or too many digits, or digits that the numbering plan does not give out.
    #[error("is not a phone number we can dial")]
    Impossible,
    /// All digits equal, or counted up or down.
    #[error("is not a real phone number: its digits follow a pattern")]
    MadeUp,
    /// No `+` and no country of the lead to complete it with.
    #[error("has no country code, and the lead's country is not known")]
    NoCountry,
}

impl Phone {
    /// Reads a number in any usual spelling.
    ///
    /// `country` completes a number that has no country code of its own; where the number has one, it
    /// changes nothing.
    pub fn parse(raw: &str, country: Option<Country>) -> Result<Self, PhoneError> {
        let tidy = text::line(raw, MAX_TEXT);
        if tidy.cut {
            return Err(PhoneError::NotDigits);
        }
        let lower = text::lower(&tidy.text);
        let (number, extension) = split_extension(lower.strip_prefix("tel:").unwrap_or(&lower));
        let dialled = digits_of(number)?;
        let e164 = if dialled.starts_with('+') {
            international(&dialled)
        } else {
            let country = country.ok_or(PhoneError::NoCountry)?;
            national(&dialled, country)
        };
        Ok(Self { e164: e164.ok_or(PhoneError::Impossible)?, extension })
    }

    /// The number in E.164, such as `+14155552671`, without the extension.
    pub fn as_str(&self) -> &str {
        &self.e164
    }

    /// Whether the number has the calling code of `country`; several countries can share one.
    pub fn may_be_in(&self, country: Country) -> bool {
        let plan = plans().by_id(country.code());
        let digits = self.e164.trim_start_matches('+');
        // Calling codes are free of prefixes: no code begins with another.
        plan.is_none_or(|plan| digits.starts_with(&plan.country_code().to_string()))
    }

    /// The extension's digits, such as `204`.
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// Number and extension as one text that [`Phone::parse`] reads back: `+14155552671 ext. 204`.
    pub fn with_extension(&self) -> String {
        match &self.extension {
            Some(extension) => format!("{} ext. {extension}", self.e164),
            None => self.e164.clone(),
        }
    }
}

/// Loads the numbering plans (0.1 s), so that the first lead with a number need not wait for them.
pub fn load_plans() {
    plans();
}

impl fmt::Debug for Phone {
    /// Hides the number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(***)")
    }
}

/// Words and signs before an extension; a longer one before those it contains.
const EXTENSION_MARKS: [&str; 10] =
    [";ext=", "extension", "extensión", "durchwahl", "anexo", "poste", "ext.", "ext", "#", "x"];

/// Cuts the extension off the end of a number.
fn split_extension(text: &str) -> (&str, Option<String>) {
    for mark in EXTENSION_MARKS {
        let Some((number, rest)) = text.rsplit_once(mark) else { continue };
        let extension = rest.trim_matches([' ', '.', ':', ')']);
        let digits = extension.bytes().all(|b| b.is_ascii_digit());
        if digits && (1..=MAX_EXTENSION).contains(&extension.len()) {
            return (
                number.trim_end_matches([' ', ',', '(', '-', ';']),
                Some(extension.to_owned()),
            );
        }
    }
    (text, None)
}

/// The digits to dial, with `+` before a country code. Refuses what is no number at all.
fn digits_of(number: &str) -> Result<String, PhoneError> {
    let plus = number.trim_start_matches(['(', ' ']).starts_with('+');
    // `+49 (0) 30 …`: the zero is dialled inside the country only.
    let spoken = if plus { number.replace("(0)", "") } else { number.to_owned() };
    let allowed = |c: char| c.is_ascii_digit() || " +-–—‐−/().\\".contains(c);
    if !spoken.chars().all(allowed) || spoken.rfind('+').is_some_and(|at| at > 1) {
        return Err(PhoneError::NotDigits);
    }
    let digits: String = spoken.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return Err(PhoneError::NotDigits);
    }
    if is_pattern(&digits) {
        return Err(PhoneError::MadeUp);
    }
    match digits.strip_prefix("00") {
        _ if plus => Ok(format!("+{digits}")),
        // `00` is the prefix that the ITU recommends for numbers abroad (E.164, E.123).
        Some(abroad) if abroad.len() >= MIN_DIGITS => Ok(format!("+{abroad}")),
        _ => Ok(digits),
    }
}

/// Whether all digits are equal, or each is the last one plus or minus one (after 9 comes 0).
fn is_pattern(digits: &str) -> bool {
    let steps: Vec<u8> = digits
        .as_bytes()
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some((10 + b - a) % 10),
            _ => None,
        })
        .collect();
    let all = |step: u8| steps.iter().all(|s| *s == step);
    digits.len() >= 4 && (all(0) || all(1) || all(9))
}

/// A number with its country code, checked against the numbering plan and brought into E.164.
fn international(dialled: &str) -> Option<String> {
    let e164 = format_valid(None, dialled)?;
    // Read again, because only a number that reads back as itself stays the same for ever.
    (format_valid(None, &e164)? == e164).then_some(e164)
}

/// A number as dialled inside `country`, or with its country code but without the `+`.
fn national(dialled: &str, country: Country) -> Option<String> {
    let id: country::Id = country.code().parse().ok()?;
    // The library panics on a country without a numbering plan, such as Antarctica.
    plans().by_id(id.as_ref())?;
    international(&format_valid(Some(id), dialled)?)
}

fn format_valid(country: Option<country::Id>, dialled: &str) -> Option<String> {
    let digits = dialled.bytes().filter(u8::is_ascii_digit).count();
    // One or two digits more than E.164: a trunk or international prefix is not part of the number.
    if !(MIN_DIGITS..=MAX_DIGITS + 3).contains(&digits) {
        return None;
    }
    let number = phonenumber::parse_with(plans(), country, dialled).ok()?;
    if !phonenumber::is_valid_with(plans(), &number) {
        return None;
    }
    let e164 = number.format_with(plans()).mode(Mode::E164).to_string();
    let significant = e164.strip_prefix('+')?;
    let whole = significant.bytes().all(|b| b.is_ascii_digit()) && significant.len() <= MAX_DIGITS;
    (whole && !is_repeated(significant)).then_some(e164)
}

fn plans() -> &'static Database {
    static PLANS: LazyLock<&Database> = LazyLock::new(|| {
        if let Ok(mut cache) = DATABASE.cache().lock() {
            cache.set_capacity(KEPT_PATTERNS);
        }
        &DATABASE
    });
    &PLANS
}

/// Whether the last seven digits are one digit, as in `+1 222 222 2222`.
fn is_repeated(digits: &str) -> bool {
    let tail: Vec<u8> = digits.bytes().rev().take(7).collect();
    tail.windows(2).all(|pair| pair.first() == pair.last())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str, country: &str) -> Result<String, PhoneError> {
        Phone::parse(raw, Country::from_code(country)).map(|phone| phone.with_extension())
    }

    // One test for all spellings: the library loads its metadata once in each process.
    #[test]
    fn a_number_is_read_in_every_usual_spelling() {
        let cases = [
            ("+1 (415) 555-2671", "", "+14155552671"),
            ("(415) 555-2671", "US", "+14155552671"),
            ("1-415-555-2671", "US", "+14155552671"),
            ("415.555.2671 x204", "US", "+14155552671 ext. 204"),
            ("+1 415 555 2671 ext. 204", "", "+14155552671 ext. 204"),
            ("tel:+1-415-555-2671;ext=204", "", "+14155552671 ext. 204"),
            ("+49 (0) 30 901820", "", "+4930901820"),
            ("030/901820", "DE", "+4930901820"),
            ("0049 30 901820", "US", "+4930901820"),
            ("020 7946 0958", "GB", "+442079460958"),
            ("+33 6 12 34 56 78", "US", "+33612345678"),
            ("06 1234 5678", "IT", "+390612345678"),
            ("＋44 20 7946 0958", "", "+442079460958"),
            ("\u{202a}+44 20 7946 0958\u{202c}", "", "+442079460958"),
        ];
        for (raw, country, clean) in cases {
            assert_eq!(read(raw, country).as_deref(), Ok(clean), "{raw}");
            assert_eq!(read(clean, country).as_deref(), Ok(clean), "{clean}");
        }
        let refused = [
            ("", "US", PhoneError::NotDigits),
            ("call me", "US", PhoneError::NotDigits),
            ("ada@acme.com", "US", PhoneError::NotDigits),
            ("+1 415 555 2671 +1 415 555 2672", "US", PhoneError::NotDigits),
            ("1234567", "US", PhoneError::MadeUp),
            ("0000000000", "US", PhoneError::MadeUp),
            ("1234567890", "", PhoneError::MadeUp),
            ("9876543210", "US", PhoneError::MadeUp),
            ("+1 222 222 2222", "", PhoneError::Impossible),
            ("+1 (415) 555", "", PhoneError::Impossible),
            ("415 555 2671", "", PhoneError::NoCountry),
            ("415 555 2671", "AQ", PhoneError::Impossible),
            ("+999 123 456 789", "", PhoneError::Impossible),
            ("+1 415 555 2671 0000 0000 0000", "", PhoneError::Impossible),
        ];
        for (raw, country, why) in refused {
            assert_eq!(read(raw, country), Err(why), "{raw}");
        }
    }

    #[test]
    fn debug_output_hides_the_number() {
        let phone = Phone { e164: "+14155552671".to_owned(), extension: None };
        assert_eq!(format!("{phone:?}"), "Phone(***)");
    }
}
