//! Names for ids, and back.

use std::collections::BTreeMap;

use lr_core::id::{PoolId, RepId, TerritoryId};
use lr_core::rules::check::Fault;
use lr_core::rules::field::Field;
use lr_store::error::StoreError;
use lr_store::workspace_tx::WorkspaceTx;
use serde_json::Value;

/// Most names that an unknown one is answered with.
const SUGGESTIONS: usize = 5;

/// The key of an action's target; a condition on the territory has its values under `value`.
const TERRITORY: &str = "territory_owner";

/// The names of a workspace's reps, pools and territories.
#[derive(Debug, Clone, Default)]
pub struct Names {
    kinds: [Kind; 3],
}

/// What a key's values name.
#[derive(Debug, Clone, Default)]
struct Kind {
    /// The key, as in `{pool: EMEA}`.
    key: &'static str,
    /// As a sentence says it.
    words: &'static str,
    names: BTreeMap<String, String>,
    ids: BTreeMap<String, String>,
}

impl Names {
    /// Those of the workspace.
    pub(crate) async fn read(tx: &mut WorkspaceTx) -> Result<Self, StoreError> {
        let reps = tx.reps().await?.into_iter().map(|rep| (rep.id, rep.email));
        let pools = tx.pools().await?.into_iter().map(|pool| (pool.id, pool.name));
        let territories = tx.territories().await?.into_iter().map(|row| (row.id, row.name));
        Ok(Self::new(reps, pools, territories))
    }

    /// Of these reps by e-mail address, and these pools and territories by name.
    pub fn new(
        reps: impl IntoIterator<Item = (RepId, String)>,
        pools: impl IntoIterator<Item = (PoolId, String)>,
        territories: impl IntoIterator<Item = (TerritoryId, String)>,
    ) -> Self {
        let reps = reps.into_iter().map(|(id, email)| (id.to_string(), email));
        let pools = pools.into_iter().map(|(id, name)| (id.to_string(), name));
        let territories = territories.into_iter().map(|(id, name)| (id.to_string(), name));
        Self {
            kinds: [
                Kind::new("rep", "rep", reps),
                Kind::new("pool", "pool", pools),
                Kind::new(TERRITORY, "territory", territories),
            ],
        }
    }

    /// Puts names in the place of ids, wherever an object has one of the keys.
    pub(super) fn put_in(&self, value: &mut Value) {
        each(value, "", &mut |key, text, _| {
            let kind = self.kinds.iter().find(|kind| kind.key == key);
            if let Some(name) = kind.and_then(|kind| kind.names.get(text.as_str())) {
                text.clone_from(name);
            }
        });
    }

    /// Puts ids in the place of names.
    pub(super) fn take_out(&self, value: &mut Value, path: &str, faults: &mut Vec<Fault>) {
        each(value, path, &mut |key, text, path| {
            let Some(kind) = self.kinds.iter().find(|kind| kind.key == key) else { return };
            match kind.ids.get(text.as_str()) {
                Some(id) => text.clone_from(id),
                None => faults.push(Fault { path: path.to_owned(), message: kind.unknown(text) }),
            }
        });
    }
}

impl Kind {
    fn new(
        key: &'static str,
        words: &'static str,
        all: impl Iterator<Item = (String, String)>,
    ) -> Self {
        let mut by_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut ids = BTreeMap::new();
        for (id, name) in all {
            by_name.entry(name).or_default().push(id.clone());
            ids.insert(id.clone(), id);
        }
        let mut names = BTreeMap::new();
        for (name, holders) in by_name {
            if let [only] = holders.as_slice() {
                names.insert(only.clone(), name.clone());
                ids.insert(name, only.clone());
            }
        }
        Self { key, words, names, ids }
    }

    fn unknown(&self, name: &str) -> String {
        let mut near: Vec<(usize, &String)> =
            self.names.values().map(|other| (distance(name, other), other)).collect();
        near.sort_unstable();
        let near: Vec<_> = near.iter().take(SUGGESTIONS).map(|(_, name)| name.as_str()).collect();
        let words = self.words;
        if near.is_empty() {
            return format!("There is no {words} `{name}`; the workspace has none.");
        }
        format!("There is no {words} `{name}`; did you mean one of {}?", near.join(", "))
    }
}

/// Visits every text that stands under a key, with its path; of conditions only those that name a
/// territory.
fn each(value: &mut Value, path: &str, visit: &mut impl FnMut(&str, &mut String, &str)) {
    match value {
        Value::Object(members) => {
            for (key, value) in members.iter_mut() {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                if key == "condition" {
                    each_territory(value, &path, visit);
                } else if let Value::String(text) = value {
                    visit(key, text, &path);
                } else {
                    each(value, &path, visit);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                each(item, &format!("{path}[{index}]"), visit);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Visits every territory that a condition names.
fn each_territory(node: &mut Value, path: &str, visit: &mut impl FnMut(&str, &mut String, &str)) {
    if let Some(Value::Array(members)) = node.get_mut("rules") {
        for (index, member) in members.iter_mut().enumerate() {
            each_territory(member, &format!("{path}.rules[{index}]"), visit);
        }
    }
    if node.get("field").and_then(Value::as_str) == Some(&Field::Territory.name())
        && let Some(Value::String(text)) = node.get_mut("value")
    {
        visit(TERRITORY, text, &format!("{path}.value"));
    }
}

/// How many letters to add, drop or change to make one text of the other, case aside (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.to_lowercase().chars().enumerate() {
        let mut left = line + 1;
        let mut next = vec![left];
        for (beside, pair) in other.iter().zip(row.windows(2)) {
            let [corner, above] = pair else { continue };
            let changed = corner + usize::from(*beside != letter);
            left = changed.min(above + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_counts_single_letters() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("EMEA", "emea"), 0);
        assert_eq!(distance("", "abc"), 3);
    }
}
