//! Tables as files and as stored bytes.

use lr_core::record::Record;
use lr_core::territory::read::read;
use lr_core::territory::table::{Table, TableError, VERSION};

use super::samples::{directory, table};

fn written(table: &Table) -> Vec<Vec<String>> {
    std::iter::once(table.headings()).chain(table.records(&directory())).collect()
}

fn reread(records: Vec<Vec<String>>) -> Table {
    let mut records = (1..).zip(records).map(|(line, values)| Record { line, values: Ok(values) });
    let header = records.next().unwrap();
    read(&header, records, &directory()).unwrap()
}

#[test]
fn what_is_written_reads_back_and_is_written_alike() {
    let table = table(
        "ZIP,Country,State,Employee band,city (prefix),attributes.Tier,Rep,Valid from,End date\n\
         sw1a;10 115,germany; UK,,1k-5k;200+,ber,Gold,Ben Roth,2026-01-01,\n\
         ,US,new york;CA,<50,,,emea,,2027-01-01",
    );
    let once = written(&table);
    assert_eq!(
        once[0].join(","),
        "postal_code,country,state,employees,city (prefix),attributes.Tier,owner,from,until"
    );
    assert_eq!(
        once[1].join(","),
        "sw1a;10 115,DE;GB,,1000-5000;200+,ber,Gold,ben@x.test,2026-01-01,"
    );
    assert_eq!(once[2].join(","), ",US,US-NY;US-CA,1-49,,,EMEA,,2027-01-01");
    let again = reread(once.clone());
    assert_eq!(written(&again), once);
    assert_eq!(again, table);
}

#[test]
fn a_table_without_dates_is_written_without_their_columns() {
    assert_eq!(table("country,owner\nUS,EMEA").headings(), ["country", "owner"]);
}

#[test]
fn stored_bytes_give_the_same_table_and_equal_tables_equal_bytes() {
    let table = table("postal_code,employees,owner,from,until\n10;11,1-9,EMEA,2026-01-01,");
    let bytes = table.encode();
    assert_eq!(Table::decode(&bytes).unwrap(), table);
    assert_eq!(Table::decode(&bytes).unwrap().encode(), bytes);
}

#[test]
fn damaged_bytes_and_those_of_another_engine_are_refused() {
    let mut bytes = table("country,owner\nUS,EMEA").encode();
    assert_eq!(Table::decode(&bytes[..bytes.len() - 1]), Err(TableError::Damaged));
    assert_eq!(Table::decode(&[]), Err(TableError::Damaged));
    bytes[0] = VERSION + 1;
    assert_eq!(Table::decode(&bytes), Err(TableError::Version(VERSION + 1)));
}
