//! The values of a case, of the types that conditions ask about.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use crate::case::Case;
use crate::identify::Account;
use crate::normalise::country::{Country, State};
use crate::normalise::quality::Quality;
use crate::rules::decimal::Decimal;
use crate::rules::field::Field;
use crate::rules::field::account::AccountField;
use crate::rules::kind::{Attribute, ValueKind};
use crate::rules::moment::Moment;

/// A case's value of a field, of the field's kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Of a text, a country or a state; never empty.
    Text(Cow<'a, str>),
    /// Of a number.
    Number(Decimal),
    /// Of a yes or no.
    Boolean(bool),
    /// Of a time.
    Time(Moment),
    /// Of a list; never empty, and neither is a text in it.
    List(Vec<&'a str>),
}

impl<'a> Value<'a> {
    /// Reads a custom attribute's text; what is not of the kind is missing.
    pub fn parse(kind: ValueKind, raw: &'a str) -> Option<Self> {
        let text = raw.trim();
        if text.is_empty() {
            return None;
        }
        match kind {
            ValueKind::Text => Some(Self::Text(text.into())),
            ValueKind::Country => country(Country::parse(text).ok()),
            ValueKind::State => {
                let code = State::from_code(&text.to_ascii_uppercase());
                state(code.or_else(|| State::telling(text).map(|(state, _)| state)))
            }
            ValueKind::Number => Decimal::parse(text).map(Self::Number),
            ValueKind::Boolean => boolean(text).map(Self::Boolean),
            ValueKind::Time => Moment::parse(text).map(Self::Time),
            ValueKind::List => Some(list(text)).filter(|list| !list.is_empty()).map(Self::List),
            ValueKind::Whole => None,
        }
    }
}

impl fmt::Display for Value<'_> {
    /// As an attribute of its kind would hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Boolean(flag) => flag.fmt(f),
            Self::Time(moment) => moment.fmt(f),
            Self::List(parts) => f.write_str(&parts.join("; ")),
        }
    }
}

/// Reads `yes`, `no`, `true`, `false`, `1` and `0`, in any case.
pub(in crate::rules) fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" | "1" => Some(true),
        "no" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// Splits at semicolons, or at commas where there is no semicolon.
fn list(text: &str) -> Vec<&str> {
    let separator = if text.contains(';') { ';' } else { ',' };
    text.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The case's value of a field; `None` when it has none.
pub fn value_of<'a>(case: &'a Case, field: &Field) -> Option<Value<'a>> {
    let lead = &case.lead;
    match field {
        Field::Email => lead.email.as_ref().map(|email| Value::Text(email.address().into())),
        Field::EmailDomain => text(lead.email.as_ref().map(|email| email.host())),
        Field::EmailKind => text(lead.email.as_ref().map(|email| email.kind().as_str())),
        Field::FirstName => text(lead.first_name.as_deref()),
        Field::LastName => text(lead.last_name.as_deref()),
        Field::Company => text(lead.company.as_ref().map(|company| company.name())),
        Field::Domain => text(lead.domain.as_ref().map(|domain| domain.as_str())),
        Field::Title => text(lead.title.as_ref().map(|title| title.text())),
        Field::Seniority => text(lead.title.as_ref().map(|title| title.seniority().as_str())),
        Field::Function => text(lead.title.as_ref().map(|title| title.function().as_str())),
        Field::Phone => text(lead.phone.as_ref().map(|phone| phone.as_str())),
        Field::Country => country(lead.country),
        Field::State => state(lead.state),
        Field::City => text(lead.city.as_deref()),
        Field::PostalCode => text(lead.postal_code.as_deref()),
        Field::Employees => number(lead.employees.map(|size| size.value())),
        Field::Industry => text(lead.industry.as_deref()),
        Field::Message => text(lead.message.as_deref()),
        Field::Source => text(Some(&lead.source)),
        Field::ReceivedAt => Some(Value::Time(lead.received_at.into())),
        Field::Quality => number(Some(Quality::of(lead).score)),
        // No single value says what territories see.
        Field::Territory => None,
        Field::Attribute(attribute) => custom(&lead.attributes, attribute),
        Field::Account(field) => of_account(case.account()?, field),
    }
}

