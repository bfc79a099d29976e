//! The companies that the leads work for: composed, so that none is a real one on purpose.

use super::dice::Dice;
use super::markets::{MARKETS, Market};
use super::names::in_address;

/// A company as it really is; what leads say about it is another matter.
#[derive(Debug, Clone)]
pub struct Company {
    /// Without its legal form.
    pub name: String,
    /// Such as `GmbH`; may be empty.
    pub legal_form: &'static str,
    /// Its domain today.
    pub domain: String,
    /// Its name and domain before it was renamed or bought, if it was.
    pub former: Option<(String, String)>,
    /// Where it is.
    pub market: &'static Market,
    /// Town, state and postal code of its office.
    pub town: (&'static str, &'static str, String),
    /// Head count.
    pub employees: u64,
    /// What it does.
    pub industry: &'static str,
}

/// How many companies there are.
pub const COMPANIES: u64 = 320;

const STEMS: [&str; 80] = [
    "Alder",
    "Ampère",
    "Arbor",
    "Aurora",
    "Basalt",
    "Birch",
    "Blue Harbor",
    "Bramble",
    "Bright",
    "Cairn",
    "Calder",
    "Cedar",
    "Cobalt",
    "Copper",
    "Corvid",
    "Delta",
    "Drift",
    "Eastgate",
    "Echo",
    "Elara",
    "Ember",
    "Fathom",
    "Fennel",
    "Fjord",
    "Flint",
    "Garnet",
    "Gull",
    "Halden",
    "Hawthorn",
    "Helix",
    "Hinterland",
    "Ibex",
    "Indigo",
    "Iris",
    "Juniper",
    "Kestrel",
    "Kiln",
    "Lagoon",
    "Larch",
    "Lumen",
    "Lyra",
    "Maple",
    "Marlin",
    "Meridian",
    "Mistral",
    "Moss",
    "Nimbus",
    "Nordlicht",
    "Oakline",
    "Onyx",
    "Orchard",
    "Osprey",
    "Paragon",
    "Pebble",
    "Pine",
    "Polder",
    "Quarry",
    "Quill",
    "Raven",
    "Ridge",
    "Saffron",
    "Sable",
    "Sequoia",
    "Sierra",
    "Solstice",
    "Sparrow",
    "Stellar",
    "Talon",
    "Tern",
    "Thistle",
    "Tidal",
    "Umbra",
    "Vale",
    "Vela",
    "Verdant",
    "Walnut",
    "Westwind",
    "Willow",
    "Zenith",
    "Zephyr",
];

/// Industries, with what their companies call themselves.
const INDUSTRIES: [(&str, [&str; 4]); 14] = [
    ("Software", ["Software", "Labs", "Systems", "Cloud"]),
    ("Logistics", ["Logistics", "Freight", "Cargo", "Shipping"]),
    ("Manufacturing", ["Industries", "Works", "Machinery", "Components"]),
    ("Healthcare", ["Health", "Medical", "Diagnostics", "Care"]),
    ("Financial Services", ["Capital", "Bank", "Payments", "Finance"]),
    ("Retail", ["Retail", "Stores", "Market", "Outfitters"]),
    ("Energy", ["Energy", "Power", "Solar", "Grid"]),
    ("Food & Beverage", ["Foods", "Kitchens", "Brewing", "Dairy"]),
    ("Consulting", ["Consulting", "Advisory", "Partners", "Group"]),
    ("Construction", ["Construction", "Build", "Homes", "Concrete"]),
    ("Insurance", ["Insurance", "Mutual", "Assurance", "Re"]),
    ("Media", ["Media", "Studios", "Press", "Broadcast"]),
    ("Biotech", ["Bio", "Genomics", "Therapeutics", "Life Sciences"]),
    ("Telecom", ["Telecom", "Networks", "Mobile", "Fiber"]),
];

