//! A lead of which some fields are known, as if it had come so.

use std::borrow::Cow;

use uuid::Uuid;

use crate::case::Case;
use crate::id::LeadId;
use crate::lead::raw::RawLead;
use crate::normalise::normalise;
use crate::rules::field::Field;
use crate::rules::kind::AttributeTypes;
use crate::rules::lint::Known;
use crate::rules::lint::sample::vocabulary::Sample;

/// The lead of these fields and values, and what of it can be said from outside. It goes through the
/// same cleaning as any lead, so it is one that can come.
pub(super) fn made_of(sample: &Sample) -> (Case, Vec<Known>) {
    // Values go in as text, whatever they are read as.
    let types = AttributeTypes::default();
    let mut raw = RawLead::default();
    let mut source = "api";
    let mut shown = Vec::new();
    for (field, value) in &sample.known {
        let Some(field) = Field::parse(field, &types) else { continue };
        if field == Field::Source {
            source = value;
        } else if !put(&mut raw, &field, value) {
            continue;
        }
        shown.push(Known { field: field.label().into_owned(), value: value.clone() });
    }
    let at = sample.at;
    let lead = normalise(LeadId::new(Uuid::nil()), source, at, &raw).lead;
    (Case::of(lead, at), shown)
}

/// Writes a value where a source would; false if no source can say it beside what is there.
fn put(raw: &mut RawLead, field: &Field, value: &str) -> bool {
    let (place, text): (&mut Option<String>, Cow<'_, str>) = match field {
        Field::Email => (&mut raw.email, value.into()),
        Field::EmailDomain => (&mut raw.email, format!("ada@{value}").into()),
        Field::EmailKind => (&mut raw.email, address_of_kind(value).into()),
        Field::FirstName => (&mut raw.first_name, value.into()),
        Field::LastName => (&mut raw.last_name, value.into()),
        Field::Company => (&mut raw.company, value.into()),
        Field::Domain => (&mut raw.website, value.into()),
        Field::Title => (&mut raw.title, value.into()),
        Field::Seniority | Field::Function => (&mut raw.title, in_words(field, value).into()),
        Field::Phone => (&mut raw.phone, value.into()),
        Field::Country => (&mut raw.country, value.into()),
        Field::State => (&mut raw.state, value.into()),
        Field::City => (&mut raw.city, value.into()),
        Field::PostalCode => (&mut raw.postal_code, value.into()),
        Field::Employees => (&mut raw.employees, value.into()),
        Field::Industry => (&mut raw.industry, value.into()),
        Field::Message => (&mut raw.message, value.into()),
        Field::Attribute(attribute) => {
            return raw.attributes.insert(attribute.name.clone(), value.to_owned()).is_none();
        }
        Field::Source
        | Field::ReceivedAt
        | Field::Quality
        | Field::Territory
        | Field::Account(_) => return false,
    };
    if place.is_some() {
        return false;
    }
    *place = Some(text.into_owned());
    true
}

fn address_of_kind(kind: &str) -> &'static str {
    match kind {
        "free" => "ada@gmail.com",
        "disposable" => "ada@mailinator.com",
        "role" => "info@initech.example",
        _ => "ada@initech.example",
    }
}

fn in_words(field: &Field, name: &str) -> String {
    let choices = field.choices();
    let choice = choices.iter().find(|choice| choice.name == name);
    choice.map_or(name, |choice| choice.words).to_owned()
}
