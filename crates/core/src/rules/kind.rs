//! The types of values, and what custom attributes are declared to be.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::rules::field::Field;
use crate::rules::field::account::AccountField;

/// The type of a field's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// Text, compared in its folded form.
    Text,
    /// A country, compared by its ISO 3166-1 alpha-2 code.
    Country,
    /// A state or province, compared by its ISO 3166-2 code.
    State,
    /// A number with up to four decimals.
    Number,
    /// Yes or no.
    Boolean,
    /// A day or an instant.
    Time,
    /// Several texts.
    List,
    /// The lead as a whole, as territories see it; no attribute holds it.
    Whole,
}

impl ValueKind {
    /// Every kind that an attribute can hold, in the order in which a choice is shown.
    pub const ALL: [Self; 7] = [
        Self::Text,
        Self::Number,
        Self::Boolean,
        Self::Time,
        Self::List,
        Self::Country,
        Self::State,
    ];

    /// The name as stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Country => "country",
            Self::State => "state",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Time => "time",
            Self::List => "list",
            Self::Whole => "whole",
        }
    }

    /// The kind with this stored name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// What one value of it is called in a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Country => "a country",
            Self::State => "a state",
            Self::Number => "a number",
            Self::Boolean => "a yes or no",
            Self::Time => "a time",
            Self::List => "a list",
            Self::Whole => "the whole lead",
        }
    }
}

/// What the custom attributes of a workspace's leads and accounts hold, by name; the others hold
/// text.
///
/// Values arrive as text and are read by their declared kind whenever a condition asks: what cannot
/// be read is missing. So a declaration changes what conditions mean, and is part of the config that
/// a decision is replayed with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeTypes {
    /// Of leads.
    #[serde(default)]
    pub lead: BTreeMap<String, ValueKind>,
    /// Of accounts.
    #[serde(default)]
    pub account: BTreeMap<String, ValueKind>,
}

impl AttributeTypes {
    /// Declares what `field` holds, or takes that back; false if it is no custom attribute.
    pub fn declare(&mut self, field: &Field, kind: Option<ValueKind>) -> bool {
        let (types, name) = if let Field::Attribute(attribute) = field {
            (&mut self.lead, &attribute.name)
        } else if let Field::Account(AccountField::Attribute(attribute)) = field {
            (&mut self.account, &attribute.name)
        } else {
            return false;
        };
        match kind {
            Some(kind) => types.insert(name.clone(), kind),
            None => types.remove(name),
        };
        true
    }

    /// Every attribute that something is declared about, those of leads first.
    pub fn declared(&self) -> impl Iterator<Item = (Field, ValueKind)> {
        let attribute = |(name, kind): (&String, &ValueKind)| {
            (Attribute { name: name.clone(), kind: *kind }, *kind)
        };
        let lead = self.lead.iter().map(attribute).map(|(it, kind)| (Field::Attribute(it), kind));
        let account = self.account.iter().map(attribute);
        lead.chain(account.map(|(it, kind)| (Field::Account(AccountField::Attribute(it)), kind)))
    }
}

/// A custom attribute and what its values are read as.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Attribute {
    /// The name that its source gave it.
    pub name: String,
    /// As declared; [`ValueKind::Text`] where nothing is.
    pub kind: ValueKind,
}

impl Attribute {
    /// Longest name, in characters.
    pub const MAX_NAME: usize = 200;

    /// The attribute of this name, if a name can be so.
    pub(super) fn parse(name: &str, types: &BTreeMap<String, ValueKind>) -> Option<Self> {
        let fits = !name.trim().is_empty()
            && name.chars().count() <= Self::MAX_NAME
            && !name.contains(char::is_control);
        let kind = types.get(name).copied().unwrap_or(ValueKind::Text);
        fits.then(|| Self { name: name.to_owned(), kind })
    }
}

impl From<&str> for Attribute {
    /// An attribute that nothing is declared about.
    fn from(name: &str) -> Self {
        Self { name: name.to_owned(), kind: ValueKind::Text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name_and_stored_under_it() {
        for kind in ValueKind::ALL {
            assert_eq!(ValueKind::parse(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        assert_eq!(ValueKind::parse("Text"), None);
    }
}
