//! What a ruleset would have made of past leads, beside what another would have.
//!
//! ```text
//! Snapshot::case ─ match_rule ─▶ Run::take, in order of time ─▶ Decision ─┐
//!   (as it was known then)        one run for each ruleset                ├─▶ Comparison ─▶ Report
//!                    └─ match_rule ─▶ Run::take ─▶ Decision ──────────────┘
//! ```
//!
//! Both rulesets are played from the same start, with the reps and pools of today, ledgers and
//! loads that nobody has had a turn in, and the leads as they looked when they came: so whatever
//! differs is due to the rules. Matching asks nothing of the leads before, so it can be done on any
//! thread; only the runs go in order.

pub mod report;
pub mod run;
