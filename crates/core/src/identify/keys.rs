//! The texts by which people and accounts are recognised.
//!
//! | key    | a person's                                        | an account's                         |
//! |--------|---------------------------------------------------|--------------------------------------|
//! | e-mail | the address without its plus-tag, unless shared   | those of its contacts                |
//! | domain |                                                   | those it has registered              |
//! | phone  | number and extension                              | number                               |
//! | name   |                                                   | without legal form, accents and case |
//!
//! A domain never is a mail provider's: [`Domain`] cannot hold one. An address that several people
//! read (`info@`) or that anybody can open (a disposable mailbox) tells which company writes, if any,
//! but not who.

use std::collections::BTreeSet;
use std::fmt;

use crate::identify::Key;
use crate::lead::Lead;
use crate::normalise::company::Company;
use crate::normalise::domain::Domain;
use crate::normalise::email::{Email, EmailKind};
use crate::normalise::phone::Phone;

/// A text by which something is recognised, with the kind of key that it is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)] // `Debug` is hand-written: it hides the text.
pub struct KeyValue {
    /// Its kind.
    pub key: Key,
    /// What must be the same, to the letter.
    pub value: String,
}

impl KeyValue {
    fn new(key: Key, value: impl Into<String>) -> Self {
        Self { key, value: value.into() }
    }

    /// An address without its plus-tag.
    pub fn email(email: &Email) -> Self {
        Self::new(Key::Email, email.canonical())
    }

    /// A registrable domain.
    pub fn domain(domain: &Domain) -> Self {
        Self::new(Key::Domain, domain.as_str())
    }

    /// A company's number, whatever the extension.
    pub fn phone(phone: &Phone) -> Self {
        Self::new(Key::Phone, phone.as_str())
    }

    /// A company's name, as far as it compares.
    pub fn name(company: &Company) -> Self {
        Self::new(Key::Name, company.key())
    }
}

impl fmt::Debug for KeyValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyValue({} ***)", self.key.as_str())
    }
}

/// By what the person of `lead` is recognised in other leads; nothing if it has no address of its own
/// and no number.
pub fn person_keys(lead: &Lead) -> BTreeSet<KeyValue> {
    let own = |email: &&Email| match email.kind() {
        EmailKind::Business | EmailKind::Free => true,
        EmailKind::Role | EmailKind::Disposable => false,
    };
    let email = lead.email.as_ref().filter(own).map(KeyValue::email);
    let phone = lead.phone.as_ref();
    let phone = phone.map(|phone| KeyValue::new(Key::Phone, phone.with_extension()));
    email.into_iter().chain(phone).collect()
}

/// By what the company of `lead` is recognised among the accounts.
///
/// Where the website and the address have two domains, either may be the account's.
pub fn company_keys(lead: &Lead) -> BTreeSet<KeyValue> {
    let email = lead.email.as_ref();
    let of_email = email.and_then(Domain::of_email);
    let domains = lead.domain.iter().chain(&of_email).map(KeyValue::domain);
    let phone = lead.phone.as_ref().map(KeyValue::phone);
    let name = lead.company.as_ref().map(KeyValue::name);
    domains.chain(email.map(KeyValue::email)).chain(phone).chain(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identify::samples::lead;

    fn texts(keys: BTreeSet<KeyValue>) -> Vec<String> {
        keys.into_iter().map(|key| format!("{} {}", key.key.as_str(), key.value)).collect()
    }

    fn person(email: &str, phone: &str) -> Vec<String> {
        texts(person_keys(&lead(1, &[("email", email), ("phone", phone)])))
    }

    fn company(email: &str, website: &str, name: &str) -> Vec<String> {
        let fields = [("email", email), ("website", website), ("company", name)];
        texts(company_keys(&lead(1, &fields)))
    }

    #[test]
    fn a_person_is_known_by_address_and_number() {
        assert_eq!(
            person("Ada+news@Acme.com", "+1 415 555 2671 x204"),
            ["email ada@acme.com", "phone +14155552671 ext. 204"]
        );
        assert_eq!(person("ada@gmail.com", ""), ["email ada@gmail.com"]);
    }

    #[test]
    fn a_shared_or_public_mailbox_tells_nobody() {
        assert!(person("info@acme.com", "").is_empty());
        assert!(person("sales+de@acme.com", "").is_empty());
        assert!(person("ada@mailinator.com", "").is_empty());
        assert!(person("", "").is_empty());
    }

    #[test]
    fn a_company_is_known_by_address_domain_number_and_name() {
        assert_eq!(
            company("info@mail.acme.com", "", "Ácme & Söhne GmbH"),
            ["email info@mail.acme.com", "domain acme.com", "name acme and sohne"]
        );
        assert_eq!(
            company("ada@acme.de", "https://www.acme.com", ""),
            ["email ada@acme.de", "domain acme.com", "domain acme.de"]
        );
    }

    #[test]
    fn a_mail_provider_is_nobodys_domain_while_the_name_counts() {
        let keys = company("ada@gmail.com", "", "Acme Inc.");
        assert_eq!(keys, ["email ada@gmail.com", "name acme"]);
    }

    #[test]
    fn the_log_sees_no_value() {
        let keys = person_keys(&lead(1, &[("email", "ada@acme.com")]));
        assert_eq!(format!("{keys:?}"), "{KeyValue(email ***)}");
    }
}
