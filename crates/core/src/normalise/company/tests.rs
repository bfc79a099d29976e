use proptest::prelude::*;

use super::*;

fn name(raw: &str) -> String {
    Company::parse(raw).unwrap().name().to_owned()
}

fn key(raw: &str) -> String {
    Company::parse(raw).unwrap().key().to_owned()
}

#[test]
fn a_name_is_shown_as_its_owner_would_write_it() {
    let cases = [
        ("  Acme\u{a0} Corp ", "Acme Corp"),
        ("ACME INDUSTRIES GMBH", "Acme Industries GmbH"),
        ("IBM DEUTSCHLAND GMBH", "IBM Deutschland GmbH"),
        ("THE NEW YORK TIMES CO.", "The New York Times Co."),
        ("KPMG LLP", "KPMG LLP"),
        ("BANK OF AMERICA", "Bank of America"),
        ("COCA-COLA", "Coca-Cola"),
        ("MCDONALD'S CORPORATION", "Mcdonald's Corporation"),
        ("ENI S.P.A.", "ENI S.p.A."),
        ("AT&T", "AT&T"),
        ("3M", "3M"),
        ("NVIDIA", "NVIDIA"),
        ("SIEMENS", "Siemens"),
        ("acme corp", "Acme Corp"),
        ("müller und söhne gmbh", "Müller und Söhne GmbH"),
        ("adidas", "adidas"),
        ("eBay Inc.", "eBay Inc."),
        ("thyssenkrupp AG", "thyssenkrupp AG"),
        ("Acme™ Corp®", "Acme Corp"),
        ("\"Acme\"", "Acme"),
        ("株式会社トヨタ", "株式会社トヨタ"),
    ];
    for (raw, shown) in cases {
        assert_eq!(name(raw), shown, "{raw}");
        assert_eq!(name(shown), shown, "{shown}");
    }
}

#[test]
fn spellings_of_one_company_have_one_key() {
    let same = [
        (
            "acme",
            "Acme|ACME Inc.|Acme, Inc|acme corporation|The Acme Company|Acme Pty Ltd|Acme S.A. de C.V.",
        ),
        ("muller and sohne", "Müller & Söhne GmbH|Muller und Sohne GmbH & Co. KG|MÜLLER + SÖHNE"),
        ("dupont", "SARL Dupont|Dupont S.A.S.|DUPONT SA|Dupont S. A."),
        ("philips", "Philips N.V.|Philips B.V.|Philips"),
        ("nokia", "Nokia Oyj|Nokia Oy|NOKIA Oy Ab"),
        ("mcdonalds", "McDonald's|McDonalds Corp."),
        ("kowalski", "Kowalski Sp. z o.o.|Kowalski sp.z o.o.|Kowalski Sp. z o. o."),
        ("jp morgan", "J.P. Morgan|JP Morgan|J P Morgan & Co."),
        ("toyota", "株式会社トヨタ|トヨタ株式会社|トヨタ（株）|Toyota K.K."),
        ("amazon", "Amazon.com, Inc.|Amazon"),
        ("gazprom", "ООО Газпром|OOO Gazprom"),
        ("skoda", "Škoda a.s.|SKODA, a. s."),
        ("ernst and young", "Ernst & Young LLP|Ernst and Young|Ernst et Young"),
        ("telkom", "PT Telkom Tbk|PT. Telkom"),
    ];
    for (expected, spellings) in same {
        for raw in spellings.split('|') {
            assert_eq!(key(raw), expected, "{raw}");
        }
    }
}

#[test]
fn a_key_never_loses_the_whole_name() {
    let cases = [
        ("The Limited", "limited"),
        ("SAS", "sas"),
        ("SAS Institute", "sas institute"),
        ("Co & Co", "co"),
    ];
    for (raw, expected) in cases {
        assert_eq!(key(raw), expected, "{raw}");
    }
    assert_ne!(key("Apple Inc."), key("Apple Bank"));
}

#[test]
fn what_names_no_company_is_refused_with_a_reason() {
    for raw in [
        "",
        "-",
        "n/a",
        "None",
        "TEST",
        "???",
        "Self-Employed",
        "self employed",
        "Freelancer",
        "...",
        "™",
    ] {
        assert_eq!(Company::parse(raw), Err(CompanyError::Placeholder), "{raw}");
    }
    for raw in ["https://acme.com", "ada@acme.com"] {
        assert_eq!(Company::parse(raw), Err(CompanyError::Address), "{raw}");
    }
}

proptest! {
    #[test]
    fn a_clean_name_reads_back_as_itself(raw in any::<String>(), plain in "[A-Za-zÄß&.' -]{0,30}") {
        for raw in [raw, plain.to_uppercase(), plain.to_lowercase(), plain] {
            if let Ok(company) = Company::parse(&raw) {
                prop_assert!(!company.key().is_empty());
                prop_assert_eq!(Company::parse(company.name()), Ok(company));
            }
        }
    }
}
