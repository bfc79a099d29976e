//! Conditions, values and actions in plain English.

use crate::case::Case;
use crate::normalise::country::{Country, State};
use crate::rules::action::{Action, Setting, Target};
use crate::rules::ast::Combinator;
use crate::rules::condition::{
    Compare, Condition, FieldTest, Group, Node, OneOf, Predicate, Relation, Test, Text, TextTest,
    TimeTest,
};
use crate::rules::decimal::Decimal;
use crate::rules::field::Field;
use crate::rules::field::value::{Value, value_of};
use crate::rules::kind::ValueKind;
use crate::rules::moment::{Moment, Toward};
use crate::rules::operator::Part;
use crate::territory::Territory;

/// Most values of a list that a sentence names.
const SHOWN_VALUES: usize = 10;
/// Most characters of a text that a sentence quotes.
const SHOWN_CHARACTERS: usize = 80;

impl Condition {
    /// The condition as a phrase, such as `Country is one of US, CA and Employees is at least 1,000`.
    pub fn describe(&self) -> String {
        if self.root.members.is_empty() {
            return "every lead".to_owned();
        }
        describe_group(&self.root, false)
    }
}

impl Action {
    /// The action as a phrase, such as `pool EMEA, else queue “Unrouted”`.
    ///
    /// `name_of` gives the name of a rep, a pool or a territory; where it knows none, the id stands instead.
    pub fn describe(&self, name_of: impl Fn(&Target) -> Option<String>) -> String {
        let words = self.targets().map(|target| match target {
            Target::Rep(id) => name_of(target).unwrap_or_else(|| id.to_string()),
            Target::Pool(id) => {
                format!("pool {}", name_of(target).unwrap_or_else(|| id.to_string()))
            }
            Target::AccountOwner => "owner of the account".to_owned(),
            Target::DuplicateOwner => "owner of the earlier lead".to_owned(),
            Target::TerritoryOwner(id) => {
                let name = name_of(target).unwrap_or_else(|| id.to_string());
                format!("owner in the territory {name}")
            }
            Target::Queue(name) => format!("queue {}", quoted(name)),
            Target::Reject(reason) => format!("reject as {}", quoted(reason)),
        });
        let mut words = words.collect::<Vec<_>>().join(", else ");
        for setting in &self.set {
            words.push_str("; ");
            words.push_str(&setting.describe());
        }
        words
    }
}

impl Setting {
    /// The setting as a phrase, such as `tag “hot”`.
    pub fn describe(&self) -> String {
        match self {
            Self::Tag(tag) => format!("tag {}", quoted(tag)),
            Self::Priority(priority) => format!("{} priority", priority.as_str()),
            Self::Attribute { name, value } => format!("set {name} to {}", quoted(value)),
        }
    }
}

/// A constant of a text field as a sentence writes it: a choice in words, a code bare, a text quoted.
fn constant(field: &Field, text: &str) -> String {
    let choices = field.choices();
    let choice = choices.iter().find(|choice| choice.name.eq_ignore_ascii_case(text));
    match choice {
        Some(choice) => choice.words.to_owned(),
        None if matches!(field.kind(), ValueKind::Country | ValueKind::State) => {
            text.to_ascii_uppercase()
        }
        None if field.is_owner() => text.to_ascii_lowercase(),
        None => quoted(text),
    }
}

