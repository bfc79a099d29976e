//! Reasons as data.
