//! Tables from what people write to ISO codes, built once from ISO's names and our own aliases.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Country, KOSOVO, State};
use crate::normalise::text;

/// Usual English names where ISO 3166-1 has a long or formal one. Sorted by code.
///
/// Our own choice: the names that English-speaking sales teams use.
pub(super) const SHORT_NAMES: [(&str, &str); 31] = [
    ("BN", "Brunei"),
    ("BO", "Bolivia"),
    ("BQ", "Caribbean Netherlands"),
    ("CC", "Cocos (Keeling) Islands"),
    ("CD", "Congo (Kinshasa)"),
    ("CG", "Congo (Brazzaville)"),
    ("FK", "Falkland Islands"),
    ("FM", "Micronesia"),
    ("GB", "United Kingdom"),
    ("IR", "Iran"),
    ("KP", "North Korea"),
    ("KR", "South Korea"),
    ("LA", "Laos"),
    ("MD", "Moldova"),
    ("MF", "Saint Martin"),
    ("MO", "Macao"),
    ("NL", "Netherlands"),
    ("PS", "Palestine"),
    ("RU", "Russia"),
    ("SH", "Saint Helena"),
    ("SX", "Sint Maarten"),
    ("SY", "Syria"),
    ("TR", "Turkey"),
    ("TW", "Taiwan"),
    ("TZ", "Tanzania"),
    ("US", "United States"),
    ("VA", "Vatican City"),
    ("VE", "Venezuela"),
    ("VG", "British Virgin Islands"),
    ("VI", "U.S. Virgin Islands"),
    ("VN", "Vietnam"),
];

/// Countries in which forms usually ask for a state.
const STATE_COUNTRIES: [&str; 8] = ["AU", "BR", "CA", "DE", "GB", "IN", "MX", "US"];

/// From a key to the country.
static COUNTRIES: LazyLock<HashMap<String, Country>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    let iso = rust_iso3166::ALL.iter().copied().chain([KOSOVO]).map(Country);
    for country in iso {
        for name in [country.0.alpha2, country.0.alpha3, country.0.name, country.name()] {
            table.insert(key(name), country);
        }
    }
    for row in text::rows(include_str!("../../../data/country_aliases.txt")) {
        let mut cells = row.split('|');
        let Some(country) = cells.next().and_then(Country::from_code) else { continue };
        for name in cells {
            // An alias never hides a code or a name of ISO's own.
            table.entry(key(name)).or_insert(country);
        }
    }
    table
});

/// From a country's code and a [`key`] to its states. The first of a name wins.
static STATES: LazyLock<HashMap<&'static str, HashMap<String, State>>> = LazyLock::new(|| {
    let mut tables: HashMap<&'static str, HashMap<String, State>> = HashMap::new();
    for country in rust_iso3166::ALL {
        let states = rust_iso3166::iso3166_2::SUBDIVISION_COUNTRY_MAP.get(country.alpha2);
        let table = tables.entry(country.alpha2).or_default();
        let states = || states.into_iter().copied().flatten().copied().map(State);
        // Codes first, so that no name hides one.
        for state in states() {
            table.insert(key(own_code(state)), state);
        }
        for state in states() {
            table.entry(key(state.name())).or_insert(state);
        }
    }
    for row in text::rows(include_str!("../../../data/state_aliases.txt")) {
        let mut cells = row.split('|');
        let Some(state) = cells.next().and_then(State::from_code) else { continue };
        let table = tables.entry(state.0.country_code).or_default();
        for name in cells {
            table.entry(key(name)).or_insert(state);
        }
    }
    tables
});

/// The country of a name or code.
pub(super) fn country(line: &str) -> Option<Country> {
    COUNTRIES.get(&key(line)).copied()
}

/// The state of a name or code within `country`.
pub(super) fn state(line: &str, country: Country) -> Option<State> {
    match full_code(line) {
        Some(state) => (state.0.country_code == country.code()).then_some(state),
        None => STATES.get(country.code())?.get(&key(line)).copied(),
    }
}

/// A US state or Canadian province that shares its name or code with no country and no state.
pub(super) fn telling_state(line: &str) -> Option<(State, Country)> {
    if let Some(state) = full_code(line) {
        return Country::from_code(state.0.country_code).map(|country| (state, country));
    }
    if country(line).is_some() {
        return None;
    }
    let mut found = STATE_COUNTRIES
        .into_iter()
        .filter_map(Country::from_code)
        .filter_map(|country| state(line, country).map(|state| (state, country)));
    match (found.next(), found.next()) {
        (Some((state, country)), None) if matches!(country.code(), "US" | "CA") => {
            Some((state, country))
        }
        _ => None,
    }
}

/// The state of a whole ISO 3166-2 code, such as `us-ca`.
fn full_code(line: &str) -> Option<State> {
    line.contains('-').then(|| State::from_code(&line.to_ascii_uppercase())).flatten()
}

/// The part of the code after the country's.
fn own_code(state: State) -> &'static str {
    state.code().split_once('-').map_or(state.code(), |(_, own)| own)
}

/// The form in which names and codes are looked up.
///
/// Folded, and letters with dots or spaces between (`U. S. A.`) made one code. Names in other scripts
/// stay in them: transliterated, Egypt (مصر) would be `msr`, the code of Montserrat.
fn key(name: &str) -> String {
    if name.chars().any(|c| c.is_alphabetic() && !is_latin(c)) {
        return text::lower(name);
    }
    text::words(name).join(" ")
}

/// Whether a letter is in the Unicode blocks Basic Latin to Latin Extended-B or Additional.
fn is_latin(c: char) -> bool {
    matches!(c, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}
