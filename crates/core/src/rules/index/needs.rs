//! What a lead must have for a condition to be true, as far as an index can tell.

use crate::rules::ast::Combinator;
use crate::rules::condition::{Condition, Group, Node, Predicate, Test};
use crate::rules::field::Field;
use crate::rules::index::classes::Classes;
use crate::rules::index::slot::{MISSING, Vocabulary};

/// The fields of a ruleset's conditions; a slot is a position in it.
pub(super) type Slots<'a> = Vec<(&'a Field, Vocabulary<'a>)>;

/// Most ways of one condition that are told apart; of more, the needs that they share are kept.
const MAX_WAYS: usize = 8;

/// The ways in which a condition can be true: where it is, one of them has what it needs. None at
/// all if no lead can fulfil it.
#[derive(Debug)]
pub(super) struct Ways(Vec<Needs>);

/// What a way needs: every set holds the class of its slot's value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Needs {
    /// By slot, ascending; none is empty.
    sets: Vec<(usize, Classes)>,
    /// Whether the condition is true wherever the sets say so. If not, it is asked itself.
    pub(super) exact: bool,
}

impl Needs {
    /// Needs nothing.
    fn nothing(exact: bool) -> Self {
        Self { sets: Vec::new(), exact }
    }

    pub(super) fn set(&self, slot: usize) -> Option<&Classes> {
        let at = self.sets.binary_search_by_key(&slot, |(slot, _)| *slot).ok()?;
        self.sets.get(at).map(|(_, set)| set)
    }

    pub(super) fn sets(&self) -> impl Iterator<Item = (usize, &Classes)> {
        self.sets.iter().map(|(slot, set)| (*slot, set))
    }

    /// `None` if no lead can have what both need.
    fn and(&self, other: &Self) -> Option<Self> {
        let mut both = self.clone();
        both.exact &= other.exact;
        for (slot, set) in &other.sets {
            match both.sets.binary_search_by_key(slot, |(slot, _)| *slot) {
                Err(at) => both.sets.insert(at, (*slot, set.clone())),
                Ok(at) => {
                    let (_, mine) = both.sets.get_mut(at)?;
                    *mine = mine.and(set);
                    if mine.is_empty() {
                        return None;
                    }
                }
            }
        }
        Some(both)
    }

    /// What both need.
    fn or(&self, other: &Self) -> Self {
        let shared = self.sets().filter_map(|(slot, set)| Some((slot, set.or(other.set(slot)?))));
        Self { sets: shared.collect(), exact: self.exact && other.exact && self.is_beside(other) }
    }

    /// Whether the two differ in one slot at most, so that one can say what both do.
    fn is_beside(&self, other: &Self) -> bool {
        let slots = |needs: &Self| needs.sets.iter().map(|(slot, _)| *slot).collect::<Vec<_>>();
        let pairs = self.sets.iter().zip(&other.sets);
        slots(self) == slots(other) && pairs.filter(|(one, other)| one != other).count() <= 1
    }
}

impl Ways {
    pub(super) fn of(condition: &Condition, slots: &Slots<'_>) -> Self {
        group(&condition.root, true, slots)
    }

    pub(super) fn into_each(self) -> impl Iterator<Item = Needs> {
        self.0.into_iter()
    }

    fn always() -> Self {
        Self(vec![Needs::nothing(true)])
    }

    fn never() -> Self {
        Self(Vec::new())
    }

    fn in_slot(slot: usize, classes: Classes, exact: bool) -> Self {
        if classes.is_empty() {
            return Self::never();
        }
        Self(vec![Needs { sets: vec![(slot, classes)], exact }])
    }

    fn and(self, other: Self) -> Self {
        if self.0.len().saturating_mul(other.0.len()) > MAX_WAYS {
            return self.joined().and(other.joined());
        }
        let pairs = self.0.iter().flat_map(|one| other.0.iter().map(move |two| one.and(two)));
        Self(pairs.flatten().collect())
    }

    fn or(mut self, other: Self) -> Self {
        for way in other.0 {
            match self.0.iter_mut().find(|known| known.exact == way.exact && known.is_beside(&way))
            {
                Some(known) => *known = known.or(&way),
                None => self.0.push(way),
            }
        }
        if self.0.len() > MAX_WAYS { self.joined() } else { self }
    }

    /// One way for all.
    fn joined(self) -> Self {
        Self(self.0.into_iter().reduce(|one, other| one.or(&other)).into_iter().collect())
    }
}

/// What it takes for `group` to answer `wanted`.
fn group(group: &Group, wanted: bool, slots: &Slots<'_>) -> Ways {
    let wanted = wanted != group.not;
    if group.members.is_empty() {
        return if wanted { Ways::always() } else { Ways::never() };
    }
    let members = group.members.iter().map(|member| node(member, wanted, slots));
    if (group.combinator == Combinator::And) == wanted {
        members.fold(Ways::always(), Ways::and)
    } else {
        members.fold(Ways::never(), Ways::or)
    }
}

fn node(member: &Node, wanted: bool, slots: &Slots<'_>) -> Ways {
    match member {
        Node::Group(inner) => group(inner, wanted, slots),
        Node::Predicate(asked) => predicate(asked, wanted, slots),
    }
}

fn predicate(asked: &Predicate, wanted: bool, slots: &Slots<'_>) -> Ways {
    let Ok(slot) = slots.binary_search_by(|(field, _)| (*field).cmp(&asked.field)) else {
        return Ways(vec![Needs::nothing(false)]);
    };
    let Some((_, vocabulary)) = slots.get(slot) else { return Ways::always() };
    let count = vocabulary.count();
    let missing = Classes::only(MISSING);
    let negates = asked.operator.negates();
    let said = vocabulary.say(&asked.test).filter(|said| said.exact || (wanted && !negates));
    let Some(said) = said else {
        // Whatever it asks, the answer is no for a missing value.
        let present = Ways::in_slot(slot, missing.not(count), false);
        return if wanted { present } else { Ways(vec![Needs::nothing(false)]) };
    };
    let is_missing = asked.test == Test::Missing;
    let classes = match (negates, is_missing) {
        (false, _) => said.classes,
        (true, true) => said.classes.not(count),
        (true, false) => said.classes.or(&missing).not(count),
    };
    let classes = if wanted { classes } else { classes.not(count) };
    Ways::in_slot(slot, classes, said.exact)
}
