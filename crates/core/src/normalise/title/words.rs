//! What the words of a title tell.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Function, Seniority};
use crate::normalise::text;

/// Most words of one entry of the data file.
const MAX_PHRASE: usize = 3;

/// Phrases, and beginnings and ends of words, with what each tells.
struct Table<T> {
    phrases: HashMap<&'static str, T>,
    beginnings: Vec<(&'static str, T)>,
    ends: Vec<(&'static str, T)>,
}

/// What a phrase tells about seniority.
#[derive(Clone, Copy)]
enum Level {
    /// The rest of the title is somebody else's.
    Stop,
    /// A level of the holder.
    Is(Seniority),
}

static SENIORITY: LazyLock<Table<Level>> = LazyLock::new(|| {
    let level = |name: &str| Seniority::ALL.into_iter().find(|s| s.as_str() == name).map(Level::Is);
    Table::read(|name| if name == "stop" { Some(Level::Stop) } else { level(name) })
});

static FUNCTIONS: LazyLock<Table<Function>> =
    LazyLock::new(|| Table::read(|name| Function::ALL.into_iter().find(|f| f.as_str() == name)));

impl<T: Copy> Table<T> {
    /// The rows of the data file whose name `meaning` knows.
    fn read(meaning: impl Fn(&str) -> Option<T>) -> Self {
        let mut table = Self { phrases: HashMap::new(), beginnings: Vec::new(), ends: Vec::new() };
        for row in text::rows(include_str!("../../../data/title_words.txt")) {
            let mut cells = row.split('|');
            let Some(told) = cells.next().and_then(&meaning) else { continue };
            for cell in cells {
                if let Some(beginning) = cell.strip_suffix('*') {
                    table.beginnings.push((beginning, told));
                } else if let Some(end) = cell.strip_prefix('*') {
                    table.ends.push((end, told));
                } else {
                    table.phrases.entry(cell).or_insert(told);
                }
            }
        }
        table
    }

    /// Everything that `words` tell, from left to right. The longest phrase at each place counts.
    fn told(&self, words: &[&str]) -> Vec<T> {
        let mut told = Vec::new();
        let mut rest = words;
        while let [word, shorter @ ..] = rest {
            let phrase = (1..=MAX_PHRASE).rev().find_map(|count| {
                let (phrase, after) = rest.split_at_checked(count)?;
                self.phrases.get(phrase.join(" ").as_str()).map(|hit| (*hit, after))
            });
            let (hit, after) = match phrase {
                Some((hit, after)) => (Some(hit), after),
                None => (self.part_of(word), shorter),
            };
            told.extend(hit);
            rest = after;
        }
        told
    }

    /// What the longest beginning or end tells; an end only where no beginning does.
    fn part_of(&self, word: &str) -> Option<T> {
        let longest = |parts: &[(&'static str, T)], is_part: fn(&str, &str) -> bool| {
            parts
                .iter()
                .filter(|(part, _)| is_part(word, part))
                .max_by_key(|(part, _)| part.len())
                .map(|(_, hit)| *hit)
        };
        longest(&self.beginnings, |word, part| word.starts_with(part))
            .or_else(|| longest(&self.ends, |word, part| word.ends_with(part)))
    }
}

/// Seniority and function of a title.
///
/// The highest level named counts, an intern's only below manager. The first function named counts;
/// running the company only where nothing narrower is named.
pub(super) fn tell(title: &str) -> (Seniority, Function) {
    let words = text::words(title);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let functions = FUNCTIONS.told(&words);
    let narrow = functions.iter().copied().find(|function| *function != Function::Executive);
    let seniority = seniority(&words);
    let function = narrow.or_else(|| functions.first().copied()).unwrap_or(match seniority {
        Seniority::Owner => Function::Executive,
        Seniority::Intern
        | Seniority::Individual
        | Seniority::Senior
        | Seniority::Manager
        | Seniority::Director
        | Seniority::Vp
        | Seniority::CLevel => Function::Other,
    });
    (seniority, function)
}

fn seniority(words: &[&str]) -> Seniority {
    if words == ["partner"] {
        return Seniority::Owner; // In longer titles a partner is usually another company.
    }
    let mut highest = Seniority::Individual;
    let mut is_intern = false;
    for level in SENIORITY.told(words) {
        match level {
            Level::Stop => break,
            Level::Is(Seniority::Intern) => is_intern = true,
            Level::Is(level) => highest = highest.max(level),
        }
    }
    if is_intern && highest < Seniority::Manager { Seniority::Intern } else { highest }
}

/// Abbreviations in titles, in small letters.
const ABBREVIATIONS: [&str; 40] = [
    "ai", "avp", "b2b", "bdm", "bdr", "ceo", "cfo", "chro", "cio", "ciso", "cmo", "coo", "cpo",
    "crm", "cro", "cso", "csm", "cto", "cx", "daf", "drh", "dsi", "edv", "evp", "hr", "ict", "it",
    "ml", "pdg", "pmo", "pr", "qa", "rh", "sdr", "seo", "svp", "ui", "us", "ux", "vp",
];

/// Words inside a title that stay small.
const SMALL_WORDS: [&str; 17] = [
    "and", "at", "da", "de", "del", "der", "des", "do", "du", "et", "for", "für", "la", "of",
    "the", "to", "und",
];

/// `title` with ALL CAPS or all-small words repaired; mixed case is its writer's choice.
pub(super) fn recased(title: &str) -> String {
    if !text::is_shouted(title) && !text::is_whispered(title) {
        return title.to_owned();
    }
    let words = title.split(' ').enumerate().map(|(at, word)| {
        let lower = text::lower(word);
        if at > 0 && SMALL_WORDS.contains(&lower.as_str()) { lower } else { recased_word(&lower) }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn recased_word(lower: &str) -> String {
    let parts = lower.split_inclusive(['-', '/', '&', ',', '.', '(', ')', ':']);
    parts
        .map(|part| {
            let letters = part.trim_matches(|c: char| !c.is_alphanumeric());
            if ABBREVIATIONS.contains(&letters) {
                part.to_uppercase()
            } else {
                text::capitalised(part)
            }
        })
        .collect()
}
