//! Where a page of leads begins, as opaque text.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use lr_core::id::LeadId;
use lr_store::leads::LeadCursor;

use crate::http::problem::Problem;

/// The text for a place in the list.
pub fn encode(cursor: LeadCursor) -> String {
    let micros = cursor.received_at.as_microsecond();
    URL_SAFE_NO_PAD.encode(format!("{micros} {}", cursor.id))
}

/// The place that a text of ours stands for.
pub fn decode(text: &str) -> Result<LeadCursor, Problem> {
    read(text).ok_or_else(|| {
        Problem::in_field("cursor", "The cursor is not one that a list of leads gave.")
    })
}

fn read(text: &str) -> Option<LeadCursor> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (micros, id) = str::from_utf8(&bytes).ok()?.split_once(' ')?;
    let received_at = Timestamp::from_microsecond(micros.parse().ok()?).ok()?;
    Some(LeadCursor { received_at, id: id.parse::<LeadId>().ok()? })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_cursor_reads_back_the_place_it_stands_for() {
        let cursor = LeadCursor {
            received_at: "2026-02-04T12:00:00.123456Z".parse().unwrap(),
            id: LeadId::new(Uuid::from_u128(7)),
        };
        assert_eq!(decode(&encode(cursor)).unwrap(), cursor);
    }

    #[test]
    fn text_that_is_no_cursor_is_refused() {
        let year_ten_thousand = URL_SAFE_NO_PAD.encode("999999999999999999 lead_0");
        for text in ["", "?", "bGVhZA", &year_ten_thousand] {
            assert!(decode(text).is_err(), "{text}");
        }
    }
}
