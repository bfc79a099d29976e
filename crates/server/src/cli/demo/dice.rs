//! Chance that comes out the same everywhere and for ever.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

/// A seeded source of choices.
///
/// ChaCha8 is fixed by its specification, and the choices are made here from its raw bits: the
/// distributions of `rand` may change from one version to the next, and with them every lead.
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The choices about the `number`-th thing of a kind; other things do not disturb them.
    pub fn new(seed: u64, kind: &'static str, number: u64) -> Self {
        let mut key = [0; 32];
        let kind = kind.bytes().chain(std::iter::repeat(0)).take(16);
        let bytes = seed.to_le_bytes().into_iter().chain(number.to_le_bytes()).chain(kind);
        key.iter_mut().zip(bytes).for_each(|(slot, byte)| *slot = byte);
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A number below `limit`; 0 if that is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        let wide = u128::from(self.0.next_u64()) * u128::from(limit);
        u64::try_from(wide >> 64).unwrap_or_default()
    }

    /// A number from `low` up to and including `high`.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True in `percent` of 100 cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// True in `permille` of 1,000 cases.
    pub fn permille(&mut self, permille: u64) -> bool {
        self.below(1_000) < permille
    }

    /// One of some words; empty if there are none.
    pub fn word<'a>(&mut self, words: &[&'a str]) -> &'a str {
        self.of(words).copied().unwrap_or_default()
    }

    /// One of `choices`, each as likely as its weight.
    pub fn weighted<'a, T>(&mut self, choices: &'a [(u64, T)]) -> Option<&'a T> {
        let mut left = self.below(choices.iter().map(|(weight, _)| weight).sum());
        choices.iter().find_map(|(weight, choice)| {
            let hit = left < *weight;
            left = left.saturating_sub(*weight);
            hit.then_some(choice)
        })
    }

    /// One of `choices`; none if there are none.
    pub fn of<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        let index = self.below(choices.len() as u64);
        choices.get(usize::try_from(index).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_choices_on_every_machine() {
        let mut dice = Dice::new(7, "test", 1);
        let drawn: Vec<u64> = (0..5).map(|_| dice.below(1_000)).collect();
        assert_eq!(drawn, [170, 178, 977, 895, 465]);
    }

    #[test]
    fn each_choice_is_as_likely_as_its_weight() {
        let mut dice = Dice::new(7, "test", 2);
        let rare =
            (0..10_000).filter(|_| dice.weighted(&[(9, 'a'), (1, 'b')]) == Some(&'b')).count();
        assert!((850..1_150).contains(&rare), "{rare}");
    }
}
