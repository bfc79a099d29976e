//! The stored form of rules: JSON as the web's condition builder edits it.
//!
//! A condition has the shape of [React Query Builder]: groups
//! `{"combinator": "and", "not": false, "rules": […]}` whose members are groups or predicates
//! `{"field": "country", "operator": "in", "value": ["US", "CA"]}`. Keys that only concern the
//! builder's screen (`id`, `path`, `disabled`) are ignored; keys that would change the meaning
//! (`valueSource`, `muted`) are read, so that [`super::check`] can refuse them.
//!
//! Nothing here is checked beyond its shape.
//!
//! [React Query Builder]: https://react-querybuilder.js.org/docs/typescript

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::id::{RuleId, RulesetId};
use crate::rules::action::Action;
use crate::rules::experiment::Experiment;

/// A version of a workspace's rules as stored: JSON outside, and bytes within a config.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesetSource {
    /// This version's id.
    pub id: RulesetId,
    /// Counts up by one with each publication in the workspace.
    pub version: u32,
    /// In order of priority.
    pub rules: Vec<RuleSource>,
    /// What happens to a lead that no rule matches.
    pub catch_all: Action,
}

/// One rule as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSource {
    /// Keeps from version to version.
    pub id: RuleId,
    /// Shown wherever the rule is named.
    pub name: String,
    /// A rule that is switched off is skipped.
    pub enabled: bool,
    /// Which leads it is for.
    #[serde(with = "json_text")]
    pub condition: Group,
    /// What happens to them.
    pub action: Action,
    /// Whether the workspace's owner-first setting holds for this rule.
    #[serde(default = "yes")]
    pub owner_first: bool,
    /// Divides its leads among other ways to treat them.
    #[serde(default)]
    pub experiment: Option<Experiment>,
}

const fn yes() -> bool {
    true
}

/// Members joined by a combinator; without members it is true whatever the combinator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// How the members are joined.
    pub combinator: Combinator,
    /// Turns the group's answer round.
    #[serde(default)]
    pub not: bool,
    /// The members, in the order in which they are read and explained.
    pub rules: Vec<Node>,
    /// Left out of the builder's exports; refused by the check.
    #[serde(default, skip_serializing_if = "is_false")]
    pub muted: bool,
}

/// How a group joins its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Combinator {
    /// Every member holds.
    And,
    /// At least one member holds.
    Or,
}

/// A member of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, try_from = "AnyNode")]
pub enum Node {
    /// A group within the group.
    Group(Group),
    /// A question about one field.
    Predicate(Predicate),
}

/// A question about one field of a lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Predicate {
    /// The field's stored name, such as `email_domain`.
    pub field: String,
    /// The operator's stored name, such as `beginsWith`.
    pub operator: String,
    /// What the field is compared with; lists may be arrays or comma-separated text.
    #[serde(default)]
    pub value: Value,
    /// Where `value` comes from; only [`ValueSource::Value`] passes the check.
    #[serde(default, skip_serializing_if = "ValueSource::is_value")]
    pub value_source: ValueSource,
    /// Left out of the builder's exports; refused by the check.
    #[serde(default, skip_serializing_if = "is_false")]
    pub muted: bool,
}

/// What the builder means by a predicate's `value`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueSource {
    /// A constant.
    #[default]
    Value,
    /// The name of another field.
    Field,
}

impl ValueSource {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
    fn is_value(&self) -> bool {
        *self == Self::Value
    }
}

/// Every key that a group or a predicate can have.
///
/// Telling the two apart here rather than with serde's own `untagged` keeps the reason when a member
/// is neither.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AnyNode {
    combinator: Option<Combinator>,
    #[serde(default)]
    not: bool,
    rules: Option<Vec<Node>>,
    field: Option<String>,
    operator: Option<String>,
    #[serde(default)]
    value: Value,
    #[serde(default)]
    value_source: ValueSource,
    #[serde(default)]
    muted: bool,
}

impl TryFrom<AnyNode> for Node {
    type Error = &'static str;

    fn try_from(any: AnyNode) -> Result<Self, Self::Error> {
        let AnyNode { combinator, not, rules, field, operator, value, value_source, muted } = any;
        match (combinator, rules, field, operator) {
            (Some(combinator), Some(rules), None, None) => {
                Ok(Self::Group(Group { combinator, not, rules, muted }))
            }
            (None, None, Some(field), Some(operator)) => {
                Ok(Self::Predicate(Predicate { field, operator, value, value_source, muted }))
            }
            _ => Err("a member of a condition has either `field`, `operator` and `value`, \
                      or `combinator` and `rules`"),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// A condition as itself in JSON, and as JSON text in formats that do not describe themselves, such
/// as postcard: they could not tell a group from a predicate, nor a text from a number.
mod json_text {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

    use super::Group;

    pub(super) fn serialize<S: Serializer>(
        group: &Group,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return group.serialize(serializer);
        }
        let text = serde_json::to_string(group).map_err(ser::Error::custom)?;
        text.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Group, D::Error> {
        if d.is_human_readable() {
            return Group::deserialize(d);
        }
        let text = String::deserialize(d)?;
        serde_json::from_str(&text).map_err(de::Error::custom)
    }
}
