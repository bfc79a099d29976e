//! A condition that cannot be wrong: known fields, operators that fit them, values of their type.

use std::collections::BTreeSet;

use regex::Regex;

use crate::rules::ast::Combinator;
use crate::rules::decimal::Decimal;
use crate::rules::field::Field;
use crate::rules::moment::{Moment, Window};
use crate::rules::operator::{Operator, Part};
use crate::territory::Territory;

/// Which leads a rule is for, checked and ready to evaluate.
///
/// Built only by [`Condition::check`], so nothing downstream checks it again.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    pub(super) root: Group,
}

/// A member of a group.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Group(Group),
    Predicate(Predicate),
}

/// Members joined by a combinator. Without members it is true, and no `not` stands on or above it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    pub(super) combinator: Combinator,
    pub(super) not: bool,
    pub(super) members: Vec<Node>,
}

/// A question about one field. The operator may negate what `test` says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Predicate {
    pub(super) field: Field,
    pub(super) operator: Operator,
    pub(super) test: Test,
}

/// What is asked of a value, of the field's kind.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    Missing,
    /// Of a text, a country or a state.
    Text(TextTest),
    Number(Compare<Decimal>),
    Boolean(Constant<bool>),
    Time(TimeTest),
    /// Whether a list holds one of these.
    List(OneOf<String>),
    Field(FieldTest),
    /// Whether a row is for the lead.
    Territory(Territory),
}

/// What is asked of a time.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TimeTest {
    Compare(Compare<Moment>),
    Within(Window),
}

/// How a value stands to another field's value; both must be present.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FieldTest {
    pub(super) relation: Relation,
    pub(super) other: Field,
}

/// How two values can stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Is,
    Below,
    UpTo,
    Part(Part),
}

/// What is asked of a text; constants are folded as the lead's values will be.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TextTest {
    Compare(Compare<String>),
    Part(Part, Constant<String>),
    Matches(Pattern),
}

/// What is asked of anything that has an order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Compare<K> {
    Is(Constant<K>),
    Below(Constant<K>),
    UpTo(Constant<K>),
    Between(Constant<K>, Constant<K>),
    OneOf(OneOf<K>),
}

/// A constant as it is compared and as it is written in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Constant<K> {
    pub(super) key: K,
    pub(super) shown: String,
}

/// Several constants: `shown` in the order in which they were given.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OneOf<K> {
    pub(super) keys: BTreeSet<K>,
    pub(super) shown: Vec<String>,
}

impl<K: Ord> FromIterator<Constant<K>> for OneOf<K> {
    fn from_iter<I: IntoIterator<Item = Constant<K>>>(constants: I) -> Self {
        let (keys, shown) = constants.into_iter().map(|it| (it.key, it.shown)).unzip();
        Self { keys, shown }
    }
}

/// A compiled regular expression; two are equal when they were written alike.
#[derive(Debug, Clone)]
pub(super) struct Pattern(pub(super) Regex);

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}
