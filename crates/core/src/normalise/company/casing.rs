//! Upper and lower case of company names.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::normalise::text;

/// Letters of a word of a legal form, as usually cased, by those letters in lower case.
static FORM_WORDS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let forms = text::rows(include_str!("../../../data/legal_forms.txt"));
    let mut table = HashMap::new();
    for word in forms.flat_map(|form| form.split(' ')) {
        let letters = letters_of(word);
        table.entry(text::lower(&letters)).or_insert(letters);
    }
    table
});

/// Words of up to three letters that are no abbreviation. Sorted.
const SHORT_WORDS: [&str; 60] = [
    "air", "all", "and", "art", "bar", "bay", "big", "bio", "box", "bus", "car", "cat", "co",
    "das", "de", "del", "der", "des", "die", "dog", "du", "eco", "el", "et", "eye", "fit", "for",
    "fox", "fun", "gas", "go", "hub", "ice", "im", "in", "job", "key", "la", "lab", "law", "les",
    "mind", "my", "net", "new", "of", "oil", "old", "one", "our", "pro", "red", "sea", "sun",
    "the", "top", "und", "van", "von", "web",
];

/// Names of four letters and more that are written in capitals. Sorted.
const CAPITALS: [&str; 27] = [
    "ADAC", "AEON", "ALDI", "ASICS", "ASUS", "AVIS", "BASF", "EADS", "EPAM", "EPSON", "ESET",
    "FAAC", "FIAT", "HSBC", "IKEA", "IVECO", "LEGO", "NASA", "NATO", "NVIDIA", "OBI", "OPEC",
    "OSRAM", "OVHCLOUD", "REWE", "UNESCO", "UNICEF",
];

/// Words inside a name that stay small.
const SMALL_WORDS: [&str; 16] = [
    "a", "and", "das", "de", "del", "der", "des", "di", "do", "du", "et", "for", "of", "the",
    "und", "y",
];

/// `name` with ALL CAPS or all-small words repaired; a name of mixed case is its owner's choice.
///
/// A single small word (`adidas`) and a single short word in capitals (`IBM`) are left alone too.
pub(super) fn repaired(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let recase: fn(&str, bool) -> String = if text::is_shouted(name) {
        unshouted
    } else if text::is_whispered(name) && words.len() > 1 {
        unwhispered
    } else {
        return name.to_owned();
    };
    let alone = name.chars().all(char::is_alphabetic);
    let forms_from = words.len().saturating_sub(3).max(1); // A legal form ends a name.
    let recased = words.iter().enumerate().map(|(at, word)| match form_casing(word) {
        Some(cased) if at >= forms_from => cased,
        _ if at > 0 && SMALL_WORDS.contains(&text::lower(word).as_str()) => text::lower(word),
        _ => recase(word, alone),
    });
    recased.collect::<Vec<_>>().join(" ")
}

/// The word of a legal form in its usual casing, its own dots kept: `S.P.A.` → `S.p.A.`.
fn form_casing(word: &str) -> Option<String> {
    let cased = FORM_WORDS.get(&text::lower(&letters_of(word)))?;
    let mut letters = cased.chars();
    Some(
        word.chars()
            .map(|c| if c.is_alphabetic() { letters.next().unwrap_or(c) } else { c })
            .collect(),
    )
}

fn letters_of(word: &str) -> String {
    word.chars().filter(|c| c.is_alphabetic()).collect()
}

/// A word in capitals with only its first letter left one, unless it looks like an abbreviation.
fn unshouted(word: &str, alone: bool) -> String {
    if word.chars().any(|c| c.is_ascii_digit()) || CAPITALS.binary_search(&word).is_ok() {
        return word.to_owned();
    }
    let longest_abbreviation = if alone { 4 } else { 3 };
    let mut recased = String::with_capacity(word.len());
    for part in word.split_inclusive(|c: char| !c.is_alphabetic()) {
        let letters = letters_of(part);
        let is_short = letters.chars().count() <= longest_abbreviation
            && SHORT_WORDS.binary_search(&text::lower(&letters).as_str()).is_err();
        let spells = !letters.contains(['A', 'E', 'I', 'O', 'U', 'Y']) && letters.is_ascii();
        let genitive = letters == "S" && recased.ends_with(['\'', '’']);
        let piece = match (genitive, is_short || spells) {
            (true, _) => text::lower(part),
            (false, true) => part.to_owned(),
            (false, false) => text::capitalised(part),
        };
        recased.push_str(&piece);
    }
    recased
}

/// A small word with a capital first letter; web names (`acme.com`) stay small.
fn unwhispered(word: &str, _: bool) -> String {
    let inner = word.trim_end_matches('.');
    if inner.contains('.') { word.to_owned() } else { text::capitalised(word) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_lists_are_sorted() {
        assert!(SHORT_WORDS.is_sorted(), "{SHORT_WORDS:?}");
        assert!(CAPITALS.is_sorted());
    }
}
