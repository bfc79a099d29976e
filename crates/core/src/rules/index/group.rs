//! Rules that are found by the same field, with a bit for each.
//!
//! A field's class leads to the words of bits in which at least one of these rules could match; the
//! words of the other fields' classes are then taken together with them, until none is left. Rules
//! that no field tells apart well are in one group, whose bits are taken together block by block.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use crate::rules::facts::{Facts, Values};
use crate::rules::index::classes::Classes;
use crate::rules::index::needs::Needs;
use crate::rules::index::slot::id;

/// Rules in a word of bits.
const WORD: usize = 64;
/// Words in a block: what fits into a processor's wide registers.
const BLOCK: usize = 16;

/// Most different rows of one filter: 128 bytes for each rule of the group. A filter that would
/// have more is left out; its rules are asked themselves.
const MAX_ROWS: usize = 1_024;
/// Most filters of a group. Those that would leave most rules are left out.
const MAX_FILTERS: usize = 32;

/// Most filters that are taken together for every lead.
const MAX_WIDE: usize = 8;
/// A filter is worth it where at least one of so many rules asks for its field.
const WIDE: usize = 16;

type Block = [u64; BLOCK];
const NONE: Block = [0; BLOCK];

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
    found_by: FoundBy,
    /// What leaves the fewest rules comes first.
    filters: Vec<Filter>,
    /// Positions among all rules; ascending.
    rules: Vec<u32>,
    /// Set for each rule that matches whenever its bit is left.
    exact: Vec<u64>,
}

