//! Asks a checked condition about a lead, and why it says no.
//!
//! Plain two-valued logic: a group's `not` turns its answer round. A predicate on a missing value is
//! false whatever its operator, so `country != US` is false for a lead without a country, and
//! `not (country = US)` is true for it. Only `null` and `notNull` see a missing value.

use std::borrow::Borrow;
use std::cmp::Ordering;

use jiff::Timestamp;
use serde::Serialize;

use crate::case::Case;
use crate::rules::ast::Combinator;
use crate::rules::condition::{
    Compare, Condition, FieldTest, Group, Node, Predicate, Relation, Test, TextTest, TimeTest,
};
use crate::rules::facts::Values;
use crate::rules::field::value::Value;
use crate::rules::fold::fold;
use crate::rules::moment::Moment;
use crate::rules::operator::Part;
use crate::rules::words;

/// The predicate that explains why a condition is false for a lead.
///
/// Holds a value of the lead, which may be personal: for the screen, not for the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Where in the condition, as in `rules[0].rules[2]`.
    pub path: String,
    /// The field's stored name.
    pub field: String,
    /// The field's name as shown.
    pub label: String,
    /// The operator's stored name.
    pub operator: String,
    /// What the value would have to be, in words; the opposite of the predicate within a `not`.
    pub expected: String,
    /// What it is, in words; `None` when the lead has none.
    pub actual: Option<String>,
    /// All of it as a sentence, such as `Country is Germany (DE), needed: one of US, CA`.
    pub words: String,
}

impl Condition {
    /// Whether the condition is true for `case`.
    pub fn matches(&self, case: &Case) -> bool {
        self.holds(case)
    }

    pub(super) fn holds(&self, values: &impl Values) -> bool {
        self.root.holds(values)
    }

    /// The first predicate, depth first and in order, that explains why the condition is false;
    /// `None` exactly when it is true.
    ///
    /// In an `or` every member failed, and the first of them is reported; under a `not` it is the
    /// first member that is true though it must not be.
    pub fn first_failure(&self, case: &Case) -> Option<Failure> {
        if self.matches(case) {
            return None;
        }
        self.root.blame(case, true, "")
    }
}

/// Where member `index` of the group at `path` stands.
pub(super) fn member_path(path: &str, index: usize) -> String {
    let dot = if path.is_empty() { "" } else { "." };
    format!("{path}{dot}rules[{index}]")
}

impl Group {
    pub(super) fn holds(&self, values: &impl Values) -> bool {
        let joined = match self.combinator {
            Combinator::And => self.members.iter().all(|member| member.holds(values)),
            Combinator::Or if self.members.is_empty() => true,
            Combinator::Or => self.members.iter().any(|member| member.holds(values)),
        };
        joined != self.not
    }

    /// Why this group does not answer `wanted`: its first member that answers the opposite of what
    /// the group would need. That holds for every combinator, because an `or` that is false and an
    /// `and` that is true have only such members.
    fn blame(&self, case: &Case, wanted: bool, path: &str) -> Option<Failure> {
        let wanted = wanted != self.not;
        let mut members = self.members.iter().enumerate();
        let (index, member) = members.find(|(_, member)| member.holds(case) != wanted)?;
        let path = member_path(path, index);
        match member {
            Node::Group(group) => group.blame(case, wanted, &path),
            Node::Predicate(predicate) => Some(predicate.blame(case, wanted, path)),
        }
    }
}

impl Node {
    pub(super) fn holds(&self, values: &impl Values) -> bool {
        match self {
            Self::Group(group) => group.holds(values),
            Self::Predicate(predicate) => predicate.holds(values),
        }
    }
}

impl Predicate {
    pub(super) fn holds(&self, values: &impl Values) -> bool {
        let value = values.value(&self.field);
        let answer = match (&self.test, value) {
            (Test::Missing, value) => Some(value.is_none()),
            (Test::Territory(territory), _) => {
                values.case().map(|case| territory.find(case).is_some())
            }
            (Test::Field(test), Some(value)) => {
                values.value(&test.other).and_then(|other| test.holds(&value, &other))
            }
            (test, Some(value)) => test.holds(&value, values),
            (_, None) => None,
        };
        // Without an answer there is no value, and then no operator holds, nor does its negation.
        answer.is_some_and(|answer| answer != self.operator.negates())
    }

