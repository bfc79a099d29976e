//! Makes the index of a table.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::territory::cell::{Span, Value};
use crate::territory::column::{Column, Matching};
use crate::territory::index::bucket::Bucket;
use crate::territory::index::{Entry, Index, Part, Shape, Symbol};
use crate::territory::table::Row;

/// A value as the index sees it.
#[derive(Clone, Copy)]
enum Piece {
    Any,
    Equal(Symbol),
    Prefix(Reverse<usize>, Symbol),
    Span(Span),
}

/// The entries of one shape, those with the same texts together.
#[derive(Default)]
struct Keys {
    places: HashMap<Box<[Symbol]>, usize>,
    entries: Vec<Vec<Entry>>,
}

impl Keys {
    fn add(&mut self, key: Box<[Symbol]>, entry: Entry) {
        let next = self.entries.len();
        let place = *self.places.entry(key).or_insert(next);
        match self.entries.get_mut(place) {
            Some(entries) => entries.push(entry),
            None => self.entries.push(vec![entry]),
        }
    }
}

impl Index {
    /// The index of `rows`, each of which has a cell per column.
    pub(in crate::territory) fn build(columns: &[Column], rows: &[Row]) -> Self {
        let mut symbols = vec![HashMap::new(); columns.len()];
        // A map in order, so that building twice gives the same index.
        let mut shapes: BTreeMap<Vec<Part>, Keys> = BTreeMap::new();
        for (place, row) in rows.iter().enumerate() {
            let cells: Vec<Vec<Piece>> = (row.cells.iter().zip(columns).zip(&mut symbols))
                .map(|((cell, column), symbols)| pieces(cell, column, symbols))
                .collect();
            each_combination(&cells, &mut Vec::new(), &mut |pieces| {
                let shape = shapes.entry(pieces.iter().map(Piece::part).collect()).or_default();
                let key = pieces.iter().filter_map(Piece::symbol).collect();
                let spans = pieces.iter().filter_map(Piece::span).collect();
                shape.add(key, Entry { row: place, spans });
            });
        }
        let shapes = shapes.into_iter().map(|(parts, keys)| {
            let buckets = keys.entries.into_iter().map(Bucket::new).collect();
            Shape { parts, places: keys.places, buckets }
        });
        Self { symbols, shapes: shapes.collect() }
    }
}

impl Piece {
    fn part(&self) -> Part {
        match self {
            Self::Any => Part::Any,
            Self::Equal(_) => Part::Equal,
            Self::Prefix(length, _) => Part::Prefix(*length),
            Self::Span(_) => Part::Range,
        }
    }

    fn symbol(&self) -> Option<Symbol> {
        match self {
            Self::Equal(symbol) | Self::Prefix(_, symbol) => Some(*symbol),
            Self::Any | Self::Span(_) => None,
        }
    }

    fn span(&self) -> Option<Span> {
        match self {
            Self::Span(span) => Some(*span),
            Self::Any | Self::Equal(_) | Self::Prefix(..) => None,
        }
    }
}

fn pieces(cell: &[Value], column: &Column, symbols: &mut HashMap<Box<str>, Symbol>) -> Vec<Piece> {
    if cell.is_empty() {
        return vec![Piece::Any];
    }
    let mut pieces = Vec::with_capacity(cell.len());
    for value in cell {
        pieces.push(match value {
            Value::Span(span) => Piece::Span(*span),
            Value::Text(text) => {
                let key = column.key(text);
                let length = Reverse(key.chars().count());
                // There are far fewer texts than a symbol can tell apart: a table is bounded.
                let next = Symbol::try_from(symbols.len()).unwrap_or(Symbol::MAX);
                let symbol = *symbols.entry(key.into()).or_insert(next);
                match column.matching() {
                    Matching::Prefix => Piece::Prefix(length, symbol),
                    Matching::Exact | Matching::Range => Piece::Equal(symbol),
                }
            }
        });
    }
    pieces
}

/// Calls `found` with one piece of each cell, for every way to choose them.
fn each_combination(
    cells: &[Vec<Piece>],
    chosen: &mut Vec<Piece>,
    found: &mut impl FnMut(&[Piece]),
) {
    let Some((cell, rest)) = cells.split_first() else { return found(chosen) };
    for piece in cell {
        chosen.push(*piece);
        each_combination(rest, chosen, found);
        chosen.pop();
    }
}
