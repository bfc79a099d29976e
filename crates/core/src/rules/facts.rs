//! A lead's values as an index asks for them: each is read and looked up once, and only if it is
//! asked for.

use jiff::Timestamp;

use crate::case::Case;
use crate::rules::field::Field;
use crate::rules::field::value::{self, Value};
use crate::rules::index::Slot;

/// Something that has values for fields: a decoded case, or a stored one.
pub(crate) trait Values {
    /// As [`value::value_of`] the decoded case.
    fn value(&self, field: &Field) -> Option<Value<'_>>;

    /// As [`Case::at`] of the decoded case.
    fn at(&self) -> Option<Timestamp>;

    /// The decoded case itself, for questions about the lead as a whole.
    fn case(&self) -> Option<&Case>;
}

impl Values for Case {
    fn value(&self, field: &Field) -> Option<Value<'_>> {
        value::value_of(self, field)
    }

    fn at(&self) -> Option<Timestamp> {
        Some(self.at)
    }

    fn case(&self) -> Option<&Case> {
        Some(self)
    }
}

/// The class of each slot's value, once it was asked for.
pub(super) struct Facts<'a, V> {
    values: &'a V,
    slots: &'a [Slot],
    classes: &'a mut [u32],
}

/// No class has this number.
const UNREAD: u32 = u32::MAX;

/// Slots whose classes take no allocation.
const FEW: usize = 32;

/// Where the classes of one lead are kept while its rule is looked for.
pub(super) struct Space {
    few: [u32; FEW],
    many: Vec<u32>,
}

impl Space {
    pub(super) fn new() -> Self {
        Self { few: [UNREAD; FEW], many: Vec::new() }
    }

    fn of(&mut self, count: usize) -> &mut [u32] {
        if count > FEW {
            self.many.resize(count, UNREAD);
        }
        match self.few.get_mut(..count) {
            Some(classes) => classes,
            None => &mut self.many,
        }
    }
}

impl<'a, V: Values> Facts<'a, V> {
    pub(super) fn new(values: &'a V, slots: &'a [Slot], space: &'a mut Space) -> Self {
        Self { values, slots, classes: space.of(slots.len()) }
    }

    /// The class of the value in `slot`. Asked some fifty times a lead, mostly for what is known.
    #[inline]
    pub(super) fn class(&mut self, slot: usize) -> u32 {
        match self.classes.get(slot) {
            Some(&UNREAD) => self.read(slot),
            Some(class) => *class,
            None => UNREAD,
        }
    }

    #[inline(never)]
    fn read(&mut self, slot: usize) -> u32 {
        let (Some(class), Some(slot)) = (self.classes.get_mut(slot), self.slots.get(slot)) else {
            return UNREAD;
        };
        *class = slot.class(self.values.value(&slot.field).as_ref());
        *class
    }
}
