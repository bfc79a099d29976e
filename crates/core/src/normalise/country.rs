//! Countries and their states, by ISO 3166.

use rust_iso3166::CountryCode;
use rust_iso3166::iso3166_2::Subdivision;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A country of ISO 3166-1, or Kosovo, by its user-assigned code `XK`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country(CountryCode);

/// A subdivision of ISO 3166-2: state, province, region or county.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State(Subdivision);

/// Kosovo, which ISO 3166-1 leaves out; the code is the one the EU, the IMF and CLDR use.
const KOSOVO: CountryCode =
    CountryCode { name: "Kosovo", alpha2: "XK", alpha3: "XKX", numeric: 983 };

impl Country {
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

    /// The usual English name, such as `Germany`.
    pub fn name(self) -> &'static str {
        self.0.name
    }
}

impl State {
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
