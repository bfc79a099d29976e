//! Which rules moved: as few as possible.

use std::collections::HashSet;

/// The places that stand out of order in `places`, once as many as possible are left in order.
///
/// Those left are a longest increasing subsequence, found by patience sorting.
pub(super) fn moved(places: impl Iterator<Item = usize>) -> HashSet<usize> {
    let places: Vec<usize> = places.collect();
    // For each length, the index of the smallest place that ends an increasing run of it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(places.len());
    let place = |index: usize| places.get(index).copied().unwrap_or_default();
    for (index, this) in places.iter().enumerate() {
        let length = ends.partition_point(|end| place(*end) < *this);
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let last = ends.last().copied();
    let run = std::iter::successors(last, |index| before.get(*index).copied().flatten());
    let kept: HashSet<usize> = run.map(place).collect();
    places.iter().copied().filter(|place| !kept.contains(place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moves(places: &[usize]) -> Vec<usize> {
        let mut moved: Vec<_> = moved(places.iter().copied()).into_iter().collect();
        moved.sort_unstable();
        moved
    }

    #[test]
    fn as_few_rules_as_possible_are_said_to_have_moved() {
        assert_eq!(moves(&[1, 2, 3]), [0; 0]);
        assert_eq!(moves(&[3, 1, 2]), [3]);
        assert_eq!(moves(&[2, 3, 4, 1]), [1]);
        assert_eq!(moves(&[1, 4, 2, 3, 5]), [4]);
        assert_eq!(moves(&[]), [0; 0]);
    }
}
