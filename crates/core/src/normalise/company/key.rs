//! The form in which company names compare.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::MAX_NAME;
use crate::normalise::text;

/// Legal forms as [`words`] writes them.
static FORMS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    text::rows(include_str!("../../../data/legal_forms.txt"))
        .map(|form| words(form).join(" "))
        .collect()
});

/// Most words of a legal form (`UG haftungsbeschränkt and Co. KG`, `San. ve Tic. Ltd. Şti.`).
const MAX_FORM_WORDS: usize = 6;

/// Legal forms that stand before the name. Forms that also begin names (SAS, AO) are left out.
const LEADING_FORMS: [&str; 8] = ["ooo", "oao", "zao", "pao", "pt", "sarl", "eurl", "uab"];

/// Legal forms of scripts without spaces; they stand before or after the name. Longer ones first.
const EASTERN_FORMS: [&str; 14] = [
    "股份有限公司",
    "有限责任公司",
    "有限責任公司",
    "有限公司",
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "주식회사",
    "유한회사",
    "(株)",
    "(有)",
    "(주)",
    "(유)",
];

/// The key of `name`: its words in ASCII lower case without legal form, punctuation and a leading "the".
///
/// A name that consists of nothing else keeps it: The Limited is `limited`.
pub(super) fn of(name: &str) -> String {
    let mut western = name.to_owned();
    for form in EASTERN_FORMS {
        western = western.replace(form, " ");
    }
    let mut all = words(&western);
    if all.is_empty() {
        all = words(name);
    }
    let kept = without_forms(&all).join(" ");
    let key = if kept.is_empty() { text::lower(name) } else { kept };
    text::line(&key, MAX_NAME).text
}

/// The words of a name; `&` and its like are `and`, and an apostrophe separates nothing.
fn words(name: &str) -> Vec<String> {
    let spelt = name.replace(['&', '+'], " and ").replace(['\'', '’', '`'], "");
    let mut words = text::words(&spelt);
    for word in &mut words {
        if matches!(word.as_str(), "und" | "et") {
            *word = "and".to_owned();
        }
    }
    words
}

fn without_forms(all: &[String]) -> &[String] {
    let mut rest = match all {
        [first, rest @ ..] if !rest.is_empty() && is_leading(first) => rest,
        _ => all,
    };
    while let Some(shorter) = without_last_form(rest) {
        rest = shorter;
    }
    rest
}

fn is_leading(word: &str) -> bool {
    word == "the" || LEADING_FORMS.contains(&word)
}

/// `words` without the longest legal form at their end, or a dangling `and`, if anything remains.
fn without_last_form(words: &[String]) -> Option<&[String]> {
    (1..words.len()).find_map(|kept| {
        let (name, form) = words.split_at_checked(kept)?;
        let dangling = matches!(form, [word] if word == "and");
        let is_form = form.len() <= MAX_FORM_WORDS && FORMS.contains(&form.join(" "));
        (dangling || is_form).then_some(name)
    })
}
