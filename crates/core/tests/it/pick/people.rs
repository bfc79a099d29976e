//! Joiners, leavers, holidays and bulk: what users of lead routers complain of.

use lr_core::id::RepId;
use lr_core::pick::gate::Gate;
use lr_core::pick::hours::WeeklyHours;
use lr_core::pick::{Leave, next, next_opening, pick};
use lr_core::time::Zone;
use proptest::prelude::*;

use super::{Desk, at, lead_id, rep_id};

/// The longest run of leads to one rep.
fn longest_run(turns: &[RepId], rep: RepId) -> usize {
    turns.split(|turn| *turn != rep).map(<[RepId]>::len).max().unwrap_or(0)
}

#[test]
fn a_joiner_at_half_weight_waits_no_longer_than_his_share_implies() {
    for earlier_leads in 0..40 {
        let mut desk = Desk::of(&[100, 100]);
        desk.leads(earlier_leads);
        desk.join(2, 50);
        let turns = desk.leads(50);
        // A fifth of the leads: the first within five, and no two in a row.
        assert!(turns[..5].contains(&rep_id(2)), "after {earlier_leads}: {turns:?}");
        assert_eq!(longest_run(&turns, rep_id(2)), 1);
        assert!((9..=11).contains(&desk.assigned(2)));
    }
}

#[test]
fn a_joiner_at_double_weight_is_not_flooded() {
    for earlier_leads in 0..40 {
        let mut desk = Desk::of(&[100, 100]);
        desk.leads(earlier_leads);
        desk.join(2, 200);
        let turns = desk.leads(40);
        // Half of the leads: the first within two, and never more than two in a row.
        assert!(turns[..2].contains(&rep_id(2)), "after {earlier_leads}: {turns:?}");
        assert!(longest_run(&turns, rep_id(2)) <= 2, "after {earlier_leads}: {turns:?}");
        assert!((19..=21).contains(&desk.assigned(2)));
    }
}

#[test]
fn a_rep_back_from_ten_days_away_is_not_flooded() {
    for leads_before in 0..20 {
        let mut desk = Desk::of(&[1, 1, 1, 1]);
        desk.leads(leads_before);
        desk.away(0);
        desk.leads(200);
        desk.back(0);
        let turns = desk.leads(40);
        assert!(longest_run(&turns, rep_id(0)) <= 2, "after {leads_before}: {turns:?}");
        let got = turns.iter().filter(|turn| **turn == rep_id(0)).count();
        assert!((9..=11).contains(&got), "{got} of 40");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nobody_is_flooded_whoever_comes_and_goes(
        days in proptest::collection::vec((0..16_u8, 1..40_usize), 1..40),
    ) {
        let mut desk = Desk::of(&[1; 5]);
        for (away, leads) in days {
            for n in 0..4 {
                if away >> n & 1 == 1 { desk.away(n) } else { desk.back(n) }
            }
            let turns = desk.leads(leads);
            if away.count_ones() <= 2 {
                for n in 0..5 {
                    prop_assert!(longest_run(&turns, rep_id(n)) <= 2, "{:?}", turns);
                }
            }
        }
    }
}

#[test]
fn two_hundred_leads_at_once_spread_evenly() {
    let mut desk = Desk::of(&[1; 8]);
    let turns = desk.leads(200);
    assert_eq!((0..8).map(|n| desk.assigned(n)).collect::<Vec<_>>(), vec![25; 8]);
    assert!((0..8).all(|n| longest_run(&turns, rep_id(n)) <= 2));
}

/// A list rebuilt for each lead without its previous owner sends 893, 107 and no leads at all to ten
/// reps where the turn is a place in that list.
#[test]
fn a_list_filtered_per_lead_by_excluding_the_previous_owner_stays_even() {
    let mut desk = Desk::of(&[1; 10]);
    let mut previous = rep_id(0);
    for _ in 0..1000 {
        desk.excluded = [previous].into();
        let rep = desk.lead();
        assert_ne!(rep, previous);
        previous = rep;
    }
    assert!((0..10).all(|n| (98..=102).contains(&desk.assigned(n))));
}

#[test]
fn a_pool_whose_last_user_was_removed_picks_nobody() {
    let mut desk = Desk::of(&[1]);
    desk.leads(3);
    desk.pool.members.clear();
    assert_eq!(desk.try_lead(), None);
    assert_eq!(next_opening(&desk.pool, desk.at(at("2026-03-02T12:00:00Z"))), None);
    assert!(next(&desk.pool, desk.at(at("2026-03-02T12:00:00Z")), &desk.ledger, 5).is_empty());
}

#[test]
fn a_member_whom_the_workspace_does_not_know_is_inactive() {
    let mut desk = Desk::of(&[1, 1]);
    desk.reps.remove(&rep_id(0));
    assert_eq!(desk.leads(3), [rep_id(1); 3]);
    let now = at("2026-03-02T12:00:00Z");
    let seen = desk.candidates(now);
    assert_eq!(seen[0].gate, Some(Gate::Inactive));
}

/// Ada works in Berlin and is away until Wednesday noon; Grace works in New York; Joan has left.
fn everyone_away() -> Desk {
    let mut desk = Desk::of(&[1, 1, 1]);
    let hours = WeeklyHours::weekdays("09:00", "17:00").unwrap();
    let [ada, grace, joan] = [0, 1, 2].map(rep_id);
    for (id, zone) in [(ada, "Europe/Berlin"), (grace, "America/New_York")] {
        let rep = desk.reps.get_mut(&id).unwrap();
        rep.zone = Zone::parse(zone).unwrap();
        rep.hours = hours.clone();
    }
    desk.reps.get_mut(&ada).unwrap().leave =
        vec![Leave { from: at("2026-03-02T00:00:00Z"), until: at("2026-03-04T11:00:00Z") }];
    desk.reps.get_mut(&joan).unwrap().active = false;
    desk
}

#[test]
fn a_pool_with_everyone_away_picks_nobody_and_names_the_next_opening() {
    let mut desk = everyone_away();
    let now = at("2026-03-02T10:00:00Z"); // Monday: 11:00 in Berlin, 05:00 in New York.
    assert_eq!(pick(lead_id(1), &desk.pool, desk.at(now), &desk.ledger), None);
    let opening = |desk: &Desk| next_opening(&desk.pool, desk.at(now));
    assert_eq!(opening(&desk), Some(at("2026-03-02T14:00:00Z")));

    desk.away(1);
    assert_eq!(opening(&desk), Some(at("2026-03-04T11:00:00Z")), "as Ada's leave ends at noon");
    desk.away(0);
    assert_eq!(opening(&desk), None);
}

#[test]
fn each_candidate_tells_the_first_gate_that_kept_him_out() {
    let desk = everyone_away();
    let now = at("2026-03-02T15:00:00Z"); // 16:00 in Berlin, 10:00 in New York.
    let seen = desk.candidates(now);
    let gates: Vec<_> = seen.iter().map(|candidate| candidate.gate.clone()).collect();
    let on_leave = Gate::OnLeave { until: at("2026-03-04T11:00:00Z") };
    assert_eq!(gates, [Some(on_leave), None, Some(Gate::Inactive)]);
    let chosen: Vec<_> = seen.iter().filter(|candidate| candidate.chosen).collect();
    assert_eq!(chosen.iter().map(|candidate| candidate.rep).collect::<Vec<_>>(), [rep_id(1)]);
    assert!(seen.iter().all(|candidate| candidate.balance_after == 0));
}
