//! A lead in its stored form, field by field as [`crate::lead::Lead`] has them.
//!
//! The form is [postcard]'s: texts stand behind their length, numbers and lengths take seven bits a
//! byte, lowest first, and what may be missing has a byte before it that says whether it is there.
//!
//! [postcard]: https://postcard.jamesmunns.com/wire-format

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Deserialize;

use crate::case::Case;
use crate::id::RepId;
use crate::identify::Matches;
use crate::lead::Lead;
use crate::normalise::email::EmailKind;
use crate::normalise::size::Employees;
use crate::normalise::title::{Function, Seniority};
use crate::rules::field::Field;
use crate::rules::field::value::Value;

/// A value takes more than the lead itself, or its bytes are damaged.
#[derive(Debug)]
pub(super) struct NotHere;

/// Where the values of a lead lie. Texts are found and not looked into; other values begin where
/// their slice begins.
pub(super) struct Row<'a> {
    id: &'a [u8],
    source: &'a [u8],
    received_at: &'a [u8],
    first_name: Option<&'a [u8]>,
    last_name: Option<&'a [u8]>,
    email: Option<EmailRow<'a>>,
    phone: Option<&'a [u8]>,
    company: Option<&'a [u8]>,
    domain: Option<&'a [u8]>,
    title: Option<TitleRow<'a>>,
    country: Option<&'a [u8]>,
    state: Option<&'a [u8]>,
    city: Option<&'a [u8]>,
    postal_code: Option<&'a [u8]>,
    employees: Option<&'a [u8]>,
    industry: Option<&'a [u8]>,
    message: Option<&'a [u8]>,
    attributes: Attributes<'a>,
}

struct EmailRow<'a> {
    local: &'a [u8],
    host: &'a [u8],
    kind: &'a [u8],
}

struct TitleRow<'a> {
    text: &'a [u8],
    seniority: &'a [u8],
    function: &'a [u8],
}

impl<'a> Row<'a> {
    /// `None` when the bytes end before the lead does.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes);
        let id = bytes.0;
        bytes.text()?;
        Some(Self {
            id,
            source: bytes.text()?,
            received_at: bytes.number()?,
            first_name: bytes.optional(Bytes::text)?,
            last_name: bytes.optional(Bytes::text)?,
            email: bytes.optional(EmailRow::read)?,
            phone: bytes.optional(|bytes| {
                let number = bytes.text()?;
                bytes.optional(Bytes::text)?;
                Some(number)
            })?,
            company: bytes.optional(|bytes| {
                let name = bytes.text()?;
                bytes.text()?;
                Some(name)
            })?,
            domain: bytes.optional(Bytes::text)?,
            title: bytes.optional(TitleRow::read)?,
            country: bytes.optional(Bytes::text)?,
            state: bytes.optional(Bytes::text)?,
            city: bytes.optional(Bytes::text)?,
            postal_code: bytes.optional(Bytes::text)?,
            employees: bytes.optional(|bytes| {
                let size = bytes.number()?;
                bytes.optional(Bytes::number)?;
                Some(size)
            })?,
            industry: bytes.optional(Bytes::text)?,
            message: bytes.optional(Bytes::text)?,
            attributes: Attributes { count: bytes.length()?, bytes },
        })
    }

    pub(super) fn value(&self, field: &Field) -> Result<Option<Value<'a>>, NotHere> {
        let text = match field {
            Field::Email => return self.email.as_ref().map(EmailRow::address).transpose(),
            Field::EmailDomain => self.email.as_ref().map(|email| email.host),
            Field::EmailKind => {
                return choice(self.email.as_ref().map(|it| it.kind), EmailKind::as_str);
            }
            Field::FirstName => self.first_name,
            Field::LastName => self.last_name,
            Field::Company => self.company,
            Field::Domain => self.domain,
            Field::Title => self.title.as_ref().map(|title| title.text),
            Field::Seniority => {
                return choice(self.title.as_ref().map(|it| it.seniority), Seniority::as_str);
            }
            Field::Function => {
                return choice(self.title.as_ref().map(|it| it.function), Function::as_str);
            }
            Field::Phone => self.phone,
            Field::Country => self.country,
            Field::State => self.state,
            Field::City => self.city,
            Field::PostalCode => self.postal_code,
            Field::Employees => {
                let size = self.employees.map(decoded::<Employees>).transpose()?;
                return Ok(size.map(|size| Value::Number(size.value().into())));
            }
            Field::Industry => self.industry,
            Field::Message => self.message,
            Field::Source => Some(self.source),
            Field::ReceivedAt => {
                return instant(self.received_at).map(|at| Some(Value::Time(at.into())));
            }
            Field::Attribute(attribute) => {
                let found = self.attributes.find(attribute.name.as_bytes())?;
                let text = found.map(utf8).transpose()?;
                return Ok(text.and_then(|text| Value::parse(attribute.kind, text)));
            }
            Field::Quality | Field::Territory | Field::Account(_) => return Err(NotHere),
        };
        let text = text.filter(|text| !text.is_empty()).map(utf8).transpose()?;
        Ok(text.map(|text| Value::Text(text.into())))
    }
}

