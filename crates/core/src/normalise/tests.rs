mod properties;

use uuid::Uuid;

use super::attributes::{MAX_ATTRIBUTE, MAX_ATTRIBUTES};
use super::country::{Country, State};
use super::*;

fn cleaned(raw: &RawLead) -> Normalised {
    normalise(LeadId::new(Uuid::nil()), "api", Timestamp::UNIX_EPOCH, raw)
}

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

/// Field, received, became, why.
fn told(notes: &[Note]) -> Vec<(&str, &str, Option<&str>, &str)> {
    notes.iter().map(|n| (n.field, n.from.as_str(), n.to.as_deref(), n.why.as_str())).collect()
}

#[test]
fn a_messy_lead_becomes_clean_and_says_how() {
    let raw = RawLead {
        name: text("LOVELACE, Dr. ADA"),
        email: text(" Ada@ACME.co.uk "),
        phone: text("020 7946 0958"),
        company: text("ACME INDUSTRIES LTD"),
        title: text("vp of sales"),
        country: text("England"),
        employees: text("1k-5k"),
        ..RawLead::default()
    };
    let Normalised { lead, notes } = cleaned(&raw);
    assert_eq!(lead.first_name.as_deref(), Some("Ada"));
    assert_eq!(lead.last_name.as_deref(), Some("Lovelace"));
    let expected = [
        ("first_name", "", Some("Ada"), "taken from the whole name"),
        ("last_name", "", Some("Lovelace"), "taken from the whole name"),
        (
            "email",
            "Ada@ACME.co.uk",
            Some("ada@acme.co.uk"),
            "written in lower case, without what stood around the address",
        ),
        (
            "company",
            "ACME INDUSTRIES LTD",
            Some("Acme Industries Ltd"),
            "spelling, spaces or invisible characters repaired",
        ),
        ("domain", "", Some("acme.co.uk"), "taken from the e-mail address"),
        (
            "title",
            "vp of sales",
            Some("VP of Sales"),
            "spelling, spaces or invisible characters repaired",
        ),
        ("country", "England", Some("GB"), "GB is United Kingdom"),
        (
            "phone",
            "020 7946 0958",
            Some("+442079460958"),
            "written so that it can be dialled from everywhere (E.164)",
        ),
        ("employees", "1k-5k", Some("1000-5000"), "read as 1000-5000 employees"),
    ];
    assert_eq!(told(&notes), expected);
}

#[test]
fn what_is_refused_is_dropped_and_says_why() {
    let raw = RawLead {
        first_name: text("n/a"),
        email: text("ada(at)acme"),
        phone: text("+1 (415) 555"),
        company: text("self-employed"),
        website: text("gmail.com"),
        country: text("+49"),
        state: text("WA"),
        employees: text("9,999,999"),
        city: text("-"),
        ..RawLead::default()
    };
    let Normalised { lead, notes } = cleaned(&raw);
    assert_eq!(lead, cleaned(&RawLead::default()).lead);
    let whys: Vec<&str> = notes.iter().map(|note| note.why.as_str()).collect();
    let expected = [
        "`n/a` does not name a person",
        "`ada(at)acme` is not an e-mail address: it needs a name, an @ and a host",
        "`self-employed` does not name a company",
        "`gmail.com` belongs to a mail provider, so it tells nothing about the company",
        "`+49` is a dialling code, which does not tell the country",
        "`WA` is not kept: no country is known, and the name alone does not tell it",
        "`+1 (415) 555` is not a phone number we can dial",
        "`-` says nothing",
        "`9,999,999` cannot be right: no company has that many employees",
    ];
    assert_eq!(whys, expected);
    assert!(notes.iter().all(|note| note.to.is_none()));
}

#[test]
fn a_slip_in_a_mail_host_is_mended_and_named() {
    let raw = RawLead { email: text("ada@gmial.com"), ..RawLead::default() };
    let Normalised { lead, notes } = cleaned(&raw);
    assert_eq!(lead.email.unwrap().address(), "ada@gmail.com");
    assert_eq!(lead.domain, None);
    let why = "`gmial.com` is a usual slip for `gmail.com`";
    assert_eq!(told(&notes), [("email", "ada@gmial.com", Some("ada@gmail.com"), why)]);
}

