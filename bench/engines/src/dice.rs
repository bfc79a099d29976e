//! Seeded numbers, so that every run measures the same work.

/// SplitMix64. Source: <https://prng.di.unimi.it/splitmix64.c>.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or_default()
    }

    /// From `from` to `to`, both included.
    pub fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from + 1)
    }

    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// Few of many: the first are drawn most often, about as often as countries and industries are.
    pub fn skewed(&mut self, end: usize) -> usize {
        let (one, two, three) = (self.below(end), self.below(end), self.below(end));
        one.min(two).min(three)
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// `count` different positions below `end`, or all there are.
    pub fn several(&mut self, count: usize, end: usize, skewed: bool) -> Vec<usize> {
        let mut found = std::collections::BTreeSet::new();
        while found.len() < count.min(end) {
            found.insert(if skewed { self.skewed(end) } else { self.below(end) });
        }
        found.into_iter().collect()
    }
}
