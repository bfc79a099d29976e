//! Rules as customers have them, narrowed until about two in all match a lead.
//!
//! Half are territories (country, states, head count); then lists of postal prefixes, of account
//! domains, clusters of countries, words in titles, nested regions with a `not`, mail and technology.

use serde_json::{Map, Value as Json};

use crate::dice::Dice;
use crate::leads::{CA, COUNTRIES, DE, DOMAINS, INDUSTRIES, SOURCES, TECHNOLOGIES, US, domain};

/// What a rule asks; each engine has its own way of writing it.
#[derive(Debug, Clone)]
pub enum Ask {
    /// The text is one of these.
    In(&'static str, Vec<String>),
    /// The text begins with one of these, which are equally long.
    Begins(&'static str, Vec<String>),
    /// The text has this somewhere.
    Contains(&'static str, String),
    /// The text has one of these words somewhere: a regular expression, where an engine has them.
    Matches(&'static str, Vec<String>),
    /// The number is in this range, both ends included.
    Between(&'static str, i64, i64),
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
}

impl Ask {
    /// The answer for a flat lead: what every engine must say.
    pub fn holds(&self, lead: &Map<String, Json>) -> bool {
        let text = |field: &str| lead.get(field).and_then(Json::as_str);
        match self {
            Self::In(field, list) => text(field).is_some_and(|it| list.iter().any(|one| one == it)),
            Self::Begins(field, list) => {
                text(field).is_some_and(|it| list.iter().any(|one| it.starts_with(one)))
            }
            Self::Contains(field, part) => text(field).is_some_and(|it| it.contains(part)),
            Self::Matches(field, words) => {
                text(field).is_some_and(|it| words.iter().any(|word| it.contains(word)))
            }
            Self::Between(field, from, to) => {
                let number = lead.get(*field).and_then(Json::as_i64);
                number.is_some_and(|number| (*from..=*to).contains(&number))
            }
            Self::All(asks) => asks.iter().all(|ask| ask.holds(lead)),
            Self::Any(asks) => asks.iter().any(|ask| ask.holds(lead)),
            Self::Not(ask) => !ask.holds(lead),
        }
    }
}

/// Leads among which the share that a rule lets through is counted.
const SAMPLE: usize = 2_000;
/// What a rule may let through, as rules a lead when it is counted over all rules. Many let through
/// less, because the last condition that is added overshoots: about two in all match.
const MATCHES: usize = 4;

/// The rules of this count; `sample` are leads as they come.
pub fn rules(count: usize, sample: &[Map<String, Json>]) -> Vec<Ask> {
    let sample = &sample[..sample.len().min(SAMPLE)];
    let mut dice = Dice::new(0x5eed + count as u64);
    (0..count).map(|_| narrowed(count, sample, &mut dice)).collect()
}

/// Adds conditions until the rule lets through no more than its part, taking them as independent.
fn narrowed(count: usize, sample: &[Map<String, Json>], dice: &mut Dice) -> Ask {
    let first = base(dice.below(100), dice);
    let whole = 1_000_000_000_u64;
    let share = |ask: &Ask| {
        let held = sample.iter().filter(|lead| ask.holds(lead)).count().max(1);
        held as u64 * whole / sample.len() as u64
    };
    let wanted = (MATCHES as u64 * whole / count as u64).max(1);
    let mut left = share(&first);
    let mut asks = vec![first];
    let mut kinds = dice.several(6, 6, false);
    while left > wanted && !kinds.is_empty() {
        let kind = kinds.swap_remove(dice.below(kinds.len()));
        let missing = usize::try_from(left / wanted).unwrap_or(usize::MAX);
        let ask = narrower(kind, missing, dice);
        left = left * share(&ask) / whole;
        asks.push(ask);
    }
    Ask::All(asks)
}

fn base(kind: usize, dice: &mut Dice) -> Ask {
    match kind {
        0..50 => territory(dice),
        50..65 => {
            let (length, most) = if dice.percent(50) { (2, 100) } else { (3, 1_000) };
            let count = dice.between(3, 12);
            let list = dice.several(count, most, false);
            let list = list.into_iter().map(|number| format!("{number:0length$}"));
            Ask::Begins("postal_code", list.collect())
        }
        65..75 => {
            let count = dice.between(5, 30);
            let list = dice.several(count, DOMAINS, true);
            Ask::In("domain", list.into_iter().map(domain).collect())
        }
        75..83 => countries(dice),
        83..90 => title(dice),
        90..96 => nested(dice),
        _ => Ask::All(vec![
            texts("email_kind", &["free", "business"][dice.below(2)..][..1]),
            some_of("technology", &TECHNOLOGIES, 3, dice),
        ]),
    }
}

fn territory(dice: &mut Dice) -> Ask {
    let (country, states) = match dice.below(10) {
        0..7 => ("us", &US[..]),
        7..9 => ("de", &DE[..]),
        _ => ("ca", &CA[..]),
    };
    let count = dice.between(2, 9);
    let states = dice.several(count, states.len(), true).into_iter().map(|at| states[at]);
    let states = states.map(|state| format!("{country}-{state}")).collect();
    let mut asks = vec![texts("country", &[country]), Ask::In("state", states)];
    if dice.percent(70) {
        asks.push(band(dice));
    }
    Ask::All(asks)
}

fn countries(dice: &mut Dice) -> Ask {
    let count = dice.between(3, 15);
    let list = dice.several(count, COUNTRIES.len(), false);
    Ask::In("country", list.into_iter().map(|at| COUNTRIES[at].to_owned()).collect())
}

fn title(dice: &mut Dice) -> Ask {
    let words = ["vp", "director", "chief", "manager", "senior", "owner", "market", "engineer"];
    if dice.percent(50) {
        return Ask::Contains("title", dice.pick(&words).to_string());
    }
    let chosen = dice.several(2, words.len(), false);
    Ask::Matches("title", chosen.into_iter().map(|at| words[at].to_owned()).collect())
}

/// One of two regions, but not where they overlap with a third.
fn nested(dice: &mut Dice) -> Ask {
    let not = Ask::All(vec![texts("country", &["us"]), some_of("industry", &INDUSTRIES, 8, dice)]);
    Ask::All(vec![
        Ask::Any(vec![territory(dice), Ask::All(vec![countries(dice), band(dice)])]),
        Ask::Not(Box::new(not)),
    ])
}

fn band(dice: &mut Dice) -> Ask {
    let ends = [1, 10, 50, 200, 500, 1_000, 5_000, 20_000];
    let from = dice.below(ends.len() - 1);
    let to = dice.between(from + 1, ends.len() - 1);
    Ask::Between("employees", ends[from], ends[to] - 1)
}

/// One more condition; the more is `missing` to the share that is wanted, the tighter.
fn narrower(kind: usize, missing: usize, dice: &mut Dice) -> Ask {
    let most = if missing > 20 { 2 } else { 6 };
    match kind {
        0 => band(dice),
        1 => some_of("industry", &INDUSTRIES, most, dice),
        2 => some_of("source", &SOURCES, most.min(4), dice),
        3 => some_of("technology", &TECHNOLOGIES, most, dice),
        4 => {
            let all = ["senior", "manager", "director", "vp", "c_level", "owner", "individual"];
            some_of("seniority", &all, most.min(3), dice)
        }
        _ => {
            let all = ["sales", "marketing", "engineering", "it", "finance", "hr", "operations"];
            some_of("function", &all, most.min(3), dice)
        }
    }
}

fn some_of(field: &'static str, all: &[&str], most: usize, dice: &mut Dice) -> Ask {
    let count = dice.between(1, most);
    let chosen = dice.several(count, all.len(), true);
    Ask::In(field, chosen.into_iter().map(|at| all[at].to_owned()).collect())
}

fn texts(field: &'static str, list: &[&str]) -> Ask {
    Ask::In(field, list.iter().map(|text| (*text).to_owned()).collect())
}
