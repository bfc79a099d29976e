//! The operators of predicates, by the names the condition builder gives them.

use crate::rules::moment::Toward;

/// How a predicate compares a lead's value with its constant.
///
/// Half of them are the other half turned round, but for one thing: on a missing value an operator
/// and its negation are both false. Only [`Operator::Null`] and [`Operator::NotNull`] see a missing
/// value, and [`Operator::InTerritory`] and its negation ask the lead as a whole, which never is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operator {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `between`, both ends included.
    Between,
    /// `notBetween`
    NotBetween,
    /// `in`
    In,
    /// `notIn`
    NotIn,
    /// `contains`
    Contains,
    /// `doesNotContain`
    DoesNotContain,
    /// `beginsWith`
    BeginsWith,
    /// `doesNotBeginWith`
    DoesNotBeginWith,
    /// `endsWith`
    EndsWith,
    /// `doesNotEndWith`
    DoesNotEndWith,
    /// `matches`: a regular expression found anywhere in the value.
    Matches,
    /// `withinLast`: between so long ago and the decision, such as `7 days`.
    WithinLast,
    /// `notWithinLast`
    NotWithinLast,
    /// `withinNext`: between the decision and so long ahead.
    WithinNext,
    /// `notWithinNext`
    NotWithinNext,
    /// `inTerritory`: a row of the territory is for the lead.
    InTerritory,
    /// `notInTerritory`
    NotInTerritory,
    /// `null`: the lead has no value.
    Null,
    /// `notNull`: the lead has a value.
    NotNull,
}

impl Operator {
    /// Every operator.
    pub const ALL: [Self; 25] = [
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::AtMost,
        Self::Greater,
        Self::AtLeast,
        Self::Between,
        Self::NotBetween,
        Self::In,
        Self::NotIn,
        Self::Contains,
        Self::DoesNotContain,
        Self::BeginsWith,
        Self::DoesNotBeginWith,
        Self::EndsWith,
        Self::DoesNotEndWith,
        Self::Matches,
        Self::WithinLast,
        Self::NotWithinLast,
        Self::WithinNext,
        Self::NotWithinNext,
        Self::InTerritory,
        Self::NotInTerritory,
        Self::Null,
        Self::NotNull,
    ];

    /// The operator with this stored name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.name() == name)
    }

    /// The stored name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Between => "between",
            Self::NotBetween => "notBetween",
            Self::In => "in",
            Self::NotIn => "notIn",
            Self::Contains => "contains",
            Self::DoesNotContain => "doesNotContain",
            Self::BeginsWith => "beginsWith",
            Self::DoesNotBeginWith => "doesNotBeginWith",
            Self::EndsWith => "endsWith",
            Self::DoesNotEndWith => "doesNotEndWith",
            Self::Matches => "matches",
            Self::WithinLast => "withinLast",
            Self::NotWithinLast => "notWithinLast",
            Self::WithinNext => "withinNext",
            Self::NotWithinNext => "notWithinNext",
            Self::InTerritory => "inTerritory",
            Self::NotInTerritory => "notInTerritory",
            Self::Null => "null",
            Self::NotNull => "notNull",
        }
    }

    /// Whether it answers the opposite of its test: `>` is "not at most".
    pub(super) const fn negates(self) -> bool {
        self.meaning().1
    }

    /// What it asks, whether or not it answers the opposite.
    pub(super) const fn shape(self) -> Shape {
        self.meaning().0
    }

    const fn meaning(self) -> (Shape, bool) {
        match self {
            Self::Equal => (Shape::Compare(Comparison::Is), false),
            Self::NotEqual => (Shape::Compare(Comparison::Is), true),
            Self::Less => (Shape::Compare(Comparison::Below), false),
            Self::AtLeast => (Shape::Compare(Comparison::Below), true),
            Self::AtMost => (Shape::Compare(Comparison::UpTo), false),
            Self::Greater => (Shape::Compare(Comparison::UpTo), true),
            Self::Between => (Shape::Compare(Comparison::Between), false),
            Self::NotBetween => (Shape::Compare(Comparison::Between), true),
            Self::In => (Shape::Compare(Comparison::OneOf), false),
            Self::NotIn => (Shape::Compare(Comparison::OneOf), true),
            Self::Contains => (Shape::Part(Part::Anywhere), false),
            Self::DoesNotContain => (Shape::Part(Part::Anywhere), true),
            Self::BeginsWith => (Shape::Part(Part::Beginning), false),
            Self::DoesNotBeginWith => (Shape::Part(Part::Beginning), true),
            Self::EndsWith => (Shape::Part(Part::End), false),
            Self::DoesNotEndWith => (Shape::Part(Part::End), true),
            Self::Matches => (Shape::Pattern, false),
            Self::WithinLast => (Shape::Within(Toward::Last), false),
            Self::NotWithinLast => (Shape::Within(Toward::Last), true),
            Self::WithinNext => (Shape::Within(Toward::Next), false),
            Self::NotWithinNext => (Shape::Within(Toward::Next), true),
            Self::InTerritory => (Shape::Territory, false),
            Self::NotInTerritory => (Shape::Territory, true),
            Self::Null => (Shape::Missing, false),
            Self::NotNull => (Shape::Missing, true),
        }
    }
}

/// What an operator and its negation ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Whether there is no value.
    Missing,
    /// How the whole value compares.
    Compare(Comparison),
    /// Whether a text has a part.
    Part(Part),
    /// Whether a regular expression is found in a text.
    Pattern,
    /// Whether a time lies in a window that begins or ends at the decision.
    Within(Toward),
    /// Whether a territory has a row for the lead.
    Territory,
}

/// How a whole value compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Is,
    Below,
    UpTo,
    Between,
    OneOf,
}

/// Where in a text a part stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Anywhere,
    Beginning,
    End,
}
