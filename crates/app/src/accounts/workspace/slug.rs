//! Names of workspaces in addresses and commands.

use crate::accounts::token::random_text;

/// Characters of a slug that is made from a name, so that a tail fits behind it.
const ROOM: usize = 50;

/// Characters of a random end.
const TAIL: usize = 6;

/// A workspace's name in addresses and commands: 1 to 63 of a-z, 0-9 and inner hyphens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slug(String);

/// The text is not a slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not 1 to 63 of a-z, 0-9 and inner hyphens")]
pub struct SlugError(String);

impl Slug {
    /// Takes a slug as typed.
    pub fn parse(text: &str) -> Result<Self, SlugError> {
        let fits = (1..=63).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-');
        if fits { Ok(Self(text.to_owned())) } else { Err(SlugError(text.to_owned())) }
    }

    /// A slug made from a shown name: its letters and digits, in a-z as far as they can be.
    pub fn of(name: &str) -> Self {
        let plain = deunicode::deunicode(name).to_lowercase();
        let words = plain.split(|c: char| !c.is_ascii_alphanumeric());
        let joined = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
        let short: String = joined.chars().take(ROOM).collect();
        match short.trim_end_matches('-') {
            "" => Self("workspace".to_owned()),
            slug => Self(slug.to_owned()),
        }
    }

    /// This slug with a random end, where it alone is taken.
    pub fn with_a_tail(&self) -> Self {
        Self(format!("{}-{}", self.0, random_text(TAIL).to_lowercase()))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_made_from_any_name() {
        for (name, slug) in [
            ("Northwind Traders GmbH & Co.", "northwind-traders-gmbh-co"),
            ("Müller", "muller"),
            ("***", "workspace"),
            (&"a ".repeat(100), "a-".repeat(25).trim_end_matches('-')),
        ] {
            assert_eq!(Slug::of(name).as_str(), slug);
            assert!(Slug::parse(Slug::of(name).with_a_tail().as_str()).is_ok());
        }
    }

    #[test]
    fn a_slug_is_what_the_schema_accepts() {
        for good in ["a", "northwind", "north-wind-2", &"a".repeat(63)] {
            assert!(Slug::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "North", "north wind", "a_b", "ü", &"a".repeat(64)] {
            assert!(Slug::parse(bad).is_err(), "{bad}");
        }
    }
}
