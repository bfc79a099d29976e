//! The pure decision core of Lead Router.
//!
//! ```text
//! RawLead ─ normalise ─▶ Lead ─ identify ─▶ Case ─ rules ─▶ Rule ─ pick ─▶ Rep
//!                                           (decide = rules + pick)
//!                                  └─ explain: the ladder and the candidates, recomputed ─┘
//! ```
//!
//! Absent on purpose: `async`, clocks, randomness and I/O. The same inputs give the same bytes, so a
//! past decision can be replayed and explained from what was stored about it.

pub mod id;
pub mod time;

pub mod record;
pub mod lead;
pub mod normalise;
pub mod identify;
pub mod case;
pub mod rules;
pub mod territory;
pub mod pick;
pub mod engine;
pub mod decide;
pub mod snapshot;
pub mod trace;
pub mod explain;
pub mod counterfactual;
pub mod backtest;
