//! Rows that are for the same leads on the same day: nobody could say which of them is meant.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::territory::cell::Span;
use crate::territory::index::Index;
use crate::territory::table::{Row, RowFault};

/// A fault for each row that has the key of an earlier one while both are in force.
pub(super) fn find(index: &Index, rows: &[Row]) -> Vec<RowFault> {
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for entries in index.buckets() {
        let mut same: BTreeMap<&[Span], Vec<usize>> = BTreeMap::new();
        for entry in entries {
            same.entry(&entry.spans).or_default().push(entry.row);
        }
        for places in same.into_values().filter(|places| places.len() > 1) {
            overlaps(places, rows, &mut pairs);
        }
    }
    let mut told = BTreeSet::new();
    let pairs = pairs.into_iter().filter(|(later, _)| told.insert(*later));
    pairs.filter_map(|(later, earlier)| Some(fault(rows.get(later)?, rows.get(earlier)?))).collect()
}

/// Notes rows of one key that are in force on a common day: sorted by their first day, a row begins
/// either after all before it have ended, or while the one that lasts longest goes on.
fn overlaps(mut places: Vec<usize>, rows: &[Row], pairs: &mut BTreeSet<(usize, usize)>) {
    let from = |place: usize| rows.get(place).and_then(|row| row.from).unwrap_or(Date::MIN);
    let until = |place: usize| rows.get(place).and_then(|row| row.until).unwrap_or(Date::MAX);
    places.sort_by_key(|place| (from(*place), *place));
    let mut lasting: Option<usize> = None;
    for place in places {
        match lasting {
            Some(other) if other == place => {}
            Some(other) if from(place) < until(other) => {
                pairs.insert((place.max(other), place.min(other)));
                lasting = Some(if until(place) > until(other) { place } else { other });
            }
            _ => lasting = Some(place),
        }
    }
}

fn fault(later: &Row, earlier: &Row) -> RowFault {
    let dates = match (later.from.or(later.until), earlier.from.or(earlier.until)) {
        (None, None) => "remove one of the two",
        _ => "remove one of the two, or change their dates so that they do not overlap",
    };
    let message = format!(
        "This row is for the same leads as the one on line {}, so nobody could say which of them is \
         meant; {dates}.",
        earlier.line
    );
    RowFault { line: later.line, column: None, message }
}
