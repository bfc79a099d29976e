//! Leads with 48 flat fields: 37 texts, 8 numbers, 3 booleans.
//!
//! All values are lower case, so that engines that tell cases apart agree with ours, which does not.

use std::collections::BTreeMap;

use jiff::Timestamp;
use lr_core::id::LeadId;
use lr_core::lead::Lead;
use lr_core::normalise::company::Company;
use lr_core::normalise::country::{Country, State};
use lr_core::normalise::domain::Domain;
use lr_core::normalise::email::Email;
use lr_core::normalise::phone::Phone;
use lr_core::normalise::size::Employees;
use lr_core::normalise::title::Title;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use crate::dice::Dice;

pub const COUNTRIES: [&str; 60] = [
    "us", "de", "gb", "fr", "ca", "in", "au", "nl", "es", "it", "br", "se", "pl", "ch", "jp", "be",
    "at", "dk", "no", "fi", "ie", "mx", "sg", "il", "za", "pt", "cz", "ro", "gr", "hu", "nz", "kr",
    "tr", "ae", "sa", "ar", "cl", "co", "pe", "ua", "bg", "hr", "sk", "si", "lt", "lv", "ee", "lu",
    "my", "th", "vn", "id", "ph", "hk", "tw", "eg", "ma", "ng", "ke", "pk",
];
pub const US: [&str; 50] = [
    "ca", "tx", "ny", "fl", "il", "pa", "oh", "ga", "nc", "mi", "nj", "va", "wa", "az", "ma", "tn",
    "in", "md", "mo", "wi", "co", "mn", "sc", "al", "la", "ky", "or", "ok", "ct", "ut", "ia", "nv",
    "ar", "ms", "ks", "nm", "ne", "id", "wv", "hi", "nh", "me", "mt", "ri", "de", "sd", "nd", "ak",
    "vt", "wy",
];
pub const DE: [&str; 16] = [
    "nw", "by", "bw", "ni", "he", "sn", "rp", "be", "sh", "bb", "st", "th", "hh", "mv", "sl", "hb",
];
pub const CA: [&str; 10] = ["on", "qc", "bc", "ab", "mb", "sk", "ns", "nb", "nl", "pe"];
pub const INDUSTRIES: [&str; 30] = [
    "software",
    "finance",
    "healthcare",
    "retail",
    "manufacturing",
    "education",
    "insurance",
    "media",
    "logistics",
    "energy",
    "telecom",
    "automotive",
    "real estate",
    "construction",
    "legal",
    "consulting",
    "pharma",
    "food",
    "travel",
    "hospitality",
    "government",
    "nonprofit",
    "aerospace",
    "agriculture",
    "chemicals",
    "mining",
    "gaming",
    "fashion",
    "sports",
    "marine",
];
pub const SOURCES: [&str; 12] = [
    "website",
    "webinar",
    "linkedin",
    "google ads",
    "event",
    "referral",
    "partner",
    "newsletter",
    "content",
    "outbound",
    "trial",
    "chat",
];
pub const TECHNOLOGIES: [&str; 25] = [
    "salesforce",
    "hubspot",
    "marketo",
    "pardot",
    "segment",
    "snowflake",
    "zendesk",
    "intercom",
    "slack",
    "okta",
    "workday",
    "netsuite",
    "sap",
    "oracle",
    "shopify",
    "magento",
    "stripe",
    "aws",
    "azure",
    "gcp",
    "datadog",
    "tableau",
    "looker",
    "drift",
    "outreach",
];
pub const LEVELS: [&str; 8] =
    ["intern", "", "senior", "manager", "director", "vp", "chief", "owner"];
pub const WORKS: [&str; 10] = [
    "sales",
    "marketing",
    "software engineering",
    "it",
    "finance",
    "hr",
    "operations",
    "product",
    "legal",
    "customer success",
];
/// Companies that leads come from; half of the leads are from one that some list of accounts has.
pub const DOMAINS: usize = 20_000;

/// Further texts that a lead carries along, by name.
const TEXTS: [&str; 19] = [
    "technology",
    "segment",
    "plan",
    "campaign",
    "medium",
    "term",
    "landing_page",
    "referrer",
    "use_case",
    "timeline",
    "budget",
    "crm",
    "region",
    "language",
    "timezone",
    "partner",
    "product_interest",
    "event_name",
    "utm_content",
];
const NUMBERS: [&str; 7] =
    ["page_views", "visits", "score", "revenue", "seats", "days_active", "form_time"];
const FLAGS: [&str; 3] = ["opted_in", "is_customer", "has_trial"];

pub fn domain(number: usize) -> String {
    format!("company-{number}.com")
}

/// The leads of this seed: the same for every engine and every count of rules.
pub fn leads(count: usize) -> Vec<Lead> {
    let mut dice = Dice::new(0x1ead5);
    (0..count).map(|number| lead(number, &mut dice)).collect()
}

