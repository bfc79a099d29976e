//! A field as the index sees it: its values fall into classes, and no indexed question can tell two
//! values of one class apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::rules::condition::{Compare, Condition, Group, Node, Predicate, Test, Text, TextTest};
use crate::rules::decimal::Decimal;
use crate::rules::field::Field;
use crate::rules::field::value::Value;
use crate::rules::fold::fold;
use crate::rules::index::classes::Classes;
use crate::rules::index::names::{Ends, Names};
use crate::rules::operator::Part;

/// The class of no value.
pub(super) const MISSING: u32 = 0;
/// The class of the texts that no rule names, and of every value where only presence matters.
pub(super) const OTHER: u32 = 1;
/// The class of the first text that is named.
const NAMED: u32 = 2;

/// Longest beginning that is indexed, in bytes: a value is looked up once per length that occurs.
const MAX_BEGINNING: usize = 16;
/// Most places at which the range of numbers is cut; further ranges are only roughly indexed.
const MAX_CUTS: usize = 254;

/// A field and how its values are told apart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Slot {
    pub(crate) field: Field,
    values: Values,
}

#[derive(Debug, Clone, PartialEq)]
enum Values {
    /// Any value is as good as another.
    Any,
    /// Ascending, in parts of a [`Decimal`]; the class counts the cuts at or below the number.
    Numbers(Vec<i64>),
    Texts(Texts),
}

/// The texts that rules name; a value's class is its own, or else that of its longest beginning.
#[derive(Debug, Clone, Default, PartialEq)]
struct Texts {
    whole: Names,
    beginnings: Names,
    /// The lengths of the beginnings in bytes, longest first.
    lengths: Vec<usize>,
}

impl Slot {
    /// The class of a lead's value. A value of another kind than the field's cannot be; it would
    /// answer as a missing one does, which is to say no to everything.
    #[inline]
    pub(crate) fn class(&self, value: Option<&Value<'_>>) -> u32 {
        match (&self.values, value) {
            (Values::Any, Some(_)) => OTHER,
            (Values::Numbers(cuts), Some(Value::Number(number))) => {
                class_of_number(cuts, number.parts())
            }
            (Values::Texts(texts), Some(Value::Text(text))) => texts.class(text),
            _ => MISSING,
        }
    }
}

impl Texts {
    #[inline]
    fn class(&self, text: &str) -> u32 {
        let ends = Ends::of(text.as_bytes());
        // Names are found in ASCII of any case, so only other texts are folded.
        if ends.is_ascii(text) {
            return self.class_of(text.as_bytes(), ends);
        }
        let folded = fold(text);
        self.class_of(folded.as_bytes(), Ends::of(folded.as_bytes()))
    }

    #[inline]
    fn class_of(&self, folded: &[u8], ends: Ends) -> u32 {
        self.whole.class(folded, ends).unwrap_or_else(|| self.class_of_beginning(folded))
    }

    fn class_of_beginning(&self, folded: &[u8]) -> u32 {
        let beginnings = self.lengths.iter().filter_map(|length| folded.get(..*length));
        let mut known = beginnings.filter_map(|part| self.beginnings.class(part, Ends::of(part)));
        known.next().unwrap_or(OTHER)
    }
}

fn class_of_number(cuts: &[i64], number: i64) -> u32 {
    OTHER.saturating_add(id(cuts.partition_point(|cut| *cut <= number)))
}

/// What all conditions of a ruleset name of one field, ready to be asked for the classes of a test.
#[derive(Debug)]
pub(super) enum Vocabulary<'a> {
    Any,
    /// Ascending.
    Numbers(Vec<i64>),
    /// Ascending: whole texts (`false`) and beginnings (`true`). Their order is that of the classes.
    Texts(Vec<(&'a str, bool)>),
}

/// The classes for which a test may hold.
pub(super) struct Said {
    pub(super) classes: Classes,
    /// Whether it holds for every value of them.
    pub(super) exact: bool,
}

impl Vocabulary<'_> {
    /// How many classes there are.
    pub(super) fn count(&self) -> u32 {
        match self {
            Self::Any => NAMED,
            Self::Numbers(cuts) => NAMED.saturating_add(id(cuts.len())),
            Self::Texts(named) => NAMED.saturating_add(id(named.len())),
        }
    }

    /// The classes of the values for which `test` holds; `None` when it is not indexed.
    pub(super) fn say(&self, test: &Test) -> Option<Said> {
        if *test == Test::Missing {
            return Some(Said { classes: Classes::only(MISSING), exact: true });
        }
        match (self, test) {
            (Self::Numbers(cuts), Test::Number(compare)) => Some(say_numbers(cuts, compare)),
            (Self::Texts(named), Test::Text(test)) => {
                Some(Said { classes: say_texts(named, test)?, exact: true })
            }
            _ => None,
        }
    }

    pub(super) fn slot(&self, field: &Field) -> Slot {
        let values = match self {
            Self::Any => Values::Any,
            Self::Numbers(cuts) => Values::Numbers(cuts.clone()),
            Self::Texts(named) => {
                let those = |wanted: bool| {
                    let named = named.iter().enumerate();
                    let named = named.filter(move |(_, (_, beginning))| *beginning == wanted);
                    named.map(|(at, (text, _))| (text.as_bytes(), NAMED.saturating_add(id(at))))
                };
                let lengths: BTreeSet<_> = those(true).map(|(text, _)| text.len()).collect();
                Values::Texts(Texts {
                    whole: Names::of(those(false)),
                    beginnings: Names::of(those(true)),
                    lengths: lengths.into_iter().rev().collect(),
                })
            }
        };
        Slot { field: field.clone(), values }
    }
}

