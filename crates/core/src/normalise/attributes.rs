//! Custom attributes: everything that has no field of its own.

use std::collections::BTreeMap;

use super::cleaner::spelling;
use super::note::{Notes, quoted};
use crate::normalise::text;

/// Most attributes of one lead that are kept: the first by name.
pub const MAX_ATTRIBUTES: usize = 100;

/// Longest name of an attribute, in characters.
pub const MAX_ATTRIBUTE_NAME: usize = 100;

/// Longest value of an attribute, in characters.
pub const MAX_ATTRIBUTE: usize = 1_000;

const FIELD: &str = "attributes";

/// The attributes with clean names and values, the empty ones left out.
///
/// Fillers such as `no` and `0` stay: what an attribute means is its source's own affair.
pub(super) fn clean(raw: &BTreeMap<String, String>, notes: &mut Notes) -> BTreeMap<String, String> {
    let mut kept = BTreeMap::new();
    let mut too_many = 0_usize;
    for (raw_name, raw_value) in raw {
        let value = text::line(raw_value, MAX_ATTRIBUTE).text;
        if value.is_empty() {
            continue;
        }
        let name = text::line(raw_name, MAX_ATTRIBUTE_NAME).text;
        if name.is_empty() {
            notes.dropped(FIELD, raw_value, "is the value of an attribute without a name");
        } else if kept.contains_key(&name) {
            notes.dropped(FIELD, raw_value, format!("is a second value of {}", quoted(&name)));
        } else if kept.len() == MAX_ATTRIBUTES {
            too_many += 1;
        } else {
            note_changes(notes, (raw_name, &name), (raw_value, &value));
            kept.insert(name, value);
        }
    }
    if too_many > 0 {
        let from = format!("{} attributes", MAX_ATTRIBUTES + too_many);
        let to = format!("{MAX_ATTRIBUTES} attributes");
        notes.changed(FIELD, &from, &to, format!("a lead keeps its first {to}, by name"));
    }
    kept
}

fn note_changes(notes: &mut Notes, name: (&str, &str), value: (&str, &str)) {
    let about = quoted(name.1);
    let why = format!("name of {about}: {}", spelling(name.0, MAX_ATTRIBUTE_NAME));
    notes.changed(FIELD, name.0, name.1, why);
    let why = format!("value of {about}: {}", spelling(value.0, MAX_ATTRIBUTE));
    notes.changed(FIELD, value.0, value.1, why);
}