/// A number with its thousands apart, such as `1,000.5`.
fn number(value: Decimal) -> String {
    let plain = value.to_string();
    let end = plain.find('.').unwrap_or(plain.len());
    let start = usize::from(plain.starts_with('-'));
    let mut shown = String::new();
    for (index, character) in plain.chars().enumerate() {
        if start < index && index < end && (end - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(character);
    }
    shown
}

/// A yes or no as a sentence writes it.
const fn yes_or_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

/// A constant as a sentence about its field writes it.
pub(super) trait Shown {
    fn shown(&self, field: &Field) -> String;
}

impl Shown for Text {
    fn shown(&self, field: &Field) -> String {
        constant(field, self.written())
    }
}

impl Shown for Decimal {
    fn shown(&self, _: &Field) -> String {
        number(*self)
    }
}

impl Shown for Moment {
    fn shown(&self, _: &Field) -> String {
        self.to_string()
    }
}

/// What a value must be to pass the predicate's test, or to fail it when `negated`.
pub(super) fn needed(predicate: &Predicate, negated: bool, case: &Case) -> String {
    let Predicate { field, test, .. } = predicate;
    let words = match (test, phrase(field, test, negated)) {
        (Test::Missing, _) => if negated { "any value" } else { "no value" }.to_owned(),
        (_, Phrase::Is(words)) => words,
        (_, Phrase::Does(words)) => format!("something that {words}"),
    };
    let Test::Field(test) = test else { return words };
    format!("{words}, which is {}", actual(case, &test.other).as_deref().unwrap_or("missing"))
}

/// The case's value of a field as a sentence writes it; `None` when it has none.
pub(super) fn actual(case: &Case, field: &Field) -> Option<String> {
    if let (Field::Employees, Some(size)) = (field, case.lead.employees) {
        let [min, value] = [size.min(), size.value()].map(|count| number(count.into()));
        return Some(match size.max() {
            Some(max) if max == size.min() => value,
            Some(max) => format!("{min} to {} (counts as {value})", number(max.into())),
            None => format!("{min} or more"),
        });
    }
    Some(match value_of(case, field)? {
        Value::Text(code) => match named_place(field.kind(), &code) {
            Some(name) => format!("{name} ({code})"),
            None => constant(field, &code),
        },
        Value::Number(value) => number(value),
        Value::Boolean(value) => yes_or_no(value).to_owned(),
        Value::Time(moment) => moment.to_string(),
        Value::List(parts) => listed(parts.into_iter().map(quoted)),
    })
}

/// Whether a territory has a row for the case, and by which line or values.
pub(super) fn place(territory: &Territory, case: &Case) -> String {
    let Territory { name, table, .. } = territory;
    if let Some(row) = territory.find(case) {
        return format!("{name} (line {})", row.line);
    }
    let values = table.columns().iter().map(|column| {
        let value = actual(case, column.field());
        format!("{} {}", column.field().label(), value.as_deref().unwrap_or("missing"))
    });
    format!("not {name} ({})", values.collect::<Vec<_>>().join(", "))
}

fn named_place(kind: ValueKind, code: &str) -> Option<&'static str> {
    match kind {
        ValueKind::Country => Country::from_code(code).map(Country::name),
        ValueKind::State => State::from_code(code).map(State::name),
        ValueKind::Text
        | ValueKind::Number
        | ValueKind::Boolean
        | ValueKind::Time
        | ValueKind::List
        | ValueKind::Whole => None,
    }
}

fn describe_group(group: &Group, beside_others: bool) -> String {
    let many = group.members.len() > 1;
    let member_beside_others = many || (beside_others && !group.not);
    let members = group.members.iter().map(|member| match member {
        Node::Group(group) if group.members.is_empty() => "anything".to_owned(),
        Node::Group(group) => describe_group(group, member_beside_others),
        Node::Predicate(predicate) => describe_predicate(predicate),
    });
    let words = members.collect::<Vec<_>>().join(match group.combinator {
        Combinator::And => " and ",
        Combinator::Or => " or ",
    });
    match () {
        () if group.not => format!("not ({words})"),
        () if many && beside_others => format!("({words})"),
        () => words,
    }
}

fn describe_predicate(predicate: &Predicate) -> String {
    let label = predicate.field.label();
    match phrase(&predicate.field, &predicate.test, predicate.operator.negates()) {
        Phrase::Is(words) => format!("{label} is {words}"),
        Phrase::Does(words) => format!("{label} {words}"),
    }
}

/// What a test says of its field: that it is something, or that it does something.
enum Phrase {
    Is(String),
    Does(String),
}

