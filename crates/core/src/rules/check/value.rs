//! Checks a predicate's value: its type, its count, and whether the field can have it at all.

use std::borrow::Cow;

use regex::RegexBuilder;
use serde_json::Value;

use crate::normalise::country::{Country, State};
use crate::rules::check::{Faulted, MAX_LIST, MAX_PATTERN_BYTES, MAX_PATTERNS, MAX_TEXT, Tally};
use crate::rules::condition::{Compare, Constant, OneOf, Pattern, Test, TextTest};
use crate::rules::field::{Field, ValueKind};
use crate::rules::fold::fold;
use crate::rules::operator::{Comparison, Operator, Shape};
use crate::rules::words;

/// Deepest nesting within a regular expression.
const MAX_PATTERN_NESTING: u32 = 50;

/// Checks the value of a predicate whose operator fits its field.
pub(super) fn check(
    field: &Field,
    operator: Operator,
    value: &Value,
    path: &str,
    tally: &mut Tally,
) -> Result<Test, Faulted> {
    let mut reader = Reader { path, tally };
    match (operator.shape(), field.kind()) {
        (Shape::Missing, _) => Ok(Test::Missing),
        (Shape::Compare(how), ValueKind::Number) => {
            reader.compare(how, value, number).map(Test::Number)
        }
        (Shape::Compare(how), ValueKind::Text) => {
            let test = reader.compare(how, value, |value| whole(field, value));
            test.map(|compare| Test::Text(TextTest::Compare(compare)))
        }
        // The operator fits the field, so from here on the field is a text.
        (Shape::Part(place), _) => {
            let part = reader.read(value, |value| Ok(constant(field, &text(value)?)));
            part.map(|part| Test::Text(TextTest::Part(place, part)))
        }
        (Shape::Pattern, _) => {
            reader.pattern(value).map(|pattern| Test::Text(TextTest::Matches(pattern)))
        }
    }
}

/// Reads the value at `path` and reports what is wrong with it.
struct Reader<'a> {
    path: &'a str,
    tally: &'a mut Tally,
}

impl Reader<'_> {
    fn pattern(&mut self, value: &Value) -> Result<Pattern, Faulted> {
        self.tally.patterns += 1;
        if self.tally.patterns > MAX_PATTERNS {
            let message = format!("A ruleset has at most {MAX_PATTERNS} regular expressions.");
            return Err(self.refuse(message));
        }
        self.read(value, pattern)
    }

    fn compare<K: Ord>(
        &mut self,
        how: Comparison,
        value: &Value,
        parse: impl Fn(&Value) -> Result<Constant<K>, String>,
    ) -> Result<Compare<K>, Faulted> {
        match how {
            Comparison::Is => self.read(value, parse).map(Compare::Is),
            Comparison::Below => self.read(value, parse).map(Compare::Below),
            Comparison::UpTo => self.read(value, parse).map(Compare::UpTo),
            Comparison::Between => self.range(value, parse),
            Comparison::OneOf => self.one_of(value, parse),
        }
    }

    fn range<K: Ord>(
        &mut self,
        value: &Value,
        parse: impl Fn(&Value) -> Result<Constant<K>, String>,
    ) -> Result<Compare<K>, Faulted> {
        let Ok([from, to]) = <[_; 2]>::try_from(self.list(value, parse)?) else {
            return Err(self.refuse("Write two values: where the range begins and where it ends."));
        };
        if to.key < from.key {
            let (from, to) = (from.shown, to.shown);
            return Err(self.refuse(format!("Nothing is between {from} and {to}; swap them.")));
        }
        Ok(Compare::Between(from, to))
    }

    fn one_of<K: Ord>(
        &mut self,
        value: &Value,
        parse: impl Fn(&Value) -> Result<Constant<K>, String>,
    ) -> Result<Compare<K>, Faulted> {
        let constants = self.list(value, parse)?;
        if constants.is_empty() {
            return Err(self.refuse("The list is empty; write at least one value."));
        }
        let (keys, shown) = constants.into_iter().map(|c| (c.key, c.shown)).unzip();
        Ok(Compare::OneOf(OneOf { keys, shown }))
    }

    fn read<T>(
        &mut self,
        value: &Value,
        parse: impl Fn(&Value) -> Result<T, String>,
    ) -> Result<T, Faulted> {
        parse(value).map_err(|message| self.refuse(message))
    }

    fn list<T>(
        &mut self,
        value: &Value,
        parse: impl Fn(&Value) -> Result<T, String>,
    ) -> Result<Vec<T>, Faulted> {
        let values = list_of(value);
        if values.len() > MAX_LIST {
            let found = values.len();
            return Err(self.refuse(format!("There are {found} values; the most is {MAX_LIST}.")));
        }
        let parsed: Vec<_> = (values.iter().enumerate())
            .map(|(index, value)| parse(value).map_err(|message| self.refuse_at(index, message)))
            .collect();
        parsed.into_iter().collect()
    }

    fn refuse(&mut self, message: impl Into<String>) -> Faulted {
        self.tally.fault(self.path, message)
    }

    fn refuse_at(&mut self, index: usize, message: String) -> Faulted {
        self.tally.fault(format!("{}[{index}]", self.path), message)
    }
}

