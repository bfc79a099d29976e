//! The leads, as forms, lists and integrations deliver them: mostly buyers, some not.

use lr_core::lead::raw::RawLead;

use super::companies::COMPANIES;
use super::dice::Dice;
use super::mess::{self, Mess};
use super::messages::{APPLICANTS, SPAM, STUDENTS, inquiries};
use super::people::{Person, local_part, person};

/// Where leads come from, with how many of 1,000 do.
pub const SOURCES: [(u64, &str); 7] = [
    (380, "Website"),
    (220, "Demo request"),
    (150, "Product sign-up"),
    (100, "Webinar"),
    (60, "Trade show"),
    (50, "Partner referral"),
    (40, "Newsletter"),
];

/// Vendors of the same kind of product, who look at it now and then.
pub const COMPETITORS: [&str; 5] =
    ["leadmarshal.com", "routewright.io", "assignery.com", "dispatchly.app", "queuecrest.com"];

/// One lead as it arrives.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// Its number; equal seeds and numbers give equal leads.
    pub number: u64,
    /// One of [`SOURCES`].
    pub source: &'static str,
    /// What was sent.
    pub raw: RawLead,
    /// What is wrong with it, each kind once.
    pub mess: Vec<Mess>,
    /// IANA name of the zone it comes from.
    pub zone: &'static str,
}

/// The `number`-th lead.
pub fn lead(seed: u64, number: u64) -> Arrival {
    let mut dice = Dice::new(seed, "lead", number);
    let source = dice.weighted(&SOURCES).copied().unwrap_or_default();
    let (number_of_person, again) = author(seed, number);
    let person = person(seed, number_of_person);
    let mut mess = Vec::new();
    if again {
        mess.push(Mess::Duplicate);
    }
    let mut raw = filled_in(&person, source, &mut dice);
    let other = [
        (35, Mess::Spam),
        (20, Mess::Student),
        (10, Mess::Competitor),
        (12, Mess::Applicant),
        (923, Mess::Spaces),
    ];
    match dice.weighted(&other) {
        Some(Mess::Spam) => spam(&mut raw, &mut mess, &mut dice),
        Some(Mess::Student) => student(&mut raw, &person, &mut mess, &mut dice),
        Some(Mess::Competitor) => competitor(&mut raw, &person, &mut mess, &mut dice),
        Some(Mess::Applicant) => {
            raw.message = Some(dice.word(&APPLICANTS).to_owned());
            mess.push(Mess::Applicant);
        }
        _ => mess::identity(&mut raw, &person, &mut mess, &mut dice),
    }
    mess::spelling(&mut raw, &person, &mut mess, &mut dice);
    Arrival { number, source, raw, mess, zone: person.company.market.zone }
}

/// Who sends the `number`-th lead, and whether he has sent one before.
fn author(seed: u64, number: u64) -> (u64, bool) {
    let mut dice = Dice::new(seed, "author", number);
    if number == 0 || !dice.permille(80) {
        return (number, false);
    }
    // Most come back within days; each step back is to an earlier lead, so this ends.
    let farthest = if dice.chance(70) { 300 } else { 6_000 };
    let back = dice.between(1, farthest).min(number);
    (author(seed, number - back).0, true)
}

/// What the person would send if all went well; sources ask for more or less.
fn filled_in(person: &Person, source: &str, dice: &mut Dice) -> RawLead {
    let company = &person.company;
    let (town, state, postal) = &company.town;
    let form = matches!(source, "Website" | "Demo request");
    let some = |wanted: bool, value: &str| (wanted && !value.is_empty()).then(|| value.to_owned());
    let message = dice.word(inquiries(person.language));
    let mut lead = RawLead {
        first_name: some(true, person.first_name),
        last_name: some(true, person.last_name),
        name: None,
        email: some(true, &person.email),
        phone: some(dice.chance(55), &person.phone),
        company: some(true, company.name.as_str()),
        website: some(dice.chance(35), &company.domain),
        title: some(dice.chance(78), person.title),
        country: some(dice.chance(93), company.market.code),
        state: some(dice.chance(65), state),
        city: some(dice.chance(45), town),
        postal_code: some(dice.chance(25), postal),
        employees: some(dice.chance(84), &company.employees.to_string()),
        industry: some(dice.chance(40), company.industry),
        message: some(dice.chance(if form { 65 } else { 8 }), message),
        attributes: Default::default(),
    };
    attributes(&mut lead, source, dice);
    lead
}

/// What each source knows besides.
fn attributes(lead: &mut RawLead, source: &str, dice: &mut Dice) {
    let mut set =
        |name: &str, value: &str| lead.attributes.insert(name.to_owned(), value.to_owned());
    match source {
        "Trade show" => {
            set(
                "event",
                dice.word(&["Hannover Messe", "SaaStr Annual", "Web Summit", "Money20/20"]),
            );
            set("rating", dice.word(&["hot", "Hot", "warm", "warm", "cold"]));
        }
        "Webinar" => {
            set("webinar", dice.word(&["Fair routing in 30 minutes", "RevOps for two CRMs"]));
            set("attended", dice.word(&["yes", "yes", "no"]));
        }
        "Product sign-up" => {
            set("plan", dice.word(&["free", "free", "starter", "pro trial"]));
            set("seats", &dice.between(1, 40).to_string());
        }
        "Partner referral" => {
            set(
                "partner",
                dice.word(&["Halden Partners", "CRM Werkstatt", "Blue Harbor Advisory"]),
            );
        }
        _ if dice.chance(60) => {
            set(
                "utm_source",
                dice.word(&["google", "linkedin", "g2", "newsletter", "Google", "(direct)"]),
            );
            set("utm_campaign", dice.word(&["brand", "q3-routing", "competitors", "retargeting"]));
        }
        _ => {}
    }
}

