//! Rows in force from one day to another.

use super::samples::{case_on, table, try_table};

const HANDOVER: &str = "country,owner,from,until\n\
                        US,ana@x.test,,2026-04-01\n\
                        US,ben@x.test,2026-04-01,2026-07-01\n\
                        ,EMEA,,";

#[test]
fn a_row_holds_from_its_first_day_up_to_the_day_it_ends() {
    let table = table(HANDOVER);
    let line = |at| table.find(&case_on(at, &[("country", "US")])).map(|row| row.line);
    assert_eq!(line("1999-01-01T00:00:00Z"), Some(2));
    assert_eq!(line("2026-03-31T23:59:59.999999Z"), Some(2));
    assert_eq!(line("2026-04-01T00:00:00Z"), Some(3));
    assert_eq!(line("2026-06-30T23:59:59Z"), Some(3));
    assert_eq!(line("2026-07-01T00:00:00Z"), Some(4));
}

#[test]
fn the_same_key_on_days_apart_is_no_fault_and_on_a_common_day_it_is() {
    let overlap = HANDOVER.replace("2026-04-01\n", "2026-04-02\n");
    let faults = try_table(&overlap).unwrap_err();
    assert_eq!(faults.total, 1);
    assert_eq!(faults.told[0].line, 3);
    assert!(faults.told[0].message.contains("line 2"), "{}", faults.told[0].message);
    assert!(faults.told[0].message.contains("dates"), "{}", faults.told[0].message);
}

#[test]
fn a_row_that_lasts_is_compared_with_all_that_begin_within_it() {
    let text = "country,owner,from,until\n\
                US,EMEA,2026-01-01,2027-01-01\n\
                US,EMEA,2026-02-01,2026-03-01\n\
                US,EMEA,2026-05-01,2026-06-01\n\
                US,EMEA,2027-01-01,";
    let lines: Vec<_> = try_table(text).unwrap_err().told.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [3, 4]);
}

#[test]
fn a_row_that_ends_before_it_begins_is_refused() {
    for until in ["2026-01-01", "2025-12-31"] {
        let text = format!("country,owner,from,until\nUS,EMEA,2026-01-01,{until}");
        let faults = try_table(&text).unwrap_err();
        assert!(faults.told[0].message.contains("ends before it begins"));
    }
}