    pub(super) fn blame(&self, case: &Case, wanted: bool, path: String) -> Failure {
        let negated = self.operator.negates() == wanted;
        let expected = words::needed(self, negated, case);
        let label = self.field.label().into_owned();
        let actual = if let Test::Territory(territory) = &self.test {
            Some(words::place(territory, case))
        } else {
            words::actual(case, &self.field)
        };
        let found = actual.as_deref().unwrap_or("missing");
        Failure {
            path,
            field: self.field.name().into_owned(),
            operator: self.operator.name().to_owned(),
            words: format!("{label} is {found}, needed: {expected}"),
            label,
            expected,
            actual,
        }
    }
}

impl Test {
    /// What the test says of a value that is present; the check took the test's kind from the
    /// field, so there is always an answer.
    fn holds(&self, value: &Value<'_>, values: &impl Values) -> Option<bool> {
        match (self, value) {
            (Self::Text(test), Value::Text(text)) => Some(test.holds(text)),
            (Self::Number(test), Value::Number(number)) => Some(test.holds(number)),
            (Self::Boolean(wanted), Value::Boolean(flag)) => Some(wanted == flag),
            (Self::Time(test), Value::Time(moment)) => Some(test.holds(*moment, values.at()?)),
            (Self::List(list), Value::List(parts)) => {
                Some(parts.iter().any(|part| list.contains(fold(part).as_ref())))
            }
            _ => None,
        }
    }
}

impl TextTest {
    fn holds(&self, value: &str) -> bool {
        match self {
            // A pattern tells `\S` from `\s`, so folding it is out of the question; it ignores case
            // by itself, and sees the value as it is.
            Self::Matches(pattern) => pattern.0.is_match(value),
            Self::Compare(compare) => compare.holds(fold(value).as_ref()),
            Self::Part(part, constant) => part.holds(&fold(value), constant.key()),
        }
    }
}

impl Part {
    fn holds(self, text: &str, part: &str) -> bool {
        match self {
            Self::Anywhere => text.contains(part),
            Self::Beginning => text.starts_with(part),
            Self::End => text.ends_with(part),
        }
    }
}

impl<K> Compare<K> {
    pub(super) fn holds<Q: Ord + ?Sized>(&self, value: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        match self {
            Self::Is(constant) => value == constant.borrow(),
            Self::Below(constant) => value < constant.borrow(),
            Self::UpTo(constant) => value <= constant.borrow(),
            Self::Between(from, to) => from.borrow() <= value && value <= to.borrow(),
            Self::OneOf(list) => list.contains(value),
        }
    }
}

impl TimeTest {
    fn holds(&self, value: Moment, now: Timestamp) -> bool {
        let to = |day: &Moment| value.stands_to(*day);
        match self {
            Self::Within(window) => window.holds(value, now),
            Self::Compare(Compare::Is(day)) => to(day).is_eq(),
            Self::Compare(Compare::Below(day)) => to(day).is_lt(),
            Self::Compare(Compare::UpTo(day)) => to(day).is_le(),
            Self::Compare(Compare::Between(from, until)) => to(from).is_ge() && to(until).is_le(),
            Self::Compare(Compare::OneOf(list)) => list.iter().any(|day| to(day).is_eq()),
        }
    }
}

impl FieldTest {
    /// How the two values stand to each other; the check let only fields through that have an
    /// answer.
    fn holds(&self, value: &Value<'_>, other: &Value<'_>) -> Option<bool> {
        match (self.relation, value, other) {
            (Relation::Part(part), Value::Text(text), Value::Text(other)) => {
                Some(part.holds(&fold(text), &fold(other)))
            }
            (Relation::Part(_), Value::List(parts), Value::Text(other)) => {
                let other = fold(other);
                Some(parts.iter().any(|part| fold(part) == other))
            }
            (Relation::Part(_), ..) => None,
            (Relation::Is, one, two) => order(one, two).map(Ordering::is_eq),
            (Relation::Below, one, two) => order(one, two).map(Ordering::is_lt),
            (Relation::UpTo, one, two) => order(one, two).map(Ordering::is_le),
        }
    }
}

/// Which of two values of one kind comes first.
fn order(value: &Value<'_>, other: &Value<'_>) -> Option<Ordering> {
    match (value, other) {
        (Value::Text(one), Value::Text(two)) => Some(fold(one).cmp(&fold(two))),
        (Value::Number(one), Value::Number(two)) => Some(one.cmp(two)),
        (Value::Boolean(one), Value::Boolean(two)) => Some(one.cmp(two)),
        (Value::Time(one), Value::Time(two)) => Some(one.stands_to(*two)),
        _ => None,
    }
}