/// An array, or text split at its commas, or a single value, as the builder's own exports read them.
pub(in crate::rules) fn list_of(value: &Value) -> Cow<'_, [Value]> {
    match value {
        Value::Array(values) => values.into(),
        Value::String(text) => split_at_commas(text).into_iter().map(Value::String).collect(),
        Value::Null => Cow::Borrowed(&[]),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => std::slice::from_ref(value).into(),
    }
}

/// Splits at commas, but not at `\,`; blank parts are left out.
fn split_at_commas(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let escaped = character == '\\' && rest.next_if_eq(&',').is_some();
        match parts.last_mut() {
            Some(part) if escaped => part.push(','),
            Some(part) if character != ',' => part.push(character),
            _ => parts.push(String::new()),
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// A text to compare with a whole value: trimmed, because a lead's values are.
fn whole(field: &Field, value: &Value) -> Result<Constant<String>, String> {
    let text = text(value)?;
    let text = text.trim();
    if text.is_empty() {
        return Err("Write a value; to ask whether there is one, use `null` or `notNull`.".into());
    }
    match refusal(field, text) {
        Some(message) => Err(message),
        None => Ok(constant(field, text)),
    }
}

fn constant(field: &Field, text: &str) -> Constant<String> {
    Constant { key: fold(text).into_owned(), shown: words::constant(field, text) }
}

fn text(value: &Value) -> Result<String, String> {
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
    if *field == Field::Country && Country::from_code(&upper).is_none() {
        return Some(format!("`{text}` is not a country; write its ISO 3166 code, such as DE."));
    }
    if *field == Field::State && State::from_code(&upper).is_none() {
        return Some(format!("`{text}` is not a state; write its ISO 3166 code, such as US-CA."));
    }
    if choices.is_empty() || choices.iter().any(|choice| choice.name == fold(text)) {
        return None;
    }
    let names: Vec<_> = choices.iter().map(|choice| choice.name).collect();
    Some(format!("`{text}` is not one of its values; use one of {}.", names.join(", ")))
}

/// A whole number, or text that is one.
fn number(value: &Value) -> Result<Constant<i64>, String> {
    let parsed = match value {
        Value::Number(number) => number.to_string().parse(),
        Value::String(text) => text.trim().parse(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => "".parse(),
    };
    let key: i64 = parsed.map_err(|_| "Write a whole number, such as 1000.".to_owned())?;
    Ok(Constant { key, shown: words::number(key) })
}

fn pattern(value: &Value) -> Result<Pattern, String> {
    let text = text(value)?;
    let built = RegexBuilder::new(&text)
        .case_insensitive(true)
        .size_limit(MAX_PATTERN_BYTES)
        .dfa_size_limit(MAX_PATTERN_BYTES)
        .nest_limit(MAX_PATTERN_NESTING)
        .build();
    built.map(Pattern).map_err(|error| {
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
