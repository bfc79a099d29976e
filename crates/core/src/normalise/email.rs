//! E-mail addresses: syntax, spelling and kind.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use url::Host;

use crate::normalise::text;

/// Longest address in characters. Source: RFC 5321, 4.5.3.1.3, a path of 256 with its brackets.
pub const MAX_ADDRESS: usize = 254;

/// Longest local part in characters. Source: RFC 5321, 4.5.3.1.1.
pub const MAX_LOCAL: usize = 64;

/// An e-mail address, lower-cased, whose host is a name with a dot, in ASCII (punycode).
///
/// The plus-tag is kept, because mail is sent to it; [`Email::canonical`] is without it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email {
    local: String,
    host: String,
    kind: EmailKind,
}

/// What an address says about who reads it.
///
/// Where several apply, the first of disposable, free, role wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EmailKind {
    /// A person's address at a host of their own, as far as we know.
    Business,
    /// A mailbox anybody can have, such as at gmail.com.
    Free,
    /// A mailbox made to be thrown away, such as at mailinator.com.
    Disposable,
    /// A shared address of a company, such as info@ or sales@.
    Role,
}

/// Why a text is no e-mail address, in words for the person who reads the lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// There is no `@`, or nothing on one of its sides.
    #[error("is not an e-mail address: it needs a name, an @ and a host")]
    Incomplete,
    /// More than one `@` in one word.
    #[error("is not an e-mail address: it has more than one @")]
    TwoAts,
    /// The local part breaks the rules.
    #[error("is not an e-mail address: the part before the @ is not allowed")]
    Local,
    /// The host is an IP address, has no dot or breaks the rules.
    #[error("is not an e-mail address: the part after the @ is not a host name")]
    Host,
    /// Longer than any mail server takes.
    #[error("is longer than e-mail addresses can be")]
    Long,
}

impl EmailKind {
    /// Every kind, in the order in which a choice is shown.
    pub const ALL: [Self; 4] = [Self::Business, Self::Role, Self::Free, Self::Disposable];

    /// The stable name that rules compare.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Business => "business",
            Self::Free => "free",
            Self::Disposable => "disposable",
            Self::Role => "role",
        }
    }

    /// The kind in words, such as `free mailbox`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Business => "business address",
            Self::Free => "free mailbox",
            Self::Disposable => "disposable mailbox",
            Self::Role => "shared company address",
        }
    }
}

impl Email {
    /// Reads an address as people and programs write it.
    ///
    /// Understood: `mailto:`, `Ada <ada@acme.com>`, quotes, stray spaces and end punctuation. Of several
    /// addresses the first is taken. Nothing is guessed; see [`Email::without_typo`] for slips.
    pub fn parse(raw: &str) -> Result<Self, EmailError> {
        let line = text::line(raw, 4 * MAX_ADDRESS).text;
        let word = address_in(&line).ok_or(EmailError::Incomplete)?;
        let (local, host) = word.split_once('@').ok_or(EmailError::Incomplete)?;
        if host.contains('@') {
            return Err(EmailError::TwoAts);
        }
        if local.is_empty() || host.is_empty() {
            return Err(EmailError::Incomplete);
        }
        let local = text::lower(local);
        if local.chars().count() > MAX_LOCAL {
            return Err(EmailError::Long);
        }
        if !is_local(&local) {
            return Err(EmailError::Local);
        }
        let host = mail_host(host).ok_or(EmailError::Host)?;
        if local.chars().count() + 1 + host.len() > MAX_ADDRESS {
            return Err(EmailError::Long);
        }
        let kind = kind_of(&local, &host);
        Ok(Self { local, host, kind })
    }

    /// The same person at the host that was meant, if the host is a well-known slip (`gmial.com`).
    pub fn without_typo(&self) -> Option<Self> {
        let at = TYPOS.binary_search_by_key(&self.host.as_str(), |(slip, _)| slip).ok()?;
        let (_, meant) = TYPOS.get(at)?;
        let kind = kind_of(&self.local, meant);
        Some(Self { local: self.local.clone(), host: (*meant).to_owned(), kind })
    }

    /// The whole address, such as `ada+news@acme.com`.
    pub fn address(&self) -> String {
        format!("{}@{}", self.local, self.host)
    }

    /// The address without its plus-tag, by which two addresses of one person compare.
    pub fn canonical(&self) -> String {
        let person = match self.local.split_once('+') {
            Some((person, _)) if !person.is_empty() => person,
            _ => &self.local,
        };
        format!("{person}@{}", self.host)
    }

    /// What stands before the `@`.
    pub fn local(&self) -> &str {
        &self.local
    }

