//! Leads that nobody of a pool can take.

use std::collections::BTreeMap;

use lr_core::id::PoolId;
use lr_core::pick::overflow::{Overflow, Spill, spills};
use lr_core::pick::{Pool, pick, pick_anyway};

use super::{Desk, lead_id, rep_id, uuid};

fn id(n: u32) -> PoolId {
    PoolId::new(uuid(n))
}

/// Pools 1, 2, 3… with these policies.
fn pools(policies: &[Overflow]) -> BTreeMap<PoolId, Pool> {
    let pool = |n, overflow| (id(n), Pool { overflow, ..Pool::new(id(n), "Pool", vec![]) });
    (1..).zip(policies).map(|(n, overflow)| pool(n, *overflow)).collect()
}

#[test]
fn fallbacks_are_followed_to_the_end_and_a_circle_ends_where_it_closes() {
    use Overflow::{AssignAnyway, Fallback, Hold};
    let tried = |asked: &[u32], policies: &[Overflow]| {
        spills(asked.iter().map(|n| id(*n)), &pools(policies))
    };
    assert_eq!(tried(&[1], &[Hold]), []);
    assert_eq!(tried(&[1], &[AssignAnyway]), [Spill::Anyway(id(1))]);
    assert_eq!(
        tried(&[1], &[Fallback(id(2)), Fallback(id(3)), AssignAnyway]),
        [Spill::To(id(2)), Spill::To(id(3)), Spill::Anyway(id(3))]
    );
    let circle = [Fallback(id(2)), Fallback(id(1))];
    assert_eq!(tried(&[1], &circle), [Spill::To(id(2))]);
    assert_eq!(tried(&[1], &[Fallback(id(1))]), []);
    assert_eq!(tried(&[1, 2], &circle), [], "both were asked already");
    assert_eq!(tried(&[1], &[Fallback(id(9))]), [Spill::To(id(9))], "a pool that is gone");
    assert_eq!(
        tried(&[1, 2], &[AssignAnyway, Fallback(id(3)), Hold]),
        [Spill::Anyway(id(1)), Spill::To(id(3))]
    );
}

#[test]
fn a_lead_assigned_anyway_goes_by_turn_to_those_off_away_or_full() {
    let mut desk = Desk::of(&[1, 1, 1]);
    desk.rep(0).hours = lr_core::pick::hours::WeeklyHours::default();
    desk.on_leave(1);
    desk.rep(2).caps.day = Some(0);
    assert_eq!(desk.try_lead(), None);
    for n in 1..=30 {
        let turn = pick_anyway(lead_id(n), &desk.pool, desk.at(desk.now), &desk.ledger).unwrap();
        desk.ledger.apply(&turn);
    }
    assert_eq!([0, 1, 2].map(|n| desk.assigned(n)), [10, 10, 10]);
}

#[test]
fn nobody_inactive_unskilled_or_excluded_gets_a_lead_anyway() {
    let mut desk = Desk::of(&[1, 1, 1, 1]);
    desk.pool.skills.insert("german".to_owned());
    let german = desk.pool.skills.clone();
    (0..3).for_each(|n| desk.rep(n).skills = german.clone());
    desk.away(0);
    desk.excluded.insert(rep_id(1));
    let anyway = |desk: &Desk| {
        pick_anyway(lead_id(1), &desk.pool, desk.at(desk.now), &desk.ledger).map(|turn| turn.rep)
    };
    assert_eq!(anyway(&desk), Some(rep_id(2)));
    desk.away(2);
    assert_eq!(anyway(&desk), None);
    assert_eq!(pick(lead_id(1), &desk.pool, desk.at(desk.now), &desk.ledger), None);
}
