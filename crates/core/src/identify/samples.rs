//! Small leads and accounts for the tests beside this one.

use uuid::Uuid;

use crate::id::{AccountId, LeadId};
use crate::identify::Account;
use crate::identify::accounts::KnownAccounts;
use crate::identify::keys::KeyValue;
use crate::lead::Lead;
use crate::lead::raw::RawLead;
use crate::normalise::company::Company;
use crate::normalise::domain::Domain;
use crate::normalise::normalise;
use crate::normalise::phone::Phone;

/// A lead with these values; one with a higher number came later.
pub(super) fn lead(number: u128, fields: &[(&str, &str)]) -> Lead {
    let mut raw = RawLead::default();
    for (field, value) in fields {
        let slot = match *field {
            "name" => &mut raw.name,
            "email" => &mut raw.email,
            "phone" => &mut raw.phone,
            "company" => &mut raw.company,
            "website" => &mut raw.website,
            "country" => &mut raw.country,
            other => panic!("no sample has a {other}"),
        };
        *slot = Some((*value).to_owned());
    }
    let at = jiff::Timestamp::from_second(i64::try_from(number).unwrap()).unwrap();
    normalise(LeadId::new(Uuid::from_u128(number)), "api", at, &raw).lead
}

/// An account; `phone` is told to [`known`] as an attribute.
pub(super) fn account(number: u128, name: &str, domain: &str, phone: &str) -> Account {
    Account {
        id: AccountId::new(Uuid::from_u128(number)),
        name: name.to_owned(),
        domain: Domain::parse(domain).ok(),
        owner: None,
        country: None,
        state: None,
        employees: None,
        industry: None,
        attributes: [("phone".to_owned(), phone.to_owned())].into(),
    }
}

/// The accounts under their keys.
pub(super) fn known(accounts: &[Account]) -> KnownAccounts {
    let mut known = KnownAccounts::default();
    for account in accounts {
        let name = KeyValue::name(&Company::parse(&account.name).unwrap());
        let domain = account.domain.as_ref().map(KeyValue::domain);
        let phone = Phone::parse(&account.attributes["phone"], None).ok();
        let keys = [Some(name), domain, phone.as_ref().map(KeyValue::phone)];
        for key in keys.into_iter().flatten() {
            known.found_by(key, account.id);
        }
        known.add(account.clone());
    }
    known
}
