//! The ledger explains every change of every account.

use std::num::NonZeroU32;

use jiff::SignedDuration;
use lr_core::pick::Distribution;
use lr_core::pick::absence::Absence;
use lr_core::pick::entry::{Cause, Credit, Entry, granted};
use lr_core::pick::ledger::{LEAD, Ledger, Turn};
use lr_core::pick::pick_anyway;
use proptest::collection::vec;
use proptest::prelude::*;

use super::{Desk, lead_id, rep_id};

/// Anything that can happen to a pool of up to eight.
#[derive(Debug, Clone)]
enum Event {
    Leads(usize),
    Anyway,
    OnLeave(u32),
    Back(u32),
    Inactive(u32),
    Join(u32, u32),
    Leave(u32),
    Weigh(u32, u32),
    Cap(u32, Option<u32>),
    Credit(prop::sample::Index, bool),
    Move(prop::sample::Index, u32),
    Grant(u32, i32),
    Policy(Absence),
    Share(Distribution),
    Days(i64),
}

fn event() -> impl Strategy<Value = Event> {
    let n = 0..8_u32;
    let turn = any::<prop::sample::Index>();
    prop_oneof![
        6 => (1..30_usize).prop_map(Event::Leads),
        1 => Just(Event::Anyway),
        3 => n.clone().prop_map(Event::OnLeave),
        3 => n.clone().prop_map(Event::Back),
        1 => n.clone().prop_map(Event::Inactive),
        1 => (n.clone(), 1..=1000_u32).prop_map(|(n, weight)| Event::Join(n, weight)),
        1 => n.clone().prop_map(Event::Leave),
        1 => (n.clone(), 1..=1000_u32).prop_map(|(n, weight)| Event::Weigh(n, weight)),
        1 => (n.clone(), prop::option::of(0..5_u32)).prop_map(|(n, cap)| Event::Cap(n, cap)),
        2 => (turn.clone(), any::<bool>()).prop_map(|(turn, bad)| Event::Credit(turn, bad)),
        2 => (turn, n.clone()).prop_map(|(turn, n)| Event::Move(turn, n)),
        1 => (n, -3..4_i32).prop_map(|(n, leads)| Event::Grant(n, leads)),
        1 => prop_oneof![
            Just(Absence::Forgive),
            (0..5_u32).prop_map(|per_day| Absence::Repay { per_day })
        ]
        .prop_map(Event::Policy),
        1 => prop_oneof![Just(Distribution::WeightedRoundRobin), Just(Distribution::LeastLoaded)]
            .prop_map(Event::Share),
        2 => (-1..4_i64).prop_map(Event::Days),
    ]
}

/// A desk that keeps what it did.
struct Book {
    desk: Desk,
    turns: Vec<Turn>,
    entries: Vec<Entry>,
}

impl Book {
    fn took(&mut self, turn: Turn) {
        self.entries.extend(turn.entries());
        self.turns.push(turn);
    }

    /// Takes a turn out of those that still stand.
    fn turn(&mut self, index: prop::sample::Index) -> Option<Turn> {
        (!self.turns.is_empty()).then(|| self.turns.swap_remove(index.index(self.turns.len())))
    }

    fn post(&mut self, entry: Entry) {
        self.desk.ledger.post(&entry);
        self.entries.push(entry);
    }