fn say_texts(named: &[(&str, bool)], test: &TextTest) -> Option<Classes> {
    let place = |index: usize| NAMED.saturating_add(id(index));
    let whole = |text: &Text| {
        let found = named.binary_search(&(text.key(), false)).ok();
        found.map(|index| Classes::only(place(index)))
    };
    match test {
        TextTest::Compare(Compare::Is(constant)) => whole(constant),
        TextTest::Compare(Compare::OneOf(list)) => {
            let all = list.iter().map(whole).collect::<Option<Vec<_>>>()?;
            Some(Classes::of(all.iter().flat_map(Classes::ranges).cloned()))
        }
        TextTest::Part(Part::Beginning, part) if is_indexed_beginning(part.key()) => {
            let key = part.key();
            let start = named.partition_point(|(text, _)| *text < key);
            let end = named.partition_point(|(text, _)| *text < key || text.starts_with(key));
            Some(Classes::of(std::iter::once(place(start)..place(end))))
        }
        TextTest::Compare(_) | TextTest::Part(..) | TextTest::Matches(_) => None,
    }
}

fn say_numbers(cuts: &[i64], compare: &Compare<Decimal>) -> Said {
    let count = NAMED.saturating_add(id(cuts.len()));
    let is_cut = |number: &i64| cuts.binary_search(number).is_ok();
    let spans = spans(compare);
    let exact = spans
        .iter()
        .all(|(from, end)| from.as_ref().is_none_or(is_cut) && end.as_ref().is_none_or(is_cut));
    let ranges = spans.iter().map(|(from, end)| {
        let first = from.map_or(OTHER, |from| class_of_number(cuts, from));
        let cut =
            end.map(|end| class_of_number(cuts, end).saturating_add(u32::from(!is_cut(&end))));
        first..cut.unwrap_or(count)
    });
    Said { classes: Classes::of(ranges), exact }
}

/// Where a test of numbers holds, in parts of a [`Decimal`]: from a number, up to before another.
fn spans(compare: &Compare<Decimal>) -> Vec<(Option<i64>, Option<i64>)> {
    let after = |key: &Decimal| key.parts().checked_add(1);
    let one = |key: &Decimal| (Some(key.parts()), after(key));
    match compare {
        Compare::Is(constant) => vec![one(constant)],
        Compare::Below(constant) => vec![(None, Some(constant.parts()))],
        Compare::UpTo(constant) => vec![(None, after(constant))],
        Compare::Between(from, to) => vec![(Some(from.parts()), after(to))],
        Compare::OneOf(list) => list.iter().map(one).collect(),
    }
}

fn is_indexed_beginning(text: &str) -> bool {
    text.len() <= MAX_BEGINNING
}

/// The vocabulary of every field that `conditions` ask about.
pub(super) fn vocabularies<'a>(
    conditions: impl Iterator<Item = &'a Condition>,
) -> BTreeMap<&'a Field, Vocabulary<'a>> {
    let mut notes = BTreeMap::new();
    for condition in conditions {
        note_group(&condition.root, &mut notes);
    }
    notes.into_iter().map(|(field, notes)| (field, notes.vocabulary())).collect()
}

#[derive(Default)]
struct Notes<'a> {
    texts: BTreeSet<(&'a str, bool)>,
    cuts: BTreeSet<i64>,
}

impl<'a> Notes<'a> {
    fn vocabulary(self) -> Vocabulary<'a> {
        match (self.texts.is_empty(), self.cuts.is_empty()) {
            (false, true) => Vocabulary::Texts(self.texts.into_iter().collect()),
            (true, false) => {
                let step = self.cuts.len().div_ceil(MAX_CUTS);
                Vocabulary::Numbers(self.cuts.into_iter().step_by(step).collect())
            }
            _ => Vocabulary::Any,
        }
    }

    fn note(&mut self, test: &'a Test) {
        match test {
            Test::Number(compare) => {
                let ends = spans(compare).into_iter().flat_map(|(from, end)| [from, end]);
                self.cuts.extend(ends.flatten());
            }
            Test::Text(TextTest::Compare(Compare::Is(constant))) => {
                self.texts.insert((constant.key(), false));
            }
            Test::Text(TextTest::Compare(Compare::OneOf(list))) => {
                self.texts.extend(list.iter().map(|text| (text.key(), false)));
            }
            Test::Text(TextTest::Part(Part::Beginning, part))
                if is_indexed_beginning(part.key()) =>
            {
                self.texts.insert((part.key(), true));
            }
            Test::Text(_)
            | Test::Missing
            | Test::Boolean(_)
            | Test::Time(_)
            | Test::List(_)
            | Test::Field(_)
            | Test::Territory(_) => {}
        }
    }
}

fn note_group<'a>(group: &'a Group, notes: &mut BTreeMap<&'a Field, Notes<'a>>) {
    for member in &group.members {
        match member {
            Node::Group(group) => note_group(group, notes),
            // It has no value that could be looked up: a condition on it is asked itself.
            Node::Predicate(Predicate { field, .. }) if **field == Field::Territory => {}
            Node::Predicate(Predicate { field, test, .. }) => {
                notes.entry(field).or_default().note(test);
            }
        }
    }
}

/// A position as the index stores it. Rulesets are far smaller than what fits.
pub(super) fn id(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
