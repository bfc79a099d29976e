//! A ruleset as a file for people: YAML, with names where the stored form has ids.
//!
//! ```yaml
//! based_on: 12
//! rules:
//! - id: rule_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a
//!   name: Europe
//!   condition:
//!     combinator: and
//!     rules:
//!     - {field: country, operator: in, value: [DE, FR]}
//!   action:
//!     target: {pool: EMEA inbound}
//!     fallback:
//!     - {rep: ada@northwind.example}
//! catch_all:
//!   target: {queue: Unassigned}
//! ```
//!
//! Otherwise it is the shape of the API. Reps go by their e-mail address; where a name is not unique,
//! the id stands instead, and ids are read everywhere.

pub mod names;

use lr_core::id::RuleId;
use lr_core::rules::action::Action;
use lr_core::rules::ast::{Group, RuleSource, RulesetSource};
use lr_core::rules::check::Fault;
use lr_core::rules::experiment::Experiment;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::rulesets::drafts::Written;
use crate::rulesets::file::names::Names;

/// Why a file is not a ruleset.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is not YAML, or YAML of another shape.
    #[error("this is not a ruleset: {0}")]
    Shape(String),
    /// It names what there is not, or says what no ruleset can.
    #[error("the ruleset has {} faults", .0.len())]
    Faults(Vec<Fault>),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    based_on: u32,
    rules: Vec<Value>,
    catch_all: Value,
}

/// A rule of a file once its names are ids.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRule {
    id: Option<RuleId>,
    name: String,
    #[serde(default = "yes")]
    enabled: bool,
    condition: Group,
    action: Action,
    #[serde(default = "yes")]
    owner_first: bool,
    #[serde(default)]
    experiment: Option<Experiment>,
}

/// Writes a published ruleset, to be changed and applied to that version.
///
/// # Errors
/// If the ruleset cannot be said in YAML.
pub fn write(ruleset: &RulesetSource, names: &Names) -> Result<String, FileError> {
    let shape = |error: serde_json::Error| FileError::Shape(error.to_string());
    let rule = |rule: &RuleSource| serde_json::to_value(rule).map(|rule| tidy(rule, names));
    let rules = ruleset.rules.iter().map(rule).collect::<Result<_, _>>().map_err(shape)?;
    let catch_all = serde_json::to_value(&ruleset.catch_all).map_err(shape)?;
    let file = File { based_on: ruleset.version, rules, catch_all: tidy(catch_all, names) };
    yaml_serde::to_string(&file).map_err(|error| FileError::Shape(error.to_string()))
}

/// Puts names in and leaves out what goes without saying.
fn tidy(mut value: Value, names: &Names) -> Value {
    names.put_in(&mut value);
    drop_defaults(&mut value);
    value
}

fn drop_defaults(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|key, value| match key.as_str() {
                "enabled" | "owner_first" => *value != Value::Bool(true),
                "not" => *value != Value::Bool(false),
                "experiment" => !value.is_null(),
                "fallback" | "set" => value.as_array().is_none_or(|list| !list.is_empty()),
                _ => true,
            });
            members.values_mut().for_each(drop_defaults);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_defaults),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Reads a file. A rule without an id is the rule of that name in `published`, if there is one that
/// the file does not name by id, else a new one, whose id `make_id` gives.
///
/// # Errors
/// [`FileError::Faults`] with every name that there is not and every key that means nothing.
pub fn read(
    text: &str,
    names: &Names,
    published: &RulesetSource,
    make_id: impl Fn() -> RuleId,
) -> Result<Written, FileError> {
    let file: File =
        yaml_serde::from_str(text).map_err(|error| FileError::Shape(error.to_string()))?;
    let mut faults = Vec::new();
    let rules: Vec<Option<FileRule>> = (0..)
        .zip(file.rules)
        .map(|(index, rule)| part(rule, &format!("rules[{index}]"), names, &mut faults))
        .collect();
    let catch_all = part::<Action>(file.catch_all, "catch_all", names, &mut faults);
    match (rules.into_iter().collect::<Option<Vec<_>>>(), catch_all) {
        (Some(rules), Some(catch_all)) if faults.is_empty() => {
            let rules = identified(rules, published, make_id);
            Ok(Written { based_on: file.based_on, rules, catch_all })
        }
        _ => Err(FileError::Faults(faults)),
    }
}

/// Reads a part of the file whose names have become ids; `None` comes with a fault.
fn part<T: for<'de> Deserialize<'de>>(
    mut value: Value,
    path: &str,
    names: &Names,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    let before = faults.len();
    names.take_out(&mut value, path, faults);
    strange_keys(&value, path, faults);
    if faults.len() > before {
        return None;
    }
    serde_path_to_error::deserialize(value)
        .map_err(|error| {
            let path = format!("{path}.{}", error.path()).trim_end_matches(['.', '?']).to_owned();
            faults
                .push(Fault { path, message: format!("This cannot be read: {}.", error.inner()) });
        })
        .ok()
}

/// Finds keys of actions that would be passed over in silence, such as `fallbak`.
fn strange_keys(value: &Value, path: &str, faults: &mut Vec<Fault>) {
    const OF_ACTIONS: [&str; 3] = ["target", "fallback", "set"];
    let Value::Object(members) = value else { return };
    if members.contains_key("target") {
        for key in members.keys().filter(|key| !OF_ACTIONS.contains(&key.as_str())) {
            let message = format!("There is no `{key}`; use one of {}.", OF_ACTIONS.join(", "));
            faults.push(Fault { path: format!("{path}.{key}"), message });
        }
    }
    for (key, value) in members.iter().filter(|(key, _)| key.as_str() == "action") {
        strange_keys(value, &format!("{path}.{key}"), faults);
    }
}

fn identified(
    rules: Vec<FileRule>,
    published: &RulesetSource,
    make_id: impl Fn() -> RuleId,
) -> Vec<RuleSource> {
    let named: Vec<RuleId> = rules.iter().filter_map(|rule| rule.id).collect();
    let mut free: Vec<&RuleSource> =
        published.rules.iter().filter(|rule| !named.contains(&rule.id)).collect();
    let mut identify = |rule: &FileRule| {
        let same = free.iter().position(|other| other.name == rule.name);
        same.map_or_else(&make_id, |index| free.remove(index).id)
    };
    let rules = rules.into_iter().map(|rule| RuleSource {
        id: rule.id.unwrap_or_else(|| identify(&rule)),
        name: rule.name,
        enabled: rule.enabled,
        condition: rule.condition,
        action: rule.action,
        owner_first: rule.owner_first,
        experiment: rule.experiment,
    });
    rules.collect()
}

const fn yes() -> bool {
    true
}
