//! The bound: how far from his share a rep can be, checked in whole numbers.

use lr_core::id::RepId;
use lr_core::pick::Member;
use lr_core::pick::ledger::{LEAD, Ledger, Turn};
use lr_core::pick::round_robin::choose;
use proptest::collection::vec;
use proptest::prelude::*;

use super::{lead_id, members, pool_id};

/// Takes `turns` turns and checks the bound after each.
fn check_bound(weights: &[u32], turns: u32) {
    let present = members(weights);
    let total: i128 = weights.iter().copied().map(i128::from).sum();
    let mut ledger = Ledger::default();
    for n in 1..=turns {
        let turn = choose(lead_id(n), pool_id(), &present, &ledger).unwrap();
        ledger.apply(&turn);
        for Member { rep, weight } in &present {
            let weight = i128::from(weight.get());
            assert_near_share(&ledger, *rep, i128::from(n), (weight, total), present.len());
        }
    }
}

/// With d = 2(n−1), the bound is (d−1)/d leads, and what division leaves over is below a part a turn.
fn assert_near_share(
    ledger: &Ledger,
    rep: RepId,
    turns: i128,
    (weight, total): (i128, i128),
    members: usize,
) {
    let account = ledger.balance(rep);
    let d = 2 * i128::try_from(members - 1).unwrap();
    let lead = i128::from(LEAD);

    let balance = i128::from(account.balance).abs();
    assert!(balance * d <= lead * (d - 1).max(0), "the ledger strays: {account:?}");

    let stray = (i128::from(account.assigned) * total - turns * weight).abs(); // In 1/total leads.
    assert!(stray < total, "a lead or more from the share: {account:?} after {turns} turns");
    let rounding = turns * total;
    assert!(
        (stray * lead - rounding) * d <= total * lead * (d - 1).max(0),
        "over the bound: {account:?} after {turns} turns"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nobody_in_a_small_pool_is_ever_a_lead_from_his_share(weights in vec(1..=1000_u32, 1..=6)) {
        check_bound(&weights, 3000);
    }

    #[test]
    fn nobody_in_a_pool_of_small_weights_is_ever_a_lead_from_his_share(
        weights in vec(1..=9_u32, 2..=12),
    ) {
        check_bound(&weights, 800);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn nobody_in_a_large_pool_is_ever_a_lead_from_his_share(
        weights in vec(1..=1000_u32, 100..=200),
    ) {
        check_bound(&weights, 500);
    }
}

#[test]
fn one_heavy_member_among_ten_light_ones_keeps_the_bound() {
    let mut weights = vec![1; 10];
    weights.push(10);
    check_bound(&weights, 2000);
    weights.push(1000);
    check_bound(&weights, 2000);
}

#[test]
fn equal_members_take_turns() {
    let present = members(&[7; 40]);
    let mut ledger = Ledger::default();
    for round in 1..=20 {
        for n in 0..40 {
            ledger.apply(&choose(lead_id(round * 40 + n), pool_id(), &present, &ledger).unwrap());
        }
        assert!(ledger.balances.values().all(|account| account.assigned == u64::from(round)));
    }
}

#[test]
fn a_pool_of_one_gives_every_lead_to_its_member() {
    let present = members(&[1000]);
    let mut ledger = Ledger::default();
    for n in 1..=100 {
        let turn = choose(lead_id(n), pool_id(), &present, &ledger).unwrap();
        assert_eq!((turn.rep, turn.number), (present[0].rep, n.into()));
        ledger.apply(&turn);
        assert_eq!(ledger.balance(turn.rep).balance, 0);
    }
}

/// Tijdeman's rule in its own words: turns are counted one by one instead of divided out.
fn turns_until_past_the_bound(owed: i128, share: i128, d: i128) -> u32 {
    (0..)
        .find(|turns| (owed + i128::from(*turns) * share) * d > i128::from(LEAD) * (d - 1))
        .unwrap()
}

fn check_earliest_deadline(present: &[Member], ledger: &Ledger, turn: &Turn) {
    let d = 2 * i128::try_from(present.len() - 1).unwrap();
    let deadlines = turn.entitled.iter().filter_map(|(rep, share)| {
        let owed = i128::from(ledger.balance(*rep).balance) + i128::from(*share);
        let deadline = turns_until_past_the_bound(owed, i128::from(*share), d);
        (owed * d >= i128::from(LEAD)).then_some((deadline, *rep))
    });
    let deadlines: Vec<_> = deadlines.collect();
    let earliest = deadlines.iter().map(|(deadline, _)| *deadline).min().unwrap();
    assert!(deadlines.contains(&(earliest, turn.rep)), "{} is not the most pressing", turn.rep);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_lead_goes_to_the_earliest_deadline_counted_turn_by_turn(
        weights in vec(1..=20_u32, 2..=8),
    ) {
        let present = members(&weights);
        let mut ledger = Ledger::default();
        for n in 1..=200 {
            let turn = choose(lead_id(n), pool_id(), &present, &ledger).unwrap();
            check_earliest_deadline(&present, &ledger, &turn);
            ledger.apply(&turn);
        }
    }
}
