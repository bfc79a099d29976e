//! A row of a file → what it says of an account.

use std::collections::{BTreeMap, BTreeSet};

use lr_core::id::RepId;
use lr_core::identify::Key;
use lr_core::identify::keys::KeyValue;
use lr_core::normalise::MAX_LINE;
use lr_core::normalise::attributes::{MAX_ATTRIBUTE, MAX_ATTRIBUTES};
use lr_core::normalise::company::Company;
use lr_core::normalise::country::{Country, State};
use lr_core::normalise::domain::Domain;
use lr_core::normalise::email::Email;
use lr_core::normalise::phone::Phone;
use lr_core::normalise::size::Employees;
use lr_core::normalise::text;

use super::columns::Column;
use crate::import::sheet::sentence;

/// Longest id of elsewhere, in characters.
const MAX_EXTERNAL_ID: usize = 200;

/// The reps by e-mail address in lower case, and by id.
pub(super) type Reps = BTreeMap<String, RepId>;

/// What a row says. Outside, `None` is what the file has no column for; inside, what is blank.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) external_id: Option<String>,
    pub(super) name: Option<Company>,
    pub(super) domains: Option<Vec<Domain>>,
    pub(super) owner: Option<Option<RepId>>,
    pub(super) country: Option<Option<Country>>,
    pub(super) state: Option<Option<State>>,
    pub(super) employees: Option<Option<u32>>,
    pub(super) industry: Option<Option<String>>,
    pub(super) attributes: BTreeMap<String, Option<String>>,
    /// Phones and addresses of contacts.
    pub(super) keys: BTreeSet<KeyValue>,
}

/// What is wrong with one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ValueFault {
    pub(super) column: usize,
    pub(super) message: String,
    /// Whether the row cannot be taken for it; else the value alone is left out.
    pub(super) fatal: bool,
}

/// Reads a row. An account must not end up under the wrong name, key or owner, so a fault in one of
/// those is fatal.
pub(super) fn read(
    columns: &[Option<Column>],
    values: &[String],
    reps: &Reps,
) -> (Row, Vec<ValueFault>) {
    let mut row = Row::default();
    let mut faults = Vec::new();
    // A country tells how to read the state and the phones, wherever its column stands.
    let of = |wanted: &Column| columns.iter().position(|column| column.as_ref() == Some(wanted));
    let country = of(&Column::Country).and_then(|at| values.get(at));
    let country = country.and_then(|value| Country::parse(value).ok());
    for (index, (column, value)) in columns.iter().zip(values).enumerate() {
        let Some(column) = column else { continue };
        let value = text::line(value, MAX_ATTRIBUTE).text;
        if let Err(message) = row.take(column, &value, country, reps) {
            let fatal = match column {
                Column::ExternalId | Column::Name | Column::Domains | Column::Owner => true,
                Column::Country
                | Column::State
                | Column::Employees
                | Column::Industry
                | Column::Phones
                | Column::Emails
                | Column::Attribute(_) => false,
            };
            faults.push(ValueFault { column: index, message, fatal });
        }
    }
    (row, faults)
}

impl Row {
    fn take(
        &mut self,
        column: &Column,
        value: &str,
        country: Option<Country>,
        reps: &Reps,
    ) -> Result<(), String> {
        match column {
            Column::ExternalId => self.external_id = external_id(value)?,
            Column::Name => self.name = parsed(value, Company::parse)?,
            Column::Domains => self.domains = Some(each(value, Domain::parse)?),
            Column::Owner => self.owner = Some(owner(value, reps)?),
            Column::Country => self.country = Some(parsed(value, Country::parse)?),
            Column::State => self.state = Some(state(value, country)?),
            Column::Employees => {
                let employees = parsed(value, Employees::parse)?;
                self.employees = Some(employees.map(Employees::value));
            }
            Column::Industry => self.industry = Some(line(value, MAX_LINE)),
            Column::Phones => {
                let phones = each(value, |phone| Phone::parse(phone, country))?;
                self.keys.extend(phones.iter().map(KeyValue::phone));
            }
            Column::Emails => {
                self.keys.extend(each(value, Email::parse)?.iter().map(KeyValue::email));
            }
            Column::Attribute(name) if self.attributes.len() < MAX_ATTRIBUTES => {
                self.attributes.insert(name.clone(), line(value, MAX_ATTRIBUTE));
            }
            Column::Attribute(_) => {
                return Err(format!("An account keeps {MAX_ATTRIBUTES} attributes."));
            }
        }
        Ok(())
    }

    /// The keys that it gives an account of this name.
    pub(super) fn keys_of(&self, name: &str) -> BTreeSet<KeyValue> {
        let mut keys = self.keys.clone();
        keys.extend(self.domains.iter().flatten().map(KeyValue::domain));
        keys.extend(Company::parse(name).ok().as_ref().map(KeyValue::name));
        keys
    }
}

/// The kinds of keys that rows with these columns say all of.
pub(super) fn kinds(columns: &[Option<Column>]) -> BTreeSet<Key> {
    let kinds = columns.iter().flatten().filter_map(|column| match column {
        Column::Domains => Some(Key::Domain),
        Column::Phones => Some(Key::Phone),
        Column::Emails => Some(Key::Email),
        Column::ExternalId
        | Column::Name
        | Column::Owner
        | Column::Country
        | Column::State
        | Column::Employees
        | Column::Industry
        | Column::Attribute(_) => None,
    });
    kinds.chain([Key::Name]).collect() // The name is known even where the file does not say it.
}

fn parsed<T, E: std::fmt::Display>(
    value: &str,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Result<Option<T>, String> {
    if value.is_empty() {
        return Ok(None);
    }
    parse(value).map(Some).map_err(|error| refused(value, &error))
}

/// Several values with `;` or `,` between.
fn each<T, E: std::fmt::Display>(
    value: &str,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Result<Vec<T>, String> {
    let parts = value.split([';', ',']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| parse(part).map_err(|error| refused(part, &error))).collect()
}

fn external_id(value: &str) -> Result<Option<String>, String> {
    if value.chars().count() > MAX_EXTERNAL_ID {
        return Err(format!("An id has at most {MAX_EXTERNAL_ID} characters."));
    }
    Ok(line(value, MAX_EXTERNAL_ID))
}

fn owner(value: &str, reps: &Reps) -> Result<Option<RepId>, String> {
    if value.is_empty() {
        return Ok(None);
    }
    let found = reps.get(&text::lower(value)).copied().map(Some);
    found
        .ok_or_else(|| format!("There is no rep with the e-mail address or id `{}`.", shown(value)))
}

fn state(value: &str, country: Option<Country>) -> Result<Option<State>, String> {
    if value.is_empty() {
        return Ok(None);
    }
    let told = || State::telling(value).map(|(state, _)| state);
    let found = country.map_or_else(told, |country| State::parse(value, country));
    let why = "is not a state or province of the country";
    found.map(Some).ok_or_else(|| refused(value, &why))
}

fn line(value: &str, max: usize) -> Option<String> {
    let line = text::line(value, max).text;
    (!line.is_empty()).then_some(line)
}

fn refused(value: &str, why: &impl std::fmt::Display) -> String {
    sentence(&format!("`{}` {why}", shown(value)))
}

fn shown(value: &str) -> String {
    value.chars().take(80).collect()
}
