//! Passwords that are tried first.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Fewer different characters than this make no password, however often they are repeated.
const DIFFERENT: usize = 5;

/// What must be left of a password without the words that everybody knows about its owner.
const OWN_CHARACTERS: usize = 8;

/// Shorter words are in too many passwords by chance.
const TELLING: usize = 4;

static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/common_passwords.txt").lines();
    lines.filter(|line| !line.starts_with("# ")).collect()
});

/// Whether a password is on the list in any case of its letters, the same again and again, or a row
/// such as `abcdefghijkl` and `987654321098`.
pub(super) fn is_common(password: &str) -> bool {
    let lower = password.to_lowercase();
    let different: HashSet<char> = lower.chars().collect();
    different.len() < DIFFERENT || is_row(&lower) || COMMON.contains(lower.as_str())
}

/// Whether little is left of a password without the words of `about`.
pub(super) fn is_about(password: &str, about: &[&str]) -> bool {
    let lower = password.to_lowercase();
    let mut words: Vec<String> = about
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() >= TELLING)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let left = words.iter().fold(lower.clone(), |left, word| left.replace(word.as_str(), ""));
    left != lower && left.chars().count() < OWN_CHARACTERS
}

/// Whether each character stands one above, or each one below, the one before; 9 and 0 meet.
fn is_row(text: &str) -> bool {
    let codes: Vec<u32> = text.chars().map(u32::from).collect();
    let step = |from: u32, to: u32| match (char::from_u32(from), char::from_u32(to)) {
        (Some('9'), Some('0')) => 1,
        (Some('0'), Some('9')) => -1,
        _ => i64::from(to) - i64::from(from),
    };
    let all = |by: i64| codes.iter().zip(codes.iter().skip(1)).all(|(a, b)| step(*a, *b) == by);
    all(1) || all(-1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_thousands_of_passwords_that_are_long_enough_to_be_chosen() {
        assert!(COMMON.len() >= 10_000);
        for password in COMMON.iter() {
            assert!(password.len() >= crate::accounts::password::MIN_CHARACTERS, "{password}");
            assert_eq!(*password, password.to_lowercase());
        }
    }

    #[test]
    fn a_password_of_the_list_a_row_and_a_repetition_are_common() {
        for common in
            ["1Q2W3E4R5T6Y", "Leavemealone", "abcdefghijklm", "1234567890123", "abababababab"]
        {
            assert!(is_common(common), "{common}");
        }
        for good in ["correct horse battery", "Tr0ub4dor-and-3", "northwind-demo"] {
            assert!(!is_common(good), "{good}");
        }
    }

    #[test]
    fn a_name_with_a_year_behind_it_is_no_password() {
        let about = ["ada.lovelace@northwind.example", "Northwind Traders"];
        for bad in ["Northwind2026!", "ada.lovelace@northwind.example", "lovelace-northwind-1"] {
            assert!(is_about(bad, &about), "{bad}");
        }
        for good in ["correct horse battery", "northwind smells of rain"] {
            assert!(!is_about(good, &about), "{good}");
        }
    }
}
