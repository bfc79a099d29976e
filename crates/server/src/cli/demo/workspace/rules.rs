//! The rules of Northwind, in the stored form.

use lr_core::id::TerritoryId;
use serde_json::{Value, json};

use super::super::companies::{COMPANIES, company};
use super::super::leads::{COMPETITORS, customers};

/// Where a rule sends a lead, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// A rep.
    Rep(&'static str),
    /// A pool.
    Pool(&'static str),
    /// Whoever owns the lead's row of the territory.
    TerritoryOwner,
    /// A queue.
    Queue(&'static str),
    /// Nobody.
    Reject(&'static str),
}

/// A rule before its reps and pools have ids.
#[derive(Debug, Clone)]
pub struct RuleSpec {
    /// Its name.
    pub name: &'static str,
    /// In React Query Builder's form.
    pub condition: Value,
    /// The first choice, then the others in order.
    pub to: &'static [To],
}

/// What happens to a lead that no rule matches.
pub const CATCH_ALL: &[To] = &[To::Pool("Growth"), To::Queue("Triage")];

const DACH: [&str; 3] = ["DE", "AT", "CH"];
const EMEA: [&str; 11] = ["DE", "AT", "CH", "GB", "IE", "FR", "ES", "NL", "IT", "SE", "PL"];
const AMERICAS: [&str; 4] = ["US", "CA", "MX", "BR"];
const APAC: [&str; 4] = ["SG", "AU", "IN", "JP"];

/// The territory of the western states: its name, and its table as a file.
pub const TERRITORY: (&str, &str) = (
    "Western states",
    "state,owner\n\
     US-CA;US-CO,dana.whitfield@northwind.example\n\
     US-WA;US-OR,theo.nakamura@northwind.example\n\
     CA-BC;CA-AB,theo.nakamura@northwind.example\n",
);

const ENTERPRISE_EMEA: To = To::Pool("Enterprise EMEA");
const ENTERPRISE_AMERICAS: To = To::Pool("Enterprise Americas");
const MID_EMEA: To = To::Pool("Mid-market EMEA");
const MID_AMERICAS: To = To::Pool("Mid-market Americas");
const ASIA: To = To::Pool("APAC");
const GROWTH: To = To::Pool("Growth");

/// Head count from which a company is an enterprise, and from which it is not small.
const ENTERPRISE: u32 = 1_000;
const MID_MARKET: u32 = 51;

/// The 25 rules, first to last; lists of domains come from the companies of `seed`, and `western` is the
/// [`TERRITORY`].
pub fn rules(seed: u64, western: TerritoryId) -> Vec<RuleSpec> {
    [refused(), named(seed), enterprise(western), mid_market(), small()].concat()
}

/// Who gets no rep at all.
fn refused() -> Vec<RuleSpec> {
    let spam = "backlink|casino|crypto|bitcoin|\\bseo\\b|do-follow|business loan|led lights|email contacts";
    let thesis = "thesis|bachelorarbeit|mémoire|academic research|class project";
    let school = "(^|\\.)(edu|ac)(\\.[a-z]{2})?$";
    let job = "resume|lebenslauf|bewerbung|apply for a job|currículum";
    vec![
        rule("Spam", all([is("message", "matches", spam)]), &[To::Reject("spam")]),
        rule(
            "Disposable address",
            all([is("email_kind", "=", "disposable")]),
            &[To::Reject("disposable address")],
        ),
        rule(
            "Students",
            any([
                is("message", "matches", thesis),
                is("email_domain", "matches", school),
                is("title", "matches", "\\bstudent\\b"),
            ]),
            &[To::Reject("student")],
        ),
        rule(
            "Competitors",
            any([one_of("domain", &COMPETITORS), one_of("email_domain", &COMPETITORS)]),
            &[To::Reject("competitor")],
        ),
        rule("Applicants", all([is("message", "matches", job)]), &[To::Queue("People team")]),
    ]
}

/// Accounts and partners that somebody looks after by name.
fn named(seed: u64) -> Vec<RuleSpec> {
    let strategic = |market: &str| -> Value {
        let all = (0..COMPANIES).map(|number| company(seed, number));
        let here = all.filter(|company| company.market.code == market && company.employees > 1_500);
        let domains: Vec<String> = here.map(|company| company.domain).take(12).collect();
        is("domain", "in", domains)
    };
    vec![
        rule(
            "Existing customers",
            all([is("domain", "in", customers(seed))]),
            &[To::Queue("Account managers")],
        ),
        rule(
            "Strategic accounts, US",
            all([strategic("US")]),
            &[To::Rep("Elena Vasquez"), ENTERPRISE_AMERICAS],
        ),
        rule(
            "Strategic accounts, Germany",
            all([strategic("DE")]),
            &[To::Rep("Sofia Keller"), ENTERPRISE_EMEA],
        ),
        rule(
            "Partner referrals, large",
            all([is("source", "=", "Partner referral"), at_least(ENTERPRISE)]),
            &[To::Rep("Priya Raman"), ENTERPRISE_EMEA, ENTERPRISE_AMERICAS],
        ),
        rule(
            "Hot from the trade show",
            all([
                is("source", "=", "Trade show"),
                is("attributes.rating", "=", "hot"),
                at_least(MID_MARKET),
            ]),
            &[MID_EMEA, MID_AMERICAS, ASIA],
        ),
    ]
}

fn enterprise(western: TerritoryId) -> Vec<RuleSpec> {
    let large = |places: &[&str]| all([one_of("country", places), at_least(ENTERPRISE)]);
    let in_the_west = is("territory", "inTerritory", western.to_string());
    let boss = |places: &[&str]| {
        let decides = one_of("seniority", &["vp", "c_level", "owner"]);
        all([decides, at_least(200), one_of("country", places)])
    };
    vec![
        rule("Enterprise DACH", large(&DACH), &[ENTERPRISE_EMEA]),
        rule("Enterprise UK and Ireland", large(&["GB", "IE"]), &[ENTERPRISE_EMEA]),
        rule("Enterprise, rest of EMEA", large(&EMEA), &[ENTERPRISE_EMEA, ENTERPRISE_AMERICAS]),
        rule(
            "Enterprise, western states",
            all([in_the_west, at_least(ENTERPRISE)]),
            &[
                To::TerritoryOwner,
                To::Rep("Dana Whitfield"),
                To::Rep("Theo Nakamura"),
                ENTERPRISE_AMERICAS,
            ],
        ),
        rule("Enterprise Americas", large(&AMERICAS), &[ENTERPRISE_AMERICAS]),
        rule("Enterprise APAC", large(&APAC), &[ASIA, ENTERPRISE_EMEA]),
        rule("Decision makers, EMEA", boss(&EMEA), &[ENTERPRISE_EMEA, MID_EMEA]),
        rule("Decision makers, Americas", boss(&AMERICAS), &[ENTERPRISE_AMERICAS, MID_AMERICAS]),
    ]
}

fn mid_market() -> Vec<RuleSpec> {
    let medium = || is("employees", "between", vec![MID_MARKET, ENTERPRISE - 1]);
    let technical = all([
        one_of("function", &["it", "engineering"]),
        medium(),
        is("message", "matches", "salesforce|hubspot|integra|soc 2|self-host"),
    ]);
    let here = |places: &[&str]| all([medium(), one_of("country", places)]);
    vec![
        rule(
            "Technical evaluation",
            technical,
            &[To::Rep("Hannah Brooks"), MID_AMERICAS, MID_EMEA],
        ),
        rule("Mid-market EMEA", here(&EMEA), &[MID_EMEA, MID_AMERICAS]),
        rule("Mid-market Americas", here(&AMERICAS), &[MID_AMERICAS]),
        rule("Mid-market APAC", here(&APAC), &[ASIA, GROWTH]),
    ]
}

fn small() -> Vec<RuleSpec> {
    let not_free =
        json!({ "combinator": "and", "not": true, "rules": [is("email_kind", "=", "free")] });
    let asks = is("message", "matches", "demo|pric|seats|angebot|devis|tarif|precio|preventivo");
    vec![
        rule("Asks in earnest", all([asks, not_free]), &[GROWTH, ASIA]),
        rule(
            "Private address, no company",
            all([is("email_kind", "=", "free"), is("company", "null", Value::Null)]),
            &[To::Queue("Self-serve")],
        ),
        rule("Small companies", all([is("employees", "<", MID_MARKET)]), &[GROWTH]),
    ]
}

fn rule(name: &'static str, condition: Value, to: &'static [To]) -> RuleSpec {
    RuleSpec { name, condition, to }
}

fn is(field: &str, operator: &str, value: impl Into<Value>) -> Value {
    json!({ "field": field, "operator": operator, "value": value.into() })
}

fn one_of(field: &str, values: &[&str]) -> Value {
    is(field, "in", values.to_vec())
}

fn at_least(employees: u32) -> Value {
    is("employees", ">=", employees)
}

fn all<const N: usize>(rules: [Value; N]) -> Value {
    json!({ "combinator": "and", "not": false, "rules": rules.to_vec() })
}

fn any<const N: usize>(rules: [Value; N]) -> Value {
    json!({ "combinator": "or", "not": false, "rules": rules.to_vec() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::Timestamp;
    use lr_app::territories::file::read;
    use lr_core::case::Case;
    use lr_core::id::LeadId;
    use lr_core::id::RepId;
    use lr_core::normalise::normalise;
    use lr_core::rules::condition::Condition;
    use lr_core::rules::terms::Terms;
    use lr_core::territory::Territory;
    use lr_core::territory::owner::Directory;
    use uuid::Uuid;

    use super::super::super::leads::lead;
    use super::super::{POOLS, REPS};
    use super::*;

    const WESTERN: TerritoryId = TerritoryId::new(Uuid::from_u128(1));

    fn terms() -> Terms {
        let mut directory = Directory::default();
        for (number, rep) in (1..).zip(REPS) {
            directory.add_rep(RepId::new(Uuid::from_u128(number)), rep.name, &rep.email());
        }
        let (name, file) = TERRITORY;
        let table = read(file.as_bytes(), &directory).unwrap().into();
        let western = Territory { id: WESTERN, name: name.to_owned(), table };
        Terms { territories: [(WESTERN, western)].into(), ..Terms::default() }
    }

    #[test]
    fn the_rules_check_without_faults() {
        let (rules, terms) = (rules(7, WESTERN), terms());
        assert_eq!(rules.len(), 25);
        assert_eq!(rules.iter().map(|rule| rule.name).collect::<BTreeSet<_>>().len(), 25);
        for rule in rules {
            let group = serde_json::from_value(rule.condition).unwrap();
            assert!(Condition::check(&group, &terms).is_ok(), "{}", rule.name);
        }
    }

    #[test]
    fn every_rule_is_the_first_to_match_some_of_the_leads() {
        let terms = terms();
        let rules: Vec<_> = rules(7, WESTERN)
            .into_iter()
            .map(|rule| {
                let group = serde_json::from_value(rule.condition).unwrap();
                (rule.name, Condition::check(&group, &terms).unwrap())
            })
            .collect();
        let mut unmatched: BTreeSet<_> = rules.iter().map(|(name, _)| *name).collect();
        for number in 0..20_000 {
            let arrival = lead(7, number);
            let id = LeadId::new(Uuid::nil());
            let now = Timestamp::UNIX_EPOCH;
            let case = Case::of(normalise(id, arrival.source, now, &arrival.raw).lead, now);
            let first = rules.iter().find(|(_, condition)| condition.matches(&case));
            first.map(|(name, _)| unmatched.remove(name));
            if unmatched.is_empty() {
                break;
            }
        }
        assert!(unmatched.is_empty(), "{unmatched:?}");
    }

    #[test]
    fn the_rules_name_reps_and_pools_that_there_are() {
        for to in rules(7, WESTERN).iter().flat_map(|rule| rule.to).chain(CATCH_ALL) {
            match to {
                To::Rep(name) => assert!(REPS.iter().any(|rep| rep.name == *name), "{name}"),
                To::Pool(name) => assert!(POOLS.iter().any(|pool| pool.name == *name), "{name}"),
                To::TerritoryOwner | To::Queue(_) | To::Reject(_) => {}
            }
        }
    }
}
