//! From a lead as it came to a lead that rules can trust.
//!
//! ```text
//! RawLead ─ each field by its own module ─▶ Lead + Notes (what was changed or dropped, and why)
//! ```
//!
//! Total: every input gives a lead. Idempotent: a clean lead's values, received again, give the same
//! lead without a note.

pub mod attributes;
pub mod company;
pub mod country;
pub mod domain;
pub mod email;
pub mod person;
pub mod phone;
pub mod quality;
pub mod size;
pub mod text;
pub mod title;

mod cleaner;
mod note;

use std::fmt;

use jiff::Timestamp;
use serde::Serialize;

use self::cleaner::Cleaner;
use crate::id::LeadId;
use crate::lead::Lead;
use crate::lead::raw::RawLead;

/// Longest town and industry that are kept, in characters.
pub const MAX_LINE: usize = 100;

/// Longest postal code that is kept, in characters; a US ZIP+4 has 10.
pub const MAX_POSTAL_CODE: usize = 20;

/// Longest message that is kept, in characters.
pub const MAX_MESSAGE: usize = 5_000;

/// Most characters of a value that a note repeats.
pub const MAX_SHOWN: usize = 200;

/// A clean lead, and what was changed to make it one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalised {
    /// The lead.
    pub lead: Lead,
    /// What differs from what was received, beyond spaces at the ends.
    pub notes: Vec<Note>,
}

/// One thing that is different in the clean lead, and why.
#[derive(Clone, PartialEq, Eq, Serialize)] // `Debug` is hand-written: it hides the values.
pub struct Note {
    /// The field of the clean lead, such as `phone` or `attributes`.
    pub field: &'static str,
    /// What was received, at most [`MAX_SHOWN`] characters of it; empty if nothing was.
    pub from: String,
    /// What it became; `None` if it was dropped.
    pub to: Option<String>,
    /// The reason, as a clause in plain words.
    pub why: String,
}

/// Cleans a lead. `source` is the name of a stored source and stays as it is.
pub fn normalise(id: LeadId, source: &str, received_at: Timestamp, raw: &RawLead) -> Normalised {
    let mut cleaner = Cleaner::of(raw);
    let (first_name, last_name) = cleaner.names();
    let email = cleaner.email();
    let company = cleaner.company();
    let domain = cleaner.domain(email.as_ref());
    let title = cleaner.title();
    let (country, state) = cleaner.place();
    let lead = Lead {
        id,
        source: source.to_owned(),
        received_at,
        first_name,
        last_name,
        email,
        phone: cleaner.phone(country),
        company,
        domain,
        title,
        country,
        state,
        city: cleaner.line("city", raw.city.as_deref()),
        postal_code: cleaner.postal_code(),
        employees: cleaner.employees(),
        industry: cleaner.line("industry", raw.industry.as_deref()),
        message: cleaner.message(),
        attributes: cleaner.attributes(),
    };
    Normalised { lead, notes: cleaner.into_notes() }
}

impl fmt::Debug for Note {
    /// Names the field only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Note").field("field", &self.field).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
