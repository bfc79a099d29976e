//! Text: one spelling for what looks the same, and nothing that cannot be seen.

use deunicode::deunicode_with_tofu;
use unicode_normalization::UnicodeNormalization;

/// Text as we keep it, and whether the end was lost to a cap.
#[derive(Clone, PartialEq, Eq)]
pub struct Tidy {
    /// The text; empty when nothing visible was there.
    pub text: String,
    /// Whether it was longer than the cap.
    pub cut: bool,
}

/// One line of at most `max` characters: NFKC, single spaces, no control or invisible characters.
///
/// Reads no further than `max` needs, so a value of megabytes costs no more than a short one.
pub fn line(raw: &str, max: usize) -> Tidy {
    let visible = raw.chars().filter(|c| !is_invisible(*c));
    let spaced = visible.map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c });
    let mut text = String::new();
    let (mut length, mut is_gap) = (0_usize, false);
    for c in spaced.nfkc() {
        if c.is_whitespace() {
            is_gap = !text.is_empty();
            continue;
        }
        length += 1 + usize::from(is_gap);
        if length > max {
            return Tidy { text, cut: true };
        }
        text.extend(is_gap.then_some(' '));
        text.push(c);
        is_gap = false;
    }
    Tidy { text, cut: false }
}

/// Several lines of at most `max` characters in all, breaks included.
///
/// Each is a [`line`]; none is empty at the ends, and at most one between two others.
pub fn lines(raw: &str, max: usize) -> Tidy {
    let one_break =
        raw.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let mut text = String::new();
    let (mut left, mut breaks) = (max, 0_usize);
    for part in one_break.split('\n') {
        let room = left.saturating_sub(breaks);
        let tidy = line(part, room);
        if !tidy.text.is_empty() {
            text.extend(std::iter::repeat_n('\n', breaks));
            text.push_str(&tidy.text);
            left = room - tidy.text.chars().count();
            breaks = 0;
        }
        if tidy.cut {
            return Tidy { text, cut: true };
        }
        breaks = if text.is_empty() { 0 } else { (breaks + 1).min(2) };
    }
    Tidy { text, cut: false }
}

/// Lower case in NFKC.
///
/// Composed again, because lower case has precomposed letters that upper case lacks (`H̱` → `ẖ`).
pub fn lower(text: &str) -> String {
    text.to_lowercase().nfkc().collect()
}

