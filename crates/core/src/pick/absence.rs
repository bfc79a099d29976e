//! What becomes of the share of those who are away.
//!
//! A pool that forgives lets the others have it. A pool that repays writes it down: with every lead
//! that comes while a member is on leave or has a holiday, his arrears grow by the part that would
//! have been his, and those of the members present fall by what they gained through his absence.
//! Back at work, he gets whole leads before any turn by share, for as long as he is owed what such a
//! lead gives him above his share of it. Those who gained pay for that, in proportion to what they
//! gained; while too few of them are present to pay, he waits.
//!
//! No flood: at most so many repaid leads a day as the pool says, and never one right after a lead
//! that he got. Turns by share go on beside it, with their bound, as if those leads had never come.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{LeadId, PoolId, RepId};
use crate::pick::gate::{self, Gate};
use crate::pick::ledger::{LEAD, Ledger, Turn, apportion, entitlements, mix};
use crate::pick::{Member, Pool, Situation};

/// What a pool does about the share of a member who is on leave or has a holiday.
///
/// Hours are no absence: who works half of the day gets his share of the leads of that half.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    /// Nothing: the others have it.
    #[default]
    Forgive,
    /// He gets it back later.
    Repay {
        /// Leads above his share that he gets on a day at most.
        per_day: u32,
    },
}

/// Adds to a turn by share what it means for the arrears.
pub(super) fn accrue(
    turn: Turn,
    pool: &Pool,
    present: &[Member],
    situation: Situation<'_>,
) -> Turn {
    if pool.absence == Absence::Forgive {
        return turn;
    }
    let away = |member: &&Member| is_away(member.rep, pool, situation);
    let away: Vec<_> = pool.members.iter().filter(away).copied().collect();
    if away.is_empty() {
        return turn;
    }
    let all = [present, away.as_slice()].concat();
    let mut arrears: BTreeMap<_, _> = entitlements(pool.id, &all).into_iter().collect();
    for (rep, parts) in &turn.entitled {
        *arrears.entry(*rep).or_default() -= parts;
    }
    Turn { arrears: arrears.into_iter().filter(|(_, parts)| *parts != 0).collect(), ..turn }
}

/// Whether leave or a holiday, and nothing before or beside it, keeps `rep` from his share.
fn is_away(rep: RepId, pool: &Pool, situation: Situation<'_>) -> bool {
    let gate = gate::first_failing(rep, Some(pool), situation);
    matches!(gate, Some(Gate::OnLeave { .. } | Gate::OnHoliday { .. }))
        && !situation.excluded.contains(&rep)
}

/// The turn that repays a member for his absences; `None` when this lead repays nobody.
///
/// Of several, the one to whom most is owed; then whoever waits longer; then as the hash has it.
pub(super) fn repayment(
    lead: LeadId,
    pool: &Pool,
    present: &[Member],
    situation: Situation<'_>,
    ledger: &Ledger,
) -> Option<Turn> {
    let Absence::Repay { per_day } = pool.absence else { return None };
    let entitled = entitlements(pool.id, present);
    let creditors = entitled.iter().filter_map(|(rep, share)| {
        let account = ledger.balance(*rep);
        let above_share = LEAD - share;
        let day = situation.reps.get(rep)?.zone.clock(situation.at).date();
        let due = account.arrears > 0
            && account.arrears >= above_share
            && account.last_turn < ledger.turns
            && account.repaid_by(day) < per_day;
        let order = (Reverse(account.arrears), account.last_turn, mix(lead.uuid(), rep.uuid()));
        due.then_some((order, *rep, day, above_share))
    });
    let (_, rep, day, above_share) = creditors.min()?;
    let mut arrears = paid_by(pool.id, present, above_share, ledger)?;
    arrears.push((rep, -above_share));
    arrears.sort_unstable();
    let number = ledger.turns.saturating_add(1);
    Some(Turn { pool: pool.id, number, rep, entitled: Vec::new(), arrears, repaid_on: Some(day) })
}

/// How those present who gained by absences pay so much; `None` when it is more than they gained.
fn paid_by(
    pool: PoolId,
    present: &[Member],
    parts: i64,
    ledger: &Ledger,
) -> Option<Vec<(RepId, i64)>> {
    let gained = present.iter().filter_map(|member| {
        let arrears = ledger.balance(member.rep).arrears;
        (arrears < 0).then(|| (member.rep, arrears.saturating_neg()))
    });
    let total: i128 = gained.clone().map(|(_, gained)| i128::from(gained)).sum();
    (total > 0 && total >= i128::from(parts)).then(|| apportion(pool, parts, gained))
}
