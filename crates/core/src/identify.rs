//! Who a lead is: the account that it belongs to, and the earlier lead of the same person.
//!
//! ```text
//! lead ─ keys ─▶ texts to look for ─ database ─▶ candidates ─ accounts, people ─▶ Matches
//! ```
//!
//! Finding candidates is the database's work; what they are looked for by, which of them is taken, and
//! what a match is made of, so that conditions, owner-first and explanations can read it, is here.

pub mod accounts;
pub mod keys;
pub mod people;

#[cfg(test)]
mod samples;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, LeadId, RepId};
use crate::normalise::country::{Country, State};
use crate::normalise::domain::Domain;

/// A company that the workspace knows, with the rep who owns it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The name as shown.
    pub name: String,
    /// Its registrable domain.
    pub domain: Option<Domain>,
    /// Who owns it.
    pub owner: Option<RepId>,
    /// ISO 3166-1 country.
    pub country: Option<Country>,
    /// ISO 3166-2 subdivision.
    pub state: Option<State>,
    /// Head count.
    pub employees: Option<u32>,
    /// Industry as given, trimmed.
    pub industry: Option<String>,
    /// Custom attributes by name, as text.
    pub attributes: BTreeMap<String, String>,
}

/// What a lead was recognised by. The order of the variants is the order of trust: where two
/// accounts match, the one found by the earlier kind of key is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Key {
    /// The same e-mail address.
    Email,
    /// The same company domain.
    Domain,
    /// The same phone number.
    Phone,
    /// The same company name, once legal forms and spelling are put aside.
    Name,
}

impl Key {
    /// The name as stored and as shown by the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Domain => "domain",
            Self::Phone => "phone",
            Self::Name => "name",
        }
    }

    /// The key of a stored name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Email, Self::Domain, Self::Phone, Self::Name]
            .into_iter()
            .find(|key| key.as_str() == name)
    }

    /// What is the same, as a sentence says it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Email => "the same e-mail address",
            Self::Domain => "the same company domain",
            Self::Phone => "the same phone number",
            Self::Name => "the same company name",
        }
    }
}

/// The account of a lead, and by what it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountMatch {
    /// The account as it was then.
    pub account: Account,
    /// By what.
    pub by: Key,
}

/// A lead of the same person that was decided before, and by what it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duplicate {
    /// The earlier lead.
    pub lead: LeadId,
    /// Who owned it when the new one came.
    pub owner: Option<RepId>,
    /// By what.
    pub by: Key,
}

/// Everything that a lead was recognised as.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matches {
    /// The same person's lead that was decided before, see [`people::People::duplicate_of`].
    pub duplicate: Option<Duplicate>,
    /// The company's account.
    pub account: Option<AccountMatch>,
}
