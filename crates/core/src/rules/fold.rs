//! The form in which texts are compared: one for every spelling that people take for the same.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Folds compatibility forms and case: `ＳＴＲＡßＥ` and `strasse` become one.
///
/// NFKC, lower case, upper case, lower case, NFKC, each letter by itself. The way through upper case
/// does what Unicode's full case folding does (ß becomes ss, ς becomes σ, ᾳ becomes αι) without a
/// table of its own; it differs only in folding the dotless ı to i as well. The first lower case is
/// for ẞ, which is its own upper case. Accents stay: é is not e.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    if !text.is_ascii() {
        let lower = text.nfkc().flat_map(char::to_lowercase);
        return Cow::Owned(
            lower.flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfkc().collect(),
        );
    }
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_that_people_take_for_the_same_fold_to_one() {
        let same = [
            ("Straße", "STRASSE"),
            ("STRAẞE", "strasse"),
            ("ΟΔΟΣ", "οδος"),
            ("οδός", "ΟΔΌΣ"),
            ("ﬁnance", "FINANCE"),
            ("Ａｃｍｅ", "acme"),
            ("cafe\u{301}", "CAFÉ"),
            ("МОСКВА", "москва"),
        ];
        for (one, other) in same {
            assert_eq!(fold(one), fold(other), "{one} and {other}");
        }
    }

    #[test]
    fn accents_tell_words_apart() {
        assert_ne!(fold("resume"), fold("résumé"));
    }

    /// The planes that have letters with case.
    fn letters() -> impl Iterator<Item = String> {
        ('\0'..='\u{1ffff}').map(String::from)
    }

    #[test]
    fn every_character_folds_to_something_that_folds_to_itself() {
        for character in letters() {
            let once = fold(&character);
            assert_eq!(fold(&once), once, "{}", character.escape_unicode());
        }
    }

    #[test]
    fn the_case_of_a_letter_never_matters() {
        for character in letters() {
            let upper = character.to_uppercase();
            assert_eq!(fold(&upper), fold(&character), "{}", character.escape_unicode());
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = fold(&text).into_owned();
            prop_assert_eq!(fold(&once), once.as_str());
        }
    }
}
