//! Numbers that look random and are the same each time.

/// A sequence of numbers: SplitMix64, from a fixed seed.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
#[derive(Debug, Default)]
pub(super) struct Lot(u64);

impl Lot {
    /// The next number below `bound`; 0 if that is 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let even = mixed ^ (mixed >> 31);
        usize::try_from(even % u64::try_from(bound).unwrap_or(u64::MAX).max(1)).unwrap_or_default()
    }
}