    /// What stands after the `@`.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// What the address says about who reads it.
    pub fn kind(&self) -> EmailKind {
        self.kind
    }
}

impl fmt::Debug for Email {
    /// Hides the local part.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Email(***@{})", self.host)
    }
}

/// Whether anybody can have a mailbox at `host`, so that it tells nothing about a company.
pub fn is_public_mail(host: &str) -> bool {
    listed(&FREE, host) || listed(&DISPOSABLE, host)
}

static FREE: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| text::rows(include_str!("../../data/free_mail.txt")).collect());

static DISPOSABLE: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| text::rows(include_str!("../../data/disposable_mail.txt")).collect());

static TYPOS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    text::rows(include_str!("../../data/mail_typos.txt"))
        .filter_map(|row| row.split_once(' '))
        .collect()
});

/// Local parts that belong to a job instead of a person. Sorted.
///
/// Source: RFC 2142 for the technical ones; the others are our own choice.
const ROLES: [&str; 66] = [
    "abuse",
    "accounting",
    "accounts",
    "admin",
    "administration",
    "billing",
    "booking",
    "bookings",
    "buchhaltung",
    "career",
    "careers",
    "commercial",
    "compras",
    "contact",
    "contacto",
    "contato",
    "contatti",
    "customerservice",
    "enquiries",
    "enquiry",
    "events",
    "feedback",
    "finance",
    "frontdesk",
    "hello",
    "help",
    "helpdesk",
    "hi",
    "hostmaster",
    "hr",
    "info",
    "information",
    "inquiries",
    "inquiry",
    "invoice",
    "invoices",
    "it",
    "jobs",
    "kontakt",
    "legal",
    "mail",
    "mailer-daemon",
    "marketing",
    "media",
    "news",
    "newsletter",
    "no-reply",
    "noreply",
    "office",
    "order",
    "orders",
    "postmaster",
    "press",
    "privacy",
    "purchasing",
    "reception",
    "recruiting",
    "sales",
    "security",
    "service",
    "support",
    "team",
    "ventas",
    "vertrieb",
    "webmaster",
    "welcome",
];

fn kind_of(local: &str, host: &str) -> EmailKind {
    let person = local.split('+').next().unwrap_or(local);
    if listed(&DISPOSABLE, host) {
        EmailKind::Disposable
    } else if listed(&FREE, host) {
        EmailKind::Free
    } else if ROLES.binary_search(&person).is_ok() {
        EmailKind::Role
    } else {
        EmailKind::Business
    }
}

/// Whether `host`, or the registered domain it belongs to, is in the sorted `list`.
fn listed(list: &[&str], host: &str) -> bool {
    let holds = |name: &str| list.binary_search(&name).is_ok();
    holds(host) || psl::domain_str(host).is_some_and(holds)
}

/// The first thing in `line` that looks like an address, without what mail programs put around it.
fn address_in(line: &str) -> Option<String> {
    let inside = match line.split_once('<') {
        Some((_, rest)) if rest.contains('@') => rest.split('>').next().unwrap_or(rest),
        _ => line,
    };
    let joined = inside.replace(" @", "@").replace("@ ", "@");
    let word = joined.split([' ', ',', ';', '|']).find(|word| word.contains('@'))?;
    let word = strip_mailto(word.trim_matches(is_wrapping));
    let address = word.split('?').next().unwrap_or(word);
    Some(address.trim_matches(is_wrapping).trim_end_matches('.').to_owned())
}

fn strip_mailto(word: &str) -> &str {
    match word.split_at_checked("mailto:".len()) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto:") => rest,
        _ => word,
    }
}

fn is_wrapping(c: char) -> bool {
    matches!(
        c,
        '<' | '>' | '(' | ')' | '[' | ']' | '"' | '\'' | '`' | '“' | '”' | '‘' | '’' | ':' | '!'
    )
}

/// The unquoted form of RFC 5322 (dot-atom), with letters of all scripts as in RFC 6531.
fn is_local(local: &str) -> bool {
    let atom = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || is_mark(c);
    local.split('.').all(|part| !part.is_empty() && part.chars().all(atom))
}

/// Marks that letters of other scripts need; normalisation has composed all that it can.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn mail_host(raw: &str) -> Option<String> {
    let Ok(Host::Domain(host)) = Host::parse(raw.trim_end_matches('.')) else { return None };
    is_host_name(&host).then_some(host)
}

/// Whether an ASCII host has a dot, labels that registries allow, and a last one that is no number.
pub(super) fn is_host_name(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let top = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253
        && host.contains('.')
        && host.split('.').all(is_label)
        && top.len() >= 2
        && !top.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests;
