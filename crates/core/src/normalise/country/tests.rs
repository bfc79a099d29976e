use proptest::prelude::*;

use super::*;

fn country(code: &str) -> Country {
    Country::from_code(code).unwrap()
}

#[test]
fn a_country_is_known_by_codes_names_and_usual_spellings() {
    let cases = [
        (
            "US",
            "us|usa|U.S.|U.S.A.|u. s|USA.|america|United States|united states of america|Untied States",
        ),
        ("GB", "uk|U.K.|gb|GBR|England|Scotland|wales|Great Britain|United Kingdom"),
        ("DE", "de|DEU|Deutschland|germany|GERMANY|Germnay|Allemagne|ドイツ"),
        ("ES", "España|espana|Spain"),
        ("NL", "Holland|Netherlands|The Netherlands"),
        ("CZ", "Czechia|Czech Republic"),
        ("KR", "Korea|South Korea|대한민국"),
        ("BR", "Brasil"),
        ("CI", "Côte d'Ivoire|Cote d’ivoire|Ivory Coast"),
        ("TR", "Turkey|Türkiye"),
        ("XK", "Kosovo|xk"),
        ("CN", "China|中国|PRC"),
        ("JP", "日本|Japan"),
        ("AE", "UAE|Dubai"),
        ("RU", "Россия|Russia"),
        ("CA", "CA|Kanada"),
    ];
    for (code, spellings) in cases {
        for raw in spellings.split('|') {
            assert_eq!(Country::parse(raw).map(Country::code), Ok(code), "{raw}");
        }
    }
}

#[test]
fn what_is_no_country_is_refused_with_a_reason() {
    for raw in ["", "Europe", "EMEA", "Atlantis", "ZZ", "Georgia, US"] {
        assert_eq!(Country::parse(raw), Err(CountryError::Unknown), "{raw}");
    }
    for raw in ["+1", "49", "0044", "(+49)"] {
        assert_eq!(Country::parse(raw), Err(CountryError::DiallingCode), "{raw}");
    }
}

#[test]
fn names_are_the_usual_ones() {
    assert_eq!(country("US").name(), "United States");
    assert_eq!(country("KR").name(), "South Korea");
    assert_eq!(country("FR").name(), "France");
    assert!(lookup::SHORT_NAMES.is_sorted());
    for country in rust_iso3166::ALL.iter().map(|c| Country(*c)) {
        assert_eq!(Country::parse(country.name()), Ok(country), "{}", country.name());
        assert_eq!(Country::parse(country.0.name), Ok(country), "{}", country.0.name);
    }
}

#[test]
fn a_state_is_known_within_its_country() {
    let cases = [
        ("US", "CA", "US-CA"),
        ("US", "california", "US-CA"),
        ("US", "us-ca", "US-CA"),
        ("US", "N.Y.", "US-NY"),
        ("US", "Georgia", "US-GA"),
        ("US", "Washington, D.C.", "US-DC"),
        ("CA", "Québec", "CA-QC"),
        ("AU", "Vic", "AU-VIC"),
        ("AU", "WA", "AU-WA"),
        ("IN", "Maharashtra", "IN-MH"),
        ("BR", "Sao Paulo", "BR-SP"),
        ("MX", "CDMX", "MX-CMX"),
        ("DE", "Bavaria", "DE-BY"),
        ("DE", "NRW", "DE-NW"),
        ("GB", "Scotland", "GB-SCT"),
        ("GB", "London", "GB-LND"),
        ("ES", "Cataluña", "ES-CT"),
        ("JP", "Tokyo", "JP-13"),
    ];
    for (code, raw, state) in cases {
        assert_eq!(State::parse(raw, country(code)).map(State::code), Some(state), "{raw}");
    }
    for (code, raw) in
        [("DE", "California"), ("DE", "US-CA"), ("US", "Ontario"), ("US", ""), ("XK", "X")]
    {
        assert_eq!(State::parse(raw, country(code)), None, "{raw}");
    }
}

#[test]
fn a_state_alone_tells_the_country_only_when_nothing_shares_its_name() {
    let told =
        |raw: &str| State::telling(raw).map(|(state, country)| (state.code(), country.code()));
    assert_eq!(told("California"), Some(("US-CA", "US")));
    assert_eq!(told("tx"), Some(("US-TX", "US")));
    assert_eq!(told("Ontario"), Some(("CA-ON", "CA")));
    assert_eq!(told("us-ga"), Some(("US-GA", "US")));
    assert_eq!(told("DE-BY"), Some(("DE-BY", "DE")));
    for raw in ["Georgia", "CA", "WA", "IN", "Bavaria", "Victoria", "Atlantis", ""] {
        assert_eq!(told(raw), None, "{raw}");
    }
}

#[test]
fn the_alias_files_name_codes_that_exist() {
    for row in text::rows(include_str!("../../../data/country_aliases.txt")) {
        assert!(Country::from_code(row.split('|').next().unwrap()).is_some(), "{row}");
        for alias in row.split('|').skip(1) {
            assert_eq!(
                Country::parse(alias).map(Country::code),
                Ok(row.split('|').next().unwrap()),
                "{alias}"
            );
        }
    }
    for row in text::rows(include_str!("../../../data/state_aliases.txt")) {
        let state = State::from_code(row.split('|').next().unwrap());
        let country = country(row.split('-').next().unwrap());
        for alias in row.split('|').skip(1) {
            assert_eq!(State::parse(alias, country), state, "{alias}");
        }
    }
}

#[test]
fn the_stored_form_is_the_code() {
    let stored = postcard::to_stdvec(&(country("DE"), State::from_code("DE-BY").unwrap())).unwrap();
    let read: (Country, State) = postcard::from_bytes(&stored).unwrap();
    assert_eq!((read.0.code(), read.1.code()), ("DE", "DE-BY"));
    assert_eq!(serde_json::to_string(&read).unwrap(), r#"["DE","DE-BY"]"#);
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(raw in any::<String>()) {
        if let Ok(country) = Country::parse(&raw) {
            prop_assert_eq!(Country::parse(country.code()), Ok(country));
            if let Some(state) = State::parse(&raw, country) {
                prop_assert_eq!(State::parse(state.code(), country), Some(state));
            }
        }
        let _ = State::telling(&raw);
    }
}
