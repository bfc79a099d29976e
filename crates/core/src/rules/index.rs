//! Finds the rules that match a lead without asking all of them.
//!
//! A checked condition is reduced to what a lead must have for it to be true: for some fields, one
//! of some values, or else the same for another way in which it can be true ([`needs`]). Where that
//! says all, the condition is never asked; else it is asked of the few leads that have what it needs. So the index may know as little as it likes, and is
//! right all the same: a question that it does not know only costs time.
//!
//! The values of a field fall into classes that the rules cannot tell apart ([`slot`]). Each rule is
//! in one group, by the field that leaves the fewest leads; a lead's classes choose the words of
//! bits, one for each rule, that are taken together in order of priority ([`group`]).

mod classes;
mod group;
mod names;
mod needs;
mod slot;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::ControlFlow;

use crate::rules::Rule;
use crate::rules::facts::{Facts, Space, Values};
use crate::rules::index::classes::Classes;
use crate::rules::index::group::{Entry, Group, Odds, Share, WHOLE};
use crate::rules::index::needs::{Needs, Slots, Ways};
use crate::rules::index::slot::{OTHER, id, vocabularies};

pub(super) use slot::Slot;

/// Most classes of a field by which a rule is found, beside those that it names one by one.
const MAX_CLASSES: usize = 128;

/// A rule is found by a field that at most one lead in so many fits by; what leaves more is less
/// work for whole words of rules at once.
const MIN_SPREAD: Share = 64;

/// Fewer rules than that are not worth a group of their own.
const MIN_GROUP: usize = 32;

/// A ruleset's rules, ready to be found.
#[derive(Clone, PartialEq)]
pub(super) struct Index {
    slots: Vec<Slot>,
    groups: Vec<Group>,
}

impl fmt::Debug for Index {
    /// Tells its size only: the rest follows from the rules.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index")
            .field("slots", &self.slots.len())
            .field("groups", &self.groups.len())
            .finish_non_exhaustive()
    }
}

impl Index {
    /// Compiles the rules that are switched on.
    pub(super) fn of(rules: &[Rule]) -> Self {
        let enabled = || rules.iter().enumerate().filter(|(_, rule)| rule.enabled);
        let conditions = enabled().map(|(_, rule)| &rule.condition);
        let slots: Slots<'_> = vocabularies(conditions).into_iter().collect();
        let entries = enabled().flat_map(|(position, rule)| {
            let ways = Ways::of(&rule.condition, &slots).into_each();
            ways.map(move |needs| Entry { rule: id(position), needs })
        });
        let entries: Vec<_> = entries.collect();
        let odds = odds(&slots, &entries);
        let by_slot = by_slot(entries, &odds);
        let groups = by_slot.iter().map(|(slot, entries)| Group::build(*slot, entries, &odds));
        let groups = groups.collect();
        let slots = slots.iter().map(|(field, vocabulary)| vocabulary.slot(field)).collect();
        Self { slots, groups }
    }

    /// The position of the first rule that matches.
    pub(super) fn first(&self, rules: &[Rule], values: &impl Values) -> Option<usize> {
        let mut space = Space::new();
        let mut facts = Facts::new(values, &self.slots, &mut space);
        let mut best = u32::MAX;
        for group in &self.groups {
            let found = group.each(&mut facts, best, |rule, sure| {
                if sure || holds(rules, rule, values) {
                    return ControlFlow::Break(rule);
                }
                ControlFlow::Continue(())
            });
            if let ControlFlow::Break(rule) = found {
                best = rule;
            }
        }
        (best != u32::MAX).then_some(best as usize)
    }

    /// The positions of all rules that match, in order.
    pub(super) fn all(&self, rules: &[Rule], values: &impl Values) -> Vec<usize> {
        let mut space = Space::new();
        let mut facts = Facts::new(values, &self.slots, &mut space);
        let mut matching = Vec::new();
        for group in &self.groups {
            let _: ControlFlow<()> = group.each(&mut facts, u32::MAX, |rule, sure| {
                if sure || holds(rules, rule, values) {
                    matching.push(rule as usize);
                }
                ControlFlow::Continue(())
            });
        }
        matching.sort_unstable();
        matching.dedup();
        matching
    }
}

fn holds(rules: &[Rule], rule: u32, values: &impl Values) -> bool {
    rules.get(rule as usize).is_some_and(|rule| rule.condition.holds(values))
}

/// How likely a lead has which classes, taking the values that many rules name for those that many
/// leads have: nothing better is known when rules are compiled.
fn odds(slots: &Slots<'_>, entries: &[Entry]) -> Odds {
    let counts: Vec<_> = slots.iter().map(|(_, vocabulary)| vocabulary.count()).collect();
    let mut turns: Vec<Vec<i64>> =
        counts.iter().map(|count| vec![0; *count as usize + 1]).collect();
    for (slot, set) in entries.iter().flat_map(|entry| entry.needs.sets()) {
        let Some(turns) = turns.get_mut(slot) else { continue };
        // A set with all that is unnamed in it says nothing of what it names.
        for range in set.ranges().iter().filter(|_| !set.contains(OTHER)) {
            for (class, by) in [(range.start, 1), (range.end, -1)] {
                if let Some(turn) = turns.get_mut(class as usize) {
                    *turn += by;
                }
            }
        }
    }
    let sums = turns.into_iter().map(|turns| {
        let (mut naming, mut sum) = (0_i64, 0_u64);
        let mut sums = Vec::with_capacity(turns.len());
        for turn in turns {
            sums.push(sum);
            naming += turn;
            sum += 1 + naming.unsigned_abs();
        }
        sums
    });
    Odds { sums: sums.collect(), counts }
}

/// The entries of each group, in order of priority.
fn by_slot(entries: Vec<Entry>, odds: &Odds) -> BTreeMap<Option<usize>, Vec<Entry>> {
    let best: Vec<_> = entries.iter().map(|entry| best_slot(&entry.needs, odds)).collect();
    let mut counts: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for slot in &best {
        *counts.entry(*slot).or_default() += 1;
    }
    let is_worth_it = |slot: &Option<usize>| counts.get(slot).is_some_and(|it| *it >= MIN_GROUP);
    let mut by_slot: BTreeMap<Option<usize>, Vec<Entry>> = BTreeMap::new();
    for (entry, slot) in entries.into_iter().zip(best) {
        by_slot.entry(slot.filter(|_| is_worth_it(&slot))).or_default().push(entry);
    }
    by_slot
}

/// The slot by which a rule is found: the one whose classes the fewest leads have.
fn best_slot(needs: &Needs, odds: &Odds) -> Option<usize> {
    let fits = |(slot, set): (usize, &Classes)| {
        let share = odds.share(slot, needs);
        let few = set.len() <= MAX_CLASSES + 2 * set.ranges().len();
        (few && share < WHOLE / MIN_SPREAD).then_some((share, slot))
    };
    let best: Option<(Share, usize)> = needs.sets().filter_map(fits).min();
    best.map(|(_, slot)| slot)
}
