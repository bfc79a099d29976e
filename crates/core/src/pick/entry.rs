//! Every change of a pool's accounts, with its cause.
//!
//! A ledger is the sum of its entries: posting all of them to an empty one gives its accounts.

use serde::{Deserialize, Serialize};

use crate::id::{PoolId, RepId};
use crate::pick::Pool;
use crate::pick::ledger::{LEAD, Ledger, Turn, apportion};

/// Why accounts changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A lead was shared out and somebody got it.
    Turns,
    /// A lead was shared out while a member was away.
    Absence,
    /// A lead repaid a member for his absence.
    Repay,
    /// A lead was sent back as bad, and gave its turn back.
    Returned,
    /// A lead was taken away by hand, and gave its turn back.
    TakenAway,
    /// A lead went from one member to another by hand, and its turn with it.
    Moved,
    /// Somebody gave a member turns by hand, or took them, and the others pay or gain.
    Granted,
}

/// Why a lead gives its turn back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credit {
    /// It was bad.
    Returned,
    /// Somebody outside of the pool got it by hand.
    TakenAway,
}

/// One change of a pool's accounts. Balances and arrears each sum to zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The pool.
    pub pool: PoolId,
    /// Why.
    pub cause: Cause,
    /// The change of each account, by rep id.
    pub lines: Vec<Line>,
}

/// The change of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Whose.
    pub rep: RepId,
    /// Parts of a lead added to the balance.
    pub balance: i64,
    /// Parts of a lead added to the arrears.
    pub arrears: i64,
    /// Leads added to those he got.
    pub assigned: i64,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 7] = [
        Self::Turns,
        Self::Absence,
        Self::Repay,
        Self::Returned,
        Self::TakenAway,
        Self::Moved,
        Self::Granted,
    ];

    /// The stable name that the API and the database use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Turns => "turns",
            Self::Absence => "absence",
            Self::Repay => "repay",
            Self::Returned => "returned",
            Self::TakenAway => "taken_away",
            Self::Moved => "moved",
            Self::Granted => "granted",
        }
    }
}

impl From<Credit> for Cause {
    fn from(credit: Credit) -> Self {
        match credit {
            Credit::Returned => Self::Returned,
            Credit::TakenAway => Self::TakenAway,
        }
    }
}

/// The entry by which a member of `pool` is owed `leads` more, or less when below zero, and the other
/// members as much less in proportion to their weights; `None` if he is no member or the only one.
pub fn granted(pool: &Pool, rep: RepId, leads: i32) -> Option<Entry> {
    let others = pool.members.iter().filter(|member| member.rep != rep);
    let others = others.map(|member| (member.rep, i64::from(member.weight.get())));
    if others.clone().count() + 1 != pool.members.len() || others.clone().next().is_none() {
        return None;
    }
    let parts = LEAD.saturating_mul(i64::from(leads).abs());
    let sign = i64::from(leads.signum());
    let line = |rep, balance: i64| Line { rep, balance, arrears: 0, assigned: 0 };
    let paid = apportion(pool.id, parts, others).into_iter();
    let mut lines: Vec<_> = paid.map(|(other, parts)| line(other, -sign * parts)).collect();
    lines.push(line(rep, sign * parts));
    lines.sort_unstable_by_key(|line| line.rep);
    Some(Entry { pool: pool.id, cause: Cause::Granted, lines: kept(lines) })
}

impl Turn {
    /// The entries that this turn makes.
    pub fn entries(&self) -> Vec<Entry> {
        let of = |cause, lines| Entry { pool: self.pool, cause, lines };
        if self.repaid_on.is_some() {
            return vec![of(Cause::Repay, self.lines())];
        }
        let (shared, absent): (Vec<_>, Vec<_>) = self
            .lines()
            .into_iter()
            .map(|line| (Line { arrears: 0, ..line }, Line { balance: 0, assigned: 0, ..line }))
            .unzip();
        let mut entries = vec![of(Cause::Turns, kept(shared))];
        let absent = kept(absent);
        if !absent.is_empty() {
            entries.push(of(Cause::Absence, absent));
        }
        entries
    }

    /// The entry that takes this turn back, exactly.
    pub fn credited(&self, credit: Credit) -> Entry {
        let lines = self.lines().into_iter().map(negated).collect();
        Entry { pool: self.pool, cause: credit.into(), lines }
    }

    /// The entry by which `to`, a member of the same pool, pays for the lead in the rep's place.
    pub fn moved(&self, to: RepId) -> Entry {
        let mut lines = vec![negated(self.price(self.rep)), self.price(to)];
        lines.sort_unstable_by_key(|line| line.rep);
        Entry { pool: self.pool, cause: Cause::Moved, lines }
    }

    /// What the lead costs `rep` if he pays for it.
    fn price(&self, rep: RepId) -> Line {
        let paid = self.arrears.iter().find(|(payer, _)| *payer == self.rep);
        let (balance, arrears) = match self.repaid_on {
            None => (-LEAD, 0),
            Some(_) => (0, paid.map_or(0, |(_, parts)| *parts)),
        };
        Line { rep, balance, arrears, assigned: 1 }
    }

    /// All that this turn changes, by rep id.
    fn lines(&self) -> Vec<Line> {
        let nothing = |rep| Line { rep, balance: 0, arrears: 0, assigned: 0 };
        let entitled = self.entitled.iter();
        let arrears = self.arrears.iter();
        let mut lines: Vec<_> = entitled
            .map(|(rep, balance)| Line { balance: *balance, ..nothing(*rep) })
            .chain(arrears.map(|(rep, arrears)| Line { arrears: *arrears, ..nothing(*rep) }))
            .collect();
        lines.push(Line { arrears: 0, ..self.price(self.rep) }); // These are there already.
        lines.sort_unstable_by_key(|line| line.rep);
        lines.dedup_by(|line, sum| {
            let same = line.rep == sum.rep;
            if same {
                sum.balance = sum.balance.saturating_add(line.balance);
                sum.arrears = sum.arrears.saturating_add(line.arrears);
                sum.assigned = sum.assigned.saturating_add(line.assigned);
            }
            same
        });
        lines
    }
}

impl Ledger {
    /// Posts `entry`, other than one that [`Ledger::apply`] has booked already.
    pub fn post(&mut self, entry: &Entry) {
        for line in &entry.lines {
            let account = self.balances.entry(line.rep).or_default();
            account.balance = account.balance.saturating_add(line.balance);
            account.arrears = account.arrears.saturating_add(line.arrears);
            account.assigned = account.assigned.saturating_add_signed(line.assigned);
        }
    }
}

fn negated(line: Line) -> Line {
    Line {
        rep: line.rep,
        balance: line.balance.saturating_neg(),
        arrears: line.arrears.saturating_neg(),
        assigned: line.assigned.saturating_neg(),
    }
}

/// The lines that change anything.
fn kept(mut lines: Vec<Line>) -> Vec<Line> {
    lines.retain(|line| (line.balance, line.arrears, line.assigned) != (0, 0, 0));
    lines
}
