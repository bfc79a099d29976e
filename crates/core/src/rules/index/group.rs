//! Rules that are found by the same field, with a bit for each.
//!
//! A field's class leads to the words of bits in which at least one of these rules could match; the
//! words of the other fields' classes are then taken together with them, until none is left.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use crate::rules::facts::{Facts, Values};
use crate::rules::index::classes::Classes;
use crate::rules::index::needs::Needs;
use crate::rules::index::slot::id;

/// Rules in a word of bits.
const WORD: usize = 64;
/// Most different rows of one filter: 128 bytes for each rule of the group. A filter that would
/// have more is left out; its rules are asked themselves.
const MAX_ROWS: usize = 1_024;

/// Most filters of a group. Those that would leave most rules are left out.
const MAX_FILTERS: usize = 16;

/// A way in which a rule can match, as the index sees it.
pub(super) struct Entry {
    /// Its position among all rules.
    pub(super) rule: u32,
    pub(super) needs: Needs,
}

/// Rules found by one slot, in order of priority; one that can match in several ways stands there
/// once for each.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// Without one, its rules are looked at for every lead.
    slot: Option<usize>,
    /// The bits of a class, and the one bit of class 0 if there is no slot, by the words they are in.
    candidates: Vec<Candidates>,
    /// For each class of the slot where its candidates start; one more at the end.
    starts: Vec<u32>,
    filters: Vec<Filter>,
    /// Positions among all rules; ascending.
    rules: Vec<u32>,
    /// Set for each rule that matches whenever its bit is left.
    exact: Vec<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Candidates {
    word: u32,
    bits: u64,
}

/// For each class of a slot, which rules of a group can still match.
#[derive(Debug, Clone, PartialEq)]
struct Filter {
    slot: usize,
    /// By class.
    rows: Vec<u16>,
    words: usize,
    /// Row by row.
    bits: Vec<u64>,
}

impl Filter {
    /// The words of bits for the lead's class.
    fn row<V: Values>(&self, facts: &mut Facts<'_, V>) -> &[u64] {
        let row = self.rows.get(facts.class(self.slot) as usize).copied().unwrap_or_default();
        let start = usize::from(row) * self.words;
        self.bits.get(start..start + self.words).unwrap_or_default()
    }
}

