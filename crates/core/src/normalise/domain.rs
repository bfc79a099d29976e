//! Company domains: the part of a host name that somebody registered.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::normalise::email::{self, Email, EmailKind};
use crate::normalise::text;

/// A registrable domain such as `acme.co.uk`: lower case, in ASCII (punycode), without `www`.
///
/// What is registrable is told by the public suffix list (<https://publicsuffix.org>), its private
/// part included: `acme.github.io` and `acme.myshopify.com` are two companies' domains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain(String);

/// Longest web address that is read, in characters.
const MAX_ADDRESS: usize = 2_000;

/// Why a text names no company's domain, in words for the person who reads the lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DomainError {
    /// No host name, or one that registries do not allow.
    #[error("is not a web address")]
    Address,
    /// Only a suffix such as `co.uk`, under which companies register.
    #[error("is an ending such as co.uk, not a company's domain")]
    Suffix,
    /// A provider where anybody can have a mailbox.
    #[error("belongs to a mail provider, so it tells nothing about the company")]
    PublicMail,
    /// A site where people and companies have profiles.
    #[error("is a profile on a social network, not the company's own site")]
    Profile,
}

/// Sites whose addresses are given as a company's website but are somebody's profile. Sorted.
const PROFILE_SITES: [&str; 12] = [
    "bit.ly",
    "facebook.com",
    "fb.com",
    "g.page",
    "instagram.com",
    "linkedin.com",
    "linktr.ee",
    "t.me",
    "tiktok.com",
    "twitter.com",
    "xing.com",
    "youtube.com",
];

impl Domain {
    /// Reads a web address, a host name or an e-mail address.
    pub fn parse(raw: &str) -> Result<Self, DomainError> {
        let line = text::line(raw, MAX_ADDRESS).text;
        let word = line.split([' ', ',', ';']).find(|word| word.contains('.')).unwrap_or_default();
        let host = host_of(word).ok_or(DomainError::Address)?;
        if email::is_public_mail(&host) {
            return Err(DomainError::PublicMail);
        }
        let domain = registrable(&host)?;
        if PROFILE_SITES.binary_search(&domain.as_str()).is_ok() {
            return Err(DomainError::Profile);
        }
        Ok(Self(domain))
    }

    /// The domain of the company whose address this is; `None` at a free or disposable mailbox.
    pub fn of_email(email: &Email) -> Option<Self> {
        match email.kind() {
            EmailKind::Business | EmailKind::Role => registrable(email.host()).ok().map(Self),
            EmailKind::Free | EmailKind::Disposable => None,
        }
    }

    /// The domain, such as `acme.co.uk` or `xn--mnchen-3ya.de`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The host of `word`, whatever scheme, credentials, port or path is around it.
fn host_of(word: &str) -> Option<String> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
    let rest = bare.split_once("//").map_or(bare, |(_, rest)| rest);
    let url = Url::parse(&format!("https://{rest}")).ok()?;
    match url.host()? {
        Host::Domain(host) => {
            let host = host.trim_end_matches('.');
            email::is_host_name(host).then(|| host.to_owned())
        }
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

fn registrable(host: &str) -> Result<String, DomainError> {
    psl::domain_str(host).map(str::to_owned).ok_or(DomainError::Suffix)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_domain_is_found_in_web_addresses() {
        let cases = [
            ("acme.com", "acme.com"),
            ("https://www.Acme.co.uk/pricing?x=1#top", "acme.co.uk"),
            ("http:// acme.com", "acme.com"),
            ("//acme.com", "acme.com"),
            ("www.acme.com/", "acme.com"),
            ("acme.com:8443", "acme.com"),
            ("shop.eu.acme.com.au.", "acme.com.au"),
            ("acme.com, acme.de", "acme.com"),
            ("ada@acme.com", "acme.com"),
            ("https://münchen.de", "xn--mnchen-3ya.de"),
            ("XN--MNCHEN-3YA.de", "xn--mnchen-3ya.de"),
            ("acme.github.io", "acme.github.io"),
            ("northwind.example", "northwind.example"),
            ("<https://acme.io>", "acme.io"),
        ];
        for (raw, clean) in cases {
            assert_eq!(Domain::parse(raw).unwrap().as_str(), clean, "{raw}");
        }
    }

    #[test]
    fn what_names_no_company_is_refused_with_a_reason() {
        let cases = [
            ("", DomainError::Address),
            ("acme", DomainError::Address),
            ("localhost:80", DomainError::Address),
            ("192.168.0.1", DomainError::Address),
            ("http://[::1]/", DomainError::Address),
            ("acme..com", DomainError::Address),
            ("co.uk", DomainError::Suffix),
            ("gmail.com", DomainError::PublicMail),
            ("https://www.linkedin.com/in/ada", DomainError::Profile),
        ];
        for (raw, why) in cases {
            assert_eq!(Domain::parse(raw), Err(why), "{raw}");
        }
    }

    #[test]
    fn only_a_company_address_tells_a_domain() {
        let domain = |raw: &str| Domain::of_email(&Email::parse(raw).unwrap());
        assert_eq!(domain("ada@mail.acme.com").unwrap().as_str(), "acme.com");
        assert_eq!(domain("info@acme.com").unwrap().as_str(), "acme.com");
        assert_eq!(domain("ada@gmail.com"), None);
        assert_eq!(domain("ada@mailinator.com"), None);
    }

    #[test]
    fn the_profile_sites_are_sorted() {
        assert!(PROFILE_SITES.is_sorted());
    }

    proptest! {
        #[test]
        fn a_clean_domain_reads_back_as_itself(raw in any::<String>(), host in "[a-zA-Zäß一0-9./:@-]{1,20}") {
            for raw in [format!("{host}.co.uk"), format!("https://{raw}.com"), raw] {
                if let Ok(domain) = Domain::parse(&raw) {
                    prop_assert_eq!(Domain::parse(domain.as_str()), Ok(domain));
                }
            }
        }
    }
}
