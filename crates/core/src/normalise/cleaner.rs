//! Cleans one field after the other.

use std::collections::BTreeMap;

use super::company::{self, Company};
use super::country::{Country, State};
use super::domain::Domain;
use super::email::Email;
use super::note::{Notes, quoted};
use super::person::{self, Part};
use super::phone::Phone;
use super::size::Employees;
use super::title::{self, Title};
use super::{MAX_LINE, MAX_MESSAGE, MAX_POSTAL_CODE, Note, attributes, text};
use crate::lead::raw::RawLead;

/// A raw lead, and the notes on the fields that were cleaned so far.
pub(super) struct Cleaner<'a> {
    raw: &'a RawLead,
    notes: Notes,
}

impl<'a> Cleaner<'a> {
    pub(super) fn of(raw: &'a RawLead) -> Self {
        Self { raw, notes: Notes::default() }
    }

    pub(super) fn into_notes(self) -> Vec<Note> {
        self.notes.into_vec()
    }

    pub(super) fn attributes(&mut self) -> BTreeMap<String, String> {
        attributes::clean(&self.raw.attributes, &mut self.notes)
    }

    pub(super) fn names(&mut self) -> (Option<String>, Option<String>) {
        let first = self.name_part("first_name", self.raw.first_name.as_deref(), Part::First);
        let last = self.name_part("last_name", self.raw.last_name.as_deref(), Part::Last);
        let Some(whole) = given(self.raw.name.as_deref()) else { return (first, last) };
        let (from_first, from_last) = match (&first, &last) {
            (Some(_), Some(_)) => return (first, last),
            (Some(first), None) => (None, person::rest_of(whole, first, Part::First)),
            (None, Some(last)) => (person::rest_of(whole, last, Part::Last), None),
            (None, None) => person::split(whole),
        };
        let first = first.or_else(|| self.split_off("first_name", from_first, Part::First));
        let last = last.or_else(|| self.split_off("last_name", from_last, Part::Last));
        (first, last)
    }

    fn name_part(&mut self, field: &'static str, raw: Option<&str>, part: Part) -> Option<String> {
        let raw = given(raw)?;
        match person::part(raw, part) {
            Ok(name) => {
                self.note_spelling(field, raw, &name, person::MAX_NAME);
                Some(name)
            }
            Err(why) => {
                self.notes.dropped(field, raw, why);
                None
            }
        }
    }

    /// A name that was taken out of the whole one.
    fn split_off(
        &mut self,
        field: &'static str,
        raw: Option<String>,
        part: Part,
    ) -> Option<String> {
        let raw = raw?;
        match person::part(&raw, part) {
            Ok(name) => {
                self.notes.concluded(field, &name, "taken from the whole name");
                Some(name)
            }
            Err(why) => {
                self.notes.dropped(field, &raw, why);
                None
            }
        }
    }

    pub(super) fn email(&mut self) -> Option<Email> {
        let raw = given(self.raw.email.as_deref())?;
        let read = match Email::parse(raw) {
            Ok(read) => read,
            Err(why) => {
                self.notes.dropped("email", raw, why);
                return None;
            }
        };
        if let Some(meant) = read.without_typo() {
            let why =
                format!("{} is a usual slip for {}", quoted(read.host()), quoted(meant.host()));
            self.notes.changed("email", raw, &meant.address(), why);
            return Some(meant);
        }
        let why = "written in lower case, without what stood around the address";
        self.notes.changed("email", raw, &read.address(), why);
        Some(read)
    }

    pub(super) fn company(&mut self) -> Option<Company> {
        let raw = given(self.raw.company.as_deref())?;
        match Company::parse(raw) {
            Ok(company) => {
                self.note_spelling("company", raw, company.name(), company::MAX_NAME);
                Some(company)
            }
            Err(why) => {
                self.notes.dropped("company", raw, why);
                None
            }
        }
    }

    pub(super) fn domain(&mut self, email: Option<&Email>) -> Option<Domain> {
        if let Some(raw) = given(self.raw.website.as_deref()) {
            match Domain::parse(raw) {
                Ok(domain) => {
                    let why = "the registered domain of this web address";
                    self.notes.changed("domain", raw, domain.as_str(), why);
                    return Some(domain);
                }
                Err(why) => self.notes.dropped("domain", raw, why),
            }
        }
        let domain = email.and_then(Domain::of_email)?;
        self.notes.concluded("domain", domain.as_str(), "taken from the e-mail address");
        Some(domain)
    }

    pub(super) fn title(&mut self) -> Option<Title> {
        let raw = given(self.raw.title.as_deref())?;
        match Title::parse(raw) {
            Ok(title) => {
                self.note_spelling("title", raw, title.text(), title::MAX_TITLE);
                Some(title)
            }
            Err(why) => {
                self.notes.dropped("title", raw, why);
                None
            }
        }
    }

