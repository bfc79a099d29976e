//! Collects what normalising changed, for the person who reads the lead.

use std::fmt;

use crate::normalise::{MAX_SHOWN, Note, text};

/// Most characters of a value inside a reason.
const MAX_QUOTED: usize = 60;

/// The notes of one lead, in the order in which its fields are cleaned.
#[derive(Default)]
pub(super) struct Notes(Vec<Note>);

impl Notes {
    /// Notes that `from` became `to`, unless they differ by spaces at the ends only.
    pub(super) fn changed(
        &mut self,
        field: &'static str,
        from: &str,
        to: &str,
        why: impl Into<String>,
    ) {
        if from.trim() != to {
            self.push(field, from, Some(to), why.into());
        }
    }

    /// Notes that `from` was dropped; `why` completes a sentence that begins with it.
    pub(super) fn dropped(&mut self, field: &'static str, from: &str, why: impl fmt::Display) {
        self.push(field, from, None, format!("{} {why}", quoted(from)));
    }

    /// Notes that nothing was received, and what we concluded instead.
    pub(super) fn concluded(&mut self, field: &'static str, to: &str, why: impl Into<String>) {
        self.push(field, "", Some(to), why.into());
    }

    /// All of them.
    pub(super) fn into_vec(self) -> Vec<Note> {
        self.0
    }

    fn push(&mut self, field: &'static str, from: &str, to: Option<&str>, why: String) {
        let to = to.map(|to| shown(to, MAX_SHOWN));
        self.0.push(Note { field, from: shown(from, MAX_SHOWN), to, why });
    }
}

/// A value as a reason quotes it.
pub(super) fn quoted(value: &str) -> String {
    format!("`{}`", shown(value, MAX_QUOTED))
}

fn shown(value: &str, max: usize) -> String {
    let tidy = text::line(value, max);
    if tidy.cut { format!("{}…", tidy.text) } else { tidy.text }
}
