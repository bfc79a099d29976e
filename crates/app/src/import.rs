//! Takes a CSV file in.
//!
//! ```text
//! bytes ─ decode ─▶ text ─ sniff, records ─▶ rows of values ─ columns ─▶ RawLead or Reject
//! ```
//!
//! A file may be larger than memory and may stop anywhere; each of its rows is accepted or rejected
//! exactly once, with the reason, however often the import is interrupted.

pub mod columns;
pub mod decode;
pub mod records;
pub mod rejects;
pub mod rows;
pub mod sniff;
