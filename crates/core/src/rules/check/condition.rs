//! Checks the tree: shape, fields and operators.

use crate::rules::ast;
use crate::rules::check::{Faulted, MAX_NESTING, Tally, other, value};
use crate::rules::condition::{Condition, Group, Node, Predicate};
use crate::rules::field::Field;
use crate::rules::kind::ValueKind;
use crate::rules::operator::Operator;

/// Checks a condition whose outermost group stands at `path`; an empty path is the condition itself.
pub(super) fn check(
    source: &ast::Group,
    path: &str,
    tally: &mut Tally<'_>,
) -> Result<Condition, Faulted> {
    let place = Place { path: path.to_owned(), depth: 1, negated: false };
    check_group(source, &place, tally).map(|root| Condition { root })
}

/// Where in the tree something stands.
struct Place {
    path: String,
    /// How many groups deep.
    depth: usize,
    /// Whether a `not` stands on or above it.
    negated: bool,
}

impl Place {
    fn key(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn member(&self, index: usize, negated: bool) -> Self {
        let path = self.key(&format!("rules[{index}]"));
        Self { path, depth: self.depth.saturating_add(1), negated: self.negated || negated }
    }
}

/// Stops at [`MAX_NESTING`], so no depth of input can exhaust the stack.
fn check_group(source: &ast::Group, at: &Place, tally: &mut Tally<'_>) -> Result<Group, Faulted> {
    let ast::Group { combinator, not, rules, muted } = source;
    if at.depth > MAX_NESTING {
        let message = format!("Groups are nested too deeply; the most is {MAX_NESTING} levels.");
        return Err(tally.fault(&at.path, message));
    }
    let muted = refuse_muted(*muted, at, tally);
    // An empty group is always true, so under a `not` it says "never", which nobody means. Without
    // one it is never the reason why a lead does not match: a reason is always a predicate.
    if rules.is_empty() && (*not || at.negated) {
        let message = "This empty group is negated, so it can never be true; \
                       add a condition to it or remove it.";
        return Err(tally.fault(at.key("rules"), message));
    }
    let members: Vec<_> = (rules.iter().enumerate())
        .map(|(index, node)| check_node(node, &at.member(index, *not), tally))
        .collect();
    let members = members.into_iter().collect::<Result<_, _>>()?;
    muted.map(|()| Group { combinator: *combinator, not: *not, members })
}

fn check_node(source: &ast::Node, at: &Place, tally: &mut Tally<'_>) -> Result<Node, Faulted> {
    match source {
        ast::Node::Group(group) => check_group(group, at, tally).map(Node::Group),
        ast::Node::Predicate(predicate) => {
            check_predicate(predicate, at, tally).map(Node::Predicate)
        }
    }
}

fn check_predicate(
    source: &ast::Predicate,
    at: &Place,
    tally: &mut Tally<'_>,
) -> Result<Predicate, Faulted> {
    let muted = refuse_muted(source.muted, at, tally);
    let field = (tally.shared.field(&source.field, &tally.terms.attributes))
        .ok_or_else(|| tally.fault(at.key("field"), unknown_field(&source.field)));
    let operator = Operator::parse(&source.operator).ok_or_else(|| {
        let names = Operator::ALL.map(Operator::name).join(", ");
        let message = format!("There is no operator `{}`; use one of {names}.", source.operator);
        tally.fault(at.key("operator"), message)
    });
    let (field, operator) = (field?, operator?);
    if !field.operators().contains(&operator) {
        return Err(tally.fault(at.key("operator"), unfit_operator(&field, operator)));
    }
    let path = at.key("value");
    let test = match source.value_source {
        ast::ValueSource::Value => value::check(&field, operator, &source.value, &path, tally)?,
        ast::ValueSource::Field => other::check(&field, operator, &source.value, &path, tally)?,
    };
    muted.map(|()| Predicate { field, operator, test })
}

fn refuse_muted(muted: bool, at: &Place, tally: &mut Tally<'_>) -> Result<(), Faulted> {
    if !muted {
        return Ok(());
    }
    let message = "This part is muted, so it would silently be left out; unmute it or delete it.";
    Err(tally.fault(at.key("muted"), message))
}

pub(super) fn unknown_field(name: &str) -> String {
    let known: Vec<_> = Field::known().iter().map(Field::name).collect();
    format!(
        "There is no field `{}`; use one of {}, or `attributes.` or `account.attributes.` and the \
         name of an attribute.",
        name.chars().take(64).collect::<String>(),
        known.join(", "),
    )
}

fn unfit_operator(field: &Field, operator: Operator) -> String {
    let names: Vec<_> = field.operators().iter().map(|fit| fit.name()).collect();
    let (name, label) = (operator.name(), field.label());
    let hint = if field.is_attribute() && field.kind() == ValueKind::Text {
        " An attribute is text unless it is declared to be a number, a date or a list."
    } else {
        ""
    };
    format!("`{name}` does not work on {label}; use one of {}.{hint}", names.join(", "))
}