#[test]
fn the_website_tells_the_domain_before_the_address_does() {
    let domain = |website: &str, email: &str| {
        let raw = RawLead { website: text(website), email: text(email), ..RawLead::default() };
        cleaned(&raw).lead.domain.map(|domain| domain.as_str().to_owned())
    };
    assert_eq!(domain("https://acme.com", "ada@mail.acme.de").as_deref(), Some("acme.com"));
    assert_eq!(domain("not a site", "ada@mail.acme.de").as_deref(), Some("acme.de"));
    assert_eq!(domain("", "ada@gmail.com"), None);
}

#[test]
fn a_state_tells_the_country_only_when_none_is_known() {
    let place = |country: &str, state: &str| {
        let raw = RawLead { country: text(country), state: text(state), ..RawLead::default() };
        let lead = cleaned(&raw).lead;
        (lead.country.map(Country::code), lead.state.map(State::code))
    };
    assert_eq!(place("", "California"), (Some("US"), Some("US-CA")));
    assert_eq!(place("Atlantis", "California"), (Some("US"), Some("US-CA")));
    assert_eq!(place("Germany", "California"), (Some("DE"), None));
    assert_eq!(place("", "Georgia"), (None, None));
}

#[test]
fn a_missing_part_comes_from_the_whole_name() {
    let names = |first: &str, last: &str, name: &str| {
        let raw = RawLead {
            first_name: text(first),
            last_name: text(last),
            name: text(name),
            ..RawLead::default()
        };
        let lead = cleaned(&raw).lead;
        (lead.first_name.unwrap_or_default(), lead.last_name.unwrap_or_default())
    };
    let both = |first: &str, last: &str| (first.to_owned(), last.to_owned());
    assert_eq!(names("", "", "Ada Lovelace"), both("Ada", "Lovelace"));
    assert_eq!(names("Ada", "", "Ada King Lovelace"), both("Ada", "King Lovelace"));
    assert_eq!(
        names("", "García Márquez", "Gabriel García Márquez"),
        both("Gabriel", "García Márquez")
    );
    assert_eq!(names("Ada", "Lovelace", "Somebody Else"), both("Ada", "Lovelace"));
}

#[test]
fn long_values_are_cut_and_say_so() {
    let raw = RawLead {
        message: text(&"a".repeat(6_000)),
        attributes: [("note".to_owned(), "b".repeat(2_000))].into(),
        ..RawLead::default()
    };
    let Normalised { lead, notes } = cleaned(&raw);
    assert_eq!(lead.message.unwrap().len(), MAX_MESSAGE);
    assert_eq!(lead.attributes["note"].len(), MAX_ATTRIBUTE);
    let whys: Vec<&str> = notes.iter().map(|note| note.why.as_str()).collect();
    assert_eq!(whys, ["cut after 5000 characters", "value of `note`: cut after 1000 characters"]);
    assert!(notes.iter().all(|note| note.from.chars().count() <= MAX_SHOWN + 1));
}

#[test]
fn attributes_are_tidied_and_counted() {
    let attributes = (0..130).map(|n| (format!("a{n:03}"), n.to_string())).collect();
    let mut raw = RawLead { attributes, ..RawLead::default() };
    let Normalised { lead, notes } = cleaned(&raw);
    assert_eq!(lead.attributes.len(), MAX_ATTRIBUTES);
    let why = "a lead keeps its first 100 attributes, by name";
    assert_eq!(told(&notes), [("attributes", "130 attributes", Some("100 attributes"), why)]);

    let pairs = [(" plan", "pro"), ("plan", "free"), ("\0", "lost"), ("empty", " "), ("no", "no")];
    raw.attributes = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let Normalised { lead, notes } = cleaned(&raw);
    let kept: Vec<(&str, &str)> =
        lead.attributes.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(kept, [("no", "no"), ("plan", "pro")]);
    assert_eq!(notes.len(), 2);
}

#[test]
fn debug_output_tells_nothing_about_the_person() {
    let raw = RawLead {
        name: text("Ada Lovelace"),
        phone: text("n/a"),
        email: text("ADA@acme.com"),
        ..RawLead::default()
    };
    let shown = format!("{raw:?} {:?}", cleaned(&raw)).to_lowercase();
    assert!(!shown.contains("ada") && !shown.contains("lovelace"), "{shown}");
}
