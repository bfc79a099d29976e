//! What decides between equals, and what must not.

use std::collections::BTreeMap;

use lr_core::id::RepId;
use lr_core::pick::ledger::Ledger;
use lr_core::pick::round_robin::choose;
use lr_core::pick::{next, pick};
use proptest::collection::vec;
use proptest::prelude::*;

use super::{Desk, at, lead_id, members, pool_id, rep_id};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn permuting_the_member_list_changes_nothing(
        (listed, shuffled) in vec(1..=5_u32, 1..=10)
            .prop_map(|weights| members(&weights))
            .prop_flat_map(|listed| (Just(listed.clone()), Just(listed).prop_shuffle())),
    ) {
        let mut ledger = Ledger::default();
        for n in 1..=100 {
            let turn = choose(lead_id(n), pool_id(), &listed, &ledger).unwrap();
            let shuffled_turn = choose(lead_id(n), pool_id(), &shuffled, &ledger).unwrap();
            prop_assert_eq!(&turn, &shuffled_turn);
            ledger.apply(&turn);
        }
    }
}

#[test]
fn thirty_leads_to_equal_reps_are_ten_each() {
    let mut desk = Desk::of(&[1, 1, 1]);
    desk.leads(30);
    assert_eq!([0, 1, 2].map(|n| desk.assigned(n)), [10, 10, 10]);
}

#[test]
fn the_first_lead_of_a_new_pool_favours_no_place_in_the_list() {
    let present = members(&[2, 2, 2, 2]);
    let mut firsts: BTreeMap<RepId, u32> = BTreeMap::new();
    for n in 0..2000 {
        let turn = choose(lead_id(n), pool_id(), &present, &Ledger::default()).unwrap();
        *firsts.entry(turn.rep).or_default() += 1;
    }
    // 500 each; five standard deviations of a fair draw are 97.
    assert!(firsts.values().all(|count| (403..=597).contains(count)), "{firsts:?}");
}

#[test]
fn between_equal_debts_the_longer_wait_wins() {
    let present = members(&[1, 1, 1]);
    let mut ledger = Ledger { turns: 9, ..Ledger::default() };
    for (n, last_turn) in [(0, 9), (1, 7), (2, 8)] {
        ledger.balances.entry(rep_id(n)).or_default().last_turn = last_turn;
    }
    for n in 0..50 {
        assert_eq!(choose(lead_id(n), pool_id(), &present, &ledger).unwrap().rep, rep_id(1));
    }
    ledger.balances.remove(&rep_id(2)); // Never had a turn.
    for n in 0..50 {
        assert_eq!(choose(lead_id(n), pool_id(), &present, &ledger).unwrap().rep, rep_id(2));
    }
}

/// Past decisions are replayed, so this order may never change.
#[test]
fn the_turns_of_a_known_pool_stay_as_they_are() {
    let mut desk = Desk::of(&[5, 1, 1]);
    let turns = desk.leads(14);
    let known = [0, 0, 1, 0, 2, 0, 0, 0, 0, 1, 0, 2, 0, 0].map(rep_id);
    assert_eq!(turns, known);
}

#[test]
fn the_forecast_is_what_then_happens_where_nothing_is_equal() {
    let mut desk = Desk::of(&[11, 7, 3, 2]);
    desk.leads(40);
    let now = at("2026-03-02T12:00:00Z");
    let forecast = next(&desk.pool, desk.at(now), &desk.ledger, 5);
    assert_eq!(forecast, desk.leads(5));
}

#[test]
fn the_same_lead_at_the_same_ledger_goes_to_the_same_rep() {
    let mut desk = Desk::of(&[1; 20]);
    let now = at("2026-03-02T12:00:00Z");
    desk.leads(33);
    let again = || pick(lead_id(77), &desk.pool, desk.at(now), &desk.ledger);
    assert_eq!(again(), again());
}
