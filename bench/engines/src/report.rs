//! The report: every figure beside the one it is compared with, and the bars.

use anyhow::{Context, Result, ensure};
use lr_core::case::Case;
use lr_core::rules::Ruleset;
use serde_json::{Map, Value as Json};

use crate::machine::{describe, resident};
use crate::rules::{Ask, rules};
use crate::times::{Figure, timed};
use crate::{backtest, instructions, leads, npm, ours};
#[cfg(feature = "peers")]
use crate::{checksum::Checksum, peers};

const LEADS: usize = 20_000;
const COUNTS: [usize; 4] = [10, 100, 1_000, 10_000];
/// Each engine runs so often, in turn with the others; its quickest run counts.
const ROUNDS: usize = 3;

/// The same leads for every engine.
struct Workload {
    flat: Vec<Map<String, Json>>,
    cases: Vec<Case>,
    stored: Vec<Vec<u8>>,
}

/// How our engine did with one count of rules.
struct Ours {
    first: Figure,
    all: Figure,
    stored: Figure,
}

pub fn print() -> Result<()> {
    let made = leads::leads(LEADS);
    let flat: Vec<_> = made.iter().map(leads::flat).collect();
    let cases = ours::cases(made);
    let stored = ours::stored(&cases);
    let load = Workload { flat, cases, stored };
    println!("{}", describe());
    print_versions();
    let json = serde_json::to_vec(&load.flat)?.len() / LEADS;
    let bytes = load.stored.iter().map(Vec::len).sum::<usize>() / LEADS;
    println!("leads      {LEADS}, {json} bytes each as JSON, {bytes} stored\n");
    let ours = COUNTS.iter().map(|count| measure(*count, &load)).collect::<Result<Vec<_>>>()?;
    let [.., thousand, ten_thousand] = ours.as_slice() else { return Ok(()) };
    let growth = |from: &Figure, to: &Figure| (to.ns / from.ns).log10();
    println!("growth from 1,000 to 10,000 rules, as an exponent");
    println!("  first match  {:.2} (bar 0.3)", growth(&thousand.first, &ten_thousand.first));
    println!("  all matches  {:.2} (bar 0.5)", growth(&thousand.all, &ten_thousand.all));
    print_backtest()?;
    print_instructions()
}

fn measure(count: usize, load: &Workload) -> Result<Ours> {
    let rules = rules(count, &load.flat);
    let source = ours::source(&rules)?;
    let (ruleset, compile) = timed(|| ours::compile(source));
    let ruleset = ruleset?;
    let few = (2_000_000 / count).clamp(50, 2_000);
    let sample = load.flat.get(..few).context("too few leads")?;
    let matches: usize = sample.iter().map(|lead| matching(&rules, lead)).sum();
    println!("{count} rules, {:.2} of them match a lead", matches as f64 / few as f64);
    println!("  compile      {:>9.1} ms (bar 250 ms at 10,000)", compile / 1e6);
    println!("  memory       {:>9} bytes a rule (bar 2,500)", memory(count)?);
    let ours = measure_ours(&ruleset, load)?;
    print_figure("first", &ours.first, &ours.first);
    print_figure("all", &ours.all, &ours.first);
    print_figure("stored", &ours.stored, &ours.first);
    let cases = load.cases.get(..few).context("too few leads")?;
    let scan = Figure::of(2, few, || ours::scan_first(&ruleset, cases));
    ensure!(scan.checksum == ours::find_first(&ruleset, cases), "the plain scan disagrees");
    let (all, by_scan) = (ours::find_all(&ruleset, cases), ours::scan_all(&ruleset, cases));
    ensure!(all == by_scan, "the plain scan of all matches disagrees");
    print_figure("plain scan", &scan, &ours.first);
    measure_peers(&rules, &ruleset, load, &ours.first)?;
    println!();
    Ok(ours)
}

fn matching(rules: &[Ask], lead: &Map<String, Json>) -> usize {
    rules.iter().filter(|ask| ask.holds(lead)).count()
}

fn measure_ours(ruleset: &Ruleset, load: &Workload) -> Result<Ours> {
    let Workload { cases, stored, .. } = load;
    let first = Figure::of(ROUNDS, LEADS, || ours::find_first(ruleset, cases));
    let all = Figure::of(ROUNDS, LEADS, || ours::find_all(ruleset, cases));
    let checksum = ours::find_stored(ruleset, stored)?;
    ensure!(checksum == first.checksum, "stored leads match other rules than decoded ones");
    let read = || ours::find_stored(ruleset, stored).unwrap_or_default();
    Ok(Ours { first, all, stored: Figure::of(ROUNDS, LEADS, read) })
}

fn print_figure(name: &str, figure: &Figure, first: &Figure) {
    let Figure { leads, ns, checksum } = figure;
    let (us, times) = (ns / 1_000.0, ns / first.ns);
    println!("  {name:<18} {us:>11.3} us a lead {times:>9.2} x  {leads:>6} leads  {checksum:016x}");
}

