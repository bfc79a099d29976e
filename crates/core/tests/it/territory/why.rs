//! Why a row won, row by row.

use super::samples::{case, case_on, territory};

#[test]
fn the_winner_is_told_with_the_row_that_comes_next_and_why_it_lost() {
    let europe = territory(
        "country,postal_code,employees,owner\nDE,10,,EMEA\nDE,101,51-200,ana@x.test\nDE,,,EMEA\nFR,,,EMEA",
    );
    let lead = [("country", "DE"), ("postal_code", "10115"), ("employees", "80")];
    let why = europe.why(&case(&lead));
    assert_eq!(why.fitting, 3);
    let winner = why.winner.unwrap();
    assert_eq!(winner.line, 3);
    assert_eq!(
        winner.words,
        "Country is Germany (DE), Postal code is one that begins with “101”, Employees is 51-200"
    );
    let others: Vec<_> = why.others.iter().map(|row| (row.line, row.words.as_str())).collect();
    assert_eq!(
        others,
        [
            (2, "its Postal code is a shorter prefix"),
            (4, "its Postal code is blank, which is less telling"),
        ]
    );
    assert!(why.words.starts_with("Of the 3 rows of Europe for this lead"), "{}", why.words);
}

#[test]
fn without_a_winner_the_nearest_rows_are_told_with_what_does_not_fit() {
    let europe = territory("country,employees,owner\nFR,1-50,EMEA\nDE;AT,200+,EMEA\nFR,51+,EMEA");
    let why = europe.why(&case(&[("country", "DE"), ("employees", "80")]));
    assert_eq!((why.winner, why.fitting), (None, 0));
    assert_eq!(why.others[0].line, 3);
    assert_eq!(why.others[0].words, "Employees is 80, needed: 200+");
    assert_eq!(why.others[1].words, "Country is Germany (DE), needed: France (FR)");
    let cell = &why.others[0].cells[0];
    assert_eq!((cell.field.as_str(), cell.fits), ("country", true));
    assert_eq!(cell.expected.as_deref(), Some("Germany (DE) or Austria (AT)"));
    assert!(why.words.contains("Line 3 comes nearest"), "{}", why.words);
}

#[test]
fn a_row_that_is_no_longer_in_force_says_so() {
    let europe = territory("country,owner,from,until\nDE,EMEA,,2026-01-01");
    let why = europe.why(&case_on("2026-01-01T00:00:00Z", &[("country", "DE")]));
    assert_eq!(why.others[0].words, "it is not in force on that day");
    assert!(!why.others[0].in_force);
}

#[test]
fn a_missing_value_and_a_table_without_rows_are_told() {
    let why = territory("country,owner\nDE,EMEA").why(&case(&[]));
    assert_eq!(why.others[0].words, "Country is missing, needed: Germany (DE)");
    assert_eq!(territory("country,owner").why(&case(&[])).words, "Europe has no rows.");
}

#[test]
fn a_row_that_is_for_everybody_is_told_as_such() {
    let why = territory("country,owner\n,EMEA").why(&case(&[]));
    assert_eq!(why.words, "Line 2 is the only row of Europe for this lead: it is for every lead.");
}
