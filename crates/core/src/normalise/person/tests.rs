use proptest::prelude::*;

use super::*;

#[test]
fn a_name_gets_the_capitals_it_is_written_with() {
    let cases = [
        ("ADA", Part::First, "Ada"),
        ("ada", Part::First, "Ada"),
        ("aDa", Part::First, "aDa"),
        ("JEAN-PIERRE", Part::First, "Jean-Pierre"),
        ("JP", Part::First, "JP"),
        ("LI", Part::Last, "Li"),
        ("VAN", Part::Last, "Van"),
        ("O'BRIEN", Part::Last, "O'Brien"),
        ("o’brien", Part::Last, "O’Brien"),
        ("MCDONALD", Part::Last, "McDonald"),
        ("mcdonald", Part::Last, "McDonald"),
        ("VAN DER BERG", Part::Last, "van der Berg"),
        ("de la cruz", Part::Last, "de la Cruz"),
        ("LE PEN", Part::Last, "Le Pen"),
        ("LA TOYA", Part::First, "La Toya"),
        ("SMITH III", Part::Last, "Smith III"),
        ("MÜLLER-LÜDENSCHEIDT", Part::Last, "Müller-Lüdenscheidt"),
        ("ИВАНОВ", Part::Last, "Иванов"),
        ("山田", Part::Last, "山田"),
        ("Mr. Ada", Part::First, "Ada"),
        ("Prof. Dr. ada", Part::First, "Ada"),
        ("Lovelace, PhD", Part::Last, "Lovelace"),
        ("Ma", Part::Last, "Ma"),
        ("Null", Part::Last, "Null"),
        ("Ada\0\u{200b}", Part::First, "Ada"),
    ];
    for (raw, which, clean) in cases {
        assert_eq!(part(raw, which).as_deref(), Ok(clean), "{raw}");
    }
}

#[test]
fn what_is_no_name_is_refused_with_a_reason() {
    let cases = [
        ("", NameError::Placeholder),
        ("n/a", NameError::Placeholder),
        ("null", NameError::Placeholder),
        ("--", NameError::Placeholder),
        ("test", NameError::Placeholder),
        ("ada@acme.com", NameError::Address),
        ("Win a prize http://spam.example", NameError::Address),
        ("12345", NameError::NoLetters),
        ("Mr.", NameError::Honorific),
    ];
    for (raw, why) in cases {
        assert_eq!(part(raw, Part::First), Err(why), "{raw}");
    }
}

#[test]
fn a_whole_name_is_split_where_the_family_name_starts() {
    let cases = [
        ("Ada Lovelace", "Ada", "Lovelace"),
        ("Lovelace, Ada", "Ada", "Lovelace"),
        ("Dr. Ada Lovelace, PhD", "Ada", "Lovelace"),
        ("Ludwig Mies van der Rohe", "Ludwig Mies", "van der Rohe"),
        ("María de la Cruz", "María", "de la Cruz"),
        ("Van Morrison", "Van", "Morrison"),
        ("John Smith Jr.", "John", "Smith Jr."),
        ("John Smith, III", "John", "Smith III"),
        ("Mary Ann Smith", "Mary Ann", "Smith"),
        ("de la Cruz, María José", "María José", "de la Cruz"),
    ];
    for (raw, first, last) in cases {
        assert_eq!(split(raw), (Some(first.to_owned()), Some(last.to_owned())), "{raw}");
    }
    assert_eq!(split("Ada"), (Some("Ada".to_owned()), None));
    assert_eq!(split("山田太郎"), (Some("山田太郎".to_owned()), None));
    assert_eq!(split(" "), (None, None));
}

#[test]
fn a_known_part_is_taken_off_the_whole_name() {
    let rest = |known, which| rest_of("Gabriel García Márquez", known, which);
    assert_eq!(rest("Garcia Marquez", Part::Last).as_deref(), Some("Gabriel"));
    assert_eq!(rest("Gabriel", Part::First).as_deref(), Some("García Márquez"));
    assert_eq!(rest("Gabriela", Part::First), None);
}

proptest! {
    #[test]
    fn a_clean_name_reads_back_as_itself(raw in any::<String>(), plain in "[A-Za-zÄß,.' -]{0,30}") {
        for raw in [raw, plain.to_uppercase(), plain.to_lowercase(), plain] {
            let (first, last) = split(&raw);
            for (raw, which) in [(Some(raw), Part::First), (first, Part::First), (last, Part::Last)] {
                if let Some(Ok(name)) = raw.map(|raw| part(&raw, which)) {
                    prop_assert_eq!(part(&name, which), Ok(name));
                }
            }
        }
    }
}
