//! Which account a lead belongs to, among those that share a key with it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::id::AccountId;
use crate::identify::keys::{KeyValue, company_keys};
use crate::identify::{Account, AccountMatch, Key};
use crate::lead::Lead;

/// The accounts that share a key with a batch of leads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownAccounts {
    by_key: BTreeMap<KeyValue, BTreeSet<AccountId>>,
    accounts: BTreeMap<AccountId, Account>,
}

impl KnownAccounts {
    /// Adds an account; [`Self::found_by`] says by what it is known.
    pub fn add(&mut self, account: Account) {
        self.accounts.insert(account.id, account);
    }

    /// Notes that an account has this key.
    pub fn found_by(&mut self, key: KeyValue, account: AccountId) {
        self.by_key.entry(key).or_default().insert(account);
    }

    /// The account of `lead`.
    ///
    /// The most trusted kind of key decides, in the order of [`Key`]. Between accounts found by the
    /// same kind, such as subsidiaries with one domain: the one that has the lead's company name, then
    /// the one in the lead's country, then the one that the workspace has known longest.
    ///
    /// A name alone is not believed against two domains that differ: many companies are called alike.
    pub fn account_of(&self, lead: &Lead) -> Option<AccountMatch> {
        let mut found: BTreeMap<AccountId, BTreeSet<Key>> = BTreeMap::new();
        for key in company_keys(lead) {
            for account in self.by_key.get(&key).into_iter().flatten() {
                found.entry(*account).or_default().insert(key.key);
            }
        }
        let candidates = found.into_iter().filter_map(|(id, keys)| {
            let account = self.accounts.get(&id)?;
            let by = *keys.first()?;
            let believed = by != Key::Name || !differ(&account.domain, &lead.domain);
            let named = keys.contains(&Key::Name);
            let near = account.country.is_some() && account.country == lead.country;
            believed.then_some((by, Reverse(named), Reverse(near), id, account))
        });
        let best = candidates.min_by_key(|(by, named, near, id, _)| (*by, *named, *near, *id));
        best.map(|(by, _, _, _, account)| AccountMatch { account: account.clone(), by })
    }
}

/// Whether both are known and not the same.
fn differ<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
    one.is_some() && other.is_some() && one != other
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::identify::samples::{account, known, lead};
    use crate::normalise::country::Country;

    const NAMES: [&str; 3] = ["Initech", "Globex", "Hooli"];
    const DOMAINS: [&str; 3] = ["", "initech.com", "globex.com"];
    const PHONES: [&str; 2] = ["", "+14155552671"];

    fn found(accounts: &[Account], fields: &[(&str, &str)]) -> Option<(u128, Key)> {
        let found = known(accounts).account_of(&lead(1, fields))?;
        Some((found.account.id.uuid().as_u128(), found.by))
    }

    #[test]
    fn the_more_trusted_key_decides() {
        let accounts = [
            account(1, "Initech", "", ""),
            account(2, "Other", "", "+14155552671"),
            account(3, "Third", "initech.com", ""),
        ];
        let all = [("email", "ada@initech.com"), ("phone", "+14155552671")];
        assert_eq!(found(&accounts, &all), Some((3, Key::Domain)));
        let no_domain = [("phone", "+14155552671 x7"), ("company", "Initech Inc.")];
        assert_eq!(found(&accounts, &no_domain), Some((2, Key::Phone)));
        let name = [("email", "ada@gmail.com"), ("company", "INITECH, Ltd")];
        assert_eq!(found(&accounts, &name), Some((1, Key::Name)));
        assert_eq!(found(&accounts, &[("email", "ada@gmail.com")]), None);
    }

    #[test]
    fn of_subsidiaries_with_one_domain_the_named_then_the_near_then_the_oldest_is_taken() {
        let mut accounts = [
            account(1, "Initech US", "initech.com", ""),
            account(2, "Initech Deutschland", "initech.com", ""),
            account(3, "Initech Services", "initech.com", ""),
        ];
        accounts[1].country = Country::from_code("DE");
        let domain = ("email", "ada@initech.com");
        let named = [domain, ("company", "Initech Services GmbH"), ("country", "Germany")];
        assert_eq!(found(&accounts, &named), Some((3, Key::Domain)));
        assert_eq!(found(&accounts, &[domain, ("country", "DE")]), Some((2, Key::Domain)));
        assert_eq!(found(&accounts, &[domain, ("country", "FR")]), Some((1, Key::Domain)));
    }

    #[test]
    fn a_namesake_with_another_domain_is_another_company() {
        let accounts = [account(1, "Acme", "acme.com", "")];
        let elsewhere = [("email", "ada@acme-labs.io"), ("company", "Acme")];
        assert_eq!(found(&accounts, &elsewhere), None);
        let unknown = [("email", "ada@gmail.com"), ("company", "Acme")];
        assert_eq!(found(&accounts, &unknown), Some((1, Key::Name)));
    }

    proptest! {
        #[test]
        fn nobody_else_shares_a_more_trusted_key_and_the_order_of_finding_changes_nothing(
            rows in prop::collection::vec((0..3_usize, 0..3_usize, 0..2_usize), 1..9),
            (name, domain, phone) in (0..3_usize, 0..3_usize, 0..2_usize),
        ) {
            let numbered = rows.iter().zip(1..);
            let mut accounts: Vec<_> = numbered
                .map(|(row, id)| account(id, NAMES[row.0], DOMAINS[row.1], PHONES[row.2]))
                .collect();
            let lead =
                [("company", NAMES[name]), ("website", DOMAINS[domain]), ("phone", PHONES[phone])];
            let forwards = found(&accounts, &lead);
            accounts.reverse();
            prop_assert_eq!(found(&accounts, &lead), forwards);
            let shares = |by: Key| rows.iter().any(|row| match by {
                Key::Email => false,
                Key::Domain => domain > 0 && row.1 == domain,
                Key::Phone => phone > 0 && row.2 == phone,
                Key::Name => row.0 == name && (domain == 0 || row.1 == 0),
            });
            let expected = [Key::Domain, Key::Phone, Key::Name].into_iter().find(|by| shares(*by));
            prop_assert_eq!(forwards.map(|(_, by)| by), expected);
        }
    }
}