fn phrase(field: &Field, test: &Test, negated: bool) -> Phrase {
    let pick = |plain: &'static str, opposite: &'static str| if negated { opposite } else { plain };
    match test {
        Test::Missing => Phrase::Is(pick("missing", "present").to_owned()),
        Test::Number(compare) => Phrase::Is(compared(field, compare, negated)),
        Test::Boolean(wanted) => Phrase::Is(yes_or_no(*wanted != negated).to_owned()),
        Test::Time(test) => Phrase::Is(match test.as_ref() {
            TimeTest::Compare(compare) => compared(field, compare, negated),
            TimeTest::Within(window) => {
                let toward = match window.toward {
                    Toward::Last => "last",
                    Toward::Next => "next",
                };
                format!("{} the {toward} {}", pick("within", "not within"), window.shown)
            }
        }),
        Test::List(list) => Phrase::Does(match list.iter().len() {
            1 => format!("{} {}", part_verb(Part::Anywhere, negated), all_of(list, field)),
            _ => format!("contains {} of {}", pick("one", "none"), all_of(list, field)),
        }),
        Test::Text(TextTest::Compare(compare)) => Phrase::Is(compared(field, compare, negated)),
        Test::Text(TextTest::Part(place, part)) => {
            Phrase::Does(format!("{} {}", part_verb(*place, negated), part.shown(field)))
        }
        Test::Text(TextTest::Matches(pattern)) => {
            let verb = pick("matches", "does not match");
            Phrase::Does(format!("{verb} /{}/", shortened(pattern.0.as_str())))
        }
        Test::Territory(territory) => Phrase::Is(format!("{}{}", pick("", "not "), territory.name)),
        Test::Field(test) => beside(test, negated),
    }
}

/// How a value stands to another field's.
fn beside(test: &FieldTest, negated: bool) -> Phrase {
    let FieldTest { relation, other } = test;
    let label = other.label();
    let order = order_words(other);
    let pick = |[plain, opposite]: [&'static str; 2]| if negated { opposite } else { plain };
    match relation {
        Relation::Is => Phrase::Is(format!("{}the same as {label}", pick(["", "not "]))),
        Relation::Below => Phrase::Is(format!("{} {label}{}", pick(order.below), order.after)),
        Relation::UpTo => Phrase::Is(format!("{} {label}{}", pick(order.up_to), order.after)),
        Relation::Part(part) => Phrase::Does(format!("{} {label}", part_verb(*part, negated))),
    }
}

fn part_verb(part: Part, negated: bool) -> &'static str {
    match (part, negated) {
        (Part::Anywhere, false) => "contains",
        (Part::Anywhere, true) => "does not contain",
        (Part::Beginning, false) => "begins with",
        (Part::Beginning, true) => "does not begin with",
        (Part::End, false) => "ends with",
        (Part::End, true) => "does not end with",
    }
}

/// How a kind of values speaks of its order; the second of two is the opposite.
struct OrderWords {
    below: [&'static str; 2],
    up_to: [&'static str; 2],
    after: &'static str,
}

fn order_words(field: &Field) -> &'static OrderWords {
    match field.kind() {
        ValueKind::Number => &OF_NUMBERS,
        ValueKind::Time => &OF_TIMES,
        ValueKind::Text
        | ValueKind::Country
        | ValueKind::State
        | ValueKind::Boolean
        | ValueKind::List
        | ValueKind::Whole => &OF_TEXTS,
    }
}

const OF_NUMBERS: OrderWords =
    OrderWords { below: ["less than", "at least"], up_to: ["at most", "more than"], after: "" };

const OF_TEXTS: OrderWords = OrderWords {
    below: ["before", "not before"],
    up_to: ["not after", "after"],
    after: " in the alphabet",
};

const OF_TIMES: OrderWords =
    OrderWords { below: ["before", "not before"], up_to: ["not after", "after"], after: "" };

fn compared<K: Shown>(field: &Field, compare: &Compare<K>, negated: bool) -> String {
    let pick = |[plain, opposite]: [&'static str; 2]| if negated { opposite } else { plain };
    let not = pick(["", "not "]);
    let order = order_words(field);
    let ordered =
        |words, bound: &K| format!("{} {}{}", pick(words), bound.shown(field), order.after);
    match compare {
        Compare::Is(constant) => format!("{not}{}", constant.shown(field)),
        Compare::Below(bound) => ordered(order.below, bound),
        Compare::UpTo(bound) => ordered(order.up_to, bound),
        Compare::Between(from, to) => {
            format!("{not}between {} and {}", from.shown(field), to.shown(field))
        }
        Compare::OneOf(list) => format!("{} of {}", pick(["one", "none"]), all_of(list, field)),
    }
}

fn all_of<K: Shown>(list: &OneOf<K>, field: &Field) -> String {
    listed(list.as_given().into_iter().map(|constant| constant.shown(field)))
}

fn listed(mut shown: impl ExactSizeIterator<Item = String>) -> String {
    let named = shown.by_ref().take(SHOWN_VALUES).collect::<Vec<_>>().join(", ");
    match shown.len() {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

fn quoted(text: &str) -> String {
    format!("“{}”", shortened(text))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
