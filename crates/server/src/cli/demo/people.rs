//! The people behind the leads: true and complete, before anything goes wrong.

use super::companies::{COMPANIES, Company, company, fill_in};
use super::dice::Dice;
use super::markets::Language;
use super::names::{in_address, names};
use super::titles::{LARGE_BUYERS, titles};

/// A person as he really is.
#[derive(Debug, Clone)]
pub struct Person {
    /// Given name.
    pub first_name: &'static str,
    /// Family name.
    pub last_name: &'static str,
    /// What he speaks; not always the language of his company's country.
    pub language: Language,
    /// His address at work.
    pub email: String,
    /// Job title.
    pub title: &'static str,
    /// National number, without the trunk prefix.
    pub phone: String,
    /// Where he works.
    pub company: Company,
}

/// The `number`-th person; equal numbers give equal people.
pub fn person(seed: u64, number: u64) -> Person {
    let mut dice = Dice::new(seed, "person", number);
    // The lower of two draws: some companies send many people, most send few.
    let company = company(seed, dice.below(COMPANIES).min(dice.below(COMPANIES)));
    let language = if dice.chance(12) { abroad(&mut dice) } else { company.market.language };
    let (given, family) = names(language);
    let (first_name, last_name) = (dice.word(given), dice.word(family));
    let email =
        format!("{}@{}", local_part(first_name, last_name, language, &mut dice), company.domain);
    let title = if company.employees >= 1_000 && dice.chance(40) {
        dice.word(&LARGE_BUYERS)
    } else {
        dice.word(titles(company.market.language))
    };
    let phone = fill_in(company.market.phone, &mut dice);
    Person { first_name, last_name, language, email, title, phone, company }
}

fn abroad(dice: &mut Dice) -> Language {
    use Language::{
        Chinese, English, French, German, Indian, Italian, Nordic, Polish, Portuguese, Spanish,
    };
    let choices =
        [Chinese, English, French, German, Indian, Italian, Nordic, Polish, Portuguese, Spanish];
    dice.of(&choices).copied().unwrap_or(English)
}

/// What stands before the `@`, in one of the ways companies make it.
pub fn local_part(first: &str, last: &str, language: Language, dice: &mut Dice) -> String {
    let (first, last) = (in_address(first, language), in_address(last, language).replace('-', ""));
    let initial: String = first.chars().take(1).collect();
    if first.is_empty() || last.is_empty() {
        return format!("user{}", dice.between(10, 99));
    }
    match dice.below(10) {
        0..=4 => format!("{first}.{last}"),
        5..=6 => format!("{initial}{last}"),
        7 => first,
        8 => format!("{initial}.{last}"),
        _ => format!("{first}_{last}"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_number_is_always_the_same_person() {
        assert_eq!(format!("{:?}", person(7, 42)), format!("{:?}", person(7, 42)));
        assert_ne!(person(7, 42).email, person(8, 42).email);
    }

    #[test]
    fn people_speak_many_languages() {
        let languages: BTreeSet<_> = (0..2_000).map(|number| person(7, number).language).collect();
        assert_eq!(languages.len(), 12);
    }
}
