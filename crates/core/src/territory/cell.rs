//! The cells of a row: from a file's text to values, and back.

use std::cmp::Reverse;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::normalise::country::{Country, State};
use crate::normalise::domain::Domain;
use crate::normalise::size::Employees;
use crate::normalise::text;
use crate::rules::field::Field;
use crate::rules::fold::fold;
use crate::territory::column::{Asked, Column, Matching};
use crate::territory::fit::Fit;

/// What stands between two values of one cell.
pub const SEPARATOR: char = ';';
/// Most values in one cell.
pub const MAX_VALUES: usize = 1_000;
/// Longest value, in characters.
pub const MAX_VALUE: usize = 200;

/// One value of a cell; a cell without any is blank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Of a column that matches exactly or by prefix, as it is written.
    Text(String),
    /// Of a column that matches by range.
    Span(Span),
}

/// The numbers from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The least.
    pub from: i64,
    /// The greatest; `i64::MAX` is without end.
    pub to: i64,
}

impl Span {
    /// Whether `number` lies within.
    pub fn holds(self, number: i64) -> bool {
        self.from <= number && number <= self.to
    }

    /// The upper bound less the lower one.
    pub fn width(self) -> u64 {
        self.to.abs_diff(self.from)
    }
}

impl fmt::Display for Span {
    /// `250`, `51-200` or `500+`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            to if to == self.from => write!(f, "{to}"),
            i64::MAX => write!(f, "{}+", self.from),
            to => write!(f, "{}-{to}", self.from),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Span(span) => span.fmt(f),
        }
    }
}

impl Value {
    /// How the value fits what a case has; `None` if it does not.
    pub(super) fn fit(&self, column: &Column, asked: &Asked) -> Option<Fit> {
        match (self, asked, column.matching()) {
            (Self::Text(text), Asked::Text(asked), Matching::Exact) => {
                (column.key(text) == *asked).then_some(Fit::Equal)
            }
            (Self::Text(text), Asked::Text(asked), Matching::Prefix) => {
                let key = column.key(text);
                let fits = asked.starts_with(key.as_ref());
                fits.then(|| Fit::Prefix(Reverse(key.chars().count())))
            }
            (Self::Span(span), Asked::Number(number), Matching::Range) => {
                span.holds(*number).then(|| Fit::Range(span.width()))
            }
            _ => None,
        }
    }
}

/// How the tightest of a cell's values fits; `None` if none does.
pub(super) fn fit(cell: &[Value], column: &Column, asked: Option<&Asked>) -> Option<Fit> {
    if cell.is_empty() {
        return Some(Fit::Any);
    }
    let asked = asked?;
    cell.iter().filter_map(|value| value.fit(column, asked)).min()
}

/// Reads a cell of `column`; `countries` are those of the same row, for states.
///
/// # Errors
/// What is wrong and what to do, for the first value that cannot be read.
pub(super) fn parse(
    raw: &str,
    column: &Column,
    countries: &[Country],
) -> Result<Vec<Value>, String> {
    let mut values = Vec::new();
    for part in raw.split(SEPARATOR) {
        let tidy = text::line(part, MAX_VALUE);
        if tidy.cut {
            return Err(format!("This is too long; a value has at most {MAX_VALUE} characters."));
        }
        if tidy.text.is_empty() {
            continue;
        }
        let value = match column.matching() {
            Matching::Range => Value::Span(span(&tidy.text, column.field())?),
            Matching::Exact | Matching::Prefix => {
                Value::Text(written(&tidy.text, column, countries)?)
            }
        };
        if values.len() == MAX_VALUES {
            return Err(format!(
                "A cell has at most {MAX_VALUES} values; write the others into a row of their own."
            ));
        }
        if !values.contains(&value) {
            values.push(value);
        }
    }
    Ok(values)
}

