//! The least-loaded distribution.

use std::collections::BTreeMap;

use lr_core::id::RepId;
use lr_core::pick::Distribution;
use lr_core::pick::absence::Absence;
use lr_core::pick::least_loaded::choose;
use lr_core::pick::ledger::Ledger;
use lr_core::pick::load::{Load, Loads};
use proptest::prelude::*;

use super::{Desk, at, lead_id, members, pool_id, rep_id};

fn loads(open: &[u32]) -> Loads {
    let load = |open| Load { last_at: at("2026-03-02T12:00:00Z"), hour: 0, day: 0, week: 0, open };
    (0..).zip(open).map(|(n, open)| (rep_id(n), load(*open))).collect()
}

fn desk(weights: &[u32]) -> Desk {
    let mut desk = Desk::of(weights);
    desk.pool.distribution = Distribution::LeastLoaded;
    desk
}

#[test]
fn the_lead_goes_to_the_fewest_open_leads_for_the_weight() {
    for (weights, open, expected) in [
        (vec![1, 1, 1], vec![3, 2, 4], 1),
        (vec![3, 1], vec![5, 2], 0),
        (vec![3, 1], vec![7, 2], 1),
        (vec![1000, 999], vec![4_000_000_000, 3_996_000_001], 0),
    ] {
        let turn =
            choose(lead_id(1), pool_id(), &members(&weights), &loads(&open), &Ledger::default());
        assert_eq!(turn.unwrap().rep, rep_id(expected), "{weights:?} {open:?}");
    }
    assert_eq!(choose(lead_id(1), pool_id(), &[], &Loads::new(), &Ledger::default()), None);
}

#[test]
fn equal_loads_favour_no_place_in_the_list() {
    let mut firsts: BTreeMap<RepId, u32> = BTreeMap::new();
    let present = members(&[2, 2, 2, 2]);
    for n in 0..2000 {
        let turn = choose(lead_id(n), pool_id(), &present, &loads(&[5; 4]), &Ledger::default());
        *firsts.entry(turn.unwrap().rep).or_default() += 1;
    }
    // 500 each; five standard deviations of a fair draw are 97.
    assert!(firsts.values().all(|count| (403..=597).contains(count)), "{firsts:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn while_nobody_closes_anything_open_leads_stay_within_one_of_the_weights(
        weights in proptest::collection::vec(1..=20_u32, 1..=10),
        leads in 1..300_usize,
    ) {
        let mut desk = desk(&weights);
        desk.leads(leads);
        let weights = || (0..).zip(&weights).map(|(n, weight)| (n, u64::from(*weight)));
        let open = |n| desk.loads.get(&rep_id(n)).map_or(0, |load| u64::from(load.open));
        // Nobody has a lead more than another who had fewer for his weight when it came.
        for (a, weight_a) in weights() {
            for (b, weight_b) in weights() {
                prop_assert!(open(a).saturating_sub(1) * weight_b <= open(b) * weight_a);
            }
        }
    }
}

#[test]
fn who_closes_his_leads_gets_more() {
    let mut desk = desk(&[1, 1]);
    for _ in 0..50 {
        if desk.lead() == rep_id(0) {
            desk.loads.get_mut(&rep_id(0)).unwrap().open -= 1;
        }
    }
    assert!(desk.assigned(0) >= 48, "{}", desk.assigned(0));
}

#[test]
fn going_back_to_round_robin_floods_nobody() {
    let mut desk = Desk::of(&[1, 1]);
    desk.leads(5);
    desk.pool.distribution = Distribution::LeastLoaded;
    desk.pool.absence = Absence::Repay { per_day: 9 };
    desk.loads = loads(&[100, 0]);
    assert!(desk.leads(90).iter().all(|rep| *rep == rep_id(1)));
    desk.pool.distribution = Distribution::WeightedRoundRobin;
    let turns = desk.leads(20);
    assert_eq!(turns.iter().filter(|rep| **rep == rep_id(0)).count(), 10);
}
