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
    classes: Vec<u32>,
}

/// No class has this number.
const UNREAD: u32 = u32::MAX;

impl<'a, V: Values> Facts<'a, V> {
    pub(super) fn new(values: &'a V, slots: &'a [Slot]) -> Self {
        Self { values, slots, classes: vec![UNREAD; slots.len()] }
    }

    /// The class of the value in `slot`.
    pub(super) fn class(&mut self, slot: usize) -> u32 {
        let (Some(class), Some(slot)) = (self.classes.get_mut(slot), self.slots.get(slot)) else {
            return UNREAD;
        };
        if *class == UNREAD {
            *class = slot.class(self.values.value(&slot.field).as_ref());
        }
        *class
    }
}
