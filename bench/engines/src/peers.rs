//! The other engines, each given the rules in its own form and the leads decoded into its own values.

use std::sync::Arc;

use anyhow::{Result, anyhow};
use bumpalo::Bump;
use serde_json::{Map, Value as Json, json};
use zen_engine::DecisionEngine;
use zen_engine::model::DecisionContent;
use zen_expression::variable::Variable;

use crate::leads::names;
use crate::rules::Ask;
use crate::write::{cel, cel_name, json_logic, zen};

/// Finds the first rule of each lead, again and again.
pub type Run = Box<dyn Fn() -> Vec<Option<usize>>>;

/// Makes an engine ready for these rules and leads.
type Make = fn(&[Ask], &[Map<String, Json>]) -> Result<Run>;

/// Each engine, with how many pairs of a lead and a rule a run of it should have.
pub const ALL: [(&str, usize, Make); 3] = [
    ("zen-engine", 1_000_000, zen_table),
    ("datalogic-rs", 1_000_000, datalogic),
    ("cel", 200_000, cel_rust),
];

/// The version that was built.
pub fn version_of(name: &str) -> String {
    let lock = include_str!("../Cargo.lock");
    let (_, after) = lock.split_once(&format!("name = \"{name}\"\n")).unwrap_or_default();
    let version = after.lines().next().and_then(|line| line.split('"').nth(1));
    version.unwrap_or("unknown").to_owned()
}

/// `datalogic-rs`: a compiled expression for each rule, leads parsed once.
fn datalogic(rules: &[Ask], leads: &[Map<String, Json>]) -> Result<Run> {
    let engine = datalogic_rs::Engine::new();
    let compiled = rules.iter().map(|ask| engine.compile(json_logic(ask).to_string().as_str()));
    let compiled = compiled.collect::<Result<Vec<_>, _>>().map_err(|error| anyhow!("{error}"))?;
    let parse = |lead: &Map<String, Json>| {
        datalogic_rs::ParsedData::from_json(&Json::Object(lead.clone()).to_string())
    };
    let leads = leads.iter().map(parse).collect::<Result<Vec<_>, _>>();
    let leads = leads.map_err(|error| anyhow!("{error}"))?;
    Ok(Box::new(move || {
        let mut arena = Bump::new();
        let find = |lead| {
            let found = compiled.iter().position(|rule| {
                let answer = engine.evaluate(rule, lead, &arena);
                answer.is_ok_and(|answer| answer.as_bool() == Some(true))
            });
            arena.reset();
            found
        };
        leads.iter().map(find).collect()
    }))
}

/// `cel`: a program for each rule, a context for each lead.
fn cel_rust(rules: &[Ask], leads: &[Map<String, Json>]) -> Result<Run> {
    let programs = rules.iter().map(|ask| ::cel::Program::compile(&cel(ask)));
    let programs = programs.collect::<Result<Vec<_>, _>>().map_err(|error| anyhow!("{error:?}"))?;
    let contexts: Vec<_> = leads.iter().map(cel_context).collect();
    let find = move |context: &::cel::Context<'static, 'static>| {
        let holds =
            |program: &::cel::Program| program.execute(context) == Ok(::cel::Value::Bool(true));
        programs.iter().position(holds)
    };
    Ok(Box::new(move || contexts.iter().map(&find).collect()))
}

fn cel_context(lead: &Map<String, Json>) -> ::cel::Context<'static, 'static> {
    let mut context = ::cel::Context::default();
    for name in names() {
        let value = match lead.get(name) {
            Some(Json::String(text)) => ::cel::Value::String(Arc::new(text.clone())),
            Some(Json::Number(number)) => ::cel::Value::Int(number.as_i64().unwrap_or_default()),
            Some(Json::Bool(flag)) => ::cel::Value::Bool(*flag),
            _ => ::cel::Value::Null,
        };
        context.add_variable_from_value(cel_name(name), value);
    }
    context
}

/// The columns of zen's decision table; what does not fit one is an expression in the last.
const COLUMNS: [&str; 11] = [
    "country",
    "state",
    "postal_code",
    "domain",
    "employees",
    "industry",
    "source",
    "technology",
    "seniority",
    "function",
    "email_kind",
];

/// `zen-engine`: one decision table, first hit, compiled.
fn zen_table(rules: &[Ask], leads: &[Map<String, Json>]) -> Result<Run> {
    let inputs = COLUMNS.map(|field| json!({"id": field, "name": field, "field": field}));
    let mut inputs = inputs.to_vec();
    inputs.push(json!({"id": "rest", "name": "rest"}));
    let rows: Vec<_> = rules.iter().enumerate().map(|(number, ask)| row(number, ask)).collect();
    let table = json!({
        "hitPolicy": "first",
        "inputs": inputs,
        "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
        "rules": rows,
    });
    let graph = json!({
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", "content": {}},
            {"id": "table", "name": "table", "type": "decisionTableNode", "content": table},
            {"id": "out", "name": "out", "type": "outputNode", "content": {}},
        ],
        "edges": [
            {"id": "a", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "b", "sourceId": "table", "targetId": "out", "type": "edge"},
        ],
    });
    let content: DecisionContent = serde_json::from_value(graph)?;
    let mut decision = DecisionEngine::default().create_decision(content.into());
    decision.compile();
    let whole = |lead: &Map<String, Json>| {
        let value =
            |name: &'static str| (name.to_owned(), lead.get(name).cloned().unwrap_or_default());
        Json::Object(names().map(value).collect())
    };
    let leads: Vec<Variable> = leads.iter().map(|lead| whole(lead).into()).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    Ok(Box::new(move || {
        let find = |lead: &Variable| {
            let answer = runtime.block_on(decision.evaluate(lead.shallow_clone())).ok()?;
            answer.result.dot("rule")?.as_number()?.to_string().parse().ok()
        };
        leads.iter().map(find).collect()
    }))
}

fn row(number: usize, ask: &Ask) -> Json {
    let mut row = Map::new();
    let mut rest = Vec::new();
    place(ask, &mut row, &mut rest);
    for column in COLUMNS {
        row.entry(column).or_insert_with(|| json!(""));
    }
    row.insert("rest".to_owned(), json!(rest.join(" and ")));
    row.insert("_id".to_owned(), json!(number.to_string()));
    row.insert("rule".to_owned(), json!(number.to_string()));
    Json::Object(row)
}

/// Puts the members of outer conjunctions into their columns.
fn place(ask: &Ask, row: &mut Map<String, Json>, rest: &mut Vec<String>) {
    let (field, cell) = match ask {
        Ask::All(asks) => return asks.iter().for_each(|ask| place(ask, row, rest)),
        Ask::In(field, list) => (*field, format!("'{}'", list.join("','"))),
        Ask::Between(field, from, to) => (*field, format!("[{from}..{to}]")),
        _ => ("", String::new()),
    };
    if COLUMNS.contains(&field) && !row.contains_key(field) {
        row.insert(field.to_owned(), json!(cell));
    } else {
        rest.push(zen(ask));
    }
}
