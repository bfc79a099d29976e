//! The many spellings of countries, head counts, numbers and addresses.

use super::super::dice::Dice;
use super::super::markets::Market;

/// The country by its proper name, its code, or one of its other spellings.
pub fn country(market: &Market, dice: &mut Dice) -> &'static str {
    let proper = market.spellings.first().copied().unwrap_or(market.code);
    match dice.below(10) {
        0..=3 => proper,
        4..=6 => market.code,
        _ => dice.word(market.spellings),
    }
}

/// A head count as a class, a round number, or with a sign of doubt.
pub fn employees(count: u64, dice: &mut Dice) -> String {
    const CLASSES: [(u64, &str); 8] = [
        (10, "1-10"),
        (50, "11-50"),
        (200, "51-200"),
        (500, "201-500"),
        (1_000, "501-1000"),
        (5_000, "1,001-5,000"),
        (10_000, "5001-10000"),
        (u64::MAX, "10,000+"),
    ];
    let class = CLASSES.iter().find(|(top, _)| count <= *top).map_or("10,000+", |(_, class)| class);
    match dice.below(8) {
        0..=3 => class.to_owned(),
        4 => format!("{class} employees"),
        5 if count >= 1_000 => format!("{}k", count / 1_000),
        6 if count >= 1_000 => format!("{}.{:03}", count / 1_000, count % 1_000),
        5 => format!("~{}", count.max(10) / 10 * 10),
        6 => format!("ca. {}", count.max(5) / 5 * 5),
        _ => format!("{}+", count.max(10) / 10 * 10),
    }
}

/// A phone number the way it is typed in its country, or abroad.
pub fn phone(national: &str, market: &Market, dice: &mut Dice) -> String {
    let (code, trunk) = market.dialling;
    let (area, rest) = national.split_at_checked(3).unwrap_or((national, ""));
    let (middle, end) = rest.split_at_checked(3).unwrap_or((rest, ""));
    match dice.below(12) {
        0..=2 => format!("+{code}{national}"),
        3..=4 => format!("+{code} {area} {middle} {end}"),
        5 => format!("00{code} {area}-{middle}{end}"),
        6 if !trunk.is_empty() => format!("+{code} ({trunk}) {area} {middle}{end}"),
        7 => format!("({trunk}{area}) {middle}-{end}"),
        8 => format!("{trunk}{area}.{middle}.{end}"),
        9 => format!("{trunk}{area}/{middle}{end} ext. {}", dice.between(10, 99)),
        10 => format!("tel: {trunk}{national}"),
        11 if dice.chance(40) => {
            dice.word(&["n/a", "0000000000", "call me", "123", "-"]).to_owned()
        }
        _ => format!("{trunk}{national}"),
    }
}

/// An address with a slip: the keyboard's, the eye's, or the clipboard's.
pub fn slip(email: &str, dice: &mut Dice) -> String {
    let Some((local, host)) = email.split_once('@') else { return email.to_owned() };
    match dice.below(9) {
        0 if host == "gmail.com" => format!("{local}@gmial.com"),
        0 => format!("{local}@{}", host.replacen('.', "..", 1)),
        1 => host.strip_suffix(".com").map_or_else(
            || format!("{local}@{}", host.replace('.', ",")),
            |name| format!("{local}@{name}.con"),
        ),
        2 => format!("{local}@@{host}"),
        3 => format!("{local} @{host}"),
        4 => format!("{local}@{}", host.split('.').next().unwrap_or_default()),
        5 => format!("{local}.{host}"),
        6 => format!("mailto:{email}"),
        7 => format!("{email}."),
        _ => email.to_uppercase(),
    }
}
