//! Reasons in words, recomputed from a decision's inputs.
