//! Where two decisions about the same lead part.

use std::collections::{BTreeMap, BTreeSet};

use lr_core::decide::Decision;
use serde_json::Value;

/// Most differences that are told.
const TOLD: usize = 20;

/// A part of a decision that came out otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where in the decision, as in `outcome.Assigned.rep`.
    pub part: String,
    /// What it was; `None` if it was not there.
    pub then: Option<String>,
    /// What it is now; `None` if it is not there.
    pub now: Option<String>,
}

/// The parts in which two decisions differ, at most [`TOLD`].
pub(super) fn differences(then: &Decision, now: &Decision) -> Vec<Difference> {
    let [then, now] = [then, now].map(parts);
    let all: BTreeSet<_> = then.keys().chain(now.keys()).collect();
    let differing = all.into_iter().filter(|part| then.get(*part) != now.get(*part));
    let told = differing.take(TOLD).map(|part| Difference {
        part: part.clone(),
        then: then.get(part).cloned(),
        now: now.get(part).cloned(),
    });
    told.collect()
}

fn parts(decision: &Decision) -> BTreeMap<String, String> {
    let mut parts = BTreeMap::new();
    if let Ok(value) = serde_json::to_value(decision) {
        collect(String::new(), value, &mut parts);
    }
    parts
}

fn collect(path: String, value: Value, parts: &mut BTreeMap<String, String>) {
    let under = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (key, value) in members {
                collect(under(&key), value, parts);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.into_iter().enumerate() {
                collect(format!("{path}[{index}]"), item, parts);
            }
        }
        Value::String(text) => {
            parts.insert(path, text);
        }
        Value::Bool(_) | Value::Number(_) => {
            parts.insert(path, value.to_string());
        }
    }
}
