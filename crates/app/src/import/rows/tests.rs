use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::import::decode::survey;

/// What became of each row: `email` of a lead, or the line and the kind of a reject.
fn read(bytes: &[u8]) -> Vec<String> {
    let encoding = survey(bytes).unwrap().encoding;
    let mut rows = Rows::open(bytes, encoding).unwrap();
    let mut read = Vec::new();
    while let Some(row) = rows.next_row().unwrap() {
        read.push(match row {
            Ok(lead) => {
                format!("{}|{}", lead.email.unwrap_or_default(), lead.name.unwrap_or_default())
            }
            Err(reject) => format!("{}: {}", reject.line, reject.reason.kind()),
        });
    }
    read
}

fn refusal(bytes: &[u8]) -> String {
    let encoding = survey(bytes).unwrap().encoding;
    Rows::open(bytes, encoding).err().unwrap().to_string()
}

#[test]
fn files_as_they_really_come_are_read_row_by_row() {
    let (western, _, _) = encoding_rs::WINDOWS_1252.encode("Name;E-Mail\nJörg Müßig;j@x.de\n");
    let wide: Vec<u8> = "\u{FEFF}Email\tName\r\na@x.io\tŁucja\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let cases: [(&str, &[u8], &[&str]); 19] = [
        ("byte order mark", "\u{FEFF}Email,Name\na@x.io,Ann\n".as_bytes(), &["a@x.io|Ann"]),
        ("windows-1252", &western, &["j@x.de|Jörg Müßig"]),
        ("utf-16, tabs", &wide, &["a@x.io|Łucja"]),
        ("crlf", b"Email,Name\r\na@x,A\r\nb@x,B\r\n", &["a@x|A", "b@x|B"]),
        ("cr", b"Email,Name\ra@x,A\rb@x,B", &["a@x|A", "b@x|B"]),
        ("no last line break", b"Email,Name\na@x,A", &["a@x|A"]),
        ("excel's declaration", b"sep=;\r\nEmail;Name\r\na@x;A\r\n", &["a@x|A"]),
        ("header only", b"Email,Name\n", &[]),
        ("one column", b"Email\na@x\n\nb@x\n", &["a@x|", "3: empty row", "b@x|"]),
        ("nothing but a name", b"Email,Name\n,Ann\n , \n", &["|Ann", "3: empty row"]),
        (
            "ragged",
            b"Email,Name\na@x\na@x,A,B\nb@x,B\n",
            &["2: too few values", "3: too many values", "b@x|B"],
        ),
        ("quoted", b"Email,Name\n\"a@x\",\"A, \"\"B\"\"\"\n", &["a@x|A, \"B\""]),
        (
            "line breaks in quotes",
            b"Email,Name\na@x,\"A\r\nB\nC\"\n\nb@x,B\n",
            &["a@x|A\r\nB\nC", "5: empty row", "b@x|B"],
        ),
        ("spaces around quotes", b"Email, Name\na@x, \"A, B\" \n", &["a@x|A, B"]),
        (
            "quotes in text",
            b"Email,Name\na@x,5\" disk\nb@x,\"the \"best\" one\"\n",
            &["a@x|5\" disk", "b@x|the \"best\" one"],
        ),
        (
            "quote never closed",
            b"Email,Name\na@x,\"A\nb@x,B\nc@x,C\n",
            &["2: quote never closed", "b@x|B", "c@x|C"],
        ),
        (
            "quote closed by another row's",
            b"Email,Name\n\"a@x,A\nb@x,\"B\"\nc@x,C\n",
            &["2: quote never closed", "b@x|B", "c@x|C"],
        ),
        ("nul", b"Email,Name\na\0@x,A\nb@x,B\n", &["2: NUL character", "b@x|B"]),
        ("blank lines before the header", b"\n\r\nEmail,Name\na@x,A\n", &["a@x|A"]),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(read(bytes), expected, "{name}");
    }
}

#[test]
fn a_broken_place_costs_its_own_row_only() {
    let good = "Zoë Müller Ångström Łódź,z@x.io\n".repeat(9);
    let mut bytes = format!("Name,Email\n{good}").into_bytes();
    bytes.extend(b"Ren\xE9,r@x.io\nAnn,a@x.io\n");
    let read = read(&bytes);
    assert_eq!(read[9..], ["11: unreadable bytes", "a@x.io|Ann"]);
}

#[test]
fn a_file_without_columns_is_refused_with_a_reason() {
    assert_eq!(refusal(b""), "the file is empty; its first line must name the columns");
    assert_eq!(refusal(b"\n \n"), "the file is empty; its first line must name the columns");
    assert!(refusal(b"ann,x.io\nbob,y.io\n").contains("none of ann, x.io is known"));
    assert!(refusal(b"Email,\"Name\na,b\n").contains("line 1 must name the columns, but a quote"));
    assert!(refusal(b"Email\0\n").contains("NUL"));
    assert!(refusal(",".repeat(MAX_COLUMNS).as_bytes()).contains("1001 columns"));
}

