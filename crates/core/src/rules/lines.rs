//! A condition as lines of text, for differences between versions.
//!
//! One line per group and predicate, two spaces deeper per level:
//!
//! ```text
//! all of
//!   country in [CA, US]
//!   not any of
//!     title contains "vice president"
//!     employees < 1000
//! ```
//!
//! Stable: the lines depend on the stored form only, and spellings that mean the same thing (`"US,CA"`
//! and `["CA", "US"]`, `1000` and `"1000"`) give the same lines. Nothing is cut, so what differs in
//! meaning differs in its lines. An unchecked condition has lines too, since drafts may hold faults.

use serde_json::Value;

use crate::id::TerritoryId;
use crate::rules::action::Target;
use crate::rules::ast::{Combinator, Group, Node, Predicate, ValueSource};
use crate::rules::check::value::list_of;
use crate::rules::field::Field;
use crate::rules::kind::{AttributeTypes, ValueKind};
use crate::rules::operator::{Comparison, Operator, Shape};

impl Group {
    /// The condition as lines; never none. Territories go by their ids.
    pub fn lines(&self) -> Vec<String> {
        self.lines_named(|_| None)
    }

    /// The same for people: `name_of` gives the name of a territory, as of the target that its owner
    /// is; where it knows none, the id stands instead.
    pub fn lines_named(&self, name_of: impl Fn(&Target) -> Option<String>) -> Vec<String> {
        let mut lines = Vec::new();
        group_lines(self, 0, &name_of, &mut lines);
        lines
    }
}

fn group_lines(
    group: &Group,
    depth: usize,
    name_of: &impl Fn(&Target) -> Option<String>,
    lines: &mut Vec<String>,
) {
    let not = if group.not { "not " } else { "" };
    let words = match (group.combinator, group.rules.is_empty()) {
        (_, true) => "every lead",
        (Combinator::And, false) => "all of",
        (Combinator::Or, false) => "any of",
    };
    lines.push(line(depth, &format!("{not}{words}"), group.muted));
    let depth = depth.saturating_add(1);
    for node in &group.rules {
        match node {
            Node::Group(group) => group_lines(group, depth, name_of, lines),
            Node::Predicate(predicate) => {
                lines.push(line(depth, &predicate_text(predicate, name_of), predicate.muted));
            }
        }
    }
}

fn line(depth: usize, text: &str, muted: bool) -> String {
    let muted = if muted { " (muted)" } else { "" };
    format!("{}{text}{muted}", "  ".repeat(depth))
}

fn predicate_text(predicate: &Predicate, name_of: impl Fn(&Target) -> Option<String>) -> String {
    let Predicate { field, operator, value, value_source, .. } = predicate;
    let subject = format!("{} {}", bare_or_quoted(field), bare_or_quoted(operator));
    let shape = Operator::parse(operator).map(Operator::shape);
    match (shape, value_source) {
        (Some(Shape::Missing), _) => subject,
        (Some(Shape::Territory), _) => {
            let id = value.as_str().and_then(|text| text.parse::<TerritoryId>().ok());
            let name = id.and_then(|id| name_of(&Target::TerritoryOwner(id)));
            format!(
                "{subject} {}",
                name.map_or_else(|| scalar(value), |name| bare_or_quoted(&name))
            )
        }
        (_, ValueSource::Field) => format!("{subject} field {}", scalar(value)),
        (Some(shape), ValueSource::Value) => {
            format!(
                "{subject} {}",
                constant(shape, Field::parse(field, &AttributeTypes::default()).as_ref(), value)
            )
        }
        (None, ValueSource::Value) => format!("{subject} {value}"),
    }
}

fn constant(shape: Shape, field: Option<&Field>, value: &Value) -> String {
    let written = |value: &Value| match (field, value.as_str()) {
        (Some(field), Some(text)) if field.is_coded() => {
            bare_or_quoted(&folded(field, text.trim()))
        }
        _ => scalar(value),
    };
    let listed = |values: &[String]| format!("[{}]", values.join(", "));
    let list = || list_of(value).iter().map(written).collect::<Vec<_>>();
    match shape {
        Shape::Compare(Comparison::OneOf) => {
            let mut values = list();
            values.sort_unstable();
            values.dedup();
            listed(&values)
        }
        Shape::Compare(Comparison::Between) => listed(&list()),
        Shape::Compare(Comparison::Is | Comparison::Below | Comparison::UpTo) => written(value),
        // Spaces at the ends of a part have a meaning.
        Shape::Part(_) | Shape::Pattern | Shape::Within(_) | Shape::Territory | Shape::Missing => {
            value.as_str().map_or_else(|| value.to_string(), bare_or_quoted)
        }
    }
}

/// A code or choice in the one spelling that stands for all.
fn folded(field: &Field, text: &str) -> String {
    if matches!(field.kind(), ValueKind::Country | ValueKind::State) {
        text.to_uppercase()
    } else {
        text.to_lowercase()
    }
}

/// A single value; text is trimmed, since the check trims it.
fn scalar(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), |text| bare_or_quoted(text.trim()))
}

/// Text as it is when nobody could mistake it, else as JSON, which keeps it on its line.
fn bare_or_quoted(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-.@+:/*!<>=".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    let mut quoted = String::new();
    for character in Value::from(text).to_string().chars() {
        // JSON leaves these as they are, but some editors break a line at them.
        if matches!(character, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}') {
            quoted.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            quoted.push(character);
        }
    }
    quoted
}