fn spam(raw: &mut RawLead, mess: &mut Vec<Mess>, dice: &mut Dice) {
    mess.push(Mess::Spam);
    raw.message = dice.chance(85).then(|| dice.word(&SPAM).to_owned());
    raw.title = None;
    raw.employees = None;
    raw.company = dice
        .chance(50)
        .then(|| dice.word(&["SEO Experts", "google", "test", "-", "asdf"]).to_owned());
    raw.website = None;
    let hosts = ["mailinator.com", "yopmail.com", "gmail.com", "outlook.com", "guerrillamail.com"];
    let name = dice.word(&["seo.team", "marketing", "john", "offers", "info"]);
    raw.email = Some(format!("{name}{}@{}", dice.below(1_000), dice.word(&hosts)));
}

fn student(raw: &mut RawLead, person: &Person, mess: &mut Vec<Mess>, dice: &mut Dice) {
    const SCHOOLS: [(&str, &str); 6] = [
        ("Universität Mannheim", "stud.uni-mannheim.example"),
        ("State University", "students.stateuniversity.edu"),
        ("University of Westbridge", "westbridge.ac.uk"),
        ("Université de Lyon", "etu.univ-lyon.example"),
        ("Polytechnic Institute", "polytechnic.edu"),
        ("National University", "nus-example.edu.sg"),
    ];
    mess.push(Mess::Student);
    let (school, host) = dice.of(&SCHOOLS).copied().unwrap_or_default();
    let local = local_part(person.first_name, person.last_name, person.language, dice);
    raw.email = Some(format!("{local}@{host}"));
    raw.company = Some(school.to_owned());
    raw.website = None;
    raw.title = dice
        .chance(60)
        .then(|| dice.word(&["Student", "student", "PhD student", "MBA student"]).to_owned());
    raw.employees = None;
    raw.message = Some(dice.word(&STUDENTS).to_owned());
}

fn competitor(raw: &mut RawLead, person: &Person, mess: &mut Vec<Mess>, dice: &mut Dice) {
    mess.push(Mess::Competitor);
    let host = dice.word(&COMPETITORS);
    let local = local_part(person.first_name, person.last_name, person.language, dice);
    raw.email = Some(format!("{local}@{host}"));
    raw.company = dice.chance(30).then(|| host.split('.').next().unwrap_or_default().to_owned());
    raw.website = None;
    raw.message = None;
}

/// The domains of companies that are customers already: every sixteenth.
pub fn customers(seed: u64) -> Vec<String> {
    (0..COMPANIES)
        .step_by(16)
        .map(|number| super::companies::company(seed, number).domain)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_leads() {
        for number in [0, 1, 4_711] {
            assert_eq!(lead(7, number).raw, lead(7, number).raw);
        }
        assert_ne!(lead(7, 1).raw, lead(8, 1).raw);
    }

    #[test]
    fn every_kind_of_mess_is_as_common_as_in_life() {
        let mut counts = BTreeMap::new();
        for mess in (0..10_000).flat_map(|number| lead(7, number).mess) {
            *counts.entry(mess).or_insert(0_u32) += 1;
        }
        // Of 10,000 leads, at least and at most.
        let bounds = [
            (Mess::Spam, 270..430),
            (Mess::Student, 140..260),
            (Mess::Competitor, 60..150),
            (Mess::Applicant, 70..170),
            (Mess::Duplicate, 650..950),
            (Mess::Stale, 400..1_100),
            (Mess::FreeMail, 1_100..1_500),
            (Mess::RoleAccount, 350..600),
            (Mess::EmailTypo, 250..450),
            (Mess::Missing, 400..750),
            (Mess::Placeholder, 200..450),
            (Mess::Casing, 1_200..1_800),
            (Mess::OneName, 950..1_400),
            (Mess::Country, 3_500..6_500),
            (Mess::Employees, 3_500..5_500),
            (Mess::Phone, 4_500..6_500),
            (Mess::Spaces, 600..1_000),
        ];
        for (mess, bound) in bounds {
            let count = counts.remove(&mess).unwrap_or_default();
            assert!(bound.contains(&count), "{mess:?}: {count}");
        }
        assert!(counts.is_empty(), "{counts:?}");
    }

    #[test]
    fn a_person_who_comes_again_is_the_same_person() {
        let again = (0..).find(|number| author(7, *number).1).unwrap();
        let (first, _) = author(7, again);
        assert!(first < again);
        assert_eq!(author(7, first), (first, false));
    }
}
