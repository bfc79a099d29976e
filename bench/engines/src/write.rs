//! Rules in the languages of the other engines. No question may hold for what a lead lacks.

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
