//! Sets of the classes into which a field's values fall.

use std::ops::Range;

/// A set of classes: ascending ranges that neither overlap nor touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Classes(Vec<Range<u32>>);

impl Classes {
    /// The classes of all `ranges`, which may come in any order and overlap.
    pub(super) fn of(ranges: impl IntoIterator<Item = Range<u32>>) -> Self {
        let mut sorted: Vec<_> = ranges.into_iter().filter(|range| !range.is_empty()).collect();
        sorted.sort_unstable_by_key(|range| (range.start, range.end));
        let mut joined: Vec<Range<u32>> = Vec::with_capacity(sorted.len());
        for range in sorted {
            match joined.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => joined.push(range),
            }
        }
        Self(joined)
    }

    /// The class alone.
    pub(super) fn only(class: u32) -> Self {
        Self::of(std::iter::once(class..class.saturating_add(1)))
    }

    /// Those of `count` classes that are not in this set.
    pub(super) fn not(&self, count: u32) -> Self {
        let starts = std::iter::once(0).chain(self.0.iter().map(|range| range.end));
        let ends = self.0.iter().map(|range| range.start).chain(std::iter::once(count));
        Self::of(starts.zip(ends).map(|(start, end)| start..end))
    }

    pub(super) fn or(&self, other: &Self) -> Self {
        Self::of(self.0.iter().chain(&other.0).cloned())
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        let overlaps = self.0.iter().flat_map(|one| {
            // The first of the other's ranges that reaches into this one.
            let from = other.0.partition_point(|range| range.end <= one.start);
            let within = other.0.iter().skip(from).take_while(|range| range.start < one.end);
            within.map(|range| one.start.max(range.start)..one.end.min(range.end))
        });
        Self(overlaps.collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn contains(&self, class: u32) -> bool {
        let after = self.0.partition_point(|range| range.start <= class);
        after.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|last| class < last.end)
    }

    /// How many classes.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(ExactSizeIterator::len).sum()
    }

    pub(super) fn ranges(&self) -> &[Range<u32>] {
        &self.0
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().cloned().flatten()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    const COUNT: u32 = 12;

    fn sets() -> impl Strategy<Value = (Classes, BTreeSet<u32>)> {
        prop::collection::vec((0..COUNT, 0..COUNT), 0..5).prop_map(|ends| {
            let ranges = || ends.iter().map(|(start, end)| *start..*end);
            (Classes::of(ranges()), ranges().flatten().collect())
        })
    }

    proptest! {
        #[test]
        fn sets_of_ranges_are_sets((one, plain) in sets(), (other, too) in sets()) {
            let all: BTreeSet<u32> = (0..COUNT).collect();
            let listed = |set: &Classes| set.iter().collect::<BTreeSet<_>>();
            prop_assert_eq!(listed(&one), plain.clone());
            prop_assert_eq!(one.len(), plain.len());
            prop_assert_eq!(one.is_empty(), plain.is_empty());
            prop_assert_eq!(listed(&one.not(COUNT)), &all - &plain);
            prop_assert_eq!(listed(&one.or(&other)), &plain | &too);
            prop_assert_eq!(listed(&one.and(&other)), &plain & &too);
            for class in 0..COUNT {
                prop_assert_eq!(one.contains(class), plain.contains(&class));
            }
        }
    }
}
