//! Whether a lead can exist of which some literals hold: "no" is sure, "yes" may be wrong.

use crate::rules::condition::{Compare, OneOf, Test, Text, TextTest};
use crate::rules::decimal::Decimal;
use crate::rules::field::Field;
use crate::rules::lint::ways::{Literal, Way};
use crate::rules::operator::Part;

/// Whether all of `way` may hold at once.
pub(super) fn possible(way: &Way<'_>) -> bool {
    way.iter().all(|literal| possible_with(way, std::slice::from_ref(literal)))
}

/// Whether `more`, literals on few fields, may hold beside `way`, which may hold by itself.
pub(super) fn possible_with(way: &Way<'_>, more: &[Literal<'_>]) -> bool {
    more.iter().all(|literal| {
        let field = &literal.predicate.field;
        let about_it = |other: &&Literal<'_>| other.predicate.field == *field;
        // Most are about other fields, and `more` by itself is taken to be possible.
        if !way.iter().any(|other| about_it(&other)) {
            return true;
        }
        let same = way.iter().chain(more).filter(about_it);
        one_field(field, &same.copied().collect::<Vec<_>>())
    })
}

fn one_field(field: &Field, literals: &[Literal<'_>]) -> bool {
    literals.iter().all(holds_on_missing) || present(field, literals)
}

/// Whether a literal holds of a lead that has no value.
fn holds_on_missing(literal: &Literal<'_>) -> bool {
    let predicate = literal.predicate;
    let is_missing = predicate.test == Test::Missing;
    (is_missing && !predicate.operator.negates()) == literal.wanted
}

/// What a present value must be asked, and what it must answer.
#[derive(Default)]
struct Asks<'a> {
    texts: Vec<(&'a TextTest, bool)>,
    numbers: Vec<(&'a Compare<Decimal>, bool)>,
    flags: Vec<bool>,
    lists: Vec<(&'a OneOf<Text>, bool)>,
}

fn present(field: &Field, literals: &[Literal<'_>]) -> bool {
    let mut asks = Asks::default();
    for Literal { predicate, wanted } in literals {
        // Of a value that is there, an operator says what its test says, or the opposite.
        let answer = *wanted != predicate.operator.negates();
        match &predicate.test {
            Test::Missing if answer => return false,
            Test::Text(test) => asks.texts.push((test, answer)),
            Test::Number(compare) => asks.numbers.push((compare, answer)),
            Test::Boolean(constant) => asks.flags.push(*constant == answer),
            Test::List(list) => asks.lists.push((list, answer)),
            // About times, other fields and territories nothing is known but that they do not
            // contradict themselves.
            Test::Missing | Test::Time(_) | Test::Field(_) | Test::Territory(_) => {}
        }
    }
    let flags = asks.flags.iter().all(|flag| asks.flags.first() == Some(flag));
    flags
        && consistent(literals)
        && lists(&asks.lists)
        && texts(field, &asks.texts)
        && order(&asks.numbers)
}

/// Whether no predicate is both to be true and not, nor to be true together with its opposite.
fn consistent(literals: &[Literal<'_>]) -> bool {
    let contradict = |one: &Literal<'_>, other: &Literal<'_>| {
        let alike = one.predicate.operator.negates() == other.predicate.operator.negates();
        let clash = if alike { one.wanted && !other.wanted } else { one.wanted && other.wanted };
        clash && one.predicate.test == other.predicate.test
    };
    !literals.iter().any(|one| literals.iter().any(|other| contradict(one, other)))
}

/// Whether a list can hold one of each of these, and none of those.
fn lists(asks: &[(&OneOf<Text>, bool)]) -> bool {
    let wanted = |answer: bool| asks.iter().filter(move |ask| ask.1 == answer).map(|ask| ask.0);
    let ruled_out = |key: &Text| wanted(false).any(|list| list.contains(key.key()));
    wanted(true).all(|list| !list.iter().all(ruled_out))
}

fn texts(field: &Field, asks: &[(&TextTest, bool)]) -> bool {
    let choices = field.choices();
    if !choices.is_empty() {
        let mut keys = choices.iter().map(|choice| choice.name);
        return keys.any(|key| asks.iter().all(|(test, answer)| may(test, key, *answer)));
    }
    let compares: Vec<_> = asks
        .iter()
        .filter_map(|(test, answer)| match test {
            TextTest::Compare(compare) => Some((compare, *answer)),
            TextTest::Part(..) | TextTest::Matches(_) => None,
        })
        .collect();
    if let Some(keys) = named(&compares) {
        return keys
            .into_iter()
            .any(|key| asks.iter().all(|(test, answer)| may(test, key.key(), *answer)));
    }
    order(&compares) && parts(asks)
}

/// Whether `key`, a folded text, may give a test this answer. A pattern sees the text as it was
/// before folding, so of patterns nothing is known.
fn may(test: &TextTest, key: &str, answer: bool) -> bool {
    match test {
        TextTest::Compare(compare) => compare.holds(key) == answer,
        TextTest::Part(place, part) => has(*place, key, part.key()) == answer,
        TextTest::Matches(_) => true,
    }
}

fn has(place: Part, text: &str, part: &str) -> bool {
    match place {
        Part::Anywhere => text.contains(part),
        Part::Beginning => text.starts_with(part),
        Part::End => text.ends_with(part),
    }
}

/// The few values that are left, if a test names them.
fn named<'a, K: Ord>(asks: &[(&'a Compare<K>, bool)]) -> Option<Vec<&'a K>> {
    let named =
        asks.iter().filter(|(_, answer)| *answer).filter_map(|(compare, _)| match compare {
            Compare::Is(constant) => Some(vec![constant]),
            Compare::OneOf(list) => Some(list.iter().collect()),
            Compare::Below(_) | Compare::UpTo(_) | Compare::Between(..) => None,
        });
    named.min_by_key(Vec::len)
}

/// An end of a range, and whether it belongs to it.
type End<'a, K> = Option<(&'a K, bool)>;