#[test]
fn a_line_of_ten_megabytes_is_rejected_and_the_next_is_read() {
    for quote in ["", "\""] {
        let long = "x".repeat(10_000_000);
        let bytes = format!("Email,Name\r\n{quote}{long}{quote},A\r\nb@x,B\r\n");
        assert_eq!(read(bytes.as_bytes()), ["2: row too long", "b@x|B"]);
    }
}

#[test]
fn an_open_quote_in_a_large_file_does_not_swallow_it() {
    let bytes = format!("Email,Name\n\"a@x,A\n{}", "b@x,B\n".repeat(300_000));
    let read = read(bytes.as_bytes());
    assert_eq!(read.len(), 300_001);
    assert_eq!((read[0].as_str(), read[1].as_str()), ("2: quote never closed", "b@x|B"));
}

#[test]
fn a_value_has_a_limit_with_a_name() {
    let bytes = format!("Email,Name\na@x,{}\nb@x,B\n", "x".repeat(MAX_VALUE + 1));
    assert_eq!(read(bytes.as_bytes()), ["2: value too long", "b@x|B"]);
}

#[test]
fn a_reject_says_where_and_keeps_the_row() {
    let bytes = b"Email,Name\n\"a@x\n b\",\"B\na@x,\"A";
    let mut rows = Rows::open(&bytes[..], encoding_rs::UTF_8).unwrap();
    let mut rejects = std::iter::from_fn(|| rows.next_row().unwrap()).map(Result::unwrap_err);
    let first = rejects.next().unwrap();
    assert_eq!((first.line, first.text.as_str()), (2, "\"a@x"));
    assert_eq!(
        first.reason.to_string(),
        "the quote that opens in Email is never closed; reading went on at line 3"
    );
    assert_eq!(rejects.map(|reject| reject.line).collect::<Vec<_>>(), [3, 4]);
}

/// Text made of what breaks parsers.
fn nasty() -> impl Strategy<Value = Vec<u8>> {
    let pieces: [&[u8]; 11] =
        [b"\"", b",", b";", b"\n", b"\r", b" ", b"x", b"a@b.c", b"\0", b"\xE9", "ü".as_bytes()];
    let piece = proptest::sample::select(pieces.to_vec());
    vec(piece, 0..200).prop_map(|pieces| pieces.concat())
}

/// Lines of `text`, by any of the three line breaks.
fn lines(text: &str) -> usize {
    text.replace("\r\n", "\n").replace('\r', "\n").matches('\n').count() + 1
}

proptest! {
    #[test]
    fn any_bytes_are_read_to_their_end(bytes in vec(any::<u8>(), 0..2_000)) {
        if let Ok(survey) = survey(&bytes[..])
            && let Ok(mut rows) = Rows::open(&bytes[..], survey.encoding)
        {
            while rows.next_row().unwrap().is_some() {}
            prop_assert_eq!(rows.bytes_read(), bytes.len() as u64);
        }
    }

    #[test]
    fn every_line_belongs_to_exactly_one_record(bytes in nasty()) {
        let encoding = survey(&bytes[..]).unwrap().encoding;
        let mut text = String::new();
        let mut whole = Text::new(&bytes[..], encoding);
        while whole.next_piece(&mut text).unwrap() {}

        let mut records = Records::new(Text::new(&bytes[..], encoding)).unwrap();
        records.expect(3);
        let mut next_line = 1;
        let mut kept = String::new();
        while let Some(record) = records.next_record().unwrap() {
            prop_assert_eq!(record.line, next_line);
            next_line += lines(&record.text) as u64;
            kept.push_str(&record.text);
        }
        let end = if text.ends_with(['\n', '\r']) || text.is_empty() { 0 } else { 1 };
        prop_assert_eq!(next_line, (lines(&text) + end) as u64);
        let breaks = ['\r', '\n'];
        prop_assert_eq!(kept.replace(breaks, ""), text.replace(breaks, ""));
    }

    #[test]
    fn what_a_csv_library_writes_reads_back(
        table in vec(vec("[ -~äß€\n\r]{0,12}", 3), 1..20),
        delimiter in prop_oneof![Just(b','), Just(b';'), Just(b'\t'), Just(b'|')],
    ) {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .quote_style(csv::QuoteStyle::NonNumeric)
            .from_writer(Vec::new());
        writer.write_record(["Email", "Name", "City"]).unwrap();
        for row in &table {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let mut rows = Rows::open(&bytes[..], encoding_rs::UTF_8).unwrap();
        for row in table {
            let kept = |value: &String| Some(value.clone()).filter(|value| !value.trim().is_empty());
            match rows.next_row().unwrap().unwrap() {
                Ok(lead) => {
                    prop_assert_eq!(
                        [lead.email, lead.name, lead.city],
                        [kept(&row[0]), kept(&row[1]), kept(&row[2])]
                    );
                }
                Err(reject) => {
                    prop_assert_eq!(reject.reason, Reason::Empty);
                    prop_assert!(row.iter().all(|value| value.trim().is_empty()));
                }
            }
        }
        prop_assert!(rows.next_row().unwrap().is_none());
    }
}
