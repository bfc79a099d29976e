//! Durations and their percentiles.

use std::time::Duration;

/// How long each of many things took.
#[derive(Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Notes one.
    pub fn add(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// How many were noted.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The shortest time that `percent` of them did not exceed, in milliseconds; NaN for none.
    pub fn ms(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        sorted.get(rank - 1).map_or(f64::NAN, |took| took.as_secs_f64() * 1_000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_the_nearest_ranks() {
        let mut times = Times::default();
        for ms in (1..=200).rev() {
            times.add(Duration::from_millis(ms));
        }
        assert_eq!([50, 99, 100].map(|percent| times.ms(percent)), [100.0, 198.0, 200.0]);
    }
}
