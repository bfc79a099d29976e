//! Countries and their states, by ISO 3166.

mod lookup;

use rust_iso3166::CountryCode;
use rust_iso3166::iso3166_2::Subdivision;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::normalise::text;

/// A country of ISO 3166-1, or Kosovo, by its user-assigned code `XK`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country(CountryCode);

/// A subdivision of ISO 3166-2: state, province, region or county.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State(Subdivision);

/// Longest name that is looked up, in characters; the longest of ISO 3166 has 52.
const MAX_NAME: usize = 80;

/// Kosovo, which ISO 3166-1 leaves out; the code is the one the EU, the IMF and CLDR use.
const KOSOVO: CountryCode =
    CountryCode { name: "Kosovo", alpha2: "XK", alpha3: "XKX", numeric: 983 };

/// Why a text is no country, in words for the person who reads the lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CountryError {
    /// Neither a code nor a name that we know.
    #[error("is not a country that we know by this name or code")]
    Unknown,
    /// Digits, which several countries can share (`+1`).
    #[error("is a dialling code, which does not tell the country")]
    DiallingCode,
}

impl Country {
    /// Reads an ISO code, a name in English or a usual one in another language.
    pub fn parse(raw: &str) -> Result<Self, CountryError> {
        let line = text::line(raw, MAX_NAME).text;
        let digits = line.chars().any(|c| c.is_ascii_digit());
        if digits && !line.chars().any(char::is_alphabetic) {
            return Err(CountryError::DiallingCode);
        }
        lookup::country(&line).ok_or(CountryError::Unknown)
    }

    /// The country of an alpha-2 code in upper case.
    pub fn from_code(code: &str) -> Option<Self> {
        if code == KOSOVO.alpha2 {
            return Some(Self(KOSOVO));
        }
        rust_iso3166::from_alpha2(code).map(Self)
    }

    /// The alpha-2 code, such as `DE`.
    pub fn code(self) -> &'static str {
        self.0.alpha2
    }

    /// The usual English name, such as `Germany`; where ISO's own is long or formal, a shorter one.
    pub fn name(self) -> &'static str {
        lookup::SHORT_NAMES
            .binary_search_by_key(&self.code(), |(code, _)| code)
            .ok()
            .and_then(|at| lookup::SHORT_NAMES.get(at))
            .map_or(self.0.name, |(_, name)| name)
    }
}

impl State {
    /// Reads a code, with or without the country's before it, or a name, within `country`.
    pub fn parse(raw: &str, country: Country) -> Option<Self> {
        lookup::state(&text::line(raw, MAX_NAME).text, country)
    }

    /// The US state or Canadian province that `raw` names, if no other place shares the name.
    ///
    /// Shared, and so refused: `Georgia` (a country), `WA` (Washington, Western Australia), `CA`
    /// (California, Canada). Compared are all countries and the states of those in which forms
    /// usually ask for one: US, CA, AU, IN, BR, MX, DE, GB. A full code (`US-CA`) is never shared.
    pub fn telling(raw: &str) -> Option<(Self, Country)> {
        lookup::telling_state(&text::line(raw, MAX_NAME).text)
    }

    /// The subdivision of an ISO 3166-2 code in upper case, such as `US-CA`.
    pub fn from_code(code: &str) -> Option<Self> {
        rust_iso3166::iso3166_2::from_code(code).map(Self)
    }

    /// The ISO 3166-2 code, such as `US-CA`.
    pub fn code(self) -> &'static str {
        self.0.code
    }

    /// The name by ISO 3166-2, such as `California` or `Bayern`.
    pub fn name(self) -> &'static str {
        self.0.name
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::from_code(&code).ok_or_else(|| D::Error::custom("not an ISO 3166-1 alpha-2 code"))
    }
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for State {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::from_code(&code).ok_or_else(|| D::Error::custom("not an ISO 3166-2 code"))
    }
}

#[cfg(test)]
mod tests;
