//! The fields that conditions can ask about: of the lead, and of the account it belongs to.

pub mod account;
pub mod value;

use std::borrow::Cow;

use crate::normalise::email::EmailKind;
use crate::normalise::title::{Function, Seniority};
use crate::rules::field::account::AccountField;
use crate::rules::kind::{Attribute, AttributeTypes, ValueKind};
use crate::rules::operator::{Comparison, Operator, Part, Shape};

/// What stands before the name of a custom attribute in a stored condition.
const ATTRIBUTES: &str = "attributes.";
/// What stands before the name of an account's field in a stored condition.
const ACCOUNT: &str = "account.";

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
    /// `received_at`: when we accepted it.
    ReceivedAt,
    /// `quality`: how much its values tell, from 0 to 100.
    Quality,
    /// `territory`: the lead as a whole, as territories see it.
    Territory,
    /// `attributes.<name>`: a custom attribute of the lead.
    Attribute(Attribute),
    /// `account.…`: a field of the account that the lead belongs to; missing without one.
    Account(AccountField),
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
            Self::ReceivedAt,
            Self::Quality,
            Self::Territory,
            Self::Account(AccountField::Name),
            Self::Account(AccountField::Domain),
            Self::Account(AccountField::Country),
            Self::Account(AccountField::State),
            Self::Account(AccountField::Employees),
            Self::Account(AccountField::Industry),
            Self::Account(AccountField::Owner),
        ]
    }

    /// The field with this stored name; a custom attribute holds what `types` declares.
    pub fn parse(name: &str, types: &AttributeTypes) -> Option<Self> {
        if let Some(name) = name.strip_prefix(ATTRIBUTES) {
            return Attribute::parse(name, &types.lead).map(Self::Attribute);
        }
        let of_account = name.strip_prefix(ACCOUNT).and_then(|rest| rest.strip_prefix(ATTRIBUTES));
        if let Some(name) = of_account {
            let attribute = Attribute::parse(name, &types.account);
            return attribute.map(|it| Self::Account(AccountField::Attribute(it)));
        }
        Self::known().iter().find(|field| field.name() == name).cloned()
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
            Self::ReceivedAt => "received_at",
            Self::Quality => "quality",
            Self::Territory => "territory",
            Self::Attribute(attribute) => {
                return Cow::Owned(format!("{ATTRIBUTES}{}", attribute.name));
            }
            Self::Account(field) => return field.name(),
        })
    }

    /// The name as shown, which begins a sentence; a custom attribute keeps its own.
    pub fn label(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
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
            Self::ReceivedAt => "Received",
            Self::Quality => "Quality",
            Self::Territory => "Territory",
            Self::Attribute(attribute) => &attribute.name,
            Self::Account(field) => return field.label(),
        })
    }

    /// The type of its values.
    pub fn kind(&self) -> ValueKind {
        match self {
            Self::Country => ValueKind::Country,
            Self::State => ValueKind::State,
            Self::Employees | Self::Quality => ValueKind::Number,
            Self::ReceivedAt => ValueKind::Time,
            Self::Territory => ValueKind::Whole,
            Self::Attribute(attribute) => attribute.kind,
            Self::Account(field) => field.kind(),
            Self::Email
            | Self::EmailDomain
            | Self::EmailKind
            | Self::FirstName
            | Self::LastName
            | Self::Company
            | Self::Domain
            | Self::Title
            | Self::Seniority
            | Self::Function
            | Self::Phone
            | Self::City
            | Self::PostalCode
            | Self::Industry
            | Self::Message
            | Self::Source => ValueKind::Text,
        }
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

    /// The operators that make sense on it.
    ///
    /// Custom attributes that are text have no order: 9 would come after 10. Declared as numbers or
    /// times they have one.
    pub fn operators(&self) -> Vec<Operator> {
        let kind = self.kind();
        let is_text = match kind {
            ValueKind::Text => self.choices().is_empty() && !self.is_owner(),
            // A state's code begins with its country's, so parts of it make sense.
            ValueKind::State => true,
            ValueKind::Country
            | ValueKind::Number
            | ValueKind::Boolean
            | ValueKind::Time
            | ValueKind::List
            | ValueKind::Whole => false,
        };
        let has_order = match kind {
            ValueKind::Number | ValueKind::Time => true,
            ValueKind::Text | ValueKind::State => is_text && !self.is_attribute(),
            ValueKind::Country | ValueKind::Boolean | ValueKind::List | ValueKind::Whole => false,
        };
        let is_whole = kind == ValueKind::Whole;
        let fits = |operator: &Operator| match operator.shape() {
            Shape::Missing => !is_whole,
            Shape::Compare(Comparison::Is) => !is_whole && kind != ValueKind::List,
            Shape::Compare(Comparison::OneOf) => !is_whole && kind != ValueKind::Boolean,
            Shape::Compare(Comparison::Below | Comparison::UpTo | Comparison::Between) => has_order,
            Shape::Part(Part::Anywhere) => is_text || kind == ValueKind::List,
            Shape::Part(Part::Beginning | Part::End) | Shape::Pattern => is_text,
            Shape::Within(_) => kind == ValueKind::Time,
            Shape::Territory => is_whole,
        };
        Operator::ALL.into_iter().filter(fits).collect()
    }

    /// Whether it is a custom attribute, of the lead or of its account.
    pub fn is_attribute(&self) -> bool {
        matches!(self, Self::Attribute(_) | Self::Account(AccountField::Attribute(_)))
    }

    /// Whether its values are codes or choices, which have one spelling that stands for all.
    pub fn is_coded(&self) -> bool {
        let is_place = matches!(self.kind(), ValueKind::Country | ValueKind::State);
        is_place || self.is_owner() || !self.choices().is_empty()
    }

    pub(super) fn is_owner(&self) -> bool {
        *self == Self::Account(AccountField::Owner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(name: &str) -> Option<Field> {
        Field::parse(name, &AttributeTypes::default())
    }

    #[test]
    fn every_field_is_found_by_its_name() {
        for field in Field::known() {
            assert_eq!(parse(&field.name()).as_ref(), Some(field));
        }
        for name in ["attributes.Budget 2026", "account.attributes.Budget 2026"] {
            let budget = parse(name).unwrap();
            assert_eq!((budget.name().as_ref(), budget.kind()), (name, ValueKind::Text));
        }
    }

    #[test]
    fn an_attribute_of_a_lead_and_of_an_account_each_hold_what_is_declared_for_them() {
        let types = AttributeTypes {
            lead: [("seats".to_owned(), ValueKind::Number)].into(),
            account: [("seats".to_owned(), ValueKind::List)].into(),
        };
        let kind = |name| Field::parse(name, &types).unwrap().kind();
        assert_eq!(kind("attributes.seats"), ValueKind::Number);
        assert_eq!(kind("account.attributes.seats"), ValueKind::List);
        assert_eq!(kind("attributes.Seats"), ValueKind::Text);
    }

    #[test]
    fn a_name_that_is_no_field_is_not_found() {
        let long = format!("attributes.{}", "x".repeat(Attribute::MAX_NAME + 1));
        let names = [
            "",
            "Country",
            "attributes",
            "attributes.",
            "attributes. ",
            "attributes.a\0b",
            "account",
            "account.",
            "account.title",
            "account.attributes.",
        ];
        for name in names {
            assert_eq!(parse(name), None, "{name}");
        }
        assert_eq!(parse(&long), None);
    }

    #[test]
    fn every_field_can_be_asked_whether_it_is_missing_but_the_lead_as_a_whole() {
        for field in Field::known() {
            let operators = field.operators();
            let asked =
                operators.contains(&Operator::Null) && operators.contains(&Operator::NotNull);
            assert_eq!(asked, *field != Field::Territory, "{field:?}");
        }
        let of_territory = [Operator::InTerritory, Operator::NotInTerritory];
        assert_eq!(Field::Territory.operators(), of_territory);
    }
}
