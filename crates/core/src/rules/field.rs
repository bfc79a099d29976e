//! The fields of a lead that conditions can ask about.

use std::borrow::Cow;

use crate::case::Case;
use crate::normalise::email::EmailKind;
use crate::normalise::title::{Function, Seniority};
use crate::rules::operator::{Comparison, Operator, Shape};

/// What stands before the name of a custom attribute in a stored condition.
const ATTRIBUTES: &str = "attributes.";
/// Longest name of a custom attribute, in characters.
const MAX_ATTRIBUTE: usize = 200;

/// A field of a lead.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// `email`: the whole address.
    Email,
    /// `email_domain`: what stands after the `@`.
    EmailDomain,
    /// `email_kind`: business, free, disposable or role.
    EmailKind,
    /// `first_name`
    FirstName,
    /// `last_name`
    LastName,
    /// `company`: the name as shown.
    Company,
    /// `domain`: the company's registrable domain.
    Domain,
    /// `title`: the job title as written.
    Title,
    /// `seniority`: how high the title stands.
    Seniority,
    /// `function`: what kind of work the title names.
    Function,
    /// `phone`, in E.164.
    Phone,
    /// `country`, by its ISO 3166-1 alpha-2 code.
    Country,
    /// `state`, by its ISO 3166-2 code.
    State,
    /// `city`
    City,
    /// `postal_code`
    PostalCode,
    /// `employees`: a head count; the middle of a range.
    Employees,
    /// `industry`
    Industry,
    /// `message`: what the person wrote.
    Message,
    /// `source`: the name of where the lead came from.
    Source,
    /// `attributes.<name>`: a custom attribute, by the name its source gave it.
    Attribute(String),
}

/// The type of a field's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// Text, compared in its folded form.
    Text,
    /// A whole number.
    Number,
}

/// A lead's value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Of a field of [`ValueKind::Text`]; never empty.
    Text(Cow<'a, str>),
    /// Of a field of [`ValueKind::Number`].
    Number(i64),
}

/// One of the few values that a field can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// As stored in conditions, such as `vp`.
    pub name: &'static str,
    /// As shown, such as `vice president`.
    pub words: &'static str,
}

impl Field {
    /// Every field but the custom attributes, in the order in which a choice is shown.
    pub const fn known() -> &'static [Self] {
        &[
            Self::Country,
            Self::State,
            Self::City,
            Self::PostalCode,
            Self::Employees,
            Self::Industry,
            Self::Company,
            Self::Domain,
            Self::Title,
            Self::Seniority,
            Self::Function,
            Self::Email,
            Self::EmailDomain,
            Self::EmailKind,
            Self::FirstName,
            Self::LastName,
            Self::Phone,
            Self::Message,
            Self::Source,
        ]
    }

    /// The field with this stored name.
    pub fn parse(name: &str) -> Option<Self> {
        let Some(attribute) = name.strip_prefix(ATTRIBUTES) else {
            return Self::known().iter().find(|field| field.name() == name).cloned();
        };
        let fits = !attribute.trim().is_empty()
            && attribute.chars().count() <= MAX_ATTRIBUTE
            && !attribute.contains(char::is_control);
        fits.then(|| Self::Attribute(attribute.to_owned()))
    }

    /// The stored name.
    pub fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Email => "email",
            Self::EmailDomain => "email_domain",
            Self::EmailKind => "email_kind",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Company => "company",
            Self::Domain => "domain",
            Self::Title => "title",
            Self::Seniority => "seniority",
            Self::Function => "function",
            Self::Phone => "phone",
            Self::Country => "country",
            Self::State => "state",
            Self::City => "city",
            Self::PostalCode => "postal_code",
            Self::Employees => "employees",
            Self::Industry => "industry",
            Self::Message => "message",
            Self::Source => "source",
            Self::Attribute(name) => return Cow::Owned(format!("{ATTRIBUTES}{name}")),
        })
    }

    /// The name as shown, which begins a sentence; a custom attribute keeps its own.
    pub fn label(&self) -> &str {
        match self {
            Self::Email => "E-mail",
            Self::EmailDomain => "E-mail domain",
            Self::EmailKind => "E-mail kind",
            Self::FirstName => "First name",
            Self::LastName => "Last name",
            Self::Company => "Company",
            Self::Domain => "Company domain",
            Self::Title => "Job title",
            Self::Seniority => "Seniority",
            Self::Function => "Job function",
            Self::Phone => "Phone",
            Self::Country => "Country",
            Self::State => "State",
            Self::City => "City",
            Self::PostalCode => "Postal code",
            Self::Employees => "Employees",
            Self::Industry => "Industry",
            Self::Message => "Message",
            Self::Source => "Source",
            Self::Attribute(name) => name,
        }
    }

    /// The type of its values.
    pub fn kind(&self) -> ValueKind {
        if *self == Self::Employees { ValueKind::Number } else { ValueKind::Text }
    }

    /// The values that it can have, where they are few; else empty.
    pub fn choices(&self) -> Vec<Choice> {
        if *self == Self::EmailKind {
            let choice = |kind: EmailKind| Choice { name: kind.as_str(), words: kind.words() };
            EmailKind::ALL.map(choice).to_vec()
        } else if *self == Self::Seniority {
            let choice = |level: Seniority| Choice { name: level.as_str(), words: level.words() };
            Seniority::ALL.map(choice).to_vec()
        } else if *self == Self::Function {
            let choice = |work: Function| Choice { name: work.as_str(), words: work.words() };
            Function::ALL.map(choice).to_vec()
        } else {
            Vec::new()
        }
    }

    /// Whether its values are codes or choices, which have one spelling that stands for all.
    pub fn is_coded(&self) -> bool {
        matches!(
            self,
            Self::Country | Self::State | Self::EmailKind | Self::Seniority | Self::Function
        )
    }

    /// The operators that make sense on it.
    ///
    /// Custom attributes have no order: they are text whatever they hold, so 9 would come after 10.
    pub fn operators(&self) -> Vec<Operator> {
        let has_order = !matches!(self, Self::Attribute(_));
        let is_number = self.kind() == ValueKind::Number;
        // The codes of states begin with their country's, so parts of them make sense.
        let is_choice = self.is_coded() && *self != Self::State;
        let fits = |operator: &Operator| match operator.shape() {
            Shape::Missing | Shape::Compare(Comparison::Is | Comparison::OneOf) => true,
            Shape::Compare(Comparison::Below | Comparison::UpTo | Comparison::Between) => {
                has_order && !is_choice
            }
            Shape::Part(_) | Shape::Pattern => !is_number && !is_choice,
        };
        Operator::ALL.into_iter().filter(fits).collect()
    }
}

