//! Names of people: given name, family name, and both from one text.

use crate::normalise::text;

/// Longest given or family name that is kept, in characters.
pub const MAX_NAME: usize = 100;

/// Most characters that are read of a name with all its titles.
const MAX_READ: usize = 500;

/// Why a text is no person's name, in words for whoever reads the lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// It fills the field without saying anything.
    #[error("does not name a person")]
    Placeholder,
    /// An e-mail or web address.
    #[error("is an address, not a person's name")]
    Address,
    /// Nothing but a form of address, such as `Mr`.
    #[error("is a form of address, not a name")]
    Honorific,
    /// Digits and signs only.
    #[error("has no letters, so it is not a name")]
    NoLetters,
}

/// Which of the two names a text is; particles at its start are small in a family name only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Given name.
    First,
    /// Family name.
    Last,
}

/// A clean given or family name: no forms of address, ALL CAPS and all-small repaired.
pub fn part(raw: &str, part: Part) -> Result<String, NameError> {
    let line = text::line(raw, MAX_READ).text;
    let name = without_titles(&line);
    if is_empty_name(name) {
        return Err(NameError::Placeholder);
    }
    let lower = name.to_lowercase();
    if name.contains('@') || lower.contains("://") || lower.contains("www.") {
        return Err(NameError::Address);
    }
    if !name.chars().any(char::is_alphabetic) {
        return Err(NameError::NoLetters);
    }
    if is_honorific(name) {
        return Err(NameError::Honorific);
    }
    Ok(text::line(&recased(name, part), MAX_NAME).text)
}

/// Splits a whole name into given and family name, neither of them clean yet.
///
/// `Last, First` is turned round. Otherwise the family name is the last word, with the particles before
/// it (`van der`, `de la`) and a `Jr.` after it. A single word is a given name.
pub fn split(name: &str) -> (Option<String>, Option<String>) {
    let line = text::line(name, MAX_READ).text;
    let name = without_titles(&line);
    if let Some((last, first)) = name.split_once(',') {
        let first = without_titles(first);
        let turned = has_letters(first) && has_letters(last) && !is_generation(first);
        if turned && !first.contains(',') {
            return (Some(first.to_owned()), Some(last.trim().to_owned()));
        }
    }
    let words: Vec<&str> = name.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let (first, last) = words.split_at(family_starts(&words));
    let joined = |part: &[&str]| (!part.is_empty()).then(|| part.join(" "));
    match joined(first) {
        Some(first) => (Some(first), joined(last)),
        None => (joined(last), None),
    }
}

/// What is left of a whole name when the part that is known is taken off its end or its start.
pub fn rest_of(name: &str, known: &str, known_is: Part) -> Option<String> {
    let line = text::line(name, MAX_READ).text;
    let name = without_titles(&line);
    let words: Vec<&str> = name.split(' ').collect();
    let count = known.split(' ').count();
    let cut = match known_is {
        Part::First => count,
        Part::Last => words.len().checked_sub(count)?,
    };
    let (first, last) = words.split_at_checked(cut)?;
    let (same, rest) = match known_is {
        Part::First => (first, last),
        Part::Last => (last, first),
    };
    (text::fold(&same.join(" ")) == text::fold(known) && !rest.is_empty()).then(|| rest.join(" "))
}

/// Forms of address and academic titles before a name, folded.
const HONORIFICS: [&str; 33] = [
    "dipl ing",
    "doctor",
    "dott",
    "dr",
    "dr ing",
    "dr med",
    "frau",
    "herr",
    "herrn",
    "hr",
    "ing",
    "madam",
    "madame",
    "mademoiselle",
    "mag",
    "miss",
    "mlle",
    "mme",
    "monsieur",
    "mr",
    "mrs",
    "ms",
    "mx",
    "prof",
    "prof dr",
    "professor",
    "senor",
    "senora",
    "sig",
    "signor",
    "signora",
    "sir",
    "sra",
];

/// Degrees after a name, folded. None is a usual family name.
const DEGREES: [&str; 16] = [
    "bsc", "cfa", "cpa", "cissp", "dds", "dphil", "esq", "jd", "llb", "llm", "mba", "msc", "ph d",
    "phd", "pmp", "shrm",
];

