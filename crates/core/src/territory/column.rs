//! The key columns of a territory: which field of a lead each asks about, and how.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::rules::field::Field;
use crate::rules::field::value::{Value, value_of};
use crate::rules::fold::fold;
use crate::rules::kind::{AttributeTypes, ValueKind};

/// How a cell is compared with a lead's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matching {
    /// The value is the cell's.
    Exact,
    /// The value begins with the cell's.
    Prefix,
    /// The value is a number within the cell's bounds.
    Range,
}

impl Matching {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Exact, Self::Prefix, Self::Range];

    /// The name as stored, as shown by the API, and as a heading says it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Prefix => "prefix",
            Self::Range => "range",
        }
    }
}

/// A key column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Column {
    field: Field,
    matching: Matching,
}

/// What a column asks of a case: the value in the form in which cells are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    Text(String),
    Number(i64),
}

impl Column {
    /// A column that asks about `field`; `None` where the field cannot be matched so.
    ///
    /// Numbers are matched by ranges only, since 250 is the range from 250 to 250; custom attributes
    /// are text that may hold numbers, so every way fits them.
    pub fn new(field: Field, matching: Matching) -> Option<Self> {
        let is_number = field.kind() == ValueKind::Number;
        let is_text =
            matches!(field.kind(), ValueKind::Text | ValueKind::Country | ValueKind::State);
        let fits = match matching {
            Matching::Exact => is_text,
            Matching::Prefix => is_text && !field.is_coded(),
            Matching::Range => is_number || field.is_attribute(),
        };
        fits.then_some(Self { field, matching })
    }

    /// The usual column of a field: a range of numbers, a prefix of postal codes, else the value;
    /// `None` where there is none, as for times.
    pub fn usual(field: Field) -> Option<Self> {
        let matching = if field.kind() == ValueKind::Number {
            Matching::Range
        } else if field == Field::PostalCode {
            Matching::Prefix
        } else {
            Matching::Exact
        };
        Self::new(field, matching)
    }

    /// The field that it asks about.
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// How its cells are compared.
    pub fn matching(&self) -> Matching {
        self.matching
    }

    /// The value that cells are compared with; `None` when the case has none, or none of this kind.
    pub(super) fn asks(&self, case: &Case) -> Option<Asked> {
        let value = value_of(case, &self.field)?;
        match (self.matching, value) {
            (Matching::Range, Value::Number(number)) => Some(Asked::Number(number.floor())),
            (Matching::Range, Value::Text(text)) => text.trim().parse().ok().map(Asked::Number),
            (Matching::Exact | Matching::Prefix, Value::Text(text)) => {
                Some(Asked::Text(self.key(&text).into_owned()))
            }
            (Matching::Exact | Matching::Prefix, Value::Number(_))
            | (_, Value::Boolean(_) | Value::Time(_) | Value::List(_)) => None,
        }
    }

    /// The form in which texts of this column are compared: folded as conditions fold them, and
    /// postal codes without spaces and dashes, which some people write and others do not.
    pub(super) fn key<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let folded = fold(text);
        if self.field != Field::PostalCode || folded.chars().all(char::is_alphanumeric) {
            return folded;
        }
        Cow::Owned(folded.chars().filter(|letter| letter.is_alphanumeric()).collect())
    }
}

/// A column in stored bytes: the field by its stored name.
#[derive(Serialize, Deserialize)]
struct Stored {
    field: String,
    matching: Matching,
}

impl From<Column> for Stored {
    fn from(column: Column) -> Self {
        Self { field: column.field.name().into_owned(), matching: column.matching }
    }
}

impl TryFrom<Stored> for Column {
    type Error = &'static str;

    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        let field = Field::parse(&stored.field, &AttributeTypes::default());
        let field = field.ok_or("not the name of a field")?;
        Self::new(field, stored.matching).ok_or("the field cannot be matched so")
    }
}
