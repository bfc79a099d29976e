//! Which earlier lead is of the same person, among those that share a key with it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::id::{LeadId, RepId};
use crate::identify::keys::{KeyValue, person_keys};
use crate::identify::{Duplicate, Key};
use crate::lead::Lead;
use crate::normalise::text;

/// A lead that was decided before, as far as it tells who owns its person.
#[derive(Clone, PartialEq, Eq)] // Without `Debug`: it would show the name.
pub struct Earlier {
    /// Which.
    pub lead: LeadId,
    /// When it was accepted.
    pub received_at: Timestamp,
    /// Who owns it now.
    pub owner: Option<RepId>,
    /// The person's name, as [`Lead::full_name`] has it.
    pub name: Option<String>,
}

/// The leads that share a key with those of a batch, and those of the batch that have been decided.
#[derive(Clone, Default)]
pub struct People {
    by_key: BTreeMap<KeyValue, BTreeSet<LeadId>>,
    leads: BTreeMap<LeadId, Earlier>,
}

impl People {
    /// Adds a lead that has this key.
    pub fn add(&mut self, key: KeyValue, earlier: Earlier) {
        self.by_key.entry(key).or_default().insert(earlier.lead);
        self.leads.insert(earlier.lead, earlier);
    }

    /// Notes who got `lead`: from here on it is an earlier one.
    pub fn decided(&mut self, lead: &Lead, owner: Option<RepId>) {
        let (id, received_at) = (lead.id, lead.received_at);
        for key in person_keys(lead) {
            self.add(key, Earlier { lead: id, received_at, owner, name: lead.full_name() });
        }
    }

    /// The lead of the same person that `lead` follows: one that somebody owns before one that nobody
    /// does, then one of the same address before one of the same number, then the latest.
    ///
    /// A lead that was held may be decided after one that came later, and follows that one if it has
    /// an owner. A number is shared by colleagues: it is not believed against two names that differ.
    pub fn duplicate_of(&self, lead: &Lead) -> Option<Duplicate> {
        let keys = person_keys(lead);
        let name = lead.full_name().map(|name| text::fold(&name));
        let found = keys.iter().flat_map(|key| {
            let leads = self.by_key.get(key).into_iter().flatten();
            leads.filter_map(|id| Some((key.key, self.leads.get(id)?)))
        });
        let counts = |(by, earlier): &(Key, &Earlier)| {
            let other = earlier.lead != lead.id;
            let same = *by != Key::Phone || !contradicts(&name, &earlier.name);
            let before = (earlier.received_at, earlier.lead) < (lead.received_at, lead.id);
            other && same && (before || earlier.owner.is_some())
        };
        // The more trusted kind of key is the earlier variant, and here the greater.
        let rank = |(by, earlier): &(Key, &Earlier)| {
            (earlier.owner.is_some(), Reverse(*by), earlier.received_at, earlier.lead)
        };
        let (by, best) = found.filter(counts).max_by_key(rank)?;
        Some(Duplicate { lead: best.lead, owner: best.owner, by })
    }
}

/// Whether both names are known and not the same, whatever the accents and the case.
fn contradicts(folded: &Option<String>, name: &Option<String>) -> bool {
    let names = folded.as_ref().zip(name.as_ref());
    names.is_some_and(|(folded, name)| *folded != text::fold(name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::identify::samples::lead;

    const ANA: RepId = RepId::new(Uuid::from_u128(1));
    const BEN: RepId = RepId::new(Uuid::from_u128(2));
    const ADA: &str = "ada@acme.com";
    const NUMBER: &str = "+14155552671";

    /// The lead that is followed, its owner, and by what.
    fn follows(people: &People, lead: &Lead) -> Option<(u128, Option<RepId>, Key)> {
        let found = people.duplicate_of(lead)?;
        Some((found.lead.uuid().as_u128(), found.owner, found.by))
    }

    fn decided(leads: &[(Lead, Option<RepId>)]) -> People {
        let mut people = People::default();
        leads.iter().for_each(|(lead, owner)| people.decided(lead, *owner));
        people
    }

    #[test]
    fn the_latest_lead_that_somebody_owns_is_followed() {
        let by_ada = |id| lead(id, &[("email", ADA)]);
        let people = decided(&[(by_ada(1), Some(ANA)), (by_ada(2), Some(BEN)), (by_ada(3), None)]);
        assert_eq!(follows(&people, &by_ada(4)), Some((2, Some(BEN), Key::Email)));
        let unowned = decided(&[(by_ada(1), None), (by_ada(2), None)]);
        assert_eq!(follows(&unowned, &by_ada(4)), Some((2, None, Key::Email)));
    }

    #[test]
    fn a_lead_is_not_its_own_duplicate_and_follows_a_later_one_only_to_an_owner() {
        let by_ada = |id| lead(id, &[("email", ADA)]);
        let mut people = decided(&[(by_ada(1), None), (by_ada(2), None)]);
        assert_eq!(follows(&people, &by_ada(1)), None);
        people.decided(&by_ada(2), Some(BEN));
        assert_eq!(follows(&people, &by_ada(1)), Some((2, Some(BEN), Key::Email)));
    }

    #[test]
    fn an_address_is_trusted_before_a_number() {
        let people = decided(&[
            (lead(1, &[("email", ADA)]), Some(ANA)),
            (lead(2, &[("phone", NUMBER)]), Some(BEN)),
        ]);
        let both = lead(3, &[("email", "Ada+x@acme.com"), ("phone", NUMBER)]);
        assert_eq!(follows(&people, &both), Some((1, Some(ANA), Key::Email)));
        let phone = lead(3, &[("email", "info@acme.com"), ("phone", NUMBER)]);
        assert_eq!(follows(&people, &phone), Some((2, Some(BEN), Key::Phone)));
    }

    #[test]
    fn colleagues_who_share_a_number_are_two_people() {
        let people = decided(&[(lead(1, &[("name", "Ada Low"), ("phone", NUMBER)]), Some(ANA))]);
        let of = |name| follows(&people, &lead(2, &[("name", name), ("phone", NUMBER)]));
        assert_eq!(of("Bob Moss"), None);
        assert_eq!(of("ÁDA LOW"), Some((1, Some(ANA), Key::Phone)));
        assert_eq!(of(""), Some((1, Some(ANA), Key::Phone)));
    }

    proptest! {
        #[test]
        fn who_shares_no_key_is_never_followed_and_an_owner_is_found_if_there_is_one(
            earlier in prop::collection::vec((0..3_usize, 0..3_usize, prop::bool::ANY), 0..8),
            (email, phone) in (0..3_usize, 0..3_usize),
        ) {
            const EMAILS: [&str; 3] = ["", "ada@acme.com", "bob@acme.com"];
            const PHONES: [&str; 3] = ["", "+14155552671", "+442079460958"];
            let of = |id, email: usize, phone: usize| {
                lead(id, &[("email", EMAILS[email]), ("phone", PHONES[phone])])
            };
            let mut people = People::default();
            for (&(email, phone, owned), id) in earlier.iter().zip(1..) {
                people.decided(&of(id, email, phone), owned.then_some(ANA));
            }
            let shares = |row: &(usize, usize, bool)| {
                row.0 > 0 && row.0 == email || row.1 > 0 && row.1 == phone
            };
            let found = people.duplicate_of(&of(100, email, phone));
            prop_assert_eq!(found.is_some(), earlier.iter().any(shares));
            let owned = earlier.iter().any(|row| shares(row) && row.2);
            prop_assert_eq!(found.is_some_and(|found| found.owner.is_some()), owned);
        }
    }
}
