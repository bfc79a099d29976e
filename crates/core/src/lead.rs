//! A lead as decisions see it; [`raw`] is the lead as it came.

pub mod raw;

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::LeadId;
use crate::normalise::company::Company;
use crate::normalise::country::{Country, State};
use crate::normalise::domain::Domain;
use crate::normalise::email::Email;
use crate::normalise::phone::Phone;
use crate::normalise::size::Employees;
use crate::normalise::title::Title;

/// A lead whose every value is clean or absent.
///
/// Built by [`crate::normalise::normalise`] only; what was received stays in [`raw::RawLead`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)] // `Debug` is hand-written: it hides the person.
pub struct Lead {
    /// Its id, made at intake.
    pub id: LeadId,
    /// The name of its source, unique in the workspace.
    pub source: String,
    /// When we accepted it; also the instant at which it is first decided.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub received_at: Timestamp,
    /// Given name, trimmed, upper and lower case repaired.
    pub first_name: Option<String>,
    /// Family name, trimmed, upper and lower case repaired.
    pub last_name: Option<String>,
    /// A syntactically valid address.
    pub email: Option<Email>,
    /// In E.164.
    pub phone: Option<Phone>,
    /// The company's name and the key by which names are compared.
    pub company: Option<Company>,
    /// The company's registrable domain: from the website, else from a business e-mail address.
    pub domain: Option<Domain>,
    /// Job title with seniority and function.
    pub title: Option<Title>,
    /// ISO 3166-1 country.
    pub country: Option<Country>,
    /// ISO 3166-2 subdivision.
    pub state: Option<State>,
    /// Town, trimmed.
    pub city: Option<String>,
    /// Postal code, upper case, without spaces at the ends.
    pub postal_code: Option<String>,
    /// Head count, a number or a range.
    pub employees: Option<Employees>,
    /// Industry as given, trimmed.
    pub industry: Option<String>,
    /// What the person wrote, trimmed and capped.
    pub message: Option<String>,
    /// Custom attributes by name, as text.
    pub attributes: BTreeMap<String, String>,
}

impl Lead {
    /// Given and family name, as far as they are known.
    pub fn full_name(&self) -> Option<String> {
        match (&self.first_name, &self.last_name) {
            (Some(first), Some(last)) => Some(format!("{first} {last}")),
            (Some(one), None) | (None, Some(one)) => Some(one.clone()),
            (None, None) => None,
        }
    }
}

impl fmt::Debug for Lead {
    /// Tells which lead it is, and nothing about the person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lead")
            .field("id", &self.id)
            .field("source", &self.source)
            .field("received_at", &self.received_at)
            .finish_non_exhaustive()
    }
}
