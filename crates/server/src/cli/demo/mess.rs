//! What goes wrong between a person and a lead.

mod spellings;

use lr_core::lead::raw::RawLead;

use super::dice::Dice;
use super::markets::Language;
use super::people::{Person, local_part};

/// A kind of mess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mess {
    /// Sells something, or worse.
    Spam,
    /// Has to write a thesis.
    Student,
    /// Sells the same as we do.
    Competitor,
    /// Looks for work.
    Applicant,
    /// Has sent a lead before.
    Duplicate,
    /// The company's former name or domain.
    Stale,
    /// A private address.
    FreeMail,
    /// The address of a function, such as `info@`.
    RoleAccount,
    /// A slip in the address.
    EmailTypo,
    /// A required field that is empty.
    Missing,
    /// A word that stands for nothing, such as `n/a`.
    Placeholder,
    /// All in one case.
    Casing,
    /// Both names in one field.
    OneName,
    /// A country by another name or spelling.
    Country,
    /// A head count that is not a plain number.
    Employees,
    /// A phone number with signs, brackets, extensions.
    Phone,
    /// Spaces before, after and between.
    Spaces,
}

/// Who the lead says it is: another address, an old company, nothing.
pub fn identity(raw: &mut RawLead, person: &Person, mess: &mut Vec<Mess>, dice: &mut Dice) {
    match dice.below(100) {
        0..=13 => {
            mess.push(Mess::FreeMail);
            raw.email = Some(private_address(person, dice));
            if dice.chance(45) {
                raw.company = None;
                raw.website = None;
            }
        }
        14..=18 => {
            mess.push(Mess::RoleAccount);
            let role = dice.word(&[
                "info", "sales", "office", "kontakt", "contact", "admin", "einkauf", "hello",
            ]);
            raw.email = Some(format!("{role}@{}", person.company.domain));
        }
        _ => {}
    }
    if let Some((name, domain)) = &person.company.former
        && dice.chance(45)
    {
        mess.push(Mess::Stale);
        raw.company = raw.company.is_some().then(|| name.clone());
        raw.email = raw.email.take().map(|email| email.replace(&person.company.domain, domain));
        raw.website = raw.website.is_some().then(|| domain.clone());
    }
}

fn private_address(person: &Person, dice: &mut Dice) -> String {
    const EVERYWHERE: [&str; 6] =
        ["gmail.com", "gmail.com", "gmail.com", "outlook.com", "yahoo.com", "icloud.com"];
    let local_hosts: &[&str] = match person.language {
        Language::German => &["web.de", "gmx.de", "t-online.de", "gmx.net"],
        Language::French => &["orange.fr", "free.fr", "laposte.net"],
        Language::Spanish => &["hotmail.es", "yahoo.es"],
        Language::Portuguese => &["uol.com.br", "bol.com.br"],
        Language::Italian => &["libero.it", "virgilio.it"],
        Language::Polish => &["wp.pl", "onet.pl"],
        Language::Dutch
        | Language::English
        | Language::Nordic
        | Language::Indian
        | Language::Japanese
        | Language::Chinese => &EVERYWHERE,
    };
    let host = if dice.chance(55) { dice.word(local_hosts) } else { dice.word(&EVERYWHERE) };
    let local = local_part(person.first_name, person.last_name, person.language, dice);
    format!("{local}{}@{host}", dice.between(60, 99))
}

/// How the lead says it: as people type, and as programs export.
pub fn spelling(raw: &mut RawLead, person: &Person, mess: &mut Vec<Mess>, dice: &mut Dice) {
    company(raw, person, dice);
    if let Some(country) = &mut raw.country {
        *country = spellings::country(person.company.market, dice).to_owned();
        if *country != person.company.market.code {
            mess.push(Mess::Country);
        }
    }
    if let Some(employees) = &mut raw.employees
        && dice.chance(60)
    {
        *employees = spellings::employees(person.company.employees, dice);
        mess.push(Mess::Employees);
    }
    if let Some(phone) = &mut raw.phone {
        *phone = spellings::phone(phone, person.company.market, dice);
        mess.push(Mess::Phone);
    }
    if dice.chance(9) {
        gaps(raw, mess, dice);
    }
    if dice.permille(35)
        && let Some(email) = &mut raw.email
    {
        *email = spellings::slip(email, dice);
        mess.push(Mess::EmailTypo);
    }
    names(raw, mess, dice);
    if dice.chance(8) {
        for field in
            [&mut raw.email, &mut raw.company, &mut raw.title, &mut raw.city].into_iter().flatten()
        {
            *field = format!(
                "{}{field}{}",
                dice.word(&[" ", "", "\u{A0}"]),
                dice.word(&[" ", "  ", "\t"])
            );
        }
        mess.push(Mess::Spaces);
    }
}

/// The company's name, mostly without its legal form; sometimes as somebody else would write it.
fn company(raw: &mut RawLead, person: &Person, dice: &mut Dice) {
    let form = person.company.legal_form;
    let Some(name) = raw.company.as_mut().filter(|name| **name == person.company.name) else {
        return;
    };
    match dice.below(10) {
        0..=3 if !form.is_empty() => *name = format!("{name} {form}"),
        4 if !form.is_empty() => *name = format!("{name}, {form}"),
        5 => *name = name.replace(' ', ""),
        _ => {}
    }
}

fn gaps(raw: &mut RawLead, mess: &mut Vec<Mess>, dice: &mut Dice) {
    let fields: [&mut Option<String>; 5] =
        [&mut raw.first_name, &mut raw.last_name, &mut raw.company, &mut raw.email, &mut raw.title];
    let index = usize::try_from(dice.below(fields.len() as u64)).unwrap_or_default();
    let Some(field) = fields.into_iter().nth(index) else { return };
    if dice.chance(35) {
        *field = Some(dice.word(&["n/a", "-", "N/A", "none", "test", "xxx", "?", "."]).to_owned());
        mess.push(Mess::Placeholder);
    } else {
        *field = None;
        mess.push(Mess::Missing);
    }
}

fn names(raw: &mut RawLead, mess: &mut Vec<Mess>, dice: &mut Dice) {
    if dice.chance(12)
        && let (Some(first), Some(last)) = (&raw.first_name, &raw.last_name)
    {
        raw.name = Some(match dice.below(4) {
            0 => format!("{last}, {first}"),
            1 => format!("Dr. {first} {last}"),
            _ => format!("{first} {last}"),
        });
        (raw.first_name, raw.last_name) = (None, None);
        mess.push(Mess::OneName);
    }
    if dice.chance(15) {
        let upper = dice.chance(40);
        for field in [&mut raw.first_name, &mut raw.last_name, &mut raw.name, &mut raw.title]
            .into_iter()
            .flatten()
        {
            *field = if upper { field.to_uppercase() } else { field.to_lowercase() };
        }
        mess.push(Mess::Casing);
    }
}
