//! Which of several rows wins.

use super::samples::{ANA, EMEA, case, table, winner};
use lr_core::territory::owner::Owner;

#[test]
fn the_longest_prefix_wins() {
    let table = table(
        "country,postal_code,owner\nDE,1,EMEA\nDE,101,ana@x.test\nDE,10,EMEA\nDE,,EMEA\n,,EMEA",
    );
    let find = |code| winner(&table, &[("country", "DE"), ("postal_code", code)]);
    assert_eq!(find("10115"), Some(3));
    assert_eq!(find("10999"), Some(4));
    assert_eq!(find("12345"), Some(2));
    assert_eq!(find("80331"), Some(5));
    assert_eq!(winner(&table, &[("country", "FR")]), Some(6));
}

#[test]
fn the_first_column_that_tells_rows_apart_decides() {
    let text = "domain,country,state,employees,owner\n\
                acme.com,,,,ana@x.test\n\
                ,US,CA,1-50,EMEA\n\
                ,US,,1-10,EMEA\n";
    let table = table(text);
    let lead = [("country", "US"), ("state", "CA"), ("employees", "5"), ("website", "acme.com")];
    assert_eq!(winner(&table, &lead), Some(2));
    assert_eq!(winner(&table, &lead[..3]), Some(3));
    assert_eq!(winner(&table, &[("country", "US"), ("employees", "5")]), Some(4));
}

#[test]
fn the_narrower_range_wins_and_a_band_without_end_is_the_widest() {
    let table = table("employees,owner\n200+,EMEA\n100-1000,EMEA\n200-500,EMEA\n,EMEA");
    assert_eq!(winner(&table, &[("employees", "300")]), Some(4));
    assert_eq!(winner(&table, &[("employees", "600")]), Some(3));
    assert_eq!(winner(&table, &[("employees", "6000")]), Some(2));
    assert_eq!(winner(&table, &[]), Some(5));
}

#[test]
fn ranges_meet_at_their_ends() {
    let table = table("employees,owner\n1-50,EMEA\n51-200,EMEA");
    let find = |count| winner(&table, &[("employees", count)]);
    assert_eq!(
        [find("50"), find("51"), find("200"), find("201")],
        [Some(2), Some(3), Some(3), None]
    );
}

#[test]
fn of_rows_that_fit_alike_the_earlier_one_wins() {
    let table = table("employees,owner\n1-100,EMEA\n51-150,EMEA");
    assert_eq!(winner(&table, &[("employees", "70")]), Some(2));
    assert_eq!(winner(&table, &[("employees", "150")]), Some(3));
}

#[test]
fn any_of_a_cells_values_may_fit_and_the_tightest_counts() {
    let table = table("postal_code,industry,owner\n1;101,Retail;Trade,EMEA\n10,,EMEA");
    let find = |code, industry| winner(&table, &[("postal_code", code), ("industry", industry)]);
    assert_eq!(find("10115", "TRADE"), Some(2));
    assert_eq!(find("10999", "retail"), Some(3));
    assert_eq!(find("19999", "retail"), Some(2));
    assert_eq!(find("19999", "Mining"), None);
}

#[test]
fn values_compare_as_conditions_compare_them() {
    let table = table("industry,attributes.Tier,owner\nGroßhandel,ＧＯＬＤ,EMEA");
    assert_eq!(winner(&table, &[("industry", "GROSSHANDEL"), ("Tier", "gold")]), Some(2));
}

#[test]
fn a_filled_cell_never_fits_a_missing_value() {
    let table = table("country,employees,owner\nUS,1+,EMEA");
    assert_eq!(winner(&table, &[("country", "US")]), None);
    assert_eq!(winner(&table, &[("employees", "9")]), None);
    assert_eq!(winner(&table, &[("country", "US"), ("employees", "9")]), Some(2));
}

#[test]
fn a_numeric_attribute_is_matched_by_range() {
    let table = table("attributes.Budget (range),owner\n10k+,ana@x.test\n1-9999,EMEA");
    assert_eq!(winner(&table, &[("Budget", "12000")]), Some(2));
    assert_eq!(winner(&table, &[("Budget", "500")]), Some(3));
    assert_eq!(winner(&table, &[("Budget", "a lot")]), None);
}

#[test]
fn a_row_gives_a_rep_or_a_pool() {
    let table = table("country,owner\nUS,Ana Ruiz\nDE,emea");
    let owner = |code| table.find(&case(&[("country", code)])).map(|row| row.owner);
    assert_eq!(owner("US"), Some(Owner::Rep(ANA)));
    assert_eq!(owner("DE"), Some(Owner::Pool(EMEA)));
}

#[test]
fn a_table_without_rows_is_for_nobody() {
    assert_eq!(winner(&table("country,owner"), &[("country", "US")]), None);
}
