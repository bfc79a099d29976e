//! Least loaded: to whoever has the fewest open leads for his weight.
//!
//! Equals are told apart as in [`round_robin`](crate::pick::round_robin): by the longer time since
//! their last turn, then by a hash of lead and rep; never by their place in a list.
//!
//! The pool's balances stand still meanwhile: whoever is chosen is entitled to the whole lead that he
//! gets. What a slow closer did not get is no debt, so a pool that goes back to round robin goes on
//! where it was, without a flood. Absences are neither forgiven nor repaid here: open leads decide.

use std::cmp::Ordering;

use crate::id::{LeadId, PoolId};
use crate::pick::Member;
use crate::pick::ledger::{LEAD, Ledger, Turn, mix};
use crate::pick::load::Loads;

/// Whose turn it is among the members present; `None` when there are none.
pub fn choose(
    lead: LeadId,
    pool: PoolId,
    present: &[Member],
    loads: &Loads,
    ledger: &Ledger,
) -> Option<Turn> {
    let open = |member: &Member| loads.get(&member.rep).map_or(0, |load| u64::from(load.open));
    let patience = |member: &Member| {
        let last_turn = ledger.balance(member.rep).last_turn;
        (last_turn, mix(lead.uuid(), member.rep.uuid()), member.rep)
    };
    let by_load = |a: &Member, b: &Member| -> Ordering {
        // Products of two numbers below 2³² fit.
        let (weight_a, weight_b) = (u64::from(a.weight.get()), u64::from(b.weight.get()));
        (open(a) * weight_b).cmp(&(open(b) * weight_a))
    };
    let chosen =
        present.iter().min_by(|a, b| by_load(a, b).then_with(|| patience(a).cmp(&patience(b))))?;
    Some(Turn {
        pool,
        number: ledger.turns.saturating_add(1),
        rep: chosen.rep,
        entitled: vec![(chosen.rep, LEAD)],
        arrears: Vec::new(),
        repaid_on: None,
    })
}
