use proptest::prelude::*;

use super::*;

#[test]
fn an_address_is_found_in_what_people_paste() {
    let cases = [
        ("ada@acme.com", "ada@acme.com"),
        ("  Ada.Lovelace@ACME.com\u{a0}", "ada.lovelace@acme.com"),
        ("mailto:ada@acme.com?subject=Hi", "ada@acme.com"),
        ("Ada Lovelace <ada@acme.com>", "ada@acme.com"),
        ("\"ada@acme.com\",", "ada@acme.com"),
        ("ada @ acme.com.", "ada@acme.com"),
        ("ada@acme.com; bob@acme.com", "ada@acme.com"),
        ("ada+news@acme.co.uk", "ada+news@acme.co.uk"),
        ("ada\u{200b}@acme.com", "ada@acme.com"),
        ("ada＠acme.com", "ada@acme.com"),
        ("info@MÜNCHEN.de", "info@xn--mnchen-3ya.de"),
        ("o'brien@acme.ie", "o'brien@acme.ie"),
    ];
    for (raw, clean) in cases {
        assert_eq!(Email::parse(raw).unwrap().address(), clean, "{raw}");
    }
}

#[test]
fn what_is_no_address_is_refused_with_a_reason() {
    let cases = [
        ("", EmailError::Incomplete),
        ("ada", EmailError::Incomplete),
        ("@acme.com", EmailError::Incomplete),
        ("ada@", EmailError::Incomplete),
        ("ada@bob@acme.com", EmailError::TwoAts),
        ("ada..b@acme.com", EmailError::Local),
        (".ada@acme.com", EmailError::Local),
        ("ada@localhost", EmailError::Host),
        ("ada@127.0.0.1", EmailError::Host),
        ("ada@[::1]", EmailError::Host),
        ("ada@acme..com", EmailError::Host),
        ("ada@acme_inc.com", EmailError::Host),
        ("ada@-acme.com", EmailError::Host),
    ];
    for (raw, why) in cases {
        assert_eq!(Email::parse(raw), Err(why), "{raw}");
    }
    let long = format!("{}@acme.com", "a".repeat(65));
    assert_eq!(Email::parse(&long), Err(EmailError::Long));
}

#[test]
fn the_kind_follows_host_and_local_part() {
    let cases = [
        ("ada@acme.com", EmailKind::Business),
        ("ada@gmail.com", EmailKind::Free),
        ("info@gmail.com", EmailKind::Free),
        ("ada@web.de", EmailKind::Free),
        ("x@mailinator.com", EmailKind::Disposable),
        ("x@sub.mailinator.com", EmailKind::Disposable),
        ("info@acme.com", EmailKind::Role),
        ("sales+eu@acme.com", EmailKind::Role),
        ("information.desk@acme.com", EmailKind::Business),
    ];
    for (raw, kind) in cases {
        assert_eq!(Email::parse(raw).unwrap().kind(), kind, "{raw}");
    }
}

#[test]
fn only_a_well_known_slip_is_mended() {
    let mended = Email::parse("ada@gmial.com").unwrap().without_typo().unwrap();
    assert_eq!((mended.address().as_str(), mended.kind()), ("ada@gmail.com", EmailKind::Free));
    assert_eq!(Email::parse("ada@acne.com").unwrap().without_typo(), None);
}

#[test]
fn the_canonical_address_has_no_plus_tag() {
    assert_eq!(Email::parse("Ada+crm@acme.com").unwrap().canonical(), "ada@acme.com");
    assert_eq!(Email::parse("+ada@acme.com").unwrap().canonical(), "+ada@acme.com");
}

#[test]
fn debug_output_hides_the_person() {
    assert_eq!(format!("{:?}", Email::parse("ada@acme.com").unwrap()), "Email(***@acme.com)");
}

#[test]
fn the_lists_are_sorted_and_agree() {
    assert!(FREE.is_sorted() && DISPOSABLE.is_sorted() && TYPOS.is_sorted() && ROLES.is_sorted());
    for (slip, meant) in TYPOS.iter() {
        assert!(FREE.binary_search(meant).is_ok(), "{meant}");
        assert!(FREE.binary_search(slip).is_err(), "{slip}");
    }
}

proptest! {
    #[test]
    fn a_clean_address_reads_back_as_itself(local in any::<String>(), host in "[a-zA-Zäß0-9.-]{1,20}") {
        for raw in [format!("{local}@{host}.com"), local] {
            if let Ok(email) = Email::parse(&raw) {
                prop_assert_eq!(Email::parse(&email.address()), Ok(email));
            }
        }
    }
}
