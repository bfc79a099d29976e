//! Weighted round robin with the smallest stray that any method can promise.
//!
//! Who gets the next lead is the chairman assignment problem, and this is the solution of
//! R. Tijdeman, "The chairman assignment problem", Discrete Mathematics 32 (1980), 323–330. For n
//! members present, at every turn:
//!
//! 1. everybody is entitled to his share of the lead;
//! 2. those to whom at least 1/(2(n−1)) of a lead is owed may have it;
//! 3. of them, the one whose debt would first pass the bound of 1 − 1/(2(n−1)) leads gets it.
//!
//! From equal accounts and with the same members present, nobody is ever further than that bound from
//! his share, be it above or below, and no method has a smaller one. Everything is compared exactly,
//! by cross-multiplication of integers.
//!
//! When absences have left accounts in such a state that nobody may have the lead, it goes to the
//! member who is owed most in proportion to his share. Equals are told apart by the longer time since
//! their last turn, and then by a hash of lead and rep; never by their place in a list.

use std::cmp::Ordering;

use crate::id::{LeadId, PoolId, RepId};
use crate::pick::Member;
use crate::pick::ledger::{LEAD, Ledger, Turn, entitlements, mix};

/// Whose turn it is among the members present; `None` when there are none.
pub fn choose(lead: LeadId, pool: PoolId, present: &[Member], ledger: &Ledger) -> Option<Turn> {
    let entitled = entitlements(pool, present);
    let standings: Vec<_> =
        entitled.iter().map(|(rep, share)| Standing::of(lead, *rep, *share, ledger)).collect();
    let bound = Bound::of(present.len());
    let rep = standings
        .iter()
        .filter(|standing| bound.may_have(standing))
        .min_by(|a, b| bound.by_deadline(a, b).then_with(|| a.by_patience(b)))
        .or_else(|| standings.iter().min_by(|a, b| a.by_debt(b).then_with(|| a.by_patience(b))))?
        .rep;
    let number = ledger.turns.saturating_add(1);
    Some(Turn { pool, number, rep, entitled, arrears: Vec::new(), repaid_on: None })
}

/// What counts about a member at one turn. Amounts are parts of a lead.
struct Standing {
    rep: RepId,
    /// His part of this lead, and of each to come while the same members are present.
    share: i128,
    /// What he is owed, this lead's part included.
    owed: i128,
    last_turn: u64,
    mix: u64,
}

impl Standing {
    fn of(lead: LeadId, rep: RepId, share: i64, ledger: &Ledger) -> Self {
        let account = ledger.balance(rep);
        let (share, balance) = (i128::from(share), i128::from(account.balance));
        let mix = mix(lead.uuid(), rep.uuid());
        Self { rep, share, owed: balance + share, last_turn: account.last_turn, mix }
    }

    /// The most owed in proportion to the share first.
    fn by_debt(&self, other: &Self) -> Ordering {
        (other.owed * self.share).cmp(&(self.owed * other.share))
    }

    /// The longest without a lead first, then as the hash has it.
    fn by_patience(&self, other: &Self) -> Ordering {
        let key = |standing: &Self| (standing.last_turn, standing.mix, standing.rep);
        key(self).cmp(&key(other))
    }
}

/// Tijdeman's bound for a number of members, times 2(n−1), so that it is a whole number of parts.
struct Bound {
    scale: i128,
}

impl Bound {
    /// For a single member the scale is 0: he may never have the lead, and is then owed the most.
    fn of(members: usize) -> Self {
        let others = members.saturating_sub(1);
        Self { scale: i128::try_from(others).unwrap_or(i128::MAX).saturating_mul(2) }
    }

    /// Whether at least 1/(2(n−1)) of a lead is owed.
    fn may_have(&self, standing: &Standing) -> bool {
        standing.owed.saturating_mul(self.scale) >= i128::from(LEAD)
    }

    /// First the one whose debt, growing by his share with each turn, passes the bound first.
    ///
    /// The turns until then are room / share. Products fit for pools of up to 16,000 members and any
    /// balance; beyond that they saturate.
    fn by_deadline(&self, a: &Standing, b: &Standing) -> Ordering {
        let most = i128::from(LEAD).saturating_mul(self.scale.saturating_sub(1));
        let room =
            |standing: &Standing| most.saturating_sub(standing.owed.saturating_mul(self.scale));
        room(a).saturating_mul(b.share).cmp(&room(b).saturating_mul(a.share))
    }
}
