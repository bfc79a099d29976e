//! Where a page of accounts begins, as opaque text.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lr_store::accounts::AccountCursor;

use crate::http::problem::Problem;

/// The text for a place in the list.
pub fn encode(cursor: &AccountCursor) -> String {
    URL_SAFE_NO_PAD.encode(format!("{} {}", cursor.id, cursor.name))
}

/// The place that a text of ours stands for.
pub fn decode(text: &str) -> Result<AccountCursor, Problem> {
    read(text).ok_or_else(|| {
        Problem::in_field("cursor", "The cursor is not one that a list of accounts gave.")
    })
}

fn read(text: &str) -> Option<AccountCursor> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (id, name) = str::from_utf8(&bytes).ok()?.split_once(' ')?;
    let fits = !name.contains('\0'); // Which the database takes in no text.
    fits.then_some(AccountCursor { name: name.to_owned(), id: id.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use lr_core::id::AccountId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_cursor_reads_back_the_place_it_stands_for() {
        let id = AccountId::new(Uuid::from_u128(7));
        let cursor = AccountCursor { name: "Müller & Söhne".to_owned(), id };
        assert_eq!(decode(&encode(&cursor)).unwrap(), cursor);
    }

    #[test]
    fn text_that_is_no_cursor_is_refused() {
        let nul = URL_SAFE_NO_PAD.encode(format!("{} \0", AccountId::new(Uuid::nil())));
        for text in ["", "?", "bGVhZA", &nul] {
            assert!(decode(text).is_err(), "{text}");
        }
    }
}
