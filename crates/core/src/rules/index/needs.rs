//! What a lead must have for a condition to be true, as far as an index can tell.

use std::collections::BTreeMap;

use crate::rules::ast::Combinator;
use crate::rules::condition::{Condition, Group, Node, Predicate, Test};
use crate::rules::field::Field;
use crate::rules::index::classes::Classes;
use crate::rules::index::slot::{MISSING, Vocabulary};

/// The fields of a ruleset's conditions; a slot is a position in it.
pub(super) type Slots<'a> = Vec<(&'a Field, Vocabulary<'a>)>;

/// Where a condition is true, every set holds the class of its slot's value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Needs {
    /// Never empty ones: see `never`.
    pub(super) sets: BTreeMap<usize, Classes>,
    /// Whether the condition is true wherever the sets say so. If not, it is asked itself.
    pub(super) exact: bool,
    /// Whether no lead can fulfil it.
    pub(super) never: bool,
}

impl Needs {
    pub(super) fn of(condition: &Condition, slots: &Slots<'_>) -> Self {
        group(&condition.root, true, slots)
    }

    fn always() -> Self {
        Self { sets: BTreeMap::new(), exact: true, never: false }
    }

    fn never() -> Self {
        Self { never: true, ..Self::always() }
    }

    fn in_slot(slot: usize, classes: Classes, exact: bool) -> Self {
        if classes.is_empty() {
            return Self::never();
        }
        Self { sets: BTreeMap::from([(slot, classes)]), exact, never: false }
    }

    fn and(mut self, other: Self, slots: &Slots<'_>) -> Self {
        self.exact &= other.exact;
        self.never |= other.never;
        for (slot, set) in other.sets {
            let count = slots.get(slot).map_or(0, |(_, vocabulary)| vocabulary.count());
            let both = match self.sets.get(&slot) {
                Some(mine) => mine.and(&set, count),
                None => set,
            };
            self.never |= both.is_empty();
            self.sets.insert(slot, both);
        }
        self
    }

    fn or(self, other: Self) -> Self {
        if self.never || other.never {
            return if self.never { other } else { self };
        }
        let always = [&self, &other].iter().any(|one| one.exact && one.sets.is_empty());
        let same_slot = self.sets.len() == 1 && self.sets.keys().eq(other.sets.keys());
        let shared = self
            .sets
            .iter()
            .filter_map(|(slot, set)| other.sets.get(slot).map(|too| (*slot, set.or(too))));
        Self {
            sets: shared.collect(),
            exact: always || (same_slot && self.exact && other.exact),
            never: false,
        }
    }
}

/// What it takes for `group` to answer `wanted`.
fn group(group: &Group, wanted: bool, slots: &Slots<'_>) -> Needs {
    let wanted = wanted != group.not;
    if group.members.is_empty() {
        return if wanted { Needs::always() } else { Needs::never() };
    }
    let members = group.members.iter().map(|member| node(member, wanted, slots));
    if (group.combinator == Combinator::And) == wanted {
        members.fold(Needs::always(), |needs, member| needs.and(member, slots))
    } else {
        members.fold(Needs::never(), Needs::or)
    }
}

fn node(member: &Node, wanted: bool, slots: &Slots<'_>) -> Needs {
    match member {
        Node::Group(inner) => group(inner, wanted, slots),
        Node::Predicate(asked) => predicate(asked, wanted, slots),
    }
}

fn predicate(asked: &Predicate, wanted: bool, slots: &Slots<'_>) -> Needs {
    let Ok(slot) = slots.binary_search_by(|(field, _)| (*field).cmp(&asked.field)) else {
        return Needs { exact: false, ..Needs::always() };
    };
    let Some((_, vocabulary)) = slots.get(slot) else { return Needs::always() };
    let count = vocabulary.count();
    let missing = Classes::only(MISSING);
    let negates = asked.operator.negates();
    let said = vocabulary.say(&asked.test).filter(|said| said.exact || (wanted && !negates));
    let Some(said) = said else {
        // Whatever it asks, the answer is no for a missing value.
        let needs = Needs { exact: false, ..Needs::always() };
        let present = Needs::in_slot(slot, missing.not(count), false);
        return if wanted { present } else { needs };
    };
    let is_missing = asked.test == Test::Missing;
    let classes = match (negates, is_missing) {
        (false, _) => said.classes,
        (true, true) => said.classes.not(count),
        (true, false) => said.classes.or(&missing).not(count),
    };
    let classes = if wanted { classes } else { classes.not(count) };
    Needs::in_slot(slot, classes, said.exact)
}
