//! Rules in the languages of the other engines. What a lead lacks is null there, and left out for
//! JsonLogic; no question may hold for it.

use serde_json::{Value as Json, json};

use crate::rules::Ask;

/// JsonLogic's own operators only, which its ports share.
pub fn json_logic(ask: &Ask) -> Json {
    let var = |field: &str| json!({"var": field});
    let text = |field: &str| json!({"var": [field, ""]});
    let has = |field: &str, part: &str| json!({"in": [part, text(field)]});
    let all = |asks: &[Ask]| asks.iter().map(json_logic).collect::<Vec<_>>();
    match ask {
        Ask::In(field, list) => json!({"in": [var(field), list]}),
        Ask::Begins(field, list) => {
            let length = list.first().map_or(0, String::len);
            json!({"in": [{"substr": [text(field), 0, length]}, list]})
        }
        Ask::Contains(field, part) => has(field, part),
        Ask::Matches(field, words) => {
            json!({"or": words.iter().map(|word| has(field, word)).collect::<Vec<_>>()})
        }
        // What is missing counts as 0 here, and every range begins above it.
        Ask::Between(field, from, to) => json!({"<=": [from, {"var": [field, 0]}, to]}),
        Ask::All(asks) => json!({"and": all(asks)}),
        Ask::Any(asks) => json!({"or": all(asks)}),
        Ask::Not(ask) => json!({"!": [json_logic(ask)]}),
    }
}

pub fn cel(ask: &Ask) -> String {
    match ask {
        Ask::In(field, list) => format!("{} in {}", cel_name(field), quoted(list)),
        Ask::Begins(field, list) => {
            let field = cel_name(field);
            let each = list.iter().map(|text| format!("{field}.startsWith('{text}')"));
            present(field, "&&", &each.collect::<Vec<_>>().join(" || "))
        }
        Ask::Contains(field, part) => {
            let field = cel_name(field);
            present(field, "&&", &format!("{field}.contains('{part}')"))
        }
        Ask::Matches(field, words) => {
            let field = cel_name(field);
            present(field, "&&", &format!("{field}.matches('{}')", words.join("|")))
        }
        Ask::Between(field, from, to) => {
            let field = cel_name(field);
            present(field, "&&", &format!("{field} >= {from} && {field} <= {to}"))
        }
        Ask::All(asks) => joined(asks, " && ", cel),
        Ask::Any(asks) => joined(asks, " || ", cel),
        Ask::Not(ask) => format!("!({})", cel(ask)),
    }
}

/// A field's name, but for a word that the language keeps for itself.
pub fn cel_name(field: &'static str) -> &'static str {
    if field == "function" { "job_function" } else { field }
}

pub fn zen(ask: &Ask) -> String {
    match ask {
        Ask::In(field, list) => format!("{field} in {}", quoted(list)),
        Ask::Begins(field, list) => {
            let each = list.iter().map(|text| format!("startsWith({field}, '{text}')"));
            present(field, "and", &each.collect::<Vec<_>>().join(" or "))
        }
        Ask::Contains(field, part) => {
            present(field, "and", &format!("contains({field}, '{part}')"))
        }
        Ask::Matches(field, words) => {
            present(field, "and", &format!("matches({field}, '{}')", words.join("|")))
        }
        Ask::Between(field, from, to) => {
            present(field, "and", &format!("{field} in [{from}..{to}]"))
        }
        Ask::All(asks) => joined(asks, " and ", zen),
        Ask::Any(asks) => joined(asks, " or ", zen),
        Ask::Not(ask) => format!("not ({})", zen(ask)),
    }
}

/// For `json-rules-engine`: `begins`, `has` and `matches` are added to its operators.
pub fn json_rules(ask: &Ask) -> Json {
    let fact = |field: &str, operator: &str, value: Json| json!({"fact": field, "operator": operator, "value": value});
    let all = |asks: &[Ask]| asks.iter().map(json_rules).collect::<Vec<_>>();
    match ask {
        Ask::In(field, list) => fact(field, "in", json!(list)),
        Ask::Begins(field, list) => fact(field, "begins", json!(list)),
        Ask::Contains(field, part) => fact(field, "has", json!(part)),
        Ask::Matches(field, words) => fact(field, "matches", json!(words.join("|"))),
        Ask::Between(field, from, to) => {
            let from = fact(field, "greaterThanInclusive", json!(from));
            json!({"all": [from, fact(field, "lessThanInclusive", json!(to))]})
        }
        Ask::All(asks) => json!({"all": all(asks)}),
        Ask::Any(asks) => json!({"any": all(asks)}),
        Ask::Not(ask) => json!({"not": json_rules(ask)}),
    }
}

fn quoted(list: &[String]) -> String {
    format!("['{}']", list.join("','"))
}

fn present(field: &str, and: &str, then: &str) -> String {
    format!("({field} != null {and} ({then}))")
}

fn joined(asks: &[Ask], by: &str, write: fn(&Ask) -> String) -> String {
    format!("({})", asks.iter().map(write).collect::<Vec<_>>().join(by))
}
