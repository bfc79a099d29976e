//! A condition that cannot be wrong: known fields, operators that fit them, values of their type.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::sync::Arc;

use regex::Regex;

use crate::rules::ast::Combinator;
use crate::rules::decimal::Decimal;
use crate::rules::field::Field;
use crate::rules::fold::fold;
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
    pub(super) members: Box<[Node]>,
}

/// A question about one field. The operator may negate what `test` says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Predicate {
    /// Shared with the other predicates of a ruleset that ask about it.
    pub(super) field: Arc<Field>,
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
    Boolean(bool),
    Time(Box<TimeTest>),
    /// Whether a list holds one of these.
    List(OneOf<Text>),
    Field(Box<FieldTest>),
    /// Whether a row is for the lead.
    Territory(Box<Territory>),
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

/// What is asked of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TextTest {
    Compare(Compare<Text>),
    Part(Part, Text),
    Matches(Pattern),
}

/// What is asked of anything that has an order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Compare<K> {
    Is(K),
    Below(K),
    UpTo(K),
    Between(K, K),
    OneOf(OneOf<K>),
}

/// A text that values are compared with, by its folded form. Rules repeat their texts, so copies
/// share one.
#[derive(Debug, Clone)]
pub(super) struct Text(Arc<Spelt>);

#[derive(Debug)]
struct Spelt {
    folded: Box<str>,
    /// Where it differs.
    written: Option<Box<str>>,
}

impl Text {
    pub(super) fn new(written: &str) -> Self {
        let folded = fold(written);
        let differs = (folded != written).then(|| written.into());
        Self(Arc::new(Spelt { folded: folded.into(), written: differs }))
    }

    /// Folded as the lead's values will be.
    pub(super) fn key(&self) -> &str {
        &self.0.folded
    }

    pub(super) fn written(&self) -> &str {
        self.0.written.as_deref().unwrap_or(&self.0.folded)
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self.key()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Text {}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(other.key())
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Several constants, each once: ascending, with the order in which they were given.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OneOf<K>(Box<[(K, u32)]>);

impl<K: Ord> FromIterator<K> for OneOf<K> {
    fn from_iter<I: IntoIterator<Item = K>>(constants: I) -> Self {
        let mut all: Vec<_> = constants.into_iter().zip(0..).collect();
        all.sort_unstable();
        all.dedup_by(|next, kept| next.0 == kept.0);
        Self(all.into())
    }
}

impl<K> OneOf<K> {
    pub(super) fn contains<Q: Ord + ?Sized>(&self, value: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.binary_search_by(|(constant, _)| constant.borrow().cmp(value)).is_ok()
    }

    /// Ascending.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &K> {
        self.0.iter().map(|(constant, _)| constant)
    }

    pub(super) fn as_given(&self) -> Vec<&K> {
        let mut all: Vec<_> = self.0.iter().collect();
        all.sort_unstable_by_key(|(_, place)| *place);
        all.into_iter().map(|(constant, _)| constant).collect()
    }
}

/// A compiled regular expression; two are equal when they were written alike. Copies share what it
/// was compiled to.
#[derive(Debug, Clone)]
pub(super) struct Pattern(pub(super) Arc<Regex>);

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}