    fn happen(&mut self, event: Event) {
        let desk = &mut self.desk;
        let members = &mut desk.pool.members;
        match event {
            Event::Leads(leads) => {
                for _ in 0..leads {
                    self.desk.try_lead().into_iter().for_each(|turn| self.took(turn));
                }
            }
            Event::Anyway => {
                let turn = pick_anyway(lead_id(9), &desk.pool, desk.at(desk.now), &desk.ledger);
                if let Some(turn) = turn {
                    desk.ledger.apply(&turn);
                    self.took(turn);
                }
            }
            Event::OnLeave(n) if desk.reps.contains_key(&rep_id(n)) => desk.on_leave(n),
            Event::Back(n) if desk.reps.contains_key(&rep_id(n)) => {
                desk.back(n);
                desk.back_from_leave(n);
            }
            Event::Inactive(n) if desk.reps.contains_key(&rep_id(n)) => desk.away(n),
            Event::Cap(n, cap) if desk.reps.contains_key(&rep_id(n)) => desk.rep(n).caps.day = cap,
            Event::OnLeave(_) | Event::Back(_) | Event::Inactive(_) | Event::Cap(..) => {}
            Event::Join(n, weight) => {
                if members.iter().all(|member| member.rep != rep_id(n)) {
                    desk.join(n, weight);
                }
            }
            Event::Leave(n) => members.retain(|member| member.rep != rep_id(n)),
            Event::Weigh(n, weight) => {
                let weight = NonZeroU32::new(weight).unwrap();
                members.iter_mut().filter(|m| m.rep == rep_id(n)).for_each(|m| m.weight = weight);
            }
            Event::Credit(turn, bad) => {
                let credit = if bad { Credit::Returned } else { Credit::TakenAway };
                let entry = self.turn(turn).map(|turn| turn.credited(credit));
                entry.into_iter().for_each(|entry| self.post(entry));
            }
            Event::Move(turn, n) => {
                let entry = self.turn(turn).map(|turn| turn.moved(rep_id(n)));
                entry.into_iter().for_each(|entry| self.post(entry));
            }
            Event::Grant(n, leads) => {
                let entry = granted(&desk.pool, rep_id(n), leads);
                entry.into_iter().for_each(|entry| self.post(entry));
            }
            Event::Policy(absence) => desk.pool.absence = absence,
            Event::Share(distribution) => desk.pool.distribution = distribution,
            Event::Days(days) => desk.now += SignedDuration::from_hours(24 * days),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_accounts_sum_to_zero_and_are_the_sum_of_their_entries(events in vec(event(), 1..80)) {
        let mut book = Book { desk: Desk::of(&[1, 2, 3, 4]), turns: vec![], entries: vec![] };
        for event in events {
            book.happen(event);
            let accounts = book.desk.ledger.balances.values();
            prop_assert_eq!(accounts.clone().map(|a| i128::from(a.balance)).sum::<i128>(), 0);
            prop_assert_eq!(accounts.map(|a| i128::from(a.arrears)).sum::<i128>(), 0);
        }
        let mut replayed = Ledger::default();
        for entry in &book.entries {
            let sum = |part: fn(&lr_core::pick::entry::Line) -> i64| -> i128 {
                entry.lines.iter().map(|line| i128::from(part(line))).sum()
            };
            prop_assert_eq!((sum(|line| line.balance), sum(|line| line.arrears)), (0, 0), "{:?}", entry);
            prop_assert!(entry.lines.is_sorted_by(|a, b| a.rep < b.rep || entry.cause == Cause::Moved));
            replayed.post(entry);
        }
        for (rep, account) in &book.desk.ledger.balances {
            let again = replayed.balance(*rep);
            prop_assert_eq!(
                (account.balance, account.arrears, account.assigned),
                (again.balance, again.arrears, again.assigned)
            );
        }
    }
}

#[test]
fn a_lead_sent_back_as_bad_gives_its_turn_back_exactly() {
    for policy in [Absence::Forgive, Absence::Repay { per_day: 2 }] {
        let mut desk = Desk::of(&[3, 2, 2]);
        desk.pool.absence = policy;
        desk.on_leave(2);
        desk.leads(20);
        desk.back_from_leave(2);
        desk.leads(3);
        let before = desk.ledger.clone();
        let turn = desk.try_lead().unwrap();
        desk.ledger.post(&turn.credited(Credit::Returned));
        for (rep, account) in &before.balances {
            let after = desk.ledger.balance(*rep);
            assert_eq!(
                (after.balance, after.arrears, after.assigned),
                (account.balance, account.arrears, account.assigned)
            );
        }
    }
}

#[test]
fn who_gave_a_bad_lead_back_gets_the_next_one_sooner() {
    let mut desk = Desk::of(&[1, 1, 1]);
    let turn = desk.try_lead().unwrap();
    desk.ledger.post(&turn.credited(Credit::Returned));
    let mut next = desk.leads(3);
    next.sort();
    assert_eq!(next, [0, 1, 2].map(rep_id), "one each, as if the bad lead had not come");
}

/// EspoCRM looks for the newest lead's owner: there, an override moves everybody's turn.
#[test]
fn a_manual_override_between_two_picks_moves_one_turn_and_no_pointer() {
    let mut desk = Desk::of(&[1, 1, 1]);
    desk.leads(3);
    let turn = desk.try_lead().unwrap();
    let other = rep_id(if turn.rep == rep_id(0) { 1 } else { 0 });
    desk.ledger.post(&turn.moved(other));
    assert_eq!(desk.ledger.balance(other).assigned, 2);
    desk.leads(2);
    let assigned = [0, 1, 2].map(|n| desk.assigned(n));
    assert_eq!(assigned, [2, 2, 2], "the one who gave it away gets another");
}

#[test]
fn a_repaid_lead_moved_to_another_is_paid_out_of_his_arrears() {
    let mut desk = Desk::of(&[1, 1]);
    desk.pool.absence = Absence::Repay { per_day: 5 };
    desk.on_leave(0);
    desk.leads(8);
    desk.back_from_leave(0);
    let turn = desk.try_lead().unwrap();
    assert_eq!((turn.rep, turn.entries()[0].cause), (rep_id(0), Cause::Repay));
    assert_eq!(desk.arrears(0), 4 * LEAD - LEAD / 2);
    desk.ledger.post(&turn.moved(rep_id(1)));
    assert_eq!((desk.arrears(0), desk.arrears(1)), (4 * LEAD, -4 * LEAD), "all as before");
    assert_eq!((desk.assigned(0), desk.assigned(1)), (0, 9));
}

#[test]
fn a_grant_is_paid_by_the_others_by_their_weights() {
    let desk = Desk::of(&[5, 1, 2]);
    for leads in [2, -2] {
        let entry = granted(&desk.pool, rep_id(0), leads).unwrap();
        let parts: Vec<_> = entry.lines.iter().map(|line| line.balance).collect();
        let part = i64::from(leads) * LEAD / 3;
        assert_eq!(parts, [3 * part, -part, -2 * part]);
    }
    assert_eq!(granted(&desk.pool, rep_id(7), 1), None, "no member");
    assert_eq!(granted(&Desk::of(&[1]).pool, rep_id(0), 1), None, "nobody pays");
}