/// The form in which words are looked up: ASCII lower-case letters and digits, single spaces between.
///
/// Accents fall, other scripts are transliterated, everything else separates words.
pub fn fold(text: &str) -> String {
    let mut ascii = deunicode_with_tofu(text, " ");
    ascii.make_ascii_lowercase();
    let words: Vec<&str> =
        ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The words of [`fold`], single letters in a row made one: `U. S. A.` is `usa`, `C.F.O.` is `cfo`.
pub fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut is_open = false; // Whether the last word is made of single letters and may grow.
    for word in fold(text).split(' ').filter(|word| !word.is_empty()) {
        match words.last_mut() {
            Some(last) if is_open && word.len() == 1 => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
        is_open = word.len() == 1;
    }
    words
}

/// What people and programs write into a field they want to leave empty; lower case, sorted.
const PLACEHOLDERS: [&str; 38] = [
    "#n/a",
    "(blank)",
    "(none)",
    "(not set)",
    "(null)",
    "0",
    "<null>",
    "[blank]",
    "[none]",
    "[null]",
    "asd",
    "asdf",
    "blank",
    "empty",
    "k.a.",
    "keine",
    "keine angabe",
    "n.a",
    "n.a.",
    "n/a",
    "na",
    "nan",
    "nil",
    "no",
    "none",
    "not applicable",
    "not available",
    "not provided",
    "null",
    "sin datos",
    "tba",
    "tbd",
    "test",
    "testing",
    "undefined",
    "unknown",
    "xx",
    "xxx",
];

/// Whether `text` only fills a field: nothing but punctuation, or words such as `n/a` and `none`.
pub fn is_placeholder(text: &str) -> bool {
    let lower = text.to_lowercase();
    PLACEHOLDERS.binary_search(&lower.as_str()).is_ok() || !lower.chars().any(char::is_alphanumeric)
}

/// Whether `text` has letters with a case, all of them capitals.
pub fn is_shouted(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// Whether `text` has letters with a case, none of them capitals.
pub fn is_whispered(text: &str) -> bool {
    text.chars().any(char::is_lowercase) && !text.chars().any(char::is_uppercase)
}

/// `word` in lower case with its first letter in upper case.
///
/// A letter whose capital is two letters (`ß`) stays as it is: nobody's name starts with it.
pub fn capitalised(word: &str) -> String {
    let lower = lower(word);
    let mut letters = lower.chars();
    let Some(first) = letters.next() else { return lower };
    let mut capital = first.to_uppercase();
    match (capital.next(), capital.next()) {
        (Some(upper), None) => std::iter::once(upper).chain(letters).nfkc().collect(),
        _ => lower,
    }
}

/// The rows of a data file: its lines without comments and empty lines.
pub fn rows(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Characters that show nothing: zero-width, direction marks, fillers, soft hyphen, tags.
///
/// They make two equal-looking values differ. Joiners fall as well, at the price of some ligatures.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_has_single_spaces_and_nothing_invisible() {
        let cases = [
            ("  Ada\u{a0}\u{2003} Lovelace\t\n", "Ada Lovelace"),
            ("A\0da\u{7}", "A da"),
            ("\u{feff}Ad\u{200b}a\u{202e}", "Ada"),
            ("Ａｄａ", "Ada"),
            ("e\u{200b}\u{301}", "é"),
            ("\u{2028}", ""),
        ];
        for (raw, clean) in cases {
            assert_eq!(line(raw, 100).text, clean, "{raw:?}");
        }
    }

    #[test]
    fn a_long_line_is_cut_between_characters() {
        let tidy = line("äöü xyz", 4);
        assert_eq!((tidy.text.as_str(), tidy.cut), ("äöü", true));
        assert!(!line("äöü", 3).cut);
    }

    #[test]
    fn lines_keep_their_breaks_and_one_empty_line() {
        assert_eq!(
            lines("\n Hello \r\n\r\n\r\n\r\nthere\0\t you\u{2028}!\n\n", 100).text,
            "Hello\n\nthere you\n!"
        );
    }

    #[test]
    fn folding_drops_accents_case_and_punctuation() {
        assert_eq!(fold("  Côte-d'Ivoire! "), "cote d ivoire");
        assert_eq!(fold("МОСКВА 東京"), "moskva dong jing");
    }

    #[test]
    fn spelt_letters_are_one_word() {
        assert_eq!(words("U. S. of A. (B.V.)"), ["us", "of", "abv"]);
        assert_eq!(words("S.p.A. 3 M"), ["spa3m"]);
        assert!(words("-").is_empty());
    }

    #[test]
    fn fillers_are_told_from_values() {
        for filler in ["N/A", "-", "???", "none", "Keine Angabe", ""] {
            assert!(is_placeholder(filler), "{filler}");
        }
        for value in ["Nana", "Nonesuch", "3M", "東京"] {
            assert!(!is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn the_fillers_are_sorted() {
        assert!(PLACEHOLDERS.is_sorted());
    }

    proptest! {
        #[test]
        fn tidying_twice_changes_nothing(raw in any::<String>(), max in 0_usize..40) {
            let once = line(&raw, max).text;
            prop_assert_eq!(&line(&once, max).text, &once);
            prop_assert!(!once.chars().any(char::is_control));
            let once = lines(&raw, max).text;
            prop_assert_eq!(&lines(&once, max).text, &once);
            prop_assert!(!once.chars().any(|c| c.is_control() && c != '\n'));
        }

        #[test]
        fn changing_case_twice_changes_nothing(raw in any::<String>()) {
            let text = line(&raw, 100).text;
            let once = lower(&text);
            prop_assert_eq!(&lower(&once), &once);
            prop_assert_eq!(&line(&once, 1000).text, &once);
            let once = capitalised(&text);
            prop_assert_eq!(&capitalised(&once), &once);
        }
    }
}
