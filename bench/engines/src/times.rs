//! Processor time, which other programs on the machine disturb least.

use rustix::time::{ClockId, clock_gettime};

/// How an engine did.
#[derive(Debug, Clone, Copy)]
pub struct Figure {
    /// Leads that it was given.
    pub leads: usize,
    /// Nanoseconds of processor time for a lead.
    pub ns: f64,
    /// Of its results.
    pub checksum: u64,
}

impl Figure {
    /// The quickest of `rounds` over `leads`.
    pub fn of(rounds: usize, leads: usize, run: impl Fn() -> u64) -> Self {
        let mut best = Self { leads, ns: f64::MAX, checksum: 0 };
        for _ in 0..rounds {
            let (checksum, ns) = timed(&run);
            best = Self { ns: best.ns.min(ns / leads as f64), checksum, ..best };
        }
        best
    }
}

/// What `work` gives, and the processor time that it took in nanoseconds.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = now();
    let done = work();
    (done, now() - start)
}

/// Processor time of this process in nanoseconds.
fn now() -> f64 {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    now.tv_sec as f64 * 1e9 + now.tv_nsec as f64
}
