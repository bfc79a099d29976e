//! Bytes of a file → text, a piece at a time.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use sha2::{Digest, Sha256};

/// Stands in the text where bytes could not be read, so that the row can be refused.
///
/// A noncharacter, which Unicode keeps out of text for such private use. U+FFFD would not do: files
/// that were damaged long ago contain it as ordinary text, and their rows are still leads.
pub const UNREADABLE: char = '\u{FDD0}';

/// Bytes read from the file at a time.
const PIECE: usize = 64 * 1024;

/// What one pass over a file tells about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Survey {
    /// SHA-256 of the bytes.
    pub digest: [u8; 32],
    /// Length of the file in bytes.
    pub bytes: u64,
    /// How its bytes are text.
    pub encoding: &'static Encoding,
}

/// Why a file cannot be a CSV file at all.
#[derive(Debug, thiserror::Error)]
pub enum SurveyError {
    /// It could not be read.
    #[error("the file cannot be read")]
    Read(#[from] io::Error),
    /// Its first bytes are those of something else.
    #[error("this is {0}, not a CSV file; export or save it as CSV first")]
    NotText(&'static str),
}

/// Reads a file once, whatever its size, for its digest and its encoding.
///
/// A byte order mark decides; else text that is UTF-8 (but for rare broken places) is UTF-8; else the
/// encoding is guessed from the bytes, as browsers do. The whole file is looked at because the first
/// umlaut may stand in its last row.
pub fn survey(mut file: impl Read) -> Result<Survey, SurveyError> {
    let mut piece = vec![0; PIECE];
    let mut seen = Seen::new();
    loop {
        let length = fill(&mut file, &mut piece)?;
        let bytes = piece.get(..length).unwrap_or_default();
        if seen.bytes == 0 {
            refuse_other_formats(bytes)?;
            seen.mark = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
        }
        let last = length < piece.len();
        seen.feed(bytes, last);
        if last {
            return Ok(seen.survey());
        }
    }
}

/// What a survey has counted so far.
struct Seen {
    digest: Sha256,
    bytes: u64,
    mark: Option<&'static Encoding>,
    utf8: Decoder,
    /// Characters beyond ASCII that are proper UTF-8.
    wide: u64,
    /// Places that are not.
    broken: u64,
    guess: EncodingDetector,
}

impl Seen {
    fn new() -> Self {
        Self {
            digest: Sha256::new(),
            bytes: 0,
            mark: None,
            utf8: UTF_8.new_decoder_without_bom_handling(),
            wide: 0,
            broken: 0,
            guess: EncodingDetector::new(Iso2022JpDetection::Deny),
        }
    }

    fn feed(&mut self, bytes: &[u8], last: bool) {
        self.digest.update(bytes);
        self.bytes += bytes.len() as u64;
        self.guess.feed(bytes, last);
        let mut text = String::new();
        decode(&mut self.utf8, bytes, last, &mut text);
        for character in text.chars().filter(|character| !character.is_ascii()) {
            if character == UNREADABLE { self.broken += 1 } else { self.wide += 1 }
        }
    }

    fn survey(self) -> Survey {
        let mostly_utf8 = self.wide >= self.broken.saturating_mul(10);
        let encoding = match self.mark {
            Some(encoding) => encoding,
            None if mostly_utf8 => UTF_8,
            None => self.guess.guess(None, Utf8Detection::Deny),
        };
        Survey { digest: self.digest.finalize().into(), bytes: self.bytes, encoding }
    }
}

/// Refuses what people most often offer instead of a CSV file.
fn refuse_other_formats(head: &[u8]) -> Result<(), SurveyError> {
    const SIGNATURES: [(&[u8], &str); 5] = [
        (b"PK\x03\x04", "an Excel workbook or a ZIP archive"),
        (b"\xD0\xCF\x11\xE0", "an old Excel workbook"),
        (b"%PDF-", "a PDF document"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"PAR1", "a Parquet file"),
    ];
    match SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)) {
        Some((_, name)) => Err(SurveyError::NotText(name)),
        None => Ok(()),
    }
}

