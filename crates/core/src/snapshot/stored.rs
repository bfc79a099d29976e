//! A snapshot's lead read where it lies: texts are borrowed, and the whole is decoded only if a
//! condition must be asked that the index does not know all of.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;

use jiff::Timestamp;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::case::Case;
use crate::id::LeadId;
use crate::normalise::email::EmailKind;
use crate::normalise::size::Employees;
use crate::normalise::title::{Function, Seniority};
use crate::rules::condition::Condition;
use crate::rules::facts::Values;
use crate::rules::field::Field;
use crate::rules::field::value::{Value, value_of};
use crate::rules::{Rule, Ruleset};
use crate::snapshot::{Snapshot, SnapshotError, VERSION};

/// A stored snapshot, to be matched against rulesets.
pub struct Stored<'a> {
    bytes: &'a [u8],
    lead: LeadRow<'a>,
    case: OnceCell<Result<Case, SnapshotError>>,
}

impl fmt::Debug for Stored<'_> {
    /// Tells which lead it is, and nothing about the person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stored").field("lead", &self.lead.id).finish_non_exhaustive()
    }
}

impl<'a> Stored<'a> {
    /// Reads the lead at the beginning of [`Snapshot::encode`]'s bytes; what follows it is not
    /// looked at.
    pub fn read(bytes: &'a [u8]) -> Result<Self, SnapshotError> {
        let (lead, _) = match bytes.split_first() {
            None => return Err(SnapshotError::Empty),
            Some((&VERSION, rest)) => {
                postcard::take_from_bytes(rest).map_err(|_| SnapshotError::Damaged)?
            }
            Some((&other, _)) => return Err(SnapshotError::Version(other)),
        };
        Ok(Self { bytes, lead, case: OnceCell::new() })
    }

    /// As [`Ruleset::first_match`] of the decoded case.
    pub fn first_match<'r>(&self, ruleset: &'r Ruleset) -> Result<Option<&'r Rule>, SnapshotError> {
        let found = ruleset.first_of(self);
        match self.case.get() {
            Some(Err(error)) => Err(error.clone()),
            Some(Ok(_)) | None => Ok(found),
        }
    }

    /// As [`value_of`] the decoded case.
    pub fn value(&self, field: &Field) -> Option<Value<'_>> {
        if matches!(field, Field::Account(_) | Field::Quality) {
            return value_of(self.case()?, field);
        }
        self.lead.value(field)
    }

    fn case(&self) -> Option<&Case> {
        let decode = || Snapshot::decode(self.bytes).map(|snapshot| snapshot.case);
        self.case.get_or_init(decode).as_ref().ok()
    }
}

impl Values for Stored<'_> {
    fn value(&self, field: &Field) -> Option<Value<'_>> {
        Stored::value(self, field)
    }

    fn satisfy(&self, condition: &Condition) -> bool {
        self.case().is_some_and(|case| condition.matches(case))
    }
}

/// [`crate::lead::Lead`] in its stored form; field by field the same.
#[derive(Deserialize)]
struct LeadRow<'a> {
    id: LeadId,
    source: &'a str,
    /// In microseconds.
    received_at: i64,
    first_name: Option<&'a str>,
    last_name: Option<&'a str>,
    #[serde(borrow)]
    email: Option<EmailRow<'a>>,
    #[serde(borrow)]
    phone: Option<PhoneRow<'a>>,
    #[serde(borrow)]
    company: Option<CompanyRow<'a>>,
    domain: Option<&'a str>,
    #[serde(borrow)]
    title: Option<TitleRow<'a>>,
    country: Option<&'a str>,
    state: Option<&'a str>,
    city: Option<&'a str>,
    postal_code: Option<&'a str>,
    employees: Option<Employees>,
    industry: Option<&'a str>,
    message: Option<&'a str>,
    #[serde(borrow)]
    attributes: Attributes<'a>,
}

#[derive(Deserialize)]
struct EmailRow<'a> {
    local: &'a str,
    host: &'a str,
    kind: EmailKind,
}

#[derive(Deserialize)]
struct PhoneRow<'a> {
    e164: &'a str,
    _extension: Option<&'a str>,
}

#[derive(Deserialize)]
struct CompanyRow<'a> {
    name: &'a str,
    _key: &'a str,
}

#[derive(Deserialize)]
struct TitleRow<'a> {
    text: &'a str,
    seniority: Seniority,
    function: Function,
}

/// In order of their names, as a map is stored.
struct Attributes<'a>(Vec<(&'a str, &'a str)>);

impl<'de: 'a, 'a> Deserialize<'de> for Attributes<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AttributesVisitor)
    }
}

struct AttributesVisitor;

/// Most attributes that space is made for before they are read: the count may be damaged.
const EXPECTED: usize = 64;

impl<'de> Visitor<'de> for AttributesVisitor {
    type Value = Attributes<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("attributes by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::with_capacity(map.size_hint().unwrap_or_default().min(EXPECTED));
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Attributes(pairs))
    }
}

impl LeadRow<'_> {
    fn value(&self, field: &Field) -> Option<Value<'_>> {
        let text = match field {
            Field::Email => {
                let EmailRow { local, host, .. } = self.email.as_ref()?;
                return Some(Value::Text(Cow::Owned(format!("{local}@{host}"))));
            }
            Field::EmailDomain => self.email.as_ref()?.host,
            Field::EmailKind => self.email.as_ref()?.kind.as_str(),
            Field::FirstName => self.first_name?,
            Field::LastName => self.last_name?,
            Field::Company => self.company.as_ref()?.name,
            Field::Domain => self.domain?,
            Field::Title => self.title.as_ref()?.text,
            Field::Seniority => self.title.as_ref()?.seniority.as_str(),
            Field::Function => self.title.as_ref()?.function.as_str(),
            Field::Phone => self.phone.as_ref()?.e164,
            Field::Country => self.country?,
            Field::State => self.state?,
            Field::City => self.city?,
            Field::PostalCode => self.postal_code?,
            Field::Employees => return Some(Value::Number(self.employees?.value().into())),
            Field::Industry => self.industry?,
            Field::Message => self.message?,
            Field::Source => self.source,
            Field::ReceivedAt => {
                let at = Timestamp::from_microsecond(self.received_at).ok()?;
                return Some(Value::Time(at.into()));
            }
            Field::Attribute(attribute) => {
                return Value::parse(attribute.kind, self.attributes.get(&attribute.name)?);
            }
            // These take more than the row, see [`Stored::value`].
            Field::Quality | Field::Territory | Field::Account(_) => return None,
        };
        Some(text).filter(|text| !text.is_empty()).map(|text| Value::Text(text.into()))
    }
}

impl<'a> Attributes<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        let found = self.0.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
        self.0.get(found).map(|(_, text)| *text)
    }
}
