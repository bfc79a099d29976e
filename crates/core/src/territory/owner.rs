//! Who owns a row: a rep, or a pool whose turn decides.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::id::{PoolId, RepId};
use crate::rules::fold::fold;

/// Who owns the leads of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// This rep, if he passes the gates.
    Rep(RepId),
    /// The rep whose turn it is in this pool.
    Pool(PoolId),
}

impl Owner {
    /// The rep, if it is one.
    pub const fn rep(self) -> Option<RepId> {
        match self {
            Self::Rep(rep) => Some(rep),
            Self::Pool(_) => None,
        }
    }

    /// The pool, if it is one.
    pub const fn pool(self) -> Option<PoolId> {
        match self {
            Self::Pool(pool) => Some(pool),
            Self::Rep(_) => None,
        }
    }
}

/// Everybody who can own a row, by what a file calls them.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// By folded name or address; `None` where two share it.
    known: HashMap<String, Option<Owner>>,
    /// What a file that is written calls each.
    written: HashMap<Owner, String>,
}

impl Directory {
    /// Adds a rep under his name, his e-mail address and his id.
    pub fn add_rep(&mut self, id: RepId, name: &str, email: &str) {
        let owner = Owner::Rep(id);
        self.add(owner, &[email, name, &id.to_string()]);
    }

    /// Adds a pool under its name and its id.
    pub fn add_pool(&mut self, id: PoolId, name: &str) {
        let owner = Owner::Pool(id);
        self.add(owner, &[name, &id.to_string()]);
    }

    fn add(&mut self, owner: Owner, names: &[&str]) {
        for name in names {
            let shared = self.known.entry(key(name)).or_insert(Some(owner));
            if *shared != Some(owner) {
                *shared = None;
            }
        }
        if let Some(name) = names.first() {
            self.written.insert(owner, (*name).to_owned());
        }
    }

    /// Who is meant by what stands in a file.
    ///
    /// # Errors
    /// What to do instead, where it names nobody or several.
    pub fn find(&self, text: &str) -> Result<Owner, String> {
        let shown: String = text.trim().chars().take(80).collect();
        match self.known.get(&key(text)) {
            Some(Some(owner)) => Ok(*owner),
            Some(None) => Err(format!(
                "`{shown}` is the name of several reps or pools; write the rep's e-mail address, \
                 or an id such as rep_… or pool_…."
            )),
            None => Err(format!(
                "There is no rep or pool `{shown}`; write a rep's e-mail address or name, \
                 or the name of a pool."
            )),
        }
    }

    /// What a file calls an owner, so that [`Self::find`] finds him again.
    pub fn name(&self, owner: Owner) -> String {
        let name = self.written.get(&owner);
        let telling = name.filter(|name| self.known.get(&key(name)) == Some(&Some(owner)));
        telling.cloned().unwrap_or_else(|| match owner {
            Owner::Rep(id) => id.to_string(),
            Owner::Pool(id) => id.to_string(),
        })
    }
}

fn key(name: &str) -> String {
    fold(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const ANN: RepId = RepId::new(Uuid::from_u128(1));
    const OTHER_ANN: RepId = RepId::new(Uuid::from_u128(2));
    const EMEA: PoolId = PoolId::new(Uuid::from_u128(3));

    fn directory() -> Directory {
        let mut directory = Directory::default();
        directory.add_rep(ANN, "Ann Lee", "ann@x.test");
        directory.add_rep(OTHER_ANN, "Ann Lee", "al@x.test");
        directory.add_pool(EMEA, "EMEA");
        directory
    }

    #[test]
    fn an_owner_is_found_by_address_name_and_id_whatever_the_case() {
        let directory = directory();
        assert_eq!(directory.find(" ANN@x.test "), Ok(Owner::Rep(ANN)));
        assert_eq!(directory.find("emea"), Ok(Owner::Pool(EMEA)));
        assert_eq!(directory.find(&OTHER_ANN.to_string()), Ok(Owner::Rep(OTHER_ANN)));
    }

    #[test]
    fn a_name_that_two_share_is_refused_and_never_written() {
        let directory = directory();
        assert!(directory.find("Ann Lee").unwrap_err().contains("several"));
        assert_eq!(directory.name(Owner::Rep(ANN)), "ann@x.test");
    }

    #[test]
    fn whoever_is_written_is_found_again() {
        let mut directory = directory();
        directory.add_pool(PoolId::new(Uuid::from_u128(4)), "ann@x.test");
        for owner in [Owner::Rep(ANN), Owner::Rep(OTHER_ANN), Owner::Pool(EMEA)] {
            assert_eq!(directory.find(&directory.name(owner)), Ok(owner));
        }
    }
}
