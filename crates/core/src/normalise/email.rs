//! E-mail addresses: syntax, spelling and kind.

use std::fmt;

use serde::{Deserialize, Serialize};

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
