//! From a case to the row that wins, without asking every row.
//!
//! Rows whose cells are filled in the same columns, with prefixes of the same lengths, are of one
//! *shape*. Within a shape a case has one key, found by hash; what that leaves is told apart by its
//! ranges, with an interval tree. Shapes are asked in the order of the best fit they could give, so
//! the search ends at the first whose best is worse than what was found.

mod build;
mod bucket;

use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::civil::Date;

use crate::case::Case;
use crate::territory::cell::Span;
use crate::territory::column::{Asked, Column};
use crate::territory::fit::Fit;
use crate::territory::table::{self, Row};
use bucket::Bucket;

/// Stands for a text of a column.
type Symbol = u32;

/// What rows are found by.
pub(super) struct Index {
    /// Per column, the texts of its cells; no entry means that no cell has the text.
    symbols: Vec<HashMap<Box<str>, Symbol>>,
    /// In the order of the best fit that each could give.
    shapes: Vec<Shape>,
}

/// How the cells of a row are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Part {
    Equal,
    /// With a prefix of that many characters.
    Prefix(Reverse<usize>),
    Range,
    Any,
}

/// The rows that are filled alike.
struct Shape {
    parts: Vec<Part>,
    /// Where in `buckets` the rows with these texts are.
    places: HashMap<Box<[Symbol]>, usize>,
    buckets: Vec<Bucket>,
}

/// One combination of a row's values, within a bucket.
#[derive(Debug)]
pub(super) struct Entry {
    /// The row's place in the table.
    pub(super) row: usize,
    /// Its ranges, in the order of their columns.
    pub(super) spans: Box<[Span]>,
}

/// What a case has for each column.
struct Question {
    asked: Vec<Option<Asked>>,
    day: Date,
}

impl Index {
    /// The place of the row that wins.
    pub(super) fn find(&self, columns: &[Column], rows: &[Row], case: &Case) -> Option<usize> {
        let asked = columns.iter().map(|column| column.asks(case)).collect();
        let question = Question { asked, day: table::day(case.at) };
        let mut best: Option<(&Shape, &Entry)> = None;
        let (mut key, mut numbers) = (Vec::new(), Vec::new());
        for shape in &self.shapes {
            if best.is_some_and(|(found, entry)| found.fits(entry).lt(shape.best())) {
                break;
            }
            let Some(bucket) = self.bucket(shape, &question, &mut key, &mut numbers) else {
                continue;
            };
            bucket.each(&numbers, &mut |entry| {
                let in_force = rows.get(entry.row).is_some_and(|row| row.is_in_force(question.day));
                if in_force && best.is_none_or(|best| precedes((shape, entry), best)) {
                    best = Some((shape, entry));
                }
            });
        }
        best.map(|(_, entry)| entry.row)
    }

    /// Every bucket's entries: those of one bucket have the same texts in the same columns.
    pub(super) fn buckets(&self) -> impl Iterator<Item = &[Entry]> {
        self.shapes.iter().flat_map(|shape| &shape.buckets).map(Bucket::entries)
    }

    /// The rows of a shape that have the case's texts; its numbers are left in `numbers`.
    fn bucket<'a>(
        &'a self,
        shape: &'a Shape,
        question: &Question,
        key: &mut Vec<Symbol>,
        numbers: &mut Vec<i64>,
    ) -> Option<&'a Bucket> {
        key.clear();
        numbers.clear();
        for ((part, asked), symbols) in shape.parts.iter().zip(&question.asked).zip(&self.symbols) {
            match (part, asked) {
                (Part::Any, _) => {}
                (Part::Range, Some(Asked::Number(number))) => numbers.push(*number),
                (Part::Equal, Some(Asked::Text(text))) => key.push(*symbols.get(text.as_str())?),
                (Part::Prefix(Reverse(length)), Some(Asked::Text(text))) => {
                    key.push(*symbols.get(first(text, *length)?)?);
                }
                _ => return None,
            }
        }
        shape.buckets.get(*shape.places.get(key.as_slice())?)
    }
}

impl Shape {
    /// The tightest fit that an entry of it could have.
    fn best(&self) -> impl Iterator<Item = Fit> {
        self.parts.iter().map(|part| part.fit(0))
    }

    /// How an entry of it fits the cases that it is for.
    fn fits<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = Fit> + 'a {
        let mut spans = entry.spans.iter();
        self.parts.iter().map(move |part| match part {
            Part::Range => part.fit(spans.next().map_or(0, |span| span.width())),
            Part::Equal | Part::Prefix(_) | Part::Any => part.fit(0),
        })
    }
}

impl Part {
    fn fit(self, width: u64) -> Fit {
        match self {
            Self::Equal => Fit::Equal,
            Self::Prefix(length) => Fit::Prefix(length),
            Self::Range => Fit::Range(width),
            Self::Any => Fit::Any,
        }
    }
}

/// Whether the first of two wins: it fits more tightly, or as tightly from an earlier row.
fn precedes((shape, entry): (&Shape, &Entry), (other, best): (&Shape, &Entry)) -> bool {
    shape.fits(entry).cmp(other.fits(best)).then(entry.row.cmp(&best.row)).is_lt()
}

/// The first `length` characters; `None` if there are fewer.
fn first(text: &str, length: usize) -> Option<&str> {
    if text.is_ascii() {
        return text.get(..length);
    }
    let end = text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(length)?;
    text.get(..end)
}
