//! How much a lead's own values tell and how far they can be trusted: 0 to 100 points, with reasons.
//!
//! A score is what is left of 100 after these:
//!
//! | what | points |
//! | --- | ---: |
//! | no e-mail address, or a disposable one | 25 |
//! | a free mailbox, or a shared one such as info@ | 10 |
//! | no phone; no company; no company domain; no job title; no country | 10 each |
//! | no first name; no last name; no employees; no industry; no state, town or postal code | 5 each |
//! | a name that cannot be one (digits, one letter, one letter again and again) | 5 each |
//! | a last name that is the first name again | 5 |
//! | a phone number with the calling code of another country | 10 |
//! | an e-mail address of a company with another domain | 10 |
//!
//! The numbers are our own choice; the empty lead has 0. What a value can cost is never more than
//! what its absence costs, so a lead that tells one thing more never scores less. Computed from the
//! lead whenever it is asked for, so a lead that was decided has the score that it was decided with.

use serde::Serialize;

use crate::lead::Lead;
use crate::normalise::domain::Domain;
use crate::normalise::email::EmailKind;

/// The points of a lead that lacks nothing.
pub const BEST: u32 = 100;

/// Why points are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// There is no value.
    Missing,
    /// The value is real, and says little about who this is.
    Weak,
    /// The value cannot be right.
    Implausible,
    /// Two values cannot both be right.
    Contradicting,
}

/// Points that are missing, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The field, as conditions name it.
    pub field: &'static str,
    /// What is wrong with it.
    pub flaw: Flaw,
    /// How many of [`BEST`] points it costs.
    pub points: u32,
    /// As a clause in plain words.
    pub words: &'static str,
}

/// The points of a lead, with the reasons for those that are missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quality {
    /// From 0 to [`BEST`].
    pub score: u32,
    /// In the order of the table above.
    pub reasons: Vec<Reason>,
}

impl Quality {
    /// The quality of `lead`.
    pub fn of(lead: &Lead) -> Self {
        let reasons: Vec<_> = missing(lead)
            .chain(weak(lead))
            .chain(implausible(lead))
            .chain(contradicting(lead))
            .collect();
        let lost = reasons.iter().map(|reason| reason.points).sum();
        Self { score: BEST.saturating_sub(lost), reasons }
    }
}

fn missing(lead: &Lead) -> impl Iterator<Item = Reason> {
    let has_place = lead.state.is_some() || lead.city.is_some() || lead.postal_code.is_some();
    let table = [
        ("email", 25, "there is no e-mail address", lead.email.is_some()),
        ("phone", 10, "there is no phone number", lead.phone.is_some()),
        ("company", 10, "there is no company", lead.company.is_some()),
        ("domain", 10, "there is no company domain", lead.domain.is_some()),
        ("title", 10, "there is no job title", lead.title.is_some()),
        ("country", 10, "there is no country", lead.country.is_some()),
        ("first_name", 5, "there is no first name", lead.first_name.is_some()),
        ("last_name", 5, "there is no last name", lead.last_name.is_some()),
        ("employees", 5, "there is no head count", lead.employees.is_some()),
        ("industry", 5, "there is no industry", lead.industry.is_some()),
        ("state", 5, "there is no state, town or postal code", has_place),
    ];
    let lacking = table.into_iter().filter(|(.., present)| !present);
    lacking.map(|(field, points, words, _)| Reason { field, flaw: Flaw::Missing, points, words })
}

fn weak(lead: &Lead) -> impl Iterator<Item = Reason> {
    let found = match lead.email.as_ref().map(|email| email.kind()) {
        Some(EmailKind::Disposable) => Some((25, "the e-mail address is a disposable one")),
        Some(EmailKind::Free) => Some((10, "the e-mail address is a free mailbox")),
        Some(EmailKind::Role) => Some((10, "the e-mail address is shared by several people")),
        Some(EmailKind::Business) | None => None,
    };
    found.into_iter().map(|(points, words)| Reason {
        field: "email",
        flaw: Flaw::Weak,
        points,
        words,
    })
}

fn implausible(lead: &Lead) -> impl Iterator<Item = Reason> {
    let (first, last) = (lead.first_name.as_deref(), lead.last_name.as_deref());
    let flaw = |field, words| Reason { field, flaw: Flaw::Implausible, points: 5, words };
    let first_flaw = first.filter(|name| !can_be_a_name(name));
    let first_flaw = first_flaw.map(|_| flaw("first_name", "the first name cannot be one"));
    let last_flaw = last.and_then(|name| {
        if !can_be_a_name(name) {
            return Some(flaw("last_name", "the last name cannot be one"));
        }
        (first == Some(name)).then(|| flaw("last_name", "the last name is the first name again"))
    });
    first_flaw.into_iter().chain(last_flaw)
}

fn contradicting(lead: &Lead) -> impl Iterator<Item = Reason> {
    let flaw = |field, words| Reason { field, flaw: Flaw::Contradicting, points: 10, words };
    let abroad = lead.phone.as_ref().zip(lead.country).filter(|(phone, at)| !phone.may_be_in(*at));
    let abroad = abroad.map(|_| flaw("phone", "the phone number is of another country"));
    let of_mail = lead.email.as_ref().and_then(Domain::of_email);
    let elsewhere = of_mail.zip(lead.domain.as_ref()).filter(|(mail, domain)| mail != *domain);
    let elsewhere = elsewhere.map(|_| flaw("domain", "the e-mail address is at another domain"));
    abroad.into_iter().chain(elsewhere)
}

/// Some scripts write whole names with one letter.
fn can_be_a_name(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase);
    let Some(first) = letters.next() else { return false };
    let differs = letters.any(|letter| letter != first);
    let has_digit = name.chars().any(char::is_numeric);
    !has_digit && (differs || !first.is_ascii())
}

#[cfg(test)]
mod tests;
