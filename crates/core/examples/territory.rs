//! Times a territory of 100,000 rows: reading its records, compiling it from stored bytes, finding the
//! row of a lead. See `docs/performance.md`.
//!
//! `cargo run --release -p lr-core --example territory`

use std::hint::black_box;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use lr_core::case::Case;
use lr_core::id::{LeadId, PoolId};
use lr_core::lead::raw::RawLead;
use lr_core::normalise::normalise;
use lr_core::record::Record;
use lr_core::territory::owner::Directory;
use lr_core::territory::read::read;
use lr_core::territory::table::Table;
use uuid::Uuid;

const ROWS: u32 = 100_000;
const LEADS: u32 = 10_000;
/// How often each lead is looked up.
const ROUNDS: u32 = 50;
/// Of so many runs the best counts.
const RUNS: usize = 5;

/// A country, a postal code of five digits, and an employee band for each number, no two alike. Every
/// hundredth row has no band and every tenth a shorter prefix, so that several rows are for one lead.
fn cells(number: u32) -> Vec<String> {
    let country = country(number);
    let postal = if number.is_multiple_of(10) {
        format!("X{:05}", number / 6)
    } else {
        format!("X{:05}0", number / 6)
    };
    let band = match (number.is_multiple_of(100), (number / 3).is_multiple_of(2)) {
        (true, _) => "",
        (false, true) => "1-50",
        (false, false) => "51+",
    };
    [country, &postal, band, "EMEA"].map(str::to_owned).into()
}

fn country(number: u32) -> &'static str {
    match number % 3 {
        0 => "US",
        1 => "DE",
        _ => "FR",
    }
}

fn case(lead: u32) -> Case {
    let row = lead.wrapping_mul(7_919) % ROWS;
    let raw = RawLead {
        country: Some(country(row).to_owned()),
        postal_code: Some(format!("X{:05}0", row / 6)),
        employees: Some(if (row / 3).is_multiple_of(2) { "20" } else { "2000" }.to_owned()),
        ..RawLead::default()
    };
    let at = Timestamp::UNIX_EPOCH;
    Case::of(normalise(LeadId::new(Uuid::nil()), "api", at, &raw).lead, at)
}

/// The shortest of some runs.
fn best(mut run: impl FnMut()) -> Duration {
    let runs = std::iter::repeat_with(|| {
        let begin = Instant::now();
        run();
        begin.elapsed()
    });
    runs.take(RUNS).min().unwrap_or_default()
}

fn table(directory: &Directory) -> Option<Table> {
    let record = |line, values| Record { line, values: Ok(values) };
    let headings = ["country", "postal_code", "employees", "owner"];
    let header = record(1, headings.map(str::to_owned).into());
    read(&header, (0..ROWS).map(|number| record(number + 2, cells(number))), directory).ok()
}

fn main() -> io::Result<()> {
    let mut directory = Directory::default();
    directory.add_pool(PoolId::new(Uuid::from_u128(1)), "EMEA");
    let Some(made) = table(&directory) else {
        return Err(io::Error::other("the rows contradict each other"));
    };
    let reading = best(|| drop(black_box(table(&directory))));
    let bytes = made.encode();
    let compiling = best(|| drop(black_box(Table::decode(&bytes))));
    let leads: Vec<_> = (0..LEADS).map(case).collect();
    let found = leads.iter().filter(|lead| made.find(lead).is_some()).count();
    let looking = best(|| {
        for lead in (0..ROUNDS).flat_map(|_| &leads) {
            black_box(made.find(lead));
        }
    });
    let mut out = io::stdout().lock();
    writeln!(out, "{ROWS} rows, {} bytes stored, {found} of {LEADS} leads found", bytes.len())?;
    writeln!(out, "reading records and compiling: {reading:.1?}")?;
    writeln!(out, "compiling from stored bytes:   {compiling:.1?}")?;
    writeln!(out, "finding the row of a lead:     {:.2?}", looking / (LEADS * ROUNDS))
}
