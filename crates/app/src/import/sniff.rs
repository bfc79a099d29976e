//! What separates the values: found in the line that names the columns.

/// What may separate values, in the order that breaks a tie.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A file's delimiter, and how much of its beginning only says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sniffed {
    /// One of comma, semicolon, tab and bar.
    pub delimiter: u8,
    /// Length in bytes of the `sep=;` that Excel writes before the header; 0 without one.
    pub preamble: usize,
}

/// Finds the delimiter in the beginning of a file's text.
///
/// The candidate that is most frequent outside quotes in the header wins: a heading may well contain
/// a comma (`"Revenue, EUR"`), but not more often than the delimiter stands between headings. A file
/// with none of them has one column, for which any will do.
pub fn sniff(head: &str) -> Sniffed {
    if let Some(delimiter) = declared(head) {
        return Sniffed { delimiter, preamble: "sep=;".len() };
    }
    let mut counts = [0_u32; DELIMITERS.len()];
    let mut quoted = false;
    for byte in head.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => {
                for (count, delimiter) in counts.iter_mut().zip(DELIMITERS) {
                    *count += u32::from(byte == delimiter);
                }
            }
            _ => {}
        }
    }
    let mut best = (0, b',');
    for (count, delimiter) in counts.into_iter().zip(DELIMITERS) {
        if count > best.0 {
            best = (count, delimiter);
        }
    }
    Sniffed { delimiter: best.1, preamble: 0 }
}

/// The delimiter that a first line `sep=;` declares, as Excel writes and reads it.
fn declared(head: &str) -> Option<u8> {
    let rest = head.strip_prefix("sep=").or_else(|| head.strip_prefix("SEP="))?;
    let (delimiter, rest) = rest.as_bytes().split_first()?;
    let alone = rest.is_empty() || rest.starts_with(b"\n") || rest.starts_with(b"\r");
    (alone && DELIMITERS.contains(delimiter)).then_some(*delimiter)
}

/// The delimiter's name in a sentence.
pub fn name(delimiter: u8) -> &'static str {
    match delimiter {
        b';' => "semicolon",
        b'\t' => "tab",
        b'|' => "vertical bar",
        _ => "comma",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delimiter(head: &str) -> u8 {
        sniff(head).delimiter
    }

    #[test]
    fn the_most_frequent_candidate_of_the_header_wins() {
        assert_eq!(delimiter("Name,E-Mail,Firma\nx;y;z;w"), b',');
        assert_eq!(delimiter("Name;E-Mail;Umsatz, EUR\n"), b';');
        assert_eq!(delimiter("Name\tE-Mail\r\n"), b'\t');
        assert_eq!(delimiter("\n\nName|E-Mail"), b'|');
    }

    #[test]
    fn what_stands_in_quotes_does_not_count() {
        assert_eq!(delimiter("\"a,b,c\nd,e\";\"f\""), b';');
    }

    #[test]
    fn one_column_needs_no_delimiter() {
        assert_eq!(delimiter("Email"), b',');
        assert_eq!(delimiter(""), b',');
    }

    #[test]
    fn excel_may_declare_it_on_a_line_of_its_own() {
        assert_eq!(sniff("sep=;\r\nName,first;E-Mail"), Sniffed { delimiter: b';', preamble: 5 });
        assert_eq!(sniff("sep=x,y").preamble, 0);
    }
}