/// Instructions for a lead, beside the bars.
pub fn print_instructions() -> Result<()> {
    let flat: Vec<_> = leads::leads(2_000).iter().map(leads::flat).collect();
    println!("instructions a lead (bar 4,000 at 1,000 rules, 8,000 at 10,000)");
    if !instructions::can_count() {
        println!("  not counted: install valgrind (`apt-get install valgrind`)");
        return Ok(());
    }
    for count in [1_000, 10_000] {
        let rules = rules(count, &flat);
        for what in ["find_first", "find_all", "find_stored"] {
            println!("  {count:>6} rules  {what:<12} {:>9}", instructions::count(&rules, what)?);
        }
    }
    Ok(())
}

/// A backtest of a million leads by 1,000 rules, on one core.
pub fn print_backtest() -> Result<()> {
    let made = leads::leads(LEADS);
    let flat: Vec<_> = made.iter().map(leads::flat).collect();
    let stored = ours::stored(&ours::cases(made));
    let source = ours::source(&rules(1_000, &flat))?;
    let [before, after] = [false, true].map(|moved| backtest::config(source.clone(), moved));
    let (before, after) = (before?, after?);
    let assigned = backtest::one(&before, &stored)?;
    ensure!(assigned == LEADS as u64, "somebody got nothing: {assigned}");
    let moved = backtest::two(&before, &after, &stored)?;
    let of = |run: &dyn Fn() -> Result<u64>| {
        Figure::of(ROUNDS, LEADS, || run().unwrap_or_default()).ns / 1_000.0
    };
    let one = of(&|| backtest::one(&before, &stored));
    let two = of(&|| backtest::two(&before, &after, &stored));
    println!("backtest of 1,000,000 stored leads, 1,000 rules, processor time of one core");
    println!("  one ruleset      {one:>6.2} s (bar 3 s: {})", met(one <= 3.0));
    let times = two / one;
    println!("  two, compared    {two:>6.2} s, {times:.2} times (bar 1.6: {})", met(times <= 1.6));
    println!(
        "  {moved} of {LEADS} leads move; each round plays {LEADS}, and the best of {ROUNDS} counts"
    );
    Ok(())
}

fn met(is_met: bool) -> &'static str {
    if is_met { "met" } else { "missed" }
}

/// Bytes a rule that checking and indexing adds to its source, in a process of its own.
fn memory(count: usize) -> Result<String> {
    let itself = std::env::current_exe()?;
    let output =
        std::process::Command::new(itself).args(["memory", &count.to_string()]).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Compiles several times and keeps all, so that the pages of the work itself count little.
pub fn print_memory(count: usize) -> Result<()> {
    const COPIES: usize = 8;
    let made = leads::leads(2_000);
    let flat: Vec<_> = made.iter().map(leads::flat).collect();
    let source = ours::source(&rules(count, &flat))?;
    let first = ours::compile(source.clone())?;
    let sources = vec![source; COPIES];
    let before = resident();
    let compiled = sources.into_iter().map(ours::compile).collect::<Result<Vec<_>>>()?;
    let grown = resident().saturating_sub(before);
    ensure!(compiled.iter().all(|copy| *copy == first), "two compilations differ");
    println!("{}", grown / COPIES / count);
    Ok(())
}

fn measure_peers(rules: &[Ask], ruleset: &Ruleset, load: &Workload, first: &Figure) -> Result<()> {
    let few = |budget: usize| {
        load.flat.get(..(budget / rules.len()).clamp(20, LEADS / 20)).context("too few leads")
    };
    #[cfg(feature = "peers")]
    for (name, budget, make) in peers::ALL {
        let sample = few(budget)?;
        let run = make(rules, sample)?;
        let sum = || run().into_iter().collect::<Checksum>().value();
        agree(name, &Figure::of(2, sample.len(), sum), ruleset, load, first)?;
    }
    for (name, budget) in [("json-logic-engine", 2_000_000), ("json-rules-engine", 20_000)] {
        agree(name, &npm::measure(name, rules, few(budget)?)?, ruleset, load, first)?;
    }
    Ok(())
}

fn print_versions() {
    #[cfg(feature = "peers")]
    for (name, ..) in peers::ALL {
        println!("{name:<18} {}", peers::version_of(name));
    }
    for name in ["json-logic-engine", "json-rules-engine"] {
        println!("{name:<18} {}", npm::version_of(name));
    }
}

/// Prints a peer's figure, or refuses it when its results are not ours.
fn agree(
    name: &str,
    figure: &Figure,
    ruleset: &Ruleset,
    load: &Workload,
    first: &Figure,
) -> Result<()> {
    let cases = load.cases.get(..figure.leads).context("too few leads")?;
    print_figure(name, figure, first);
    ensure!(
        figure.checksum == ours::find_first(ruleset, cases),
        "{name} finds other rules than ours"
    );
    Ok(())
}
