//! Conditions, values and actions in plain English.

use crate::case::Case;
use crate::rules::action::{Action, Setting, Target};
use crate::rules::ast::Combinator;
use crate::rules::condition::{Compare, Condition, Group, Node, OneOf, Predicate, Test, TextTest};
use crate::rules::field::{self, Field, Value};
use crate::rules::operator::Part;

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
    /// `name_of` gives the name of a rep or a pool; where it knows none, the id stands instead.
    pub fn describe(&self, name_of: impl Fn(&Target) -> Option<String>) -> String {
        let words = self.targets().map(|target| match target {
            Target::Rep(id) => name_of(target).unwrap_or_else(|| id.to_string()),
            Target::Pool(id) => {
                format!("pool {}", name_of(target).unwrap_or_else(|| id.to_string()))
            }
            Target::AccountOwner => "owner of the account".to_owned(),
            Target::DuplicateOwner => "owner of the earlier lead".to_owned(),
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
pub(super) fn constant(field: &Field, text: &str) -> String {
    let choices = field.choices();
    let choice = choices.iter().find(|choice| choice.name.eq_ignore_ascii_case(text));
    match choice {
        Some(choice) => choice.words.to_owned(),
        None if matches!(field, Field::Country | Field::State) => text.to_ascii_uppercase(),
        None => quoted(text),
    }
}

/// A number with its thousands apart, such as `1,000`.
pub(super) fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut shown = if value < 0 { "-".to_owned() } else { String::new() };
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// What a value must be to pass `test`, or to fail it when `negated`.
pub(super) fn needed(test: &Test, negated: bool) -> String {
    match (test, phrase(test, negated)) {
        (Test::Missing, _) => if negated { "any value" } else { "no value" }.to_owned(),
        (_, Phrase::Is(words)) => words,
        (_, Phrase::Does(words)) => format!("something that {words}"),
    }
}

/// The lead's value of a field as a sentence writes it; `None` when it has none.
pub(super) fn actual(case: &Case, field: &Field) -> Option<String> {
    if let (Field::Country, Some(country)) = (field, case.lead.country) {
        return Some(format!("{} ({})", country.name(), country.code()));
    }
    if let (Field::State, Some(state)) = (field, case.lead.state) {
        return Some(format!("{} ({})", state.name(), state.code()));
    }
    if let (Field::Employees, Some(size)) = (field, case.lead.employees) {
        let [min, value] = [size.min(), size.value()].map(|count| number(count.into()));
        return Some(match size.max() {
            Some(max) if max == size.min() => value,
            Some(max) => format!("{min} to {} (counts as {value})", number(max.into())),
            None => format!("{min} or more"),
        });
    }
    match field::value_of(case, field)? {
        Value::Text(text) => Some(constant(field, &text)),
        Value::Number(value) => Some(number(value)),
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
    match phrase(&predicate.test, predicate.operator.negates()) {
        Phrase::Is(words) => format!("{label} is {words}"),
        Phrase::Does(words) => format!("{label} {words}"),
    }
}

/// What a test says of its field: that it is something, or that it does something.
enum Phrase {
    Is(String),
    Does(String),
}

fn phrase(test: &Test, negated: bool) -> Phrase {
    let pick = |plain: &'static str, opposite: &'static str| if negated { opposite } else { plain };
    match test {
        Test::Missing => Phrase::Is(pick("missing", "present").to_owned()),
        Test::Number(compare) => Phrase::Is(compared(compare, negated, &OF_NUMBERS)),
        Test::Text(TextTest::Compare(compare)) => Phrase::Is(compared(compare, negated, &OF_TEXTS)),
        Test::Text(TextTest::Part(place, part)) => {
            let verb = match place {
                Part::Anywhere => pick("contains", "does not contain"),
                Part::Beginning => pick("begins with", "does not begin with"),
                Part::End => pick("ends with", "does not end with"),
            };
            Phrase::Does(format!("{verb} {}", part.shown))
        }
        Test::Text(TextTest::Matches(pattern)) => {
            let verb = pick("matches", "does not match");
            Phrase::Does(format!("{verb} /{}/", shortened(pattern.0.as_str())))
        }
    }
}

/// How a kind of values speaks of its order; the second of two is the opposite.
struct OrderWords {
    below: [&'static str; 2],
    up_to: [&'static str; 2],
    after: &'static str,
}

const OF_NUMBERS: OrderWords =
    OrderWords { below: ["less than", "at least"], up_to: ["at most", "more than"], after: "" };

const OF_TEXTS: OrderWords = OrderWords {
    below: ["before", "not before"],
    up_to: ["not after", "after"],
    after: " in the alphabet",
};

fn compared<K>(compare: &Compare<K>, negated: bool, order: &OrderWords) -> String {
    let pick = |[plain, opposite]: [&'static str; 2]| if negated { opposite } else { plain };
    let not = pick(["", "not "]);
    match compare {
        Compare::Is(constant) => format!("{not}{}", constant.shown),
        Compare::Below(bound) => format!("{} {}{}", pick(order.below), bound.shown, order.after),
        Compare::UpTo(bound) => format!("{} {}{}", pick(order.up_to), bound.shown, order.after),
        Compare::Between(from, to) => format!("{not}between {} and {}", from.shown, to.shown),
        Compare::OneOf(list) => format!("{} of {}", pick(["one", "none"]), listed(list)),
    }
}

fn listed<K>(list: &OneOf<K>) -> String {
    let named: Vec<_> = list.shown.iter().take(SHOWN_VALUES).map(String::as_str).collect();
    match list.shown.len().saturating_sub(SHOWN_VALUES) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
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
