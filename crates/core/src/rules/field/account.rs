//! The fields of the account that a lead belongs to.

use std::borrow::Cow;

use crate::rules::kind::{Attribute, ValueKind};

/// A field of an account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountField {
    /// `account.name`
    Name,
    /// `account.domain`
    Domain,
    /// `account.country`, by its ISO 3166-1 alpha-2 code.
    Country,
    /// `account.state`, by its ISO 3166-2 code.
    State,
    /// `account.employees`
    Employees,
    /// `account.industry`
    Industry,
    /// `account.owner`: the id of the rep who owns it.
    Owner,
    /// `account.attributes.<name>`: a custom attribute of the account.
    Attribute(Attribute),
}

impl AccountField {
    /// The stored name.
    pub(super) fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Name => "account.name",
            Self::Domain => "account.domain",
            Self::Country => "account.country",
            Self::State => "account.state",
            Self::Employees => "account.employees",
            Self::Industry => "account.industry",
            Self::Owner => "account.owner",
            Self::Attribute(attribute) => {
                return Cow::Owned(format!("account.attributes.{}", attribute.name));
            }
        })
    }

    /// The name as shown, which begins a sentence.
    pub(super) fn label(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Self::Name => "Account name",
            Self::Domain => "Account domain",
            Self::Country => "Account country",
            Self::State => "Account state",
            Self::Employees => "Account employees",
            Self::Industry => "Account industry",
            Self::Owner => "Account owner",
            Self::Attribute(attribute) => {
                return Cow::Owned(format!("Account {}", attribute.name));
            }
        })
    }

    /// The type of its values.
    pub(super) fn kind(&self) -> ValueKind {
        match self {
            Self::Country => ValueKind::Country,
            Self::State => ValueKind::State,
            Self::Employees => ValueKind::Number,
            Self::Attribute(attribute) => attribute.kind,
            Self::Name | Self::Domain | Self::Industry | Self::Owner => ValueKind::Text,
        }
    }
}
