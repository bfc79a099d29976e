//! Files as spreadsheets really save them, and broken ones.

use lr_core::id::{PoolId, RepId};
use lr_core::territory::table::RowFault;
use uuid::Uuid;

use super::*;
use crate::import::rows::HeaderError;
use crate::import::sheet::MAX_FILE;

fn directory() -> Directory {
    let mut directory = Directory::default();
    directory.add_rep(RepId::new(Uuid::from_u128(1)), "Zoë Müller", "zoe@x.test");
    directory.add_pool(PoolId::new(Uuid::from_u128(2)), "EMEA");
    directory
}

fn faults(bytes: &[u8]) -> Vec<RowFault> {
    match read(bytes, &directory()) {
        Err(FileError::Faults(faults)) => faults.told,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_spreadsheets_file_is_read_whatever_its_mark_delimiter_and_encoding() {
    let text =
        "Country;Postal code;Owner\r\nÖsterreich;1\"0;Zoë Müller\r\n\"DE\";\"1;2\";EMEA\r\n;;\r\n";
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let marked = format!("\u{FEFF}{text}");
    let declared = format!("sep=;\r\n{text}");
    for bytes in [text.as_bytes(), marked.as_bytes(), declared.as_bytes(), &windows] {
        let table = read(bytes, &directory()).unwrap();
        let written = String::from_utf8(write(&table, &directory()).unwrap()).unwrap();
        assert_eq!(written, "country,postal_code,owner\nAT,\"1\"\"0\",zoe@x.test\nDE,1;2,EMEA\n");
    }
}

#[test]
fn what_was_written_is_written_alike_when_it_was_read() {
    let text = "country,attributes.Tier,owner,from,until\nDE,\"A, \"\"1\"\"\",EMEA,2026-01-01,\n";
    let table = read(text.as_bytes(), &directory()).unwrap();
    let once = write(&table, &directory()).unwrap();
    let again = read(&once, &directory()).unwrap();
    assert_eq!(write(&again, &directory()).unwrap(), once);
    assert_eq!(again, table);
    assert_eq!(String::from_utf8(once).unwrap(), text);
}

#[test]
fn a_quote_that_is_never_closed_spoils_one_row_and_not_the_rest() {
    let found = faults(b"country,owner\n\"DE,EMEA\nElbonia,EMEA\n");
    assert_eq!(found.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2, 3]);
    assert!(found[0].message.starts_with("The quote that opens in value 1"), "{found:?}");
}

#[test]
fn bytes_that_are_no_text_are_told_by_line() {
    assert!(faults(b"country,owner\nDE,E\0MEA\n")[0].message.contains("NUL"));
}

#[test]
fn what_is_no_table_at_all_is_refused() {
    assert!(matches!(
        read(b"", &directory()),
        Err(FileError::Sheet(SheetError::Header(HeaderError::Empty)))
    ));
    assert!(matches!(
        read(b"PK\x03\x04rest", &directory()),
        Err(FileError::Sheet(SheetError::NotText(_)))
    ));
    let large = vec![b'x'; MAX_FILE + 1];
    assert!(matches!(read(&large, &directory()), Err(FileError::Sheet(SheetError::TooLarge(_)))));
}
