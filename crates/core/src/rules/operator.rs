//! The operators of predicates, by the names the condition builder gives them.

/// How a predicate compares a lead's value with its constant.
///
/// Half of them are the other half turned round, but for one thing: on a missing value an operator
/// and its negation are both false. Only [`Operator::Null`] and [`Operator::NotNull`] see a missing
/// value.
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
    /// `null`: the lead has no value.
    Null,
    /// `notNull`: the lead has a value.
    NotNull,
}

impl Operator {
    /// Every operator.
    pub const ALL: [Self; 19] = [
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
            Self::Null => "null",
            Self::NotNull => "notNull",
        }
    }

    /// Whether it answers the opposite of its test: `>` is "not at most".
    pub(super) const fn negates(self) -> bool {
        match self {
            Self::NotEqual
            | Self::Greater
            | Self::AtLeast
            | Self::NotBetween
            | Self::NotIn
            | Self::DoesNotContain
            | Self::DoesNotBeginWith
            | Self::DoesNotEndWith
            | Self::NotNull => true,
            Self::Equal
            | Self::Less
            | Self::AtMost
            | Self::Between
            | Self::In
            | Self::Contains
            | Self::BeginsWith
            | Self::EndsWith
            | Self::Matches
            | Self::Null => false,
        }
    }
}