    pub(super) fn place(&mut self) -> (Option<Country>, Option<State>) {
        let country = self.country();
        let Some(raw) = given(self.raw.state.as_deref()) else { return (country, None) };
        if text::is_placeholder(&text::line(raw, MAX_LINE).text) {
            self.notes.dropped("state", raw, "names no state");
            return (country, None);
        }
        match country {
            Some(country) => (Some(country), self.state_in(country, raw)),
            None => self.state_alone(raw),
        }
    }

    fn country(&mut self) -> Option<Country> {
        let raw = given(self.raw.country.as_deref())?;
        match Country::parse(raw) {
            Ok(country) => {
                let why = format!("{} is {}", country.code(), country.name());
                self.notes.changed("country", raw, country.code(), why);
                Some(country)
            }
            Err(why) => {
                self.notes.dropped("country", raw, why);
                None
            }
        }
    }

    fn state_in(&mut self, country: Country, raw: &str) -> Option<State> {
        let state = State::parse(raw, country);
        match state {
            Some(state) => {
                let why = format!("{} is {}, {}", state.code(), state.name(), country.name());
                self.notes.changed("state", raw, state.code(), why);
            }
            None => {
                let why = format!("is not a state of {} that we know", country.name());
                self.notes.dropped("state", raw, why);
            }
        }
        state
    }

    fn state_alone(&mut self, raw: &str) -> (Option<Country>, Option<State>) {
        let Some((state, country)) = State::telling(raw) else {
            let why = "is not kept: no country is known, and the name alone does not tell it";
            self.notes.dropped("state", raw, why);
            return (None, None);
        };
        let why = format!("{} is in {}", quoted(raw), country.name());
        self.notes.concluded("country", country.code(), why);
        let why = format!("{} is {}, {}", state.code(), state.name(), country.name());
        self.notes.changed("state", raw, state.code(), why);
        (Some(country), Some(state))
    }

    pub(super) fn phone(&mut self, country: Option<Country>) -> Option<Phone> {
        let raw = given(self.raw.phone.as_deref())?;
        match Phone::parse(raw, country) {
            Ok(phone) => {
                let why = "written so that it can be dialled from everywhere (E.164)";
                self.notes.changed("phone", raw, &phone.with_extension(), why);
                Some(phone)
            }
            Err(why) => {
                self.notes.dropped("phone", raw, why);
                None
            }
        }
    }

    pub(super) fn employees(&mut self) -> Option<Employees> {
        let raw = given(self.raw.employees.as_deref())?;
        match Employees::parse(raw) {
            Ok(size) => {
                let to = size.to_string();
                self.notes.changed("employees", raw, &to, format!("read as {to} employees"));
                Some(size)
            }
            Err(why) => {
                self.notes.dropped("employees", raw, why);
                None
            }
        }
    }

    pub(super) fn postal_code(&mut self) -> Option<String> {
        let raw = self.raw.postal_code.as_deref();
        // Tidied first: some characters get letters with a case only by it (`ᵃ`).
        let upper = raw.map(|raw| text::line(raw, MAX_POSTAL_CODE).text.to_uppercase());
        self.line_of("postal_code", raw, upper.as_deref(), MAX_POSTAL_CODE)
    }

    pub(super) fn line(&mut self, field: &'static str, raw: Option<&str>) -> Option<String> {
        self.line_of(field, raw, raw, MAX_LINE)
    }

    /// One line of `cased`, which is `raw` in the case that the field wants.
    fn line_of(
        &mut self,
        field: &'static str,
        raw: Option<&str>,
        cased: Option<&str>,
        max: usize,
    ) -> Option<String> {
        let (raw, cased) = (given(raw)?, cased?);
        let tidy = text::line(cased, max).text;
        if text::is_placeholder(&tidy) {
            self.notes.dropped(field, raw, "says nothing");
            return None;
        }
        self.note_spelling(field, raw, &tidy, max);
        Some(tidy)
    }

    pub(super) fn message(&mut self) -> Option<String> {
        let raw = given(self.raw.message.as_deref())?;
        let tidy = text::lines(raw, MAX_MESSAGE).text;
        self.note_spelling("message", raw, &tidy, MAX_MESSAGE);
        (!tidy.is_empty()).then_some(tidy)
    }

    fn note_spelling(&mut self, field: &'static str, raw: &str, clean: &str, max: usize) {
        self.notes.changed(field, raw, clean, spelling(raw, max));
    }
}

/// What was said, if anything visible was.
fn given(raw: Option<&str>) -> Option<&str> {
    raw.filter(|raw| !text::line(raw, 1).text.is_empty())
}

/// Why a text is not as it came.
pub(super) fn spelling(raw: &str, max: usize) -> String {
    if text::line(raw, max).cut {
        format!("cut after {max} characters")
    } else {
        "spelling, spaces or invisible characters repaired".to_owned()
    }
}
