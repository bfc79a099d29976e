//! `make bench-lead`: how long one lead takes over HTTP, and one durable insert on the same Postgres.
//!
//! ```text
//! lr-bench BINARY ─ starts ─▶ lead-router demo --no-stream ─▶ its own Postgres, durable
//!        ├─ one lead after the other ─▶ POST /v1/leads          ─┘
//!        └─ one row per transaction ───────────────────────────────▶ a table beside
//! ```
//!
//! Both take turns in rounds, so that whatever else the machine does falls on both.

mod demo;
mod inserts;
mod leads;
mod machine;
mod times;

use anyhow::Context;

use crate::demo::Demo;
use crate::inserts::Inserts;
use crate::leads::Leads;
use crate::times::Times;

/// Rounds that are measured, after one that is not.
const ROUNDS: u32 = 20;

/// Leads, and rows, in each round.
const EACH: u32 = 100;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let binary = std::env::args_os().nth(1).context("usage: lr-bench BINARY")?;
    // An error means that it is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let load = machine::load();
    let demo = Demo::start(binary.as_ref()).await?;
    let mut inserts = Inserts::prepare(&demo).await?;
    let mut leads = Leads::prepare(&demo)?;
    let (mut routed, mut inserted) = (Times::default(), Times::default());
    for round in 0..=ROUNDS {
        for _ in 0..EACH {
            let took = leads.send().await?;
            if round > 0 {
                routed.add(took);
            }
        }
        for _ in 0..EACH {
            let took = inserts.insert().await?;
            if round > 0 {
                inserted.add(took);
            }
        }
    }
    let postgres = inserts.version().await?;
    demo.stop().await?;
    report(&load, &postgres, &routed, &inserted);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the report is what the program is for")]
fn report(load: &str, postgres: &str, routed: &Times, inserted: &Times) {
    println!("\nMachine    {}", machine::describe());
    println!("Load       {load} (1, 5 and 15 minutes, before the run)");
    println!("Postgres   {postgres}");
    println!("\n{:<40}{:>10}{:>10}{:>10}", "", "p50", "p99", "longest");
    for (name, times) in
        [("one lead over HTTP, decided, durable", routed), ("one durable insert", inserted)]
    {
        let [p50, p99, longest] = [times.ms(50), times.ms(99), times.ms(100)];
        println!("{name:<40}{p50:>7.2} ms{p99:>7.2} ms{longest:>7.2} ms");
    }
    let ratio = |percent| routed.ms(percent) / inserted.ms(percent);
    println!("{:<40}{:>7.2} × {:>7.2} ×", "ratio", ratio(50), ratio(99));
    println!(
        "\n{} of each, one after the other, in {ROUNDS} rounds that take turns.",
        routed.count()
    );
}
