//! Entries with the same texts, told apart by their ranges.

use crate::territory::index::Entry;

/// Entries in the order of the lower bound of their first range, as an implicit balanced tree whose
/// nodes know the greatest upper bound below them: all ranges around a number are found without
/// visiting the others.
#[derive(Default)]
pub(super) struct Bucket {
    entries: Vec<Entry>,
    /// For the middle entry of each part of `entries`, the greatest upper bound in that part; empty
    /// where the entries have no range.
    greatest: Vec<i64>,
}

impl Bucket {
    /// Puts entries into the order in which they are searched.
    pub(super) fn new(mut entries: Vec<Entry>) -> Self {
        let ranged = entries.first().is_some_and(|entry| !entry.spans.is_empty());
        let mut greatest = Vec::new();
        if ranged {
            entries.sort_by_key(|entry| (from(entry), entry.row));
            greatest = vec![i64::MIN; entries.len()];
            fill(&entries, &mut greatest);
        }
        Self { entries, greatest }
    }

    /// The entries.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Calls `found` with each entry whose ranges hold the numbers, in no order that matters.
    pub(super) fn each<'a>(&'a self, numbers: &[i64], found: &mut impl FnMut(&'a Entry)) {
        match numbers.first() {
            Some(number) => {
                let mut fits = |entry: &'a Entry| {
                    if entry.spans.iter().zip(numbers).all(|(span, number)| span.holds(*number)) {
                        found(entry);
                    }
                };
                visit(&self.entries, &self.greatest, *number, &mut fits);
            }
            None => self.entries.iter().for_each(found),
        }
    }
}

fn from(entry: &Entry) -> i64 {
    entry.spans.first().map_or(i64::MIN, |span| span.from)
}

fn to(entry: &Entry) -> i64 {
    entry.spans.first().map_or(i64::MAX, |span| span.to)
}

/// A part of the tree: what is left of its middle, the middle, and what is right of it.
fn split<T>(part: &[T]) -> Option<(&[T], &T, &[T])> {
    let (left, rest) = part.split_at_checked(part.len() / 2)?;
    let (middle, right) = rest.split_first()?;
    Some((left, middle, right))
}

/// Fills in the greatest upper bounds; returns that of the whole part.
fn fill(entries: &[Entry], greatest: &mut [i64]) -> i64 {
    let Some((left, middle, right)) = split(entries) else { return i64::MIN };
    let (below, rest) = greatest.split_at_mut(left.len());
    let Some((here, above)) = rest.split_first_mut() else { return i64::MIN };
    *here = fill(left, below).max(to(middle)).max(fill(right, above));
    *here
}

/// Calls `found` with each entry whose first range holds `number`.
///
/// As deep as the tree, which is balanced: 17 levels for 100,000 entries.
fn visit<'a>(
    entries: &'a [Entry],
    greatest: &[i64],
    number: i64,
    found: &mut impl FnMut(&'a Entry),
) {
    let Some(((left, middle, right), (below, here, above))) = split(entries).zip(split(greatest))
    else {
        return;
    };
    if *here < number {
        return;
    }
    visit(left, below, number, found);
    if from(middle) <= number {
        found(middle);
        visit(right, above, number, found);
    }
}
