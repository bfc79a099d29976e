//! What the rules of a workspace can name beside the fields of a lead.

use std::collections::BTreeMap;

use crate::id::TerritoryId;
use crate::rules::kind::AttributeTypes;
use crate::territory::Territory;

/// Territories by their id.
pub type Territories = BTreeMap<TerritoryId, Territory>;

/// Most territories that an advice names.
const SHOWN: usize = 10;

/// What a ruleset is checked against.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Terms {
    /// What custom attributes hold.
    pub attributes: AttributeTypes,
    /// Every territory, with its table: a checked condition asks it.
    pub territories: Territories,
}

impl Terms {
    /// The advice for somebody who named a territory that there is not.
    pub(super) fn no_territory(&self, named: &str) -> String {
        let named: String = named.chars().take(64).collect();
        let known = self.territories.values().take(SHOWN);
        let known: Vec<_> = known.map(|known| format!("{} ({})", known.name, known.id)).collect();
        if known.is_empty() {
            return format!("There is no territory `{named}`; the workspace has none.");
        }
        let more = if self.territories.len() > SHOWN { " or another" } else { "" };
        format!("There is no territory `{named}`; write the id of {}{more}.", known.join(", "))
    }
}
