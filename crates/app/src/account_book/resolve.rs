//! Which account a row of a file means.
//!
//! With an id of elsewhere it is the account that has the id, else the one without any that has the
//! row's domain. Without an id it is the one that has the domain, or where the row has no domain, the
//! name. Where that leaves several, the row is refused: it would be a guess.

use std::collections::HashMap;

use lr_core::id::AccountId;
use lr_core::normalise::company::Company;
use lr_store::accounts::AccountRow;

use super::row::Row;

/// The accounts that are there, with those that rows before have made.
#[derive(Default)]
pub(super) struct Known {
    rows: HashMap<AccountId, AccountRow>,
    by_external_id: HashMap<String, AccountId>,
    by_domain: HashMap<String, Vec<AccountId>>,
    by_name: HashMap<String, Vec<AccountId>>,
    /// The line of the file that spoke of an account.
    told: HashMap<AccountId, u32>,
}

impl Known {
    /// Adds an account as it is stored, unless it is known already.
    pub(super) fn learn(&mut self, row: AccountRow) {
        if !self.rows.contains_key(&row.account.id) {
            self.put(row);
        }
    }

    /// Adds an account, or puts it as it is now in the place of what it was.
    pub(super) fn put(&mut self, row: AccountRow) {
        let (id, account) = (row.account.id, &row.account);
        if let Some(external_id) = &row.external_id {
            self.by_external_id.insert(external_id.clone(), id);
        }
        let note = |ids: &mut Vec<AccountId>| {
            if !ids.contains(&id) {
                ids.push(id);
            }
        };
        if let Some(domain) = &account.domain {
            note(self.by_domain.entry(domain.as_str().to_owned()).or_default());
        }
        if let Some(key) = name_key(&account.name) {
            note(self.by_name.entry(key).or_default());
        }
        self.rows.insert(id, row);
    }

    /// The account that the row on `line` means; `None` for a new one.
    ///
    /// # Errors
    /// Why it cannot be told, as a sentence.
    pub(super) fn meant(&mut self, row: &Row, line: u32) -> Result<Option<AccountRow>, String> {
        let Some(id) = self.find(row)? else { return Ok(None) };
        if let Some(before) = self.told.insert(id, line) {
            return Err(format!(
                "Line {before} says what it means of the same account; give each an external_id if \
                 they are two."
            ));
        }
        Ok(self.rows.get(&id).cloned())
    }

    /// Notes that the row on `line` made a new account.
    pub(super) fn made(&mut self, row: AccountRow, line: u32) {
        self.told.insert(row.account.id, line);
        self.put(row);
    }

    fn find(&self, row: &Row) -> Result<Option<AccountId>, String> {
        if let Some(found) = row.external_id.as_ref().and_then(|id| self.by_external_id.get(id)) {
            return Ok(Some(*found));
        }
        let domain = row.domains.as_ref().and_then(|domains| domains.first());
        let name = row.name.as_ref().map(Company::key);
        let with_id = row.external_id.is_some();
        let free = |id: &&AccountId| !with_id || self.is(id, |row| row.external_id.is_none());
        let named = || name.and_then(|name| self.by_name.get(name)).into_iter().flatten();
        let found: Vec<_> = match domain.and_then(|domain| self.by_domain.get(domain.as_str())) {
            Some(ids) => ids.iter().filter(free).collect(),
            // A domain that is new may be the first that is heard of an account's.
            None if domain.is_some() => {
                let domainless = |id: &&AccountId| self.is(id, |row| row.account.domain.is_none());
                named().filter(free).filter(domainless).collect()
            }
            None if with_id => Vec::new(),
            None => named().collect(),
        };
        match (found.as_slice(), with_id) {
            ([], _) => Ok(None),
            ([one], _) => Ok(Some(**one)),
            (_, true) => Ok(None),
            (several, false) => {
                let same = |id: &&&AccountId| {
                    self.is(id, |row| {
                        name.is_some() && name_key(&row.account.name).as_deref() == name
                    })
                };
                let mut same = several.iter().filter(same);
                match (same.next(), same.next()) {
                    (Some(one), None) => Ok(Some(**one)),
                    _ => Err(format!(
                        "It may be any of {} accounts; say which by its external_id.",
                        several.len()
                    )),
                }
            }
        }
    }

    fn is(&self, id: &AccountId, what: impl Fn(&AccountRow) -> bool) -> bool {
        self.rows.get(id).is_some_and(what)
    }
}

fn name_key(name: &str) -> Option<String> {
    Company::parse(name).ok().map(|company| company.key().to_owned())
}