/// The text of a file, decoded as it is read.
pub struct Text<R> {
    file: R,
    decoder: Decoder,
    piece: Vec<u8>,
    read: u64,
    ended: bool,
}

impl<R: Read> Text<R> {
    /// The text of `file` in `encoding`; a byte order mark is not part of it.
    pub fn new(file: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { file, decoder, piece: vec![0; PIECE], read: 0, ended: false }
    }

    /// Bytes of the file read so far.
    pub fn bytes_read(&self) -> u64 {
        self.read
    }

    /// Appends the next piece to `text`; false when there is no more.
    ///
    /// Bytes that are no text in the encoding become [`UNREADABLE`].
    pub fn next_piece(&mut self, text: &mut String) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        let length = fill(&mut self.file, &mut self.piece)?;
        self.read += length as u64;
        self.ended = length < self.piece.len();
        let bytes = self.piece.get(..length).unwrap_or_default();
        decode(&mut self.decoder, bytes, self.ended, text);
        Ok(true)
    }
}

fn decode(decoder: &mut Decoder, mut bytes: &[u8], last: bool, text: &mut String) {
    loop {
        let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
        text.reserve(room.unwrap_or(PIECE));
        let (result, read) = decoder.decode_to_string_without_replacement(bytes, text, last);
        bytes = bytes.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => return,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => text.push(UNREADABLE),
        }
    }
}

/// Reads until `piece` is full or the file has ended, so that pieces do not depend on the reader.
fn fill(file: &mut impl Read, piece: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = piece.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(length) => filled += length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// The encoding's name as people know it.
pub fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == UTF_16LE || encoding == UTF_16BE { "UTF-16" } else { encoding.name() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (&'static str, String) {
        let survey = survey(bytes).unwrap();
        let mut text = Text::new(bytes, survey.encoding);
        let mut whole = String::new();
        while text.next_piece(&mut whole).unwrap() {}
        (name(survey.encoding), whole)
    }

    fn utf16(text: &str, bytes_of: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes_of).collect()
    }

    #[test]
    fn a_byte_order_mark_decides_and_disappears() {
        assert_eq!(read("\u{FEFF}Zoë".as_bytes()), ("UTF-8", "Zoë".to_owned()));
        assert_eq!(read(&utf16("Zoë,東京", u16::to_le_bytes)), ("UTF-16", "Zoë,東京".to_owned()));
        assert_eq!(read(&utf16("Zoë,東京", u16::to_be_bytes)), ("UTF-16", "Zoë,東京".to_owned()));
    }

    #[test]
    fn western_text_without_a_mark_is_recognised() {
        let (text, _, _) = encoding_rs::WINDOWS_1252.encode("Müller;Köln;Straße;10 € für Käse");
        assert_eq!(read(&text), ("windows-1252", "Müller;Köln;Straße;10 € für Käse".to_owned()));
    }

    #[test]
    fn one_broken_place_does_not_turn_a_utf_8_file_into_another() {
        let mut bytes =
            "Zoë Müller Ångström Łódź Renée Jürgen Søren Iñaki Çelik Żak\n".repeat(2).into_bytes();
        bytes.extend(b"Ren\xE9\n");
        let (encoding, text) = read(&bytes);
        assert_eq!(encoding, "UTF-8");
        assert!(text.ends_with(&format!("Ren{UNREADABLE}\n")));
    }

    #[test]
    fn a_character_may_cross_the_border_of_two_pieces() {
        let long = format!("{}ë{}", "a".repeat(PIECE - 1), "b".repeat(PIECE));
        assert_eq!(read(long.as_bytes()).1, long);
    }

    #[test]
    fn a_workbook_is_refused_by_name() {
        let error = survey(&b"PK\x03\x04rest"[..]).unwrap_err();
        assert!(error.to_string().contains("Excel workbook"));
    }
}
