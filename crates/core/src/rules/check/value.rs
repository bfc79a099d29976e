//! Checks a predicate's value: its type, its count, and whether the field can have it at all.

use std::borrow::Cow;

use serde_json::Value;

use crate::rules::check::constant::{boolean, moment, number, text, whole, window};
use crate::rules::check::shared::Shared;
use crate::rules::check::{Faulted, MAX_LIST, MAX_PATTERNS, Tally};
use crate::rules::condition::{Compare, OneOf, Pattern, Test, TextTest, TimeTest};
use crate::rules::field::Field;
use crate::rules::kind::ValueKind;
use crate::rules::operator::{Comparison, Operator, Shape};
use crate::rules::words::Shown;
use crate::territory::Territory;

/// Checks the value of a predicate whose operator fits its field.
pub(super) fn check(
    field: &Field,
    operator: Operator,
    value: &Value,
    path: &str,
    tally: &mut Tally<'_>,
) -> Result<Test, Faulted> {
    let mut reader = Reader { field, path, tally };
    match (operator.shape(), field.kind()) {
        (Shape::Missing, _) => Ok(Test::Missing),
        (Shape::Compare(how), kind) => reader.comparison(how, kind, value),
        // A list that contains one value is a list that has one of one.
        (Shape::Part(_), ValueKind::List) => {
            let only = reader.read(value, |value, shared| whole(field, value, shared))?;
            Ok(Test::List(OneOf::from_iter([only])))
        }
        // The operator fits the field, so from here on what is asked says what kind it is.
        (Shape::Part(place), _) => {
            let part = reader.read(value, |value, shared| Ok(shared.text(&text(value)?)));
            part.map(|part| Test::Text(TextTest::Part(place, part)))
        }
        (Shape::Pattern, _) => {
            reader.pattern(value).map(|pattern| Test::Text(TextTest::Matches(pattern)))
        }
        (Shape::Territory, _) => {
            reader.territory(value).map(|found| Test::Territory(Box::new(found)))
        }
        (Shape::Within(toward), _) => {
            let window = reader.read(value, |value, _| window(toward, value));
            window.map(|window| Test::Time(Box::new(TimeTest::Within(window))))
        }
    }
}

/// Reads one value, or gives advice.
trait Parse<T>: Fn(&Value, &mut Shared) -> Result<T, String> {}

impl<T, F: Fn(&Value, &mut Shared) -> Result<T, String>> Parse<T> for F {}

/// Reads the value at `path` and reports what is wrong with it.
struct Reader<'a, 't> {
    field: &'a Field,
    path: &'a str,
    tally: &'a mut Tally<'t>,
}

impl Reader<'_, '_> {
    fn comparison(
        &mut self,
        how: Comparison,
        kind: ValueKind,
        value: &Value,
    ) -> Result<Test, Faulted> {
        let field = self.field;
        let text = |value: &Value, shared: &mut Shared| whole(field, value, shared);
        match kind {
            ValueKind::Text | ValueKind::Country | ValueKind::State => {
                self.compare(how, value, text).map(|test| Test::Text(TextTest::Compare(test)))
            }
            ValueKind::Number => {
                self.compare(how, value, |value, _| number(value)).map(Test::Number)
            }
            ValueKind::Boolean => self.read(value, |value, _| boolean(value)).map(Test::Boolean),
            ValueKind::Time => {
                let test = self.compare(how, value, |value, _| moment(value));
                test.map(|test| Test::Time(Box::new(TimeTest::Compare(test))))
            }
            // No comparison fits the lead as a whole.
            ValueKind::List | ValueKind::Whole => self.one_of(value, text).map(Test::List),
        }
    }

    fn pattern(&mut self, value: &Value) -> Result<Pattern, Faulted> {
        self.tally.patterns += 1;
        if self.tally.patterns > MAX_PATTERNS {
            let message = format!("A ruleset has at most {MAX_PATTERNS} regular expressions.");
            return Err(self.refuse(message));
        }
        self.read(value, |value, shared| shared.pattern(&text(value)?))
    }

    fn territory(&mut self, value: &Value) -> Result<Territory, Faulted> {
        let Some(named) = value.as_str() else {
            return Err(self.refuse("Write the id of one territory, such as terr_018f…"));
        };
        let terms = self.tally.terms;
        let found = named.trim().parse().ok().and_then(|id| terms.territories.get(&id));
        found.cloned().ok_or_else(|| self.refuse(terms.no_territory(named)))
    }

    fn compare<K: Ord + Shown>(
        &mut self,
        how: Comparison,
        value: &Value,
        parse: impl Parse<K>,
    ) -> Result<Compare<K>, Faulted> {
        match how {
            Comparison::Is => self.read(value, parse).map(Compare::Is),
            Comparison::Below => self.read(value, parse).map(Compare::Below),
            Comparison::UpTo => self.read(value, parse).map(Compare::UpTo),
            Comparison::Between => self.range(value, parse),
            Comparison::OneOf => self.one_of(value, parse).map(Compare::OneOf),
        }
    }

    fn range<K: Ord + Shown>(
        &mut self,
        value: &Value,
        parse: impl Parse<K>,
    ) -> Result<Compare<K>, Faulted> {
        let Ok([from, to]) = <[_; 2]>::try_from(self.list(value, parse)?) else {
            return Err(self.refuse("Write two values: where the range begins and where it ends."));
        };
        if to < from {
            let (from, to) = (from.shown(self.field), to.shown(self.field));
            return Err(self.refuse(format!("Nothing is between {from} and {to}; swap them.")));
        }
        Ok(Compare::Between(from, to))
    }

    fn one_of<K: Ord>(&mut self, value: &Value, parse: impl Parse<K>) -> Result<OneOf<K>, Faulted> {
        let constants = self.list(value, parse)?;
        if constants.is_empty() {
            return Err(self.refuse("The list is empty; write at least one value."));
        }
        Ok(constants.into_iter().collect())
    }

    fn read<T>(&mut self, value: &Value, parse: impl Parse<T>) -> Result<T, Faulted> {
        parse(value, &mut self.tally.shared).map_err(|message| self.refuse(message))
    }

    fn list<T>(&mut self, value: &Value, parse: impl Parse<T>) -> Result<Vec<T>, Faulted> {
        let values = list_of(value);
        if values.len() > MAX_LIST {
            let found = values.len();
            return Err(self.refuse(format!("There are {found} values; the most is {MAX_LIST}.")));
        }
        let parsed: Vec<_> = (values.iter().enumerate())
            .map(|(index, value)| {
                let parsed = parse(value, &mut self.tally.shared);
                parsed.map_err(|message| self.refuse_at(index, message))
            })
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
