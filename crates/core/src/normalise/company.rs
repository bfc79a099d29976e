//! Company names: one to show and one to compare.

mod casing;
mod key;

use serde::{Deserialize, Serialize};

use crate::normalise::text;

/// A company's name as we show it, and the key by which two spellings compare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    name: String,
    key: String,
}

/// Longest name that is kept, in characters.
pub const MAX_NAME: usize = 200;

/// Why a text is no company's name, in words for the person who reads the lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CompanyError {
    /// It fills the field without saying anything, or says that there is no company.
    #[error("does not name a company")]
    Placeholder,
    /// An e-mail or web address.
    #[error("is an address, not a company's name")]
    Address,
}

/// What people without a company write instead of its name, folded and sorted.
const NO_COMPANY: [&str; 34] = [
    "autonomo",
    "bitte auswahlen",
    "company",
    "company name",
    "does not apply",
    "firma",
    "freelance",
    "freelancer",
    "home",
    "i do not have one",
    "independent",
    "individual",
    "just me",
    "me",
    "my company",
    "myself",
    "n a",
    "no company",
    "none yet",
    "not employed",
    "particulier",
    "personal",
    "please select",
    "privat",
    "private",
    "private person",
    "retired",
    "self",
    "self employed",
    "selfemployed",
    "selbstandig",
    "student",
    "unemployed",
    "your company",
];

impl Company {
    /// Reads a name: tidied, ALL CAPS and all-small repaired, brands' own casing kept.
    pub fn parse(raw: &str) -> Result<Self, CompanyError> {
        let bare = raw.replace(['™', '®', '©'], "");
        let line = text::line(&bare, MAX_NAME).text;
        let line = line.trim_matches(|c: char| c.is_whitespace() || "\"“”„«»,;".contains(c));
        let folded = text::fold(line);
        if text::is_placeholder(line) || NO_COMPANY.contains(&folded.as_str()) {
            return Err(CompanyError::Placeholder);
        }
        if line.contains("://") || line.contains('@') && !line.contains(' ') {
            return Err(CompanyError::Address);
        }
        let name = text::line(&casing::repaired(line), MAX_NAME).text;
        let key = key::of(&name);
        Ok(Self { name, key })
    }

    /// The name as shown, such as `Müller & Söhne GmbH`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name for comparison, such as `muller and sohne`: without legal form, accents and punctuation.
    pub fn key(&self) -> &str {
        &self.key
    }
}

#[cfg(test)]
mod tests;
