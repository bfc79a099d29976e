//! Small measurements for working on the index: `cargo bench --no-default-features`.

#![expect(dead_code, reason = "the modules are the measuring program's, which uses all of them")]

#[path = "../src/checksum.rs"]
mod checksum;
#[path = "../src/dice.rs"]
mod dice;
#[path = "../src/leads.rs"]
mod leads;
#[path = "../src/ours.rs"]
mod ours;
#[path = "../src/rules.rs"]
mod rules;

use divan::Bencher;
use divan::counter::ItemsCount;
use lr_core::rules::ast::RulesetSource;

const COUNTS: [usize; 4] = [10, 100, 1_000, 10_000];
const LEADS: usize = 1_000;

fn main() {
    divan::main();
}

fn source(count: usize) -> RulesetSource {
    let flat: Vec<_> = leads::leads(2_000).iter().map(leads::flat).collect();
    ours::source(&rules::rules(count, &flat)).unwrap()
}

#[divan::bench(args = COUNTS)]
fn compile(bencher: Bencher<'_, '_>, count: usize) {
    let source = source(count);
    bencher.with_inputs(|| source.clone()).bench_values(ours::compile);
}

#[divan::bench(args = COUNTS)]
fn first_match(bencher: Bencher<'_, '_>, count: usize) {
    let ruleset = ours::compile(source(count)).unwrap();
    let cases = ours::cases(leads::leads(LEADS));
    bencher.counter(ItemsCount::new(LEADS)).bench(|| ours::find_first(&ruleset, &cases));
}

#[divan::bench(args = COUNTS)]
fn first_match_stored(bencher: Bencher<'_, '_>, count: usize) {
    let ruleset = ours::compile(source(count)).unwrap();
    let stored = ours::stored(&ours::cases(leads::leads(LEADS)));
    bencher.counter(ItemsCount::new(LEADS)).bench(|| ours::find_stored(&ruleset, &stored));
}