/// The `number`-th company; equal numbers give equal companies.
pub fn company(seed: u64, number: u64) -> Company {
    let number = number % COMPANIES;
    let mut dice = Dice::new(seed, "company", number);
    let market = market(&mut dice);
    let (industry, nouns) = dice.of(&INDUSTRIES).copied().unwrap_or_default();
    // Stems are dealt in turn, so that at most four companies share one.
    let stem = STEMS.iter().cycle().nth(usize::try_from(number).unwrap_or_default());
    let stem = stem.copied().unwrap_or_default();
    let name = format!("{stem} {}", dice.word(&nouns));
    let domain = format!("{}.{}", host(&name, &mut dice), dice.word(market.domains));
    let former = dice.chance(18).then(|| former(stem, market, &mut dice));
    let (town, state, postal) = dice.of(market.towns).copied().unwrap_or_default();
    let town = (town, state, fill_in(&format!("{postal}{}", postal_rest(market)), &mut dice));
    let legal_form = dice.word(market.legal_forms);
    let employees = employees(&mut dice);
    Company { name, legal_form, domain, former, market, town, employees, industry }
}

fn market(dice: &mut Dice) -> &'static Market {
    let mut left = dice.below(1_000);
    let [first, ..] = &MARKETS;
    MARKETS
        .iter()
        .find(|market| {
            let hit = left < market.share;
            left = left.saturating_sub(market.share);
            hit
        })
        .unwrap_or(first)
}

fn host(name: &str, dice: &mut Dice) -> String {
    let words = in_address(name, super::markets::Language::French);
    if dice.chance(60) { words.replace('-', "") } else { words }
}

fn former(stem: &str, market: &Market, dice: &mut Dice) -> (String, String) {
    let name = format!(
        "{stem} {}",
        dice.word(&["Holding", "Solutions", "Digital", "& Sons", "2000", "Online"])
    );
    let domain = format!("{}.{}", host(&name, dice), dice.word(market.domains));
    (name, domain)
}

/// Few are large: six classes, each as common among the customers of such a vendor as written.
fn employees(dice: &mut Dice) -> u64 {
    const CLASSES: [(u64, (u64, u64)); 6] = [
        (7, (2, 10)),
        (17, (11, 50)),
        (30, (51, 200)),
        (24, (201, 999)),
        (14, (1_000, 5_000)),
        (8, (5_001, 60_000)),
    ];
    let (low, high) = dice.weighted(&CLASSES).copied().unwrap_or((1, 1));
    dice.between(low, high)
}

/// What follows the beginnings of postal codes in [`MARKETS`].
fn postal_rest(market: &Market) -> &'static str {
    match market.code {
        "GB" | "IE" => " #AB",
        "CA" => " #A#",
        "NL" => "# AB",
        "BR" => "###-000",
        "PL" => "-###",
        "JP" => "-00##",
        "AU" => "#",
        "IN" | "MX" => "0##",
        "SG" => "####",
        "CH" | "AT" => "##",
        _ => "##",
    }
}

/// Replaces each `#` by a digit.
pub fn fill_in(pattern: &str, dice: &mut Dice) -> String {
    let mut digit = || char::from_digit(u32::try_from(dice.below(10)).unwrap_or_default(), 10);
    pattern.chars().map(|sign| if sign == '#' { digit().unwrap_or('0') } else { sign }).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn all() -> Vec<Company> {
        (0..COMPANIES).map(|number| company(7, number)).collect()
    }

    #[test]
    fn most_companies_have_a_domain_of_their_own() {
        let domains: BTreeSet<String> = all().into_iter().map(|company| company.domain).collect();
        assert!(domains.len() > 300, "{}", domains.len());
    }

    #[test]
    fn companies_are_of_every_size_and_from_many_countries() {
        let all = all();
        assert!(all.iter().filter(|company| company.employees >= 1_000).count() > 30);
        assert!(all.iter().filter(|company| company.employees <= 50).count() > 50);
        assert!(all.iter().map(|company| company.market.code).collect::<BTreeSet<_>>().len() > 14);
    }
}