/// How the rules of a group are found.
#[derive(Debug, Clone, PartialEq)]
enum FoundBy {
    Slot {
        slot: usize,
        /// The bits of a class, by the words they are in.
        candidates: Vec<Candidates>,
        /// For each class of the slot where its candidates start; one more at the end.
        starts: Vec<u32>,
    },
    /// By the filters that many of the rules ask for.
    Filters {
        wide: Vec<Filter>,
        /// The bits of all rules.
        all: Vec<Block>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Candidates {
    word: u32,
    /// Its first rule.
    first: u32,
    bits: u64,
}

/// For each class of a slot, which rules of a group can still match.
#[derive(Debug, Clone, PartialEq)]
struct Filter {
    slot: usize,
    /// By class, where its row begins.
    rows: Vec<u32>,
    /// Row by row.
    bits: Vec<Block>,
    /// The rules that it can rule out.
    asking: Vec<Block>,
}

impl Filter {
    /// The blocks of bits for the lead's class, and those behind it.
    #[inline]
    fn row<V: Values>(&self, facts: &mut Facts<'_, V>) -> &[Block] {
        let row = self.rows.get(facts.class(self.slot) as usize).copied().unwrap_or_default();
        self.bits.get(row as usize..).unwrap_or_default()
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
        match &self.found_by {
            FoundBy::Slot { slot, candidates, starts } => {
                let class = facts.class(*slot) as usize;
                let (Some(start), Some(end_of)) = (starts.get(class), starts.get(class + 1)) else {
                    return ControlFlow::Continue(());
                };
                let candidates = candidates.get(*start as usize..*end_of as usize);
                for Candidates { word, first, bits } in candidates.unwrap_or_default() {
                    if *first >= end {
                        break;
                    }
                    let word = *word as usize;
                    let left = self.left_of(word, *bits, facts);
                    self.each_of((word, left), end, &mut found)?;
                }
            }
            FoundBy::Filters { wide, all } => {
                let mut rows: [&[Block]; MAX_WIDE] = [&[]; MAX_WIDE];
                for (row, filter) in rows.iter_mut().zip(wide) {
                    *row = filter.row(facts);
                }
                for (at, all) in all.iter().enumerate() {
                    if self.rules.get(at * BLOCK * WORD).is_none_or(|first| *first >= end) {
                        break;
                    }
                    let left = self.left(all, (&rows, wide.len()), at, facts);
                    for (word, bits) in left.iter().enumerate().filter(|(_, bits)| **bits != 0) {
                        self.each_of((at * BLOCK + word, *bits), end, &mut found)?;
                    }
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// What all filters leave of the rules `all` of block `at`, those of `rows` first: mostly they
    /// leave none that ask for the rest.
    #[inline]
    fn left<V: Values>(
        &self,
        all: &Block,
        (rows, wide): (&[&[Block]; MAX_WIDE], usize),
        at: usize,
        facts: &mut Facts<'_, V>,
    ) -> Block {
        let mut left = *all;
        for row in rows.iter().take(wide) {
            keep(&mut left, row.get(at));
        }
        for filter in &self.filters {
            let asking = filter.asking.get(at).unwrap_or(&NONE);
            let asked = left.iter().zip(asking).fold(0, |any, (left, asking)| any | left & asking);
            if asked != 0 {
                keep(&mut left, filter.row(facts).get(at));
            }
        }
        left
    }

    /// What all filters leave of the `bits` of one word.
    fn left_of<V: Values>(&self, word: usize, bits: u64, facts: &mut Facts<'_, V>) -> u64 {
        let of = |block: Option<&Block>| {
            block.and_then(|block| block.get(word % BLOCK)).copied().unwrap_or_default()
        };
        let at = word / BLOCK;
        self.filters.iter().fold(bits, |left, filter| {
            if left & of(filter.asking.get(at)) == 0 {
                return left;
            }
            left & of(filter.row(facts).get(at))
        })
    }

    /// Hands the rules of one word to `found`.
    #[inline]
    fn each_of<B>(
        &self,
        (word, mut left): (usize, u64),
        end: u32,
        found: &mut impl FnMut(u32, bool) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        while left != 0 {
            let bit = left.trailing_zeros() as usize;
            left &= left - 1;
            let exact = self.exact.get(word).is_some_and(|exact| exact >> bit & 1 == 1);
            match self.rules.get(word * WORD + bit) {
                Some(rule) if *rule < end => found(*rule, exact)?,
                _ => break,
            }
        }
        ControlFlow::Continue(())
    }
}

#[inline]
fn keep(left: &mut Block, row: Option<&Block>) {
    for (left, bits) in left.iter_mut().zip(row.unwrap_or(&NONE)) {
        *left &= bits;
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
        let filters = by_share.iter().filter_map(|(_, slot)| filter(*slot, entries, odds));
        let filters: Vec<_> = filters.take(MAX_FILTERS).collect();
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
        let (found_by, filters) = match slot {
            Some(slot) => (found_by(slot, entries, odds), filters),
            None => found_by_filters(filters, entries.len()),
        };
        Self { found_by, filters, rules, exact }
    }
}

/// Parts those filters that many rules ask for from the others.
fn found_by_filters(filters: Vec<Filter>, count: usize) -> (FoundBy, Vec<Filter>) {
    let asking = |filter: &Filter| {
        filter.asking.as_flattened().iter().map(|bits| bits.count_ones()).sum::<u32>()
    };
    let is_wide = |filter: &Filter| asking(filter) as usize * WIDE >= count;
    let (mut wide, mut filters): (Vec<_>, Vec<_>) = filters.into_iter().partition(is_wide);
    if wide.len() > MAX_WIDE {
        filters.extend(wide.drain(MAX_WIDE..));
    }
    let mut all = vec![0; count.div_ceil(WORD)];
    (0..count).for_each(|position| flip(&mut all, position));
    (FoundBy::Filters { wide, all: blocks(&all).collect() }, filters)
}

/// The words by blocks, zeros behind the last.
fn blocks(words: &[u64]) -> impl Iterator<Item = Block> {
    words.chunks(BLOCK).map(|chunk| {
        let mut block = [0; BLOCK];
        block.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        block
    })
}

fn found_by(slot: usize, entries: &[Entry], odds: &Odds) -> FoundBy {
    let count = odds.counts.get(slot).copied().unwrap_or_default();
    let mut by_class: Vec<Vec<Candidates>> = vec![Vec::new(); count as usize];
    for (position, entry) in entries.iter().enumerate() {
        let (word, bit) = (id(position / WORD), 1 << (position % WORD));
        let mut add = |class: u32| {
            let Some(list) = by_class.get_mut(class as usize) else { return };
            match list.last_mut() {
                Some(last) if last.word == word => last.bits |= bit,
                _ => list.push(Candidates { word, first: entry.rule, bits: bit }),
            }
        };
        entry.needs.set(slot).into_iter().flat_map(Classes::iter).for_each(&mut add);
    }
    let mut starts = vec![0];
    let mut all = Vec::with_capacity(by_class.iter().map(Vec::len).sum());
    for list in by_class {
        all.extend(list);
        starts.push(id(all.len()));
    }
    FoundBy::Slot { slot, candidates: all, starts }
}

/// Goes through the classes in order, turning the bits of rules on and off as their sets begin and
/// end, and keeps each different row once.
fn filter(slot: usize, entries: &[Entry], odds: &Odds) -> Option<Filter> {
    let words = entries.len().div_ceil(WORD);
    let (mut row, mut asking) = (vec![0_u64; words], vec![0_u64; words]);
    let mut turns = Vec::new();
    for (position, entry) in entries.iter().enumerate() {
        match entry.needs.set(slot) {
            None => flip(&mut row, position),
            Some(set) => {
                flip(&mut asking, position);
                let ends = set.ranges().iter().flat_map(|range| [range.start, range.end]);
                turns.extend(ends.map(|class| (class, position)));
            }
        }
    }
    turns.sort_unstable();
    let mut turns = turns.into_iter().peekable();
    let mut known: HashMap<Vec<u64>, u32, foldhash::fast::FixedState> = HashMap::default();
    let (mut rows, mut bits, mut current) = (Vec::new(), Vec::new(), None);
    for class in 0..odds.counts.get(slot).copied()? {
        while let Some((_, position)) = turns.next_if(|(at, _)| *at == class) {
            flip(&mut row, position);
            current = None;
        }
        let start = match current.or_else(|| known.get(&row).copied()) {
            Some(start) => start,
            None if known.len() == MAX_ROWS => return None,
            None => {
                let start = id(bits.len());
                bits.extend(blocks(&row));
                known.insert(row.clone(), start);
                start
            }
        };
        current = Some(start);
        rows.push(start);
    }
    bits.shrink_to_fit();
    Some(Filter { slot, rows, bits, asking: blocks(&asking).collect() })
}

fn flip(bits: &mut [u64], position: usize) {
    if let Some(word) = bits.get_mut(position / WORD) {
        *word ^= 1 << (position % WORD);
    }
}
