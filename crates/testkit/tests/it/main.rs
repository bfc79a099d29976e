//! Tests of no single crate.
#![cfg(test)]

mod architecture;
