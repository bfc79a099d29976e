//! Bad files: every fault with its line, its column and what to do.

use lr_core::record::Record;
use lr_core::territory::read::{MAX_FAULTS, read};
use lr_core::territory::table::{MAX_COMBINATIONS, MAX_ROWS};

use super::samples::{directory, try_table};

fn faults(text: &str) -> Vec<(u32, Option<String>, String)> {
    let faults = try_table(text).unwrap_err();
    assert_eq!(faults.total, faults.told.len());
    faults.told.into_iter().map(|fault| (fault.line, fault.column, fault.message)).collect()
}

fn one(text: &str) -> (u32, Option<String>, String) {
    let mut faults = faults(text);
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.remove(0)
}

#[test]
fn every_fault_is_told_at_once_with_its_row_and_column() {
    let found = faults(
        "Country,Employees,Owner\n\
         Elbonia,200-51,nobody@x.test\n\
         US,1-50,EMEA\n\
         US,1-50\n\
         US,1-50,ana@x.test\n\
         ,,",
    );
    let places: Vec<_> = found.iter().map(|(line, column, _)| (*line, column.as_deref())).collect();
    assert_eq!(
        places,
        [(2, Some("Country")), (2, Some("Employees")), (2, Some("Owner")), (4, None), (5, None),]
    );
    assert!(found[2].2.contains("nobody@x.test"), "{}", found[2].2);
    assert!(found[3].2.contains("2 values"), "{}", found[3].2);
    assert!(found[4].2.contains("line 3"), "{}", found[4].2);
}

#[test]
fn a_row_without_an_owner_is_refused_and_a_blank_row_is_passed_over() {
    let (line, column, message) =
        one("country,owner\n,\n\nUS, \n".replace("\n\n", "\n,\n").as_str());
    assert_eq!((line, column.as_deref()), (4, Some("owner")));
    assert!(message.contains("no owner"), "{message}");
}

#[test]
fn headings_that_are_unknown_or_twice_or_missing_are_refused() {
    let (line, column, message) = one("country,colour,owner\nUS,red,EMEA");
    assert_eq!((line, column.as_deref()), (1, Some("colour")));
    assert!(message.contains("attributes."), "{message}");
    assert!(one("country,Country code,owner").2.contains("twice"));
    assert!(one("country").2.contains("no column `owner`"));
    assert!(one("owner,from").2.contains("no key column"));
    assert!(one("country,,owner").1.is_some_and(|column| column == "column 2"));
}

#[test]
fn one_value_in_common_is_enough_for_two_rows_to_contradict_each_other() {
    let (line, _, message) =
        one("country,industry,owner\nUS;CA,Retail,EMEA\nMX;Canada,RETAIL,EMEA");
    assert_eq!(line, 3);
    assert!(message.contains("line 2") && message.contains("remove one"), "{message}");
}

#[test]
fn a_record_that_cannot_be_read_is_told_with_its_reason() {
    let header = Record { line: 1, values: Ok(vec!["country".into(), "owner".into()]) };
    let broken = Record { line: 2, values: Err("a quote is never closed".into()) };
    let faults = read(&header, [broken], &directory()).unwrap_err();
    assert_eq!(faults.told[0].message, "a quote is never closed");
}

#[test]
fn the_first_thousand_faults_are_told_and_all_are_counted() {
    let text = format!("country,owner\n{}", "Elbonia,EMEA\n".repeat(MAX_FAULTS + 7));
    let faults = try_table(&text).unwrap_err();
    assert_eq!((faults.told.len(), faults.total), (MAX_FAULTS, MAX_FAULTS + 7));
}

#[test]
fn too_many_rows_and_too_many_combinations_are_refused() {
    let rows = ",EMEA\n".repeat(MAX_ROWS + 1);
    assert!(one(&format!("industry,owner\n{rows}")).2.contains("more than 200000 rows"));
    let many: Vec<_> = (0..1_000).map(|number| format!("v{number}")).collect();
    let many = many.join(";");
    let (line, _, message) = one(&format!("industry,city,owner\n{many},{many},EMEA"));
    assert_eq!(line, 2);
    assert!(message.contains(&MAX_COMBINATIONS.to_string()), "{message}");
}

#[test]
fn a_bad_day_is_refused() {
    for day in ["31.01.2026", "2026-02-30", "2026-01-01T00:00:00Z", "soon"] {
        let message = one(&format!("country,owner,from,until\nUS,EMEA,{day},")).2;
        assert!(message.contains("such as 2026-01-31"), "{message}");
    }
}
