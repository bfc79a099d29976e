//! Reads single constants, each with the advice for when it is not what its field needs.

use std::sync::Arc;

use regex::RegexBuilder;
use serde_json::Value;

use crate::id::RepId;
use crate::normalise::country::{Country, State};
use crate::rules::check::shared::Shared;
use crate::rules::check::{MAX_PATTERN_BYTES, MAX_TEXT};
use crate::rules::condition::{Pattern, Text};
use crate::rules::decimal::Decimal;
use crate::rules::field::{Field, value};
use crate::rules::fold::fold;
use crate::rules::kind::ValueKind;
use crate::rules::moment::{Moment, Toward, Window};

/// Deepest nesting within a regular expression.
const MAX_PATTERN_NESTING: u32 = 50;

/// A text to compare with a whole value: trimmed, because a lead's values are.
pub(super) fn whole(field: &Field, value: &Value, shared: &mut Shared) -> Result<Text, String> {
    let text = text(value)?;
    let text = text.trim();
    if text.is_empty() {
        return Err("Write a value; to ask whether there is one, use `null` or `notNull`.".into());
    }
    match refusal(field, text) {
        Some(message) => Err(message),
        None => Ok(shared.text(text)),
    }
}

pub(super) fn text(value: &Value) -> Result<String, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null => String::new(),
        Value::Array(_) => return Err("Write one value here, not a list.".into()),
        Value::Object(_) => return Err("Write a text here, not an object.".into()),
    };
    if text.is_empty() {
        return Err("Write a value; to ask whether there is one, use `null` or `notNull`.".into());
    }
    if text.chars().count() > MAX_TEXT {
        return Err(format!("This is too long; the most is {MAX_TEXT} characters."));
    }
    if text.contains('\0') {
        return Err("This holds a NUL character, which cannot be stored; remove it.".into());
    }
    Ok(text)
}

/// Why no lead can have this value of the field, if so.
fn refusal(field: &Field, text: &str) -> Option<String> {
    let choices = field.choices();
    let upper = text.to_ascii_uppercase();
    let kind = field.kind();
    if kind == ValueKind::Country && Country::from_code(&upper).is_none() {
        return Some(format!("`{text}` is not a country; write its ISO 3166 code, such as DE."));
    }
    if kind == ValueKind::State && State::from_code(&upper).is_none() {
        return Some(format!("`{text}` is not a state; write its ISO 3166 code, such as US-CA."));
    }
    if field.is_owner() && fold(text).parse::<RepId>().is_err() {
        return Some(format!("`{text}` is not the id of a rep; write one, such as rep_018f…"));
    }
    if choices.is_empty() || choices.iter().any(|choice| choice.name == fold(text)) {
        return None;
    }
    let names: Vec<_> = choices.iter().map(|choice| choice.name).collect();
    Some(format!("`{text}` is not one of its values; use one of {}.", names.join(", ")))
}

/// A number, or text that is one.
pub(super) fn number(value: &Value) -> Result<Decimal, String> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
    };
    if Decimal::is_too_fine(&text) {
        return Err("Write at most four digits after the point.".to_owned());
    }
    Decimal::parse(&text).ok_or_else(|| "Write a number, such as 1000 or 2.5.".to_owned())
}

/// True or false, or a text that means one of them.
pub(super) fn boolean(value: &Value) -> Result<bool, String> {
    let flag = match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => value::boolean(text.trim()),
        Value::Number(number) => value::boolean(&number.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    flag.ok_or_else(|| "Write true or false.".to_owned())
}

pub(super) fn moment(value: &Value) -> Result<Moment, String> {
    value.as_str().and_then(|text| Moment::parse(text.trim())).ok_or_else(|| {
        "Write a date, such as 2026-05-01, or a date and time, such as 2026-05-01T09:30:00Z."
            .to_owned()
    })
}

pub(super) fn window(toward: Toward, value: &Value) -> Result<Window, String> {
    let window = value.as_str().and_then(|text| Window::parse(toward, text));
    window.ok_or_else(|| {
        "Write how long, such as 30 minutes, 3 hours, 7 days or 2 weeks; at most ten years."
            .to_owned()
    })
}

pub(super) fn pattern(text: &str) -> Result<Pattern, String> {
    let built = RegexBuilder::new(text)
        .case_insensitive(true)
        .size_limit(MAX_PATTERN_BYTES)
        .dfa_size_limit(MAX_PATTERN_BYTES)
        .nest_limit(MAX_PATTERN_NESTING)
        .build();
    built.map(|regex| Pattern(Arc::new(regex))).map_err(|error| {
        if matches!(error, regex::Error::CompiledTooBig(_)) {
            return "This regular expression is too large; use smaller repetitions.".to_owned();
        }
        // The library draws where the fault is over several lines; the last one names it.
        let shown = error.to_string();
        let last = shown.lines().last().unwrap_or_default();
        let reason = last.strip_prefix("error: ").unwrap_or(last);
        format!("This is not a regular expression: {reason}.")
    })
}
