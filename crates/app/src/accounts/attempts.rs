//! A bound on how often something may be tried.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use moka::future::Cache;
use moka::ops::compute::Op;

/// How many different callers are remembered; past that, those unseen the longest are forgotten.
const REMEMBERED: u64 = 100_000;

/// Lets each caller try `burst` times at once and then once per `every`.
///
/// The count is kept in this process: with several nodes, a caller has as many tries on each.
#[derive(Debug, Clone)]
pub struct Attempts {
    burst: u32,
    every: Duration,
    /// For each caller the instant at which all his tries are back (GCRA's "theoretical arrival").
    full_again: Cache<String, Timestamp>,
}

/// Too many tries; the next one is allowed after this time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many attempts")]
pub struct TooManyAttempts {
    /// How long to wait.
    pub retry_after: Duration,
}

impl Attempts {
    /// No tries used yet.
    pub fn new(burst: u32, every: Duration) -> Self {
        let full_again = Cache::builder()
            .max_capacity(REMEMBERED)
            .time_to_idle(every.saturating_mul(burst))
            .build();
        Self { burst, every, full_again }
    }

    /// Takes one of the tries of `caller`.
    pub async fn take(&self, caller: &str, now: Timestamp) -> Result<(), TooManyAttempts> {
        let mut refused = None;
        self.full_again
            .entry_by_ref(caller)
            .and_compute_with(|entry| {
                let before = entry.map(|entry| entry.into_value());
                let op = match self.next(before, now) {
                    Ok(full_again) => Op::Put(full_again),
                    Err(error) => {
                        refused = Some(error);
                        Op::Nop
                    }
                };
                std::future::ready(op)
            })
            .await;
        refused.map_or(Ok(()), Err)
    }

    /// When all tries are back, after one more is taken.
    fn next(
        &self,
        before: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Timestamp, TooManyAttempts> {
        let start = before.unwrap_or(now).max(now);
        let used = start.duration_since(now);
        let allowed = self.every.saturating_mul(self.burst.saturating_sub(1));
        let allowed = SignedDuration::try_from(allowed).unwrap_or(SignedDuration::MAX);
        if used > allowed {
            let retry_after = (used - allowed).try_into().unwrap_or(self.every);
            return Err(TooManyAttempts { retry_after });
        }
        Ok(start.saturating_add(self.every).unwrap_or(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[tokio::test]
    async fn a_burst_is_allowed_then_one_try_at_a_time() {
        let attempts = Attempts::new(2, Duration::from_secs(10));
        assert!(attempts.take("a", second(0)).await.is_ok());
        assert!(attempts.take("a", second(0)).await.is_ok());
        let refused = attempts.take("a", second(3)).await.unwrap_err();
        assert_eq!(refused.retry_after, Duration::from_secs(7));
        assert!(attempts.take("a", second(10)).await.is_ok());
        assert!(attempts.take("a", second(11)).await.is_err());
    }

    #[tokio::test]
    async fn one_caller_does_not_use_up_anothers_tries() {
        let attempts = Attempts::new(1, Duration::from_secs(10));
        assert!(attempts.take("a", second(0)).await.is_ok());
        assert!(attempts.take("b", second(0)).await.is_ok());
        assert!(attempts.take("a", second(0)).await.is_err());
    }

    #[tokio::test]
    async fn a_rest_gives_the_whole_burst_back() {
        let attempts = Attempts::new(2, Duration::from_secs(10));
        for at in [0, 0, 100, 100] {
            assert!(attempts.take("a", second(at)).await.is_ok());
        }
        assert!(attempts.take("a", second(100)).await.is_err());
    }
}