/// Words inside a family name that are small.
const PARTICLES: [&str; 26] = [
    "af", "al", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos",
    "du", "e", "ibn", "la", "le", "ten", "ter", "van", "vom", "von", "y", "zu",
];

/// Particles that many write with a capital where they begin the family name (Le Pen, Di Caprio).
const CAPITAL_AT_START: [&str; 9] = ["al", "del", "della", "di", "e", "la", "le", "ten", "y"];

fn without_titles(name: &str) -> &str {
    let mut rest = tidy_ends(name);
    loop {
        let shorter = match (rest.split_once(' '), rest.rsplit_once([' ', ','])) {
            (Some((title, name)), _) if is_honorific(title) => name,
            (_, Some((name, degree))) if DEGREES.contains(&text::fold(degree).as_str()) => name,
            _ => return rest,
        };
        let shorter = tidy_ends(shorter);
        if shorter.is_empty() {
            return rest;
        }
        rest = shorter;
    }
}

fn tidy_ends(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || "\"“”„«»,;:<>|*_`".contains(c))
}

fn is_honorific(word: &str) -> bool {
    HONORIFICS.contains(&text::fold(word).as_str())
}

/// Fillers, but not those that are names as well (Na, Nan, Nil, Null, No, Asd).
fn is_empty_name(name: &str) -> bool {
    let is_name = ["Asd", "NA", "Na", "Nan", "Nil", "No", "Null", "Tba", "Xx"].contains(&name);
    text::is_placeholder(name) && !is_name && !name.chars().all(|c| c.is_ascii_digit())
        || name.is_empty()
}

fn has_letters(part: &str) -> bool {
    part.chars().any(char::is_alphabetic)
}

fn is_generation(word: &str) -> bool {
    matches!(text::fold(word).as_str(), "jr" | "sr" | "jnr" | "snr" | "ii" | "iii" | "iv")
}

/// Where the family name starts in `words`; 0 if there is only one name.
fn family_starts(words: &[&str]) -> usize {
    let named = words.iter().rposition(|word| !is_generation(word)).unwrap_or(0);
    let before = words.get(1..named).unwrap_or_default();
    let particles = before.iter().rev().take_while(|word| is_particle(word)).count();
    named - particles
}

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&text::lower(word).as_str())
}

/// `name` with ALL CAPS or all-small repaired; mixed case is its owner's choice.
fn recased(name: &str, part: Part) -> String {
    let shouted = text::is_shouted(name);
    if !shouted && !text::is_whispered(name) {
        return name.to_owned();
    }
    let words: Vec<&str> = name.split(' ').collect();
    let last = words.len() - 1;
    let recased = words.iter().enumerate().map(|(at, word)| {
        let lower = text::lower(word);
        let inner = at < last && PARTICLES.contains(&lower.as_str());
        let starts = at == 0 && (part == Part::First || CAPITAL_AT_START.contains(&lower.as_str()));
        if inner && !starts {
            lower
        } else if at > 0 && matches!(lower.as_str(), "ii" | "iii" | "iv") {
            word.to_uppercase()
        } else if shouted && part == Part::First && is_initials(word) {
            (*word).to_owned()
        } else {
            recased_word(&lower)
        }
    });
    recased.collect::<Vec<_>>().join(" ")
}

/// Two capitals that cannot be spoken as a word: JP, TJ.
fn is_initials(word: &str) -> bool {
    word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase() && !b"AEIOUY".contains(&b))
}

/// A small word with capitals where names have them: Jean-Pierre, O'Brien, McDonald.
fn recased_word(lower: &str) -> String {
    let parts = lower.split_inclusive(['-', '\'', '’', '.', '(']);
    parts
        .map(|part| match part.strip_prefix("mc") {
            Some(clan) if clan.chars().count() >= 3 => format!("Mc{}", text::capitalised(clan)),
            _ => text::capitalised(part),
        })
        .collect()
}

#[cfg(test)]
mod tests;
