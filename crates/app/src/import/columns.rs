//! The names of the columns → what becomes of them.

mod synonyms;

use std::collections::BTreeSet;

use lr_core::lead::raw::RawLead;

/// A field of a lead that a column can fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Given name.
    FirstName,
    /// Family name.
    LastName,
    /// Both in one.
    Name,
    /// E-mail address.
    Email,
    /// Telephone number.
    Phone,
    /// Company name.
    Company,
    /// Web address or domain.
    Website,
    /// Job title.
    Title,
    /// Country.
    Country,
    /// State, province or region.
    State,
    /// Town.
    City,
    /// Postal code.
    PostalCode,
    /// Head count.
    Employees,
    /// Industry.
    Industry,
    /// What the person wrote.
    Message,
}

impl Field {
    /// The name the API uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Name => "name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Company => "company",
            Self::Website => "website",
            Self::Title => "title",
            Self::Country => "country",
            Self::State => "state",
            Self::City => "city",
            Self::PostalCode => "postal_code",
            Self::Employees => "employees",
            Self::Industry => "industry",
            Self::Message => "message",
        }
    }

    fn of(self, lead: &mut RawLead) -> &mut Option<String> {
        match self {
            Self::FirstName => &mut lead.first_name,
            Self::LastName => &mut lead.last_name,
            Self::Name => &mut lead.name,
            Self::Email => &mut lead.email,
            Self::Phone => &mut lead.phone,
            Self::Company => &mut lead.company,
            Self::Website => &mut lead.website,
            Self::Title => &mut lead.title,
            Self::Country => &mut lead.country,
            Self::State => &mut lead.state,
            Self::City => &mut lead.city,
            Self::PostalCode => &mut lead.postal_code,
            Self::Employees => &mut lead.employees,
            Self::Industry => &mut lead.industry,
            Self::Message => &mut lead.message,
        }
    }
}

/// What a column's values become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A field of the lead.
    Field(Field),
    /// A custom attribute of this name.
    Attribute(String),
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading, tidied.
    pub heading: String,
    /// What its values become.
    pub target: Target,
    /// The field that it would have filled, had an earlier column not been first.
    pub taken: Option<Field>,
}

/// Longest heading and attribute name, in characters.
const LONGEST_NAME: usize = 64;

/// Finds out what each column is by its heading.
///
/// Headings are compared without case, accents and punctuation. An unknown column becomes an
/// attribute under its own name; so does the second of two columns for the same field. A name that
/// is there already gets a number.
pub fn columns(headings: &[String]) -> Vec<Column> {
    let mut fields = BTreeSet::new();
    let mut names = BTreeSet::new();
    let mut columns = Vec::with_capacity(headings.len());
    for (index, (raw, field)) in headings.iter().zip(synonyms::fields(headings)).enumerate() {
        let heading = tidy(raw, index);
        let (target, taken) = match field {
            Some(field) if fields.insert(field) => (Target::Field(field), None),
            taken => (Target::Attribute(unique(&heading, &mut names)), taken),
        };
        columns.push(Column { heading, target, taken });
    }
    columns
}

/// The lead that a row's values make; values that are empty or blank are absent.
///
/// Nothing else is changed here: the raw lead is what the file said.
pub fn lead(columns: &[Column], values: Vec<String>) -> RawLead {
    let mut lead = RawLead::default();
    for (column, value) in columns.iter().zip(values) {
        if value.trim().is_empty() {
            continue;
        }
        match &column.target {
            Target::Field(field) => *field.of(&mut lead) = Some(value),
            Target::Attribute(name) => {
                lead.attributes.insert(name.clone(), value);
            }
        }
    }
    lead
}

/// One line, single spaces, no control characters, not too long, never empty.
fn tidy(heading: &str, index: usize) -> String {
    let printable: String =
        heading.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let words: Vec<&str> = printable.split_whitespace().collect();
    let name: String = words.join(" ").chars().take(LONGEST_NAME).collect();
    if name.is_empty() { format!("column {}", index + 1) } else { name }
}

/// `name`, or `name 2`, `name 3`… if it is taken; upper and lower case do not tell names apart.
fn unique(name: &str, names: &mut BTreeSet<String>) -> String {
    let mut number = 1_u32;
    let mut candidate = name.to_owned();
    while !names.insert(candidate.to_lowercase()) {
        number += 1;
        candidate = format!("{name} {number}");
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(headings: &[&str]) -> Vec<Target> {
        let headings: Vec<String> = headings.iter().map(|&heading| heading.to_owned()).collect();
        columns(&headings).into_iter().map(|column| column.target).collect()
    }

    fn attribute(name: &str) -> Target {
        Target::Attribute(name.to_owned())
    }

    #[test]
    fn an_unknown_column_becomes_an_attribute_under_its_own_name() {
        assert_eq!(
            targets(&["  Lead\n Source ", "", "E-Mail"]),
            [attribute("Lead Source"), attribute("column 2"), Target::Field(Field::Email)]
        );
    }

    #[test]
    fn the_first_of_two_columns_for_a_field_wins_and_the_other_is_kept() {
        let columns = columns(&["Email".to_owned(), "E-mail address".to_owned()]);
        assert_eq!(columns[0].target, Target::Field(Field::Email));
        assert_eq!(columns[1].target, attribute("E-mail address"));
        assert_eq!(columns[1].taken, Some(Field::Email));
    }

    #[test]
    fn equal_headings_are_numbered() {
        assert_eq!(
            targets(&["Score", "score", "SCORE", "score 2"]),
            [
                attribute("Score"),
                attribute("score 2"),
                attribute("SCORE 3"),
                attribute("score 2 2")
            ]
        );
    }

    #[test]
    fn blank_values_are_absent_and_others_stay_as_they_were() {
        let columns = columns(&["Email".to_owned(), "City".to_owned(), "Score".to_owned()]);
        let values = [" Ada@X.io ", "  ", "7"].map(str::to_owned).to_vec();
        let lead = lead(&columns, values);
        assert_eq!(lead.email.as_deref(), Some(" Ada@X.io "));
        assert_eq!(lead.city, None);
        assert_eq!(lead.attributes["Score"], "7");
    }
}
