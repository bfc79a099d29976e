//! Checks a predicate that compares a field with another field.

use serde_json::Value;

use crate::rules::check::{Faulted, Tally, condition};
use crate::rules::condition::{FieldTest, Relation, Test};
use crate::rules::field::Field;
use crate::rules::kind::ValueKind;
use crate::rules::operator::{Comparison, Operator, Part, Shape};

/// Checks the other field's name, which stands where a value would, of a predicate whose operator
/// fits its field.
pub(super) fn check(
    field: &Field,
    operator: Operator,
    value: &Value,
    path: &str,
    tally: &mut Tally<'_>,
) -> Result<Test, Faulted> {
    let relation = match operator.shape() {
        Shape::Missing => return Ok(Test::Missing),
        Shape::Compare(Comparison::Is) => Relation::Is,
        Shape::Compare(Comparison::Below) => Relation::Below,
        Shape::Compare(Comparison::UpTo) => Relation::UpTo,
        Shape::Part(part) => Relation::Part(part),
        Shape::Compare(Comparison::Between | Comparison::OneOf)
        | Shape::Pattern
        | Shape::Territory
        | Shape::Within(_) => {
            let name = operator.name();
            let message = format!(
                "`{name}` compares with values only; set `valueSource` to `value`, or use one of \
                 =, !=, <, <=, >, >= or an operator on a part of a text.",
            );
            return Err(tally.fault(path, message));
        }
    };
    let Some(name) = value.as_str() else {
        return Err(tally.fault(path, "Write the name of one other field."));
    };
    let Some(other) = Field::parse(name, &tally.terms.attributes) else {
        return Err(tally.fault(path, condition::unknown_field(name)));
    };
    if !can_compare(field, &other, relation) {
        let [one, two] =
            [field, &other].map(|field| format!("{} ({})", field.label(), holds(field)));
        return Err(tally.fault(path, format!("{one} cannot be compared with {two}.")));
    }
    Ok(Test::Field(Box::new(FieldTest { relation, other })))
}

/// Whether the two have values of one type, so that some lead could have the same in both.
fn can_compare(field: &Field, other: &Field, relation: Relation) -> bool {
    let is_text = |kind| matches!(kind, ValueKind::Text | ValueKind::Country | ValueKind::State);
    match (relation, field.kind(), other.kind()) {
        (Relation::Part(Part::Anywhere), ValueKind::List, kind) => is_text(kind),
        (Relation::Part(_), one, two) => is_text(one) && is_text(two),
        (Relation::Is | Relation::Below | Relation::UpTo, one, two) => {
            one == two && field.choices() == other.choices() && field.is_owner() == other.is_owner()
        }
    }
}

/// What a field's values are, in words.
fn holds(field: &Field) -> &'static str {
    if field.choices().is_empty() { field.kind().words() } else { "a choice" }
}