impl Row<'_> {
    /// When the lead was decided, which stands behind it.
    pub(super) fn decided_at(&self) -> Result<Timestamp, NotHere> {
        instant(self.behind()?)
    }

    /// The case with no more of the lead than its id, its source and its time.
    pub(super) fn outline(&self) -> Result<Case, NotHere> {
        let (at, matches, excluded): (i64, Matches, BTreeSet<RepId>) = decoded(self.behind()?)?;
        let lead = Lead {
            id: decoded(self.id)?,
            source: utf8(self.source)?.to_owned(),
            received_at: instant(self.received_at)?,
            first_name: None,
            last_name: None,
            email: None,
            phone: None,
            company: None,
            domain: None,
            title: None,
            country: None,
            state: None,
            city: None,
            postal_code: None,
            employees: None,
            industry: None,
            message: None,
            attributes: BTreeMap::new(),
        };
        let at = Timestamp::from_microsecond(at).map_err(|_| NotHere)?;
        Ok(Case { lead, at, matches, excluded })
    }

    /// What stands behind the lead: the rest of its case.
    fn behind(&self) -> Result<&[u8], NotHere> {
        let Attributes { count, mut bytes } = self.attributes;
        for _ in 0..count {
            bytes.text().and_then(|_| bytes.text()).ok_or(NotHere)?;
        }
        Ok(bytes.0)
    }
}

impl<'a> EmailRow<'a> {
    fn read(bytes: &mut Bytes<'a>) -> Option<Self> {
        Some(Self { local: bytes.text()?, host: bytes.text()?, kind: bytes.number()? })
    }

    fn address(&self) -> Result<Value<'a>, NotHere> {
        let address = format!("{}@{}", utf8(self.local)?, utf8(self.host)?);
        Ok(Value::Text(Cow::Owned(address)))
    }
}

impl<'a> TitleRow<'a> {
    fn read(bytes: &mut Bytes<'a>) -> Option<Self> {
        let (text, seniority) = (bytes.text()?, bytes.number()?);
        Some(Self { text, seniority, function: bytes.number()? })
    }
}

/// Names and values in the order of the names.
#[derive(Clone, Copy)]
struct Attributes<'a> {
    count: usize,
    bytes: Bytes<'a>,
}

impl<'a> Attributes<'a> {
    fn find(&self, name: &[u8]) -> Result<Option<&'a [u8]>, NotHere> {
        let mut bytes = self.bytes;
        for _ in 0..self.count {
            let known = bytes.text().ok_or(NotHere)?;
            let value = bytes.text().ok_or(NotHere)?;
            if known >= name {
                return Ok((known == name).then_some(value));
            }
        }
        Ok(None)
    }
}

fn utf8(text: &[u8]) -> Result<&str, NotHere> {
    str::from_utf8(text).map_err(|_| NotHere)
}

/// The value with which `bytes` begins.
fn decoded<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, NotHere> {
    postcard::take_from_bytes(bytes).map(|(value, _)| value).map_err(|_| NotHere)
}

/// The instant with which `bytes` begins, in microseconds.
fn instant(bytes: &[u8]) -> Result<Timestamp, NotHere> {
    Timestamp::from_microsecond(decoded(bytes)?).map_err(|_| NotHere)
}

fn choice<'a, T: Deserialize<'a>>(
    bytes: Option<&'a [u8]>,
    name: impl Fn(T) -> &'static str,
) -> Result<Option<Value<'a>>, NotHere> {
    let chosen = bytes.map(decoded).transpose()?;
    Ok(chosen.map(|chosen| Value::Text(name(chosen).into())))
}

/// What has not been read yet.
#[derive(Clone, Copy)]
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    /// The bytes of a number of at most 64 bits, and whatever follows.
    fn number(&mut self) -> Option<&'a [u8]> {
        let start = self.0;
        while self.byte()? & 0x80 != 0 {}
        Some(start)
    }

    fn length(&mut self) -> Option<usize> {
        let first = self.byte()?;
        let (mut length, mut shift) = (usize::from(first & 0x7f), 7_u32);
        let mut last = first;
        while last & 0x80 != 0 {
            last = self.byte()?;
            length |= usize::from(last & 0x7f).checked_shl(shift)?;
            shift += 7;
        }
        Some(length)
    }

    fn text(&mut self) -> Option<&'a [u8]> {
        let length = self.length()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(text)
    }

    fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.byte()? {
            0 => Some(None),
            1 => read(self).map(Some),
            _ => None,
        }
    }
}
