//! Writes a CSV file of leads as messy as life, to try an import with:
//!
//! ```sh
//! cargo run -p lr-server --example messy_csv -- 100000 > leads.csv
//! lead-router import leads.csv --workspace northwind --source "Trade show"
//! ```
//!
//! Every 250th row is broken: too short, too long, blank, with a NUL, or with a quote that is never
//! closed. The same count gives the same file.

use std::io::{self, BufWriter, Write};

use anyhow::Context;
use lr_core::lead::raw::RawLead;
use lr_server::cli::demo::leads::lead;

/// Headings as a CRM exports them.
const HEADINGS: [&str; 17] = [
    "First Name",
    "Last Name",
    "Full name",
    "Email Address",
    "Phone Number",
    "Company Name",
    "Website URL",
    "Job Title",
    "Country/Region",
    "State/Region",
    "City",
    "Postal Code",
    "Number of Employees",
    "Industry",
    "Message",
    "Original Source",
    "rating",
];

/// Far from the numbers of the demo's own leads.
const FIRST: u64 = 1_000_000;

fn main() -> anyhow::Result<()> {
    let count = std::env::args().nth(1).context("how many rows? such as: messy_csv 100000")?;
    let count: u64 = count.parse().context("the number of rows")?;
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out, &HEADINGS.map(str::to_owned))?;
    for number in 0..count {
        let arrival = lead(1, FIRST + number);
        let row = values(arrival.raw, arrival.source);
        match number % 1_250 {
            249 => write(&mut out, row.get(..9).unwrap_or_default())?,
            499 => writeln!(out, "too,many,{}", ",".repeat(20))?,
            749 => writeln!(out)?,
            999 => writeln!(out, "a\0b{}", ",".repeat(16))?,
            1_249 => writeln!(out, "\"never closed{}", ",".repeat(16))?,
            _ => write(&mut out, &row)?,
        }
    }
    Ok(out.flush()?)
}

fn write(out: &mut impl Write, row: &[String]) -> io::Result<()> {
    for (index, value) in row.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        if value.contains(['"', ',', '\n', '\r']) {
            write!(out, "{comma}\"{}\"", value.replace('"', "\"\""))?;
        } else {
            write!(out, "{comma}{value}")?;
        }
    }
    writeln!(out)
}

fn values(mut lead: RawLead, source: &str) -> [String; 17] {
    let rating = lead.attributes.remove("rating");
    let fields = [
        lead.first_name,
        lead.last_name,
        lead.name,
        lead.email,
        lead.phone,
        lead.company,
        lead.website,
        lead.title,
        lead.country,
        lead.state,
        lead.city,
        lead.postal_code,
        lead.employees,
        lead.industry,
        lead.message,
        Some(source.to_owned()),
        rating,
    ];
    fields.map(Option::unwrap_or_default)
}