impl Group {
    /// Hands the rules before `end` that can match to `found`, in order, until it breaks off. With
    /// each goes whether it does match, where the index can tell.
    pub(super) fn each<V: Values, B>(
        &self,
        facts: &mut Facts<'_, V>,
        end: u32,
        mut found: impl FnMut(u32, bool) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        if self.rules.first().is_none_or(|first| *first >= end) {
            return ControlFlow::Continue(());
        }
        let candidates = self.candidates_for(facts);
        let mut rows: [&[u64]; MAX_FILTERS] = [&[]; MAX_FILTERS];
        if !candidates.is_empty() {
            for (row, filter) in rows.iter_mut().zip(&self.filters) {
                *row = filter.row(facts);
            }
        }
        for Candidates { word, bits } in candidates {
            let word = *word as usize;
            let Some(rules) = self.rules.get(word * WORD..) else { break };
            if rules.first().is_none_or(|first| *first >= end) {
                break;
            }
            let mut left = *bits;
            for row in rows.iter().take(self.filters.len()) {
                left &= row.get(word).copied().unwrap_or_default();
                if left == 0 {
                    break;
                }
            }
            let exact = self.exact.get(word).copied().unwrap_or_default();
            while left != 0 {
                let bit = left.trailing_zeros();
                left &= left - 1;
                match rules.get(bit as usize) {
                    Some(rule) if *rule < end => found(*rule, exact >> bit & 1 == 1)?,
                    _ => return ControlFlow::Continue(()),
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn candidates_for<V: Values>(&self, facts: &mut Facts<'_, V>) -> &[Candidates] {
        let class = self.slot.map_or(0, |slot| facts.class(slot)) as usize;
        match (self.starts.get(class), self.starts.get(class + 1)) {
            (Some(start), Some(end)) => {
                self.candidates.get(*start as usize..*end as usize).unwrap_or_default()
            }
            _ => &[],
        }
    }
}

/// What a group is made with: how many classes each slot has, and how likely a set of them is.
pub(super) struct Odds {
    pub(super) counts: Vec<u32>,
    /// For each slot the weights of its classes, added up from the first.
    pub(super) sums: Vec<Vec<u64>>,
}

/// A share in millionths.
pub(super) type Share = u64;
pub(super) const WHOLE: Share = 1_000_000;

impl Odds {
    /// The share of values that are in one of the classes, if values are spread as rules name them.
    pub(super) fn share(&self, slot: usize, needs: &Needs) -> Share {
        let (Some(set), Some(sums)) = (needs.set(slot), self.sums.get(slot)) else {
            return WHOLE;
        };
        let sum = |class: u32| sums.get(class as usize).copied().unwrap_or_default();
        let weight = |range: &std::ops::Range<u32>| sum(range.end).saturating_sub(sum(range.start));
        let weight: u64 = set.ranges().iter().map(weight).sum();
        let total = sums.last().copied().unwrap_or_default().max(1);
        weight.saturating_mul(WHOLE) / total
    }
}

impl Group {
    /// The group of `entries`, which come in order of priority and are all found by `slot`.
    pub(super) fn build(slot: Option<usize>, entries: &[Entry], odds: &Odds) -> Self {
        let (starts, candidates) = candidates(slot, entries, odds);
        let mut slots: BTreeMap<usize, Share> = BTreeMap::new();
        for (other, _) in entries.iter().flat_map(|entry| entry.needs.sets()) {
            slots.entry(other).or_default();
        }
        if let Some(slot) = slot {
            slots.remove(&slot);
        }
        for (other, share) in &mut slots {
            *share = entries.iter().map(|entry| odds.share(*other, &entry.needs)).sum();
        }
        let mut by_share: Vec<_> = slots.into_iter().map(|(slot, share)| (share, slot)).collect();
        by_share.sort_unstable();
        let filters: Vec<_> = by_share
            .iter()
            .filter_map(|(_, slot)| filter(*slot, entries, odds))
            .take(MAX_FILTERS)
            .collect();
        let is_filtered = |(other, _): (usize, &Classes)| {
            Some(other) == slot || filters.iter().any(|filter| filter.slot == other)
        };
        let mut exact = vec![0; entries.len().div_ceil(WORD)];
        for (position, Entry { needs, .. }) in entries.iter().enumerate() {
            if needs.exact && needs.sets().all(is_filtered) {
                flip(&mut exact, position);
            }
        }
        let rules = entries.iter().map(|entry| entry.rule).collect();
        Self { slot, candidates, starts, filters, rules, exact }
    }
}

fn candidates(slot: Option<usize>, entries: &[Entry], odds: &Odds) -> (Vec<u32>, Vec<Candidates>) {
    let count = slot.and_then(|slot| odds.counts.get(slot)).copied().unwrap_or(1);
    let mut by_class: Vec<Vec<Candidates>> = vec![Vec::new(); count as usize];
    for (position, entry) in entries.iter().enumerate() {
        let (word, bit) = (id(position / WORD), 1 << (position % WORD));
        let mut add = |class: u32| {
            let Some(list) = by_class.get_mut(class as usize) else { return };
            match list.last_mut() {
                Some(last) if last.word == word => last.bits |= bit,
                _ => list.push(Candidates { word, bits: bit }),
            }
        };
        match slot.map(|slot| entry.needs.set(slot)) {
            Some(set) => set.into_iter().flat_map(|set| set.iter()).for_each(&mut add),
            None => add(0),
        }
    }
    let mut starts = vec![0];
    let mut all = Vec::with_capacity(by_class.iter().map(Vec::len).sum());
    for list in by_class {
        all.extend(list);
        starts.push(id(all.len()));
    }
    (starts, all)
}

/// Goes through the classes in order, turning the bits of rules on and off as their sets begin and
/// end, and keeps each different row once.
fn filter(slot: usize, entries: &[Entry], odds: &Odds) -> Option<Filter> {
    let words = entries.len().div_ceil(WORD);
    let mut row = vec![0_u64; words];
    let mut turns = Vec::new();
    for (position, entry) in entries.iter().enumerate() {
        match entry.needs.set(slot) {
            None => flip(&mut row, position),
            Some(set) => {
                let ends = set.ranges().iter().flat_map(|range| [range.start, range.end]);
                turns.extend(ends.map(|class| (class, position)));
            }
        }
    }
    turns.sort_unstable();
    let mut turns = turns.into_iter().peekable();
    let mut known: HashMap<Vec<u64>, u16, foldhash::fast::FixedState> = HashMap::default();
    let (mut rows, mut bits, mut current) = (Vec::new(), Vec::new(), None);
    for class in 0..odds.counts.get(slot).copied()? {
        while let Some((_, position)) = turns.next_if(|(at, _)| *at == class) {
            flip(&mut row, position);
            current = None;
        }
        let number = match current.or_else(|| known.get(&row).copied()) {
            Some(number) => number,
            None if known.len() == MAX_ROWS => return None,
            None => {
                let number = u16::try_from(known.len()).ok()?;
                bits.extend_from_slice(&row);
                known.insert(row.clone(), number);
                number
            }
        };
        current = Some(number);
        rows.push(number);
    }
    bits.shrink_to_fit();
    Some(Filter { slot, rows, words, bits })
}

fn flip(bits: &mut [u64], position: usize) {
    if let Some(word) = bits.get_mut(position / WORD) {
        *word ^= 1 << (position % WORD);
    }
}