/// The lead's value of a field; `None` when it has none.
pub fn value_of<'a>(case: &'a Case, field: &Field) -> Option<Value<'a>> {
    let lead = &case.lead;
    let text = match field {
        Field::Email => Cow::Owned(lead.email.as_ref()?.address()),
        Field::EmailDomain => lead.email.as_ref()?.host().into(),
        Field::EmailKind => lead.email.as_ref()?.kind().as_str().into(),
        Field::FirstName => lead.first_name.as_deref()?.into(),
        Field::LastName => lead.last_name.as_deref()?.into(),
        Field::Company => lead.company.as_ref()?.name().into(),
        Field::Domain => lead.domain.as_ref()?.as_str().into(),
        Field::Title => lead.title.as_ref()?.text().into(),
        Field::Seniority => lead.title.as_ref()?.seniority().as_str().into(),
        Field::Function => lead.title.as_ref()?.function().as_str().into(),
        Field::Phone => lead.phone.as_ref()?.as_str().into(),
        Field::Country => lead.country?.code().into(),
        Field::State => lead.state?.code().into(),
        Field::City => lead.city.as_deref()?.into(),
        Field::PostalCode => lead.postal_code.as_deref()?.into(),
        Field::Employees => return Some(Value::Number(lead.employees?.value().into())),
        Field::Industry => lead.industry.as_deref()?.into(),
        Field::Message => lead.message.as_deref()?.into(),
        Field::Source => lead.source.as_str().into(),
        Field::Attribute(name) => lead.attributes.get(name)?.as_str().into(),
    };
    Some(Value::Text(text)).filter(|value| *value != Value::Text(Cow::Borrowed("")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_its_name() {
        for field in Field::known() {
            assert_eq!(Field::parse(&field.name()).as_ref(), Some(field));
        }
        let budget = Field::Attribute("Budget 2026".into());
        assert_eq!(Field::parse("attributes.Budget 2026"), Some(budget.clone()));
        assert_eq!(budget.name(), "attributes.Budget 2026");
    }

    #[test]
    fn a_name_that_is_no_field_is_not_found() {
        let long = format!("attributes.{}", "x".repeat(MAX_ATTRIBUTE + 1));
        for name in ["", "Country", "attributes", "attributes.", "attributes. ", "attributes.a\0b"]
        {
            assert_eq!(Field::parse(name), None, "{name}");
        }
        assert_eq!(Field::parse(&long), None);
    }

    #[test]
    fn every_field_can_be_asked_whether_it_is_missing() {
        for field in Field::known() {
            let operators = field.operators();
            assert!(operators.contains(&Operator::Null) && operators.contains(&Operator::NotNull));
        }
    }
}
