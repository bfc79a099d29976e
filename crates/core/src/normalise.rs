//! From a lead as it came to a lead that rules can trust.

pub mod company;
pub mod country;
pub mod domain;
pub mod email;
pub mod person;
pub mod phone;
pub mod size;
pub mod text;
pub mod title;

use jiff::Timestamp;

use crate::id::LeadId;
use crate::lead::Lead;
use crate::lead::raw::RawLead;

/// A lead made clean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalised {
    /// The clean lead.
    pub lead: Lead,
}

/// Makes a lead clean; it never fails, what cannot be understood is left out.
pub fn normalise(id: LeadId, source: &str, received_at: Timestamp, raw: &RawLead) -> Normalised {
    let lead = Lead {
        id,
        source: source.to_owned(),
        received_at,
        first_name: raw.first_name.clone(),
        last_name: raw.last_name.clone().or_else(|| raw.name.clone()),
        email: None,
        phone: None,
        company: None,
        domain: None,
        title: None,
        country: None,
        state: None,
        city: raw.city.clone(),
        postal_code: raw.postal_code.clone(),
        employees: None,
        industry: raw.industry.clone(),
        message: raw.message.clone(),
        attributes: raw.attributes.clone(),
    };
    Normalised { lead }
}
