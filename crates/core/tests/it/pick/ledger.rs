//! What a ledger keeps true whatever happens to the pool.

use lr_core::id::RepId;
use lr_core::pick::ledger::{LEAD, Ledger, Turn, entitlements};
use lr_core::pick::round_robin::choose;
use proptest::collection::vec;
use proptest::prelude::*;
use std::num::NonZeroU32;

use super::{Desk, lead_id, member, members, pool_id, rep_id};

/// Something that happens to a pool of up to eight.
#[derive(Debug, Clone)]
enum Event {
    Leads(usize),
    Away(u32),
    Back(u32),
    Join(u32, u32),
    Leave(u32),
    Weigh(u32, u32),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (1..30_usize).prop_map(Event::Leads),
        2 => (0..8_u32).prop_map(Event::Away),
        2 => (0..8_u32).prop_map(Event::Back),
        1 => (0..8_u32, 1..=1000_u32).prop_map(|(n, weight)| Event::Join(n, weight)),
        1 => (0..8_u32).prop_map(Event::Leave),
        1 => (0..8_u32, 1..=1000_u32).prop_map(|(n, weight)| Event::Weigh(n, weight)),
    ]
}

impl Desk {
    fn happen(&mut self, event: &Event) {
        let is_member = |n: u32, desk: &Self| desk.pool.members.iter().any(|m| m.rep == rep_id(n));
        match *event {
            Event::Leads(n) => (0..n).for_each(|_| drop(self.try_lead())),
            Event::Away(n) => drop(self.reps.get_mut(&rep_id(n)).map(|rep| rep.active = false)),
            Event::Back(n) => drop(self.reps.get_mut(&rep_id(n)).map(|rep| rep.active = true)),
            Event::Join(n, weight) if !is_member(n, self) => self.join(n, weight),
            Event::Join(..) => {}
            Event::Leave(n) => self.pool.members.retain(|member| member.rep != rep_id(n)),
            Event::Weigh(n, weight) => {
                let of_n = |m: &&mut lr_core::pick::Member| m.rep == rep_id(n);
                let weight = NonZeroU32::new(weight).unwrap();
                self.pool.members.iter_mut().filter(of_n).for_each(|m| m.weight = weight);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn balances_sum_to_zero_under_absences_joins_leaves_and_edits(events in vec(event(), 1..60)) {
        let mut desk = Desk::of(&[1, 2, 3, 4]);
        let mut assigned = 0;
        for event in &events {
            let before = desk.ledger.clone();
            desk.happen(event);
            let accounts = desk.ledger.balances.values();
            prop_assert_eq!(accounts.clone().map(|a| i128::from(a.balance)).sum::<i128>(), 0);
            assigned = accounts.map(|a| a.assigned).sum();
            if !matches!(event, Event::Leads(_)) {
                prop_assert_eq!(&desk.ledger, &before, "only a lead changes a ledger");
            }
        }
        prop_assert_eq!(assigned, desk.ledger.turns);
    }

    #[test]
    fn a_lead_is_split_without_a_rest_and_within_a_part_of_the_weights(
        weights in vec(1..=u32::MAX, 1..=200),
    ) {
        let total: i128 = weights.iter().copied().map(i128::from).sum();
        let entitled = entitlements(pool_id(), &members(&weights));
        prop_assert_eq!(entitled.iter().map(|(_, parts)| parts).sum::<i64>(), LEAD);
        for ((_, parts), weight) in entitled.iter().zip(&weights) {
            let off = i128::from(*parts) * total - i128::from(LEAD) * i128::from(*weight);
            prop_assert!(off.abs() < total);
        }
    }

    #[test]
    fn weights_that_sum_to_36_or_less_divide_a_lead_exactly(weights in vec(1..=6_u32, 1..=6)) {
        let total: u32 = weights.iter().sum();
        for ((_, parts), weight) in entitlements(pool_id(), &members(&weights)).iter().zip(&weights) {
            prop_assert_eq!(parts * i64::from(total), LEAD * i64::from(*weight));
        }
    }
}

#[test]
fn a_lead_has_as_many_parts_as_the_least_common_multiple_of_1_to_36() {
    fn gcd(a: i64, b: i64) -> i64 {
        if b == 0 { a } else { gcd(b, a % b) }
    }
    assert_eq!((1..=36).fold(1, |lcm, n| lcm / gcd(lcm, n) * n), LEAD);
    assert_eq!(i64::MAX / LEAD, 63_872);
}

#[test]
fn equal_members_get_the_same_parts_but_for_one() {
    let entitled = entitlements(pool_id(), &members(&[3; 37]));
    let extra = LEAD % 37;
    let with_extra: Vec<RepId> =
        entitled.iter().filter(|(_, parts)| *parts > LEAD / 37).map(|(rep, _)| *rep).collect();
    assert_eq!(i64::try_from(with_extra.len()).unwrap(), extra);
    let first: Vec<RepId> = entitled.iter().map(|(rep, _)| *rep).take(with_extra.len()).collect();
    assert_ne!(with_extra, first, "the parts left over follow the list");
}

#[test]
fn editing_members_resets_nobody() {
    let mut desk = Desk::of(&[3, 2, 1]);
    desk.leads(10);
    let before = desk.ledger.clone();

    desk.pool.members.retain(|member| member.rep != rep_id(1));
    desk.pool.members[0] = member(0, 7);
    desk.join(5, 4);
    assert_eq!(desk.ledger, before);

    let turn = desk.try_lead().unwrap();
    let gone = rep_id(1);
    assert_eq!(desk.ledger.balance(gone), before.balance(gone), "a leaver keeps his account");
    for (rep, parts) in turn.entitled {
        let paid = if rep == turn.rep { LEAD } else { 0 };
        let expected = before.balance(rep).balance + parts - paid;
        assert_eq!(desk.ledger.balance(rep).balance, expected);
    }
}

#[test]
fn a_ledger_at_its_bounds_neither_wraps_nor_panics() {
    let mut ledger = Ledger::default();
    ledger.balances.entry(rep_id(0)).or_default().balance = i64::MAX;
    ledger.balances.entry(rep_id(1)).or_default().balance = i64::MIN;
    ledger.turns = u64::MAX;
    let turn = choose(lead_id(1), pool_id(), &members(&[1, 1]), &ledger).unwrap();
    assert_eq!(turn.rep, rep_id(0));
    ledger.apply(&Turn { rep: rep_id(1), ..turn });
    assert_eq!(ledger.balance(rep_id(0)).balance, i64::MAX);
    assert!(ledger.balance(rep_id(1)).balance < 0);
}

#[test]
fn a_turn_and_a_ledger_survive_the_binary_form() {
    let mut desk = Desk::of(&[1, 2, 3]);
    let turn = desk.try_lead().unwrap();
    let bytes = postcard::to_stdvec(&(&turn, &desk.ledger)).unwrap();
    let (turn_back, ledger_back): (Turn, Ledger) = postcard::from_bytes(&bytes).unwrap();
    assert_eq!((turn_back, ledger_back), (turn, desk.ledger));
}
