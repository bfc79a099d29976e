//! What the rules speak of, and leads made of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::id::TerritoryId;
use crate::rules::ast::{Group, Node};
use crate::rules::check::value::list_of;
use crate::rules::field::Field;
use crate::rules::lint::sample::lot::Lot;
use crate::rules::operator::Operator;
use crate::rules::terms::Territories;
use crate::territory::Territory;
use crate::territory::cell;
use crate::territory::table::{Row, Table};

/// Most values of one field that leads are made of.
const MAX_VALUES: usize = 500;
/// Most values of one cell of a territory that leads are made of.
const MAX_OF_CELL: usize = 8;

/// What some rules speak of.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The values that they name, by the stored name of the field.
    named: BTreeMap<String, BTreeSet<String>>,
    /// Rows of the territories that they ask about.
    rows: Vec<Place>,
}

/// What leads have in common that a row of a territory is for.
#[derive(Debug)]
struct Place {
    /// Values of which a lead has one, by the stored name of the field.
    values: Vec<(String, Vec<String>)>,
    /// An instant at which the row is in force.
    at: Timestamp,
}

/// Some fields of a lead with their values, and when it is looked at.
#[derive(Debug)]
pub(super) struct Sample {
    /// Each field by its stored name.
    pub(super) known: Vec<(String, String)>,
    /// When.
    pub(super) at: Timestamp,
}

impl Vocabulary {
    /// What `conditions` speak of; of the territories that they ask about, at most `rows` rows each.
    pub(super) fn of<'a>(
        conditions: impl IntoIterator<Item = &'a Group>,
        territories: &Territories,
        rows: usize,
    ) -> Self {
        let (mut named, mut asked) = (BTreeMap::new(), BTreeSet::new());
        for condition in conditions {
            collect(condition, &mut named, &mut asked);
        }
        let tables = asked.iter().filter_map(|id| territories.get(id));
        let rows = tables.flat_map(|Territory { table, .. }| places(table, rows)).collect();
        Self { named, rows }
    }

    /// Picks a value for a part of the fields, each with a chance of `eighths`; with the same chance
    /// those of a territory's row come first, since they mean something only together.
    pub(super) fn draw(&self, lot: &mut Lot, eighths: usize) -> Sample {
        let mut sample = Sample { known: Vec::new(), at: Timestamp::UNIX_EPOCH };
        if !self.rows.is_empty()
            && lot.below(8) < eighths
            && let Some(place) = self.rows.get(lot.below(self.rows.len()))
        {
            sample.at = place.at;
            for (field, values) in &place.values {
                let value = values.get(lot.below(values.len()));
                sample.known.extend(value.map(|value| (field.clone(), value.clone())));
            }
        }
        let placed = sample.known.len();
        for (field, values) in &self.named {
            let value = values.iter().nth(lot.below(values.len()));
            let free = !sample.known.iter().take(placed).any(|(known, _)| known == field);
            if let Some(value) = value.filter(|_| lot.below(8) < eighths && free) {
                sample.known.push((field.clone(), value.clone()));
            }
        }
        sample
    }
}

fn collect(
    group: &Group,
    named: &mut BTreeMap<String, BTreeSet<String>>,
    asked: &mut BTreeSet<TerritoryId>,
) {
    for node in &group.rules {
        match node {
            Node::Group(group) => collect(group, named, asked),
            // A pattern is not a value; nothing is known of those that it matches.
            Node::Predicate(predicate) if predicate.operator == Operator::Matches.name() => {}
            Node::Predicate(predicate) if predicate.field == Field::Territory.name() => {
                let id = predicate.value.as_str().map(str::parse::<TerritoryId>);
                asked.extend(id.and_then(Result::ok));
            }
            Node::Predicate(predicate) => {
                let values = named.entry(predicate.field.clone()).or_default();
                for text in list_of(&predicate.value).iter().filter_map(text) {
                    let room = MAX_VALUES.saturating_sub(values.len());
                    values.extend(with_neighbours(text).take(room));
                }
            }
        }
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(|number| number.to_string()))
}

/// A value, and for a number those beside it: on either side of a bound something else may happen.
fn with_neighbours(text: String) -> impl Iterator<Item = String> {
    let number = text.trim().parse::<i64>().ok();
    let beside = number.into_iter().flat_map(|n| [n.saturating_sub(1), n.saturating_add(1)]);
    let beside = beside.filter(|number| *number >= 0).map(|number| number.to_string());
    std::iter::once(text).chain(beside)
}

/// At most `most` rows of a table, from all over it.
fn places(table: &Table, most: usize) -> impl Iterator<Item = Place> {
    let step = table.rows().len().div_ceil(most.max(1)).max(1);
    table.rows().iter().step_by(step).map(|row| place(table, row))
}

fn place(table: &Table, row: &Row) -> Place {
    let filled = table.columns().iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty());
    let values = filled.map(|(column, cell)| {
        let texts = cell.iter().take(MAX_OF_CELL).map(|value| match value {
            cell::Value::Text(text) => text.clone(),
            cell::Value::Span(span) => span.from.to_string(),
        });
        (column.field().name().into_owned(), texts.collect())
    });
    let begins = row.from.and_then(|day| day.to_zoned(TimeZone::UTC).ok());
    let at = begins.map_or(Timestamp::UNIX_EPOCH, |begins| begins.timestamp());
    Place { values: values.collect(), at }
}
