//! Measures finding a lead's rule, beside other engines that are given the same rules and leads.
//!
//! `lr-engines` measures everything and prints a report; `lr-engines instructions` only counts
//! instructions, `lr-engines backtest` only plays stored leads. Its other commands are what it calls
//! itself with: `instructions FILE WHAT` under valgrind, `memory RULES` in a fresh process.

mod backtest;
mod checksum;
mod dice;
mod instructions;
mod leads;
mod machine;
mod npm;
mod ours;
#[cfg(feature = "peers")]
mod peers;
mod report;
mod rules;
mod times;
mod write;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => report::print(),
        ["instructions"] => report::print_instructions(),
        ["backtest"] => report::print_backtest(),
        ["memory", rules] => report::print_memory(rules.parse()?),
        ["instructions", rules, what] => instructions::work(rules.as_ref(), what),
        _ => bail!("usage: lr-engines [backtest | memory RULES | instructions [FILE WHAT]]"),
    }
}