/// Whether a value can answer all these, as far as ranges and named values tell.
fn order<K: Ord>(asks: &[(&Compare<K>, bool)]) -> bool {
    let all = |key: &K| asks.iter().all(|(compare, answer)| compare.holds(key) == *answer);
    if let Some(keys) = named(asks) {
        return keys.into_iter().any(all);
    }
    let (mut low, mut high): (End<'_, K>, End<'_, K>) = (None, None);
    for (compare, answer) in asks {
        match (compare, answer) {
            (Compare::Below(end), true) => lower(&mut high, end, false),
            (Compare::UpTo(end), true) => lower(&mut high, end, true),
            (Compare::Below(end), false) => raise(&mut low, end, true),
            (Compare::UpTo(end), false) => raise(&mut low, end, false),
            (Compare::Between(from, to), true) => {
                raise(&mut low, from, true);
                lower(&mut high, to, true);
            }
            // What is left out of a range may leave something on either side.
            (Compare::Between(..), false) | (Compare::Is(_) | Compare::OneOf(_), _) => {}
        }
    }
    match (low, high) {
        (Some((low, in_low)), Some((high, in_high))) => {
            low < high || (low == high && in_low && in_high && all(low))
        }
        _ => true,
    }
}

fn raise<'a, K: Ord>(low: &mut End<'a, K>, key: &'a K, included: bool) {
    if low.is_none_or(|(now, in_now)| key > now || (key == now && in_now && !included)) {
        *low = Some((key, included));
    }
}

fn lower<'a, K: Ord>(high: &mut End<'a, K>, key: &'a K, included: bool) {
    if high.is_none_or(|(now, in_now)| key < now || (key == now && in_now && !included)) {
        *high = Some((key, included));
    }
}

/// Whether a text can have these parts and lack those.
fn parts(asks: &[(&TextTest, bool)]) -> bool {
    let wanted = |answer: bool| {
        asks.iter().filter(move |ask| ask.1 == answer).filter_map(|(test, _)| match test {
            TextTest::Part(place, part) => Some((*place, part.key())),
            TextTest::Compare(_) | TextTest::Matches(_) => None,
        })
    };
    let clashes = |(place, one): (Part, &str), (beside, other): (Part, &str)| match (place, beside)
    {
        (Part::Beginning, Part::Beginning) => !one.starts_with(other) && !other.starts_with(one),
        (Part::End, Part::End) => !one.ends_with(other) && !other.ends_with(one),
        _ => false,
    };
    // A part that must be there brings what stands in it.
    let brings = |(place, one): (Part, &str), (lacked, other): (Part, &str)| {
        (lacked == Part::Anywhere || lacked == place) && has(lacked, one, other)
    };
    !wanted(true).any(|one| wanted(true).any(|other| clashes(one, other)))
        && !wanted(false).any(|lacked| wanted(true).any(|one| brings(one, lacked)))
}
