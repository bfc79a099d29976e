//! One number for a run's results, which another order of the same results changes.

pub struct Checksum(u64);

impl Default for Checksum {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Checksum {
    /// FNV-1a, by whole numbers: the rule's position counted from one, 0 for none.
    pub fn add(&mut self, rule: Option<usize>) {
        let rule = rule.map_or(0, |rule| rule as u64 + 1);
        self.0 = (self.0 ^ rule).wrapping_mul(0x100_0000_01b3);
    }

    pub fn value(&self) -> u64 {
        self.0
    }
}

impl FromIterator<Option<usize>> for Checksum {
    fn from_iter<I: IntoIterator<Item = Option<usize>>>(rules: I) -> Self {
        let mut checksum = Self::default();
        rules.into_iter().for_each(|rule| checksum.add(rule));
        checksum
    }
}