fn lead(number: usize, dice: &mut Dice) -> Lead {
    let country = dice.percent(90).then(|| place(dice));
    let company = dice.skewed(DOMAINS);
    let domain = dice.percent(80).then(|| domain(company));
    let level = dice.pick(&LEVELS);
    let title = format!("{level} {}", dice.pick(&WORKS));
    let host = domain.clone().unwrap_or_else(|| "gmail.com".to_owned());
    let some = |dice: &mut Dice, text: &str, chance| dice.percent(chance).then(|| text.to_owned());
    Lead {
        id: LeadId::new(Uuid::from_u128(number as u128)),
        source: dice.pick(&SOURCES).to_string(),
        received_at: Timestamp::UNIX_EPOCH,
        first_name: Some(format!("first{}", dice.skewed(500))),
        last_name: Some(format!("last{}", dice.skewed(5_000))),
        email: Email::parse(&format!("person{number}@{host}")).ok().filter(|_| dice.percent(88)),
        phone: phone(dice),
        company: Company::parse(&format!("company {company}")).ok().filter(|_| dice.percent(85)),
        domain: domain.as_deref().and_then(|raw| Domain::parse(raw).ok()),
        title: Title::parse(title.trim()).ok().filter(|_| dice.percent(75)),
        country: country.as_ref().and_then(|(code, _)| Country::from_code(&code.to_uppercase())),
        state: country
            .as_ref()
            .and_then(|(_, state)| State::from_code(&state.as_ref()?.to_uppercase())),
        city: some(dice, "city", 60).map(|city| format!("{city} {}", dice.skewed(800))),
        postal_code: some(dice, "", 70).map(|_| format!("{:05}", dice.below(100_000))),
        employees: dice.percent(70).then(|| size(dice)).flatten(),
        industry: Some(INDUSTRIES[dice.skewed(30)].to_owned()).filter(|_| dice.percent(75)),
        message: some(dice, "we would like to see a demo of the product next week", 40),
        attributes: attributes(dice),
    }
}

/// Read back rather than parsed: the numbering plans take longer to load than all else together.
fn phone(dice: &mut Dice) -> Option<Phone> {
    let number = format!("+1415555{:04}", dice.below(10_000));
    let phone = serde_json::from_value(json!({"e164": number, "extension": null})).ok();
    phone.filter(|_| dice.percent(50))
}

fn place(dice: &mut Dice) -> (&'static str, Option<String>) {
    let country = if dice.percent(40) { "us" } else { COUNTRIES[dice.skewed(60)] };
    let state = match country {
        "us" => Some(US[dice.skewed(50)]),
        "de" => Some(DE[dice.skewed(16)]),
        "ca" => Some(CA[dice.skewed(10)]),
        _ => None,
    };
    (country, state.filter(|_| dice.percent(85)).map(|state| format!("{country}-{state}")))
}

fn size(dice: &mut Dice) -> Option<Employees> {
    let scale = [10, 50, 200, 1_000, 5_000, 20_000][dice.skewed(6)];
    Employees::parse(&dice.between(1, scale).to_string()).ok()
}

fn attributes(dice: &mut Dice) -> BTreeMap<String, String> {
    let mut held = BTreeMap::new();
    for (position, name) in TEXTS.into_iter().enumerate() {
        if dice.percent(90 - 3 * position) {
            let text = match name {
                "technology" => TECHNOLOGIES[dice.skewed(25)].to_owned(),
                _ => format!("{} {name} of kind {}", dice.pick(&SOURCES), dice.skewed(40)),
            };
            held.insert(name.to_owned(), text);
        }
    }
    for name in NUMBERS {
        if dice.percent(60) {
            held.insert(name.to_owned(), dice.skewed(1_000).to_string());
        }
    }
    for name in FLAGS {
        if dice.percent(80) {
            held.insert(name.to_owned(), dice.percent(30).to_string());
        }
    }
    held
}

/// The lead as one flat object, for engines that read JSON; what is missing is left out.
pub fn flat(lead: &Lead) -> Map<String, Json> {
    let (email, title) = (lead.email.as_ref(), lead.title.as_ref());
    let texts = [
        lead.country.map(|country| country.code()),
        lead.state.map(|state| state.code()),
        lead.city.as_deref(),
        lead.postal_code.as_deref(),
        lead.industry.as_deref(),
        lead.company.as_ref().map(|company| company.name()),
        lead.domain.as_ref().map(|domain| domain.as_str()),
        title.map(|title| title.text()),
        title.map(|title| title.seniority().as_str()),
        title.map(|title| title.function().as_str()),
        email.map(|email| email.host()),
        email.map(|email| email.kind().as_str()),
        lead.first_name.as_deref(),
        lead.last_name.as_deref(),
        lead.phone.as_ref().map(|phone| phone.as_str()),
        lead.message.as_deref(),
        Some(lead.source.as_str()),
    ];
    let mut flat = Map::new();
    for (name, text) in KNOWN.into_iter().zip(texts) {
        if let Some(text) = text {
            flat.insert(name.to_owned(), json!(text.to_lowercase()));
        }
    }
    flat.extend(email.map(|email| ("email".to_owned(), json!(email.address()))));
    flat.extend(lead.employees.map(|size| ("employees".to_owned(), json!(size.value()))));
    for (name, text) in &lead.attributes {
        let plain = NUMBERS.contains(&name.as_str()) || FLAGS.contains(&name.as_str());
        let value =
            if plain { serde_json::from_str(text).unwrap_or_default() } else { json!(text) };
        flat.insert(name.clone(), value);
    }
    flat
}

/// The names of all 48 fields.
#[cfg(feature = "peers")]
pub fn names() -> impl Iterator<Item = &'static str> {
    let known = KNOWN.into_iter().chain(["email", "employees"]);
    known.chain(TEXTS).chain(NUMBERS).chain(FLAGS)
}

/// The texts that leads have by themselves, but for the address.
const KNOWN: [&str; 17] = [
    "country",
    "state",
    "city",
    "postal_code",
    "industry",
    "company",
    "domain",
    "title",
    "seniority",
    "function",
    "email_domain",
    "email_kind",
    "first_name",
    "last_name",
    "phone",
    "message",
    "source",
];