/// A text value as it is kept: by its code where there is one.
fn written(raw: &str, column: &Column, countries: &[Country]) -> Result<String, String> {
    match (column.field(), column.matching()) {
        (Field::Country, _) => {
            Country::parse(raw).map(|country| country.code().to_owned()).map_err(|_| {
                format!(
                    "`{raw}` is not a country; write its name or its ISO 3166 code, such as DE."
                )
            })
        }
        (Field::State, _) => state(raw, countries).map(|state| state.code().to_owned()),
        (Field::Domain, Matching::Exact) => {
            let domain = Domain::parse(raw).map(|domain| domain.as_str().to_owned());
            domain.map_err(|why| format!("`{raw}` {why}; write a domain such as acme.com."))
        }
        (field, _) if !field.choices().is_empty() => choice(raw, field),
        _ if column.key(raw).is_empty() => Err(format!(
            "`{raw}` holds no letter and no digit; write a value or leave the cell blank."
        )),
        _ => Ok(raw.to_owned()),
    }
}

fn choice(raw: &str, field: &Field) -> Result<String, String> {
    let choices = field.choices();
    let folded = fold(raw);
    let found = choices.iter().find(|choice| [choice.name, choice.words].contains(&&*folded));
    found.map(|choice| choice.name.to_owned()).ok_or_else(|| {
        let names: Vec<_> = choices.iter().map(|choice| choice.name).collect();
        format!("`{raw}` is not one of its values; use one of {}.", names.join(", "))
    })
}

fn state(raw: &str, countries: &[Country]) -> Result<State, String> {
    let names = || countries.iter().map(|country| country.name()).collect::<Vec<_>>().join(" or ");
    let full_code = "write its full ISO 3166 code, such as US-CA";
    if countries.is_empty() {
        return State::telling(raw).map(|(state, _)| state).ok_or_else(|| {
            format!("`{raw}` may be in several countries; fill in the country, or {full_code}.")
        });
    }
    let mut found = countries.iter().filter_map(|country| State::parse(raw, *country));
    match (found.next(), found.next()) {
        (Some(state), None) => Ok(state),
        (Some(_), Some(_)) => Err(format!("`{raw}` is a state of {}; {full_code}.", names())),
        (None, _) => Err(format!("`{raw}` is not a state of {}; {full_code}.", names())),
    }
}

fn span(raw: &str, field: &Field) -> Result<Span, String> {
    if *field == Field::Employees {
        let size = Employees::parse(raw).map_err(|why| {
            format!("`{raw}` {why}; write a number or a range, such as 250, 51-200, 1k-5k or 500+.")
        })?;
        let to = size.max().map_or(i64::MAX, i64::from);
        return Ok(Span { from: size.min().into(), to });
    }
    let unclear = || {
        format!("`{raw}` is not a range of whole numbers; write one such as 250, 51-200 or 500+.")
    };
    let bare = raw.replace(['–', '—', '−'], "-");
    let (from, to) = match (bare.strip_suffix('+'), bare.split_once('-')) {
        (Some(from), _) => (whole(from), Some(i64::MAX)),
        (None, Some((from, to))) => (whole(from), whole(to)),
        (None, None) => (whole(&bare), whole(&bare)),
    };
    let span = from.zip(to).map(|(from, to)| Span { from, to }).ok_or_else(unclear)?;
    if span.to < span.from {
        return Err(format!("`{raw}` ends below its start; swap the two numbers."));
    }
    Ok(span)
}

/// A whole number, `k` and `m` for thousands and millions.
fn whole(text: &str) -> Option<i64> {
    let text = fold(text.trim());
    let (digits, unit) = match (text.strip_suffix('k'), text.strip_suffix('m')) {
        (Some(digits), _) => (digits, 1_000),
        (None, Some(digits)) => (digits, 1_000_000),
        (None, None) => (&*text, 1),
    };
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: Option<i64> = plain.then(|| digits.parse().ok()).flatten();
    number.and_then(|number| number.checked_mul(unit)).filter(|number| *number < i64::MAX)
}

#[cfg(test)]
mod tests;
