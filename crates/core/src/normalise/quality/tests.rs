use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::id::LeadId;
use crate::lead::raw::RawLead;
use crate::normalise::normalise;

fn clean(raw: &RawLead) -> Lead {
    normalise(LeadId::new(Uuid::nil()), "form", Timestamp::UNIX_EPOCH, raw).lead
}

fn ada() -> RawLead {
    let text = |text: &str| Some(text.to_owned());
    RawLead {
        first_name: text("Ada"),
        last_name: text("Lovelace"),
        email: text("ada@acme.com"),
        phone: text("+1 415 555 2671"),
        company: text("Acme"),
        website: text("https://acme.com"),
        title: text("VP Sales"),
        country: text("US"),
        city: text("Berlin"),
        employees: text("250"),
        industry: text("Software"),
        ..RawLead::default()
    }
}

fn lost(raw: &RawLead) -> Vec<(&'static str, Flaw, u32)> {
    let quality = Quality::of(&clean(raw));
    quality.reasons.iter().map(|reason| (reason.field, reason.flaw, reason.points)).collect()
}

#[test]
fn a_lead_that_lacks_nothing_has_all_points_and_an_empty_one_none() {
    assert_eq!(Quality::of(&clean(&ada())), Quality { score: BEST, reasons: vec![] });
    assert_eq!(Quality::of(&clean(&RawLead::default())).score, 0);
}

#[test]
fn a_mailbox_that_anybody_can_have_costs_points() {
    let with = |email: &str| lost(&RawLead { email: Some(email.into()), ..ada() });
    assert_eq!(with("ada@mailinator.com"), [("email", Flaw::Weak, 25)]);
    assert_eq!(with("ada@gmail.com"), [("email", Flaw::Weak, 10)]);
    assert_eq!(with("info@acme.com"), [("email", Flaw::Weak, 10)]);
}

#[test]
fn values_that_contradict_each_other_cost_points() {
    let abroad = RawLead { country: Some("DE".into()), ..ada() };
    assert_eq!(lost(&abroad), [("phone", Flaw::Contradicting, 10)]);
    let shared = RawLead { country: Some("CA".into()), ..ada() };
    assert_eq!(lost(&shared), [], "the US and Canada share a calling code");
    let elsewhere = RawLead { website: Some("globex.com".into()), ..ada() };
    assert_eq!(lost(&elsewhere), [("domain", Flaw::Contradicting, 10)]);
}

#[test]
fn a_name_that_cannot_be_one_costs_points() {
    let named = |first: Option<&str>, last: Option<&str>| {
        let lead = Lead {
            first_name: first.map(str::to_owned),
            last_name: last.map(str::to_owned),
            ..clean(&ada())
        };
        Quality::of(&lead).score
    };
    for name in ["x", "Aaaa", "R2D2", "--"] {
        assert_eq!(named(Some(name), Some("Lovelace")), 95, "{name}");
        assert_eq!(named(Some(name), Some(name)), 90, "{name}");
    }
    assert_eq!(named(Some("Ada"), Some("Ada")), 95);
    for name in ["Bo", "林", "Jean-Luc", "O'Hara", "Zoë"] {
        assert_eq!(named(Some(name), Some("Lovelace")), 100, "{name}");
    }
}

/// A lead of which each value is there or not, some of them doubtful or at odds with another.
fn leads() -> impl Strategy<Value = Lead> {
    let pick = |values: &[&'static str]| {
        prop::option::weighted(0.8, prop::sample::select(values.to_vec()).prop_map(String::from))
    };
    let emails = ["ada@acme.com", "info@acme.com", "ada@gmail.com", "ada@mailinator.com"];
    let people = (pick(&["Ada", "aaa"]), pick(&["Ada", "Bo", "aaa"]), pick(&emails));
    let numbers = (pick(&["+14155552671", "+4930901820"]), pick(&["US", "DE"]), pick(&["250"]));
    let companies = (pick(&["Acme"]), pick(&["acme.com", "globex.com"]), pick(&["CEO"]));
    (people, numbers, companies, pick(&["Berlin"]), pick(&["Software"])).prop_map(
        |(person, number, company, city, industry)| {
            let domain = company.1.and_then(|raw| Domain::parse(&raw).ok());
            let lead = clean(&RawLead {
                email: person.2,
                phone: number.0,
                country: number.1,
                employees: number.2,
                company: company.0,
                title: company.2,
                city,
                industry,
                ..RawLead::default()
            });
            Lead { first_name: person.0, last_name: person.1, domain, ..lead }
        },
    )
}

proptest! {
    #[test]
    fn the_reasons_add_up_to_what_is_missing(lead in leads()) {
        let quality = Quality::of(&lead);
        let lost: u32 = quality.reasons.iter().map(|reason| reason.points).sum();
        prop_assert_eq!(quality.score + lost, BEST);
    }

    #[test]
    fn a_lead_that_tells_one_thing_less_never_scores_more(lead in leads()) {
        let score = Quality::of(&lead).score;
        let less = [
            Lead { first_name: None, ..lead.clone() },
            Lead { last_name: None, ..lead.clone() },
            Lead { email: None, ..lead.clone() },
            Lead { phone: None, ..lead.clone() },
            Lead { company: None, ..lead.clone() },
            Lead { domain: None, ..lead.clone() },
            Lead { title: None, ..lead.clone() },
            Lead { country: None, ..lead.clone() },
            Lead { city: None, ..lead.clone() },
            Lead { employees: None, ..lead.clone() },
            Lead { industry: None, ..lead.clone() },
        ];
        for lead in less {
            prop_assert!(Quality::of(&lead).score <= score);
        }
    }
}
