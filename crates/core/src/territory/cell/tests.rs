//! What cells say, and what they refuse.

use super::*;

fn usual(field: Field) -> Column {
    Column::usual(field).unwrap()
}

fn germany() -> Vec<Country> {
    vec![Country::from_code("DE").unwrap()]
}

fn reads(raw: &str, column: &Column, countries: &[Country]) -> String {
    let values = parse(raw, column, countries).unwrap_or_else(|why| panic!("{raw}: {why}"));
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")
}

#[test]
fn places_are_read_by_name_and_by_code() {
    let (country, state) = (usual(Field::Country), usual(Field::State));
    assert_eq!(reads("Germany; at;UK", &country, &[]), "DE|AT|GB");
    assert_eq!(reads("Bavaria;DE-BE", &state, &germany()), "DE-BY|DE-BE");
    assert_eq!(reads("California", &state, &[]), "US-CA");
    let us_and_ca = ["US", "CA"].map(|code| Country::from_code(code).unwrap());
    assert_eq!(reads("NY;Ontario", &state, &us_and_ca), "US-NY|CA-ON");
}

#[test]
fn bands_are_read_in_every_usual_spelling() {
    let band = usual(Field::Employees);
    assert_eq!(reads("51-200; 200+;1k-5k;<10;7", &band, &[]), "51-200|200+|1000-5000|1-9|7");
    let budget = Column::new(Field::Attribute("Budget".into()), Matching::Range).unwrap();
    assert_eq!(reads("0-10k;1M+;5", &budget, &[]), "0-10000|1000000+|5");
}

#[test]
fn a_blank_cell_has_no_value_and_a_value_stands_once() {
    let industry = usual(Field::Industry);
    assert_eq!(reads(" ;; ", &industry, &[]), "");
    assert_eq!(reads("Retail;Retail ; Wholesale", &industry, &[]), "Retail|Wholesale");
    let seniority = usual(Field::Seniority);
    assert_eq!(reads("VP;Vice president", &seniority, &[]), "vp");
}

#[test]
fn what_cannot_be_meant_is_refused_with_what_to_do() {
    let cases = [
        (Field::Country, "Elbonia", "ISO 3166"),
        (Field::State, "Texas", "not a state of Germany"),
        (Field::Employees, "200-51", "ends below its start"),
        (Field::Employees, "many", "such as 250"),
        (Field::Domain, "gmail.com", "mail provider"),
        (Field::Domain, "acme", "such as acme.com"),
        (Field::Seniority, "wizard", "use one of"),
        (Field::PostalCode, "-", "no letter and no digit"),
    ];
    for (field, raw, what) in cases {
        let why = parse(raw, &usual(field), &germany()).unwrap_err();
        assert!(why.contains(what), "{raw}: {why}");
    }
    let shared = parse("Georgia", &usual(Field::State), &[]).unwrap_err();
    assert!(shared.contains("fill in the country"), "{shared}");
}

#[test]
fn ranges_of_other_numbers_are_refused_like_bands() {
    let budget = Column::new(Field::Attribute("Budget".into()), Matching::Range).unwrap();
    for raw in ["9-1", "x", "1-2-3", "-5", "+", "99999999999999999999", "9223372036854775807"] {
        assert!(parse(raw, &budget, &[]).is_err(), "{raw}");
    }
}

#[test]
fn too_many_and_too_long_values_are_refused() {
    let industry = usual(Field::Industry);
    let many: Vec<_> = (0..=MAX_VALUES).map(|number| format!("i{number}")).collect();
    assert!(parse(&many.join(";"), &industry, &[]).unwrap_err().contains("at most"));
    assert!(parse(&"x".repeat(MAX_VALUE + 1), &industry, &[]).unwrap_err().contains("too long"));
}

#[test]
fn postal_codes_compare_without_spaces_and_dashes() {
    let postal = usual(Field::PostalCode);
    let asked = Asked::Text(postal.key("SW1A 1AA").into_owned());
    let cell = parse("sw1a1; sw1-a", &postal, &[]).unwrap();
    assert_eq!(fit(&cell, &postal, Some(&asked)), Some(Fit::Prefix(Reverse(5))));
    assert_eq!(fit(&cell, &postal, None), None);
    assert_eq!(fit(&[], &postal, None), Some(Fit::Any));
}
