//! Total, idempotent, free of control characters, and the same after a trip through the stored form.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::normalise::email::Email;
use crate::normalise::phone::Phone;

/// A clean lead's values, as if a source had sent them.
fn sent_again(lead: &Lead) -> RawLead {
    let owned = |text: &str| Some(text.to_owned());
    RawLead {
        first_name: lead.first_name.clone(),
        last_name: lead.last_name.clone(),
        name: None,
        email: lead.email.as_ref().map(Email::address),
        phone: lead.phone.as_ref().map(Phone::with_extension),
        company: lead.company.as_ref().and_then(|company| owned(company.name())),
        website: lead.domain.as_ref().and_then(|domain| owned(domain.as_str())),
        title: lead.title.as_ref().and_then(|title| owned(title.text())),
        country: lead.country.and_then(|country| owned(country.code())),
        state: lead.state.and_then(|state| owned(state.code())),
        city: lead.city.clone(),
        postal_code: lead.postal_code.clone(),
        employees: lead.employees.map(|size| size.to_string()),
        industry: lead.industry.clone(),
        message: lead.message.clone(),
        attributes: lead.attributes.clone(),
    }
}

/// Values as sources send them, whatever the field: sense in the right one, garbage in the others.
const SAMPLES: [&str; 32] = [
    "ADA LOVELACE",
    "Lovelace, Ada",
    "van der berg",
    "O'BRIEN",
    "Dr. Jürgen Müller",
    "山田 太郎",
    "ada@acme.com",
    "Info@MÜNCHEN.de",
    "x@mailinator.com",
    "ada@gmial.com",
    "+1 (415) 555-2671 x12",
    "030 901820",
    "0049 30 901820",
    "1234567",
    "ACME GMBH & CO. KG",
    "株式会社トヨタ",
    "n/a",
    "self employed",
    "https://www.acme.co.uk/x?y=1",
    "localhost",
    "SENIOR VP OF SALES",
    "Geschäftsführerin",
    "Deutschland",
    "USA",
    "U.K.",
    "CA",
    "Georgia",
    "Bayern",
    "51-200",
    "500+",
    "10 000",
    "a\0b\u{202e}\r\n\tc",
];

fn value() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        1 => Just(None),
        3 => any::<String>().prop_map(Some),
        4 => select(&SAMPLES[..]).prop_map(|sample| Some(sample.to_owned())),
        2 => "[0-9a-zA-ZäÖßé@.,+/&'() -]{0,24}".prop_map(Some),
    ]
}

prop_compose! {
    fn raw_lead()(
        values in prop::collection::vec(value(), 15),
        attributes in prop::collection::btree_map(any::<String>(), any::<String>(), 0..4),
    ) -> RawLead {
        let mut values = values.into_iter();
        let mut next = || values.next().flatten();
        RawLead {
            first_name: next(), last_name: next(), name: next(), email: next(), phone: next(), company: next(),
            website: next(), title: next(), country: next(), state: next(), city: next(), postal_code: next(),
            employees: next(), industry: next(), message: next(), attributes,
        }
    }
}

proptest! {
    #[test]
    fn a_clean_lead_received_again_is_the_same_without_a_note(raw in raw_lead()) {
        let once = cleaned(&raw).lead;
        let again = cleaned(&sent_again(&once));
        prop_assert_eq!(told(&again.notes), []);
        prop_assert!(again.lead == once, "{:?} {:?}", sent_again(&once).name, serde_json::to_string(&once));
    }

    #[test]
    fn no_clean_value_and_no_note_holds_control_characters(raw in raw_lead()) {
        let Normalised { lead, notes } = cleaned(&raw);
        let clean = sent_again(&lead);
        prop_assert!(!clean.message.iter().any(|text| text.contains(|c: char| c.is_control() && c != '\n')));
        let others = serde_json::to_string(&RawLead { message: None, ..clean }).unwrap();
        let notes = serde_json::to_string(&notes).unwrap();
        // JSON writes a control character as an escape with a backslash and a small letter.
        for escape in [r"\u00", r"\n", r"\r", r"\t", r"\b", r"\f", "\u{7f}", "\u{85}"] {
            let plain = others.replace(r"\\", "") + &notes.replace(r"\\", "");
            prop_assert!(!plain.contains(escape), "{}", plain);
        }
    }

    #[test]
    fn a_lead_reads_back_from_its_stored_form(raw in raw_lead()) {
        let lead = cleaned(&raw).lead;
        let stored = postcard::to_stdvec(&lead).unwrap();
        prop_assert!(postcard::from_bytes::<Lead>(&stored).unwrap() == lead);
    }
}
