//! What the rules of a ruleset repeat, and their conditions share.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use crate::rules::check::constant;
use crate::rules::condition::{Pattern, Text};
use crate::rules::field::Field;
use crate::rules::kind::AttributeTypes;

/// What was made so far, each by how it is written.
#[derive(Default)]
pub(super) struct Shared {
    fields: HashMap<String, Arc<Field>, FixedState>,
    texts: HashMap<String, Text, FixedState>,
    patterns: HashMap<String, Pattern, FixedState>,
}

impl Shared {
    /// As [`Field::parse`].
    pub(super) fn field(&mut self, name: &str, types: &AttributeTypes) -> Option<Arc<Field>> {
        if let Some(known) = self.fields.get(name) {
            return Some(Arc::clone(known));
        }
        let field = Arc::new(Field::parse(name, types)?);
        self.fields.insert(name.to_owned(), Arc::clone(&field));
        Some(field)
    }

    pub(super) fn text(&mut self, written: &str) -> Text {
        if let Some(known) = self.texts.get(written) {
            return known.clone();
        }
        let text = Text::new(written);
        self.texts.insert(written.to_owned(), text.clone());
        text
    }

    /// As [`constant::pattern`].
    pub(super) fn pattern(&mut self, written: &str) -> Result<Pattern, String> {
        if let Some(known) = self.patterns.get(written) {
            return Ok(known.clone());
        }
        let pattern = constant::pattern(written)?;
        self.patterns.insert(written.to_owned(), pattern.clone());
        Ok(pattern)
    }
}