fn of_account<'a>(account: &'a Account, field: &AccountField) -> Option<Value<'a>> {
    match field {
        AccountField::Name => text(Some(&account.name)),
        AccountField::Domain => text(account.domain.as_ref().map(|domain| domain.as_str())),
        AccountField::Country => country(account.country),
        AccountField::State => state(account.state),
        AccountField::Employees => number(account.employees),
        AccountField::Industry => text(account.industry.as_deref()),
        AccountField::Owner => account.owner.map(|owner| Value::Text(owner.to_string().into())),
        AccountField::Attribute(attribute) => custom(&account.attributes, attribute),
    }
}

fn text(value: Option<&str>) -> Option<Value<'_>> {
    value.filter(|text| !text.is_empty()).map(|text| Value::Text(text.into()))
}

fn country<'a>(value: Option<Country>) -> Option<Value<'a>> {
    value.map(|country| Value::Text(country.code().into()))
}

fn state<'a>(value: Option<State>) -> Option<Value<'a>> {
    value.map(|state| Value::Text(state.code().into()))
}

fn number<'a>(value: Option<u32>) -> Option<Value<'a>> {
    value.map(|count| Value::Number(count.into()))
}

fn custom<'a>(held: &'a BTreeMap<String, String>, attribute: &Attribute) -> Option<Value<'a>> {
    Value::parse(attribute.kind, held.get(&attribute.name)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: ValueKind, raw: &str) -> Option<Value<'_>> {
        Value::parse(kind, raw)
    }

    fn code(code: &str) -> Option<Value<'_>> {
        Some(Value::Text(code.into()))
    }

    #[test]
    fn an_attribute_is_read_as_its_kind() {
        assert_eq!(read(ValueKind::Text, " a b "), code("a b"));
        assert_eq!(read(ValueKind::Number, " 12.50 "), Decimal::parse("12.5").map(Value::Number));
        assert_eq!(
            read(ValueKind::Time, "2026-05-01"),
            Moment::parse("2026-05-01").map(Value::Time)
        );
        assert_eq!(read(ValueKind::Country, "Germany"), code("DE"));
        assert_eq!(read(ValueKind::State, "us-ca"), code("US-CA"));
        assert_eq!(read(ValueKind::State, "California"), code("US-CA"));
    }

    #[test]
    fn a_value_is_read_again_as_it_is_written() {
        let table = [
            (ValueKind::Text, "a b"),
            (ValueKind::Number, "-1234.5"),
            (ValueKind::Boolean, "true"),
            (ValueKind::Time, "2026-05-01"),
            (ValueKind::List, "CRM; Sales, Inc."),
            (ValueKind::Country, "DE"),
        ];
        for (kind, raw) in table {
            assert_eq!(read(kind, raw).unwrap().to_string(), raw);
        }
    }

    #[test]
    fn yes_and_no_have_three_spellings_each() {
        for (raw, value) in
            [("Yes", true), ("TRUE", true), ("1", true), ("no", false), ("0", false)]
        {
            assert_eq!(read(ValueKind::Boolean, raw), Some(Value::Boolean(value)), "{raw}");
        }
    }

    #[test]
    fn a_list_splits_at_semicolons_else_at_commas() {
        let parts = |raw| match read(ValueKind::List, raw) {
            Some(Value::List(parts)) => parts,
            other => panic!("{other:?}"),
        };
        assert_eq!(parts("CRM; Sales, Inc. ;;"), ["CRM", "Sales, Inc."]);
        assert_eq!(parts("CRM, ,Chat"), ["CRM", "Chat"]);
        assert_eq!(parts("CRM"), ["CRM"]);
    }

    #[test]
    fn what_is_not_of_its_kind_is_missing() {
        let table = [
            (ValueKind::Text, " "),
            (ValueKind::Country, "Mars"),
            (ValueKind::State, "Georgia"),
            (ValueKind::Number, "many"),
            (ValueKind::Boolean, "maybe"),
            (ValueKind::Time, "soon"),
            (ValueKind::List, " ;; "),
        ];
        for (kind, raw) in table {
            assert_eq!(read(kind, raw), None, "{kind:?} {raw}");
        }
    }
}
