//! A lead as it was received: text, unchecked.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The fields of a lead as its source sent them.
///
/// Every value is text because that is what forms, files and CRMs really send; the names are those
/// of the API. Kept beside the clean lead for ever, so nothing that was said is lost.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)] // `Debug` is hand-written: it hides the values.
pub struct RawLead {
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Both names in one, when the source has only that.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number in any spelling.
    pub phone: Option<String>,
    /// Company name.
    pub company: Option<String>,
    /// Web address or domain of the company.
    pub website: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Country by name, code or a usual spelling.
    pub country: Option<String>,
    /// State, province or region by name or code.
    pub state: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Head count: a number or a range such as `51-200` or `1k-5k`.
    pub employees: Option<String>,
    /// Industry.
    pub industry: Option<String>,
    /// What the person wrote.
    pub message: Option<String>,
    /// Everything else, by the name the source gave it.
    pub attributes: BTreeMap<String, String>,
}

impl fmt::Debug for RawLead {
    /// Shows nothing of what was said, only how many custom attributes came.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawLead")
            .field("attributes", &self.attributes.len())
            .finish_non_exhaustive()
    }
}
