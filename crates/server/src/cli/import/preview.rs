//! `lead-router import --dry-run`

use std::path::Path;

use indicatif::{HumanBytes, HumanCount};
use lr_app::clock::Clock;
use lr_app::import::columns::{Column, Target};
use lr_app::import::preview::{Preview, preview};
use lr_app::import::{decode, sniff};
use lr_core::case::Case;
use lr_core::lead::Lead;
use lr_core::lead::raw::RawLead;
use lr_core::rules::field::Field;
use lr_core::rules::field::value::value_of;

use crate::cli::print;

/// Prints what an import of `file` would do.
pub fn show(file: &Path, source: &str) -> anyhow::Result<()> {
    let preview = preview(file, source, Clock::System.now())?;
    print::line(&format!(
        "{}: {}, {}, separated by {}\n",
        file.display(),
        HumanBytes(preview.survey.bytes),
        decode::name(preview.survey.encoding),
        sniff::name(preview.delimiter)
    ));
    preview.columns.iter().for_each(|column| print::line(&becomes(column)));
    for (number, (raw, clean)) in (1..).zip(&preview.samples) {
        print::line(&format!("\nLead {number}"));
        fields(raw, &clean.lead).iter().for_each(|line| print::line(line));
    }
    print::line("");
    summary(&preview).iter().for_each(|line| print::line(line));
    Ok(())
}

fn becomes(column: &Column) -> String {
    let target = match (&column.target, column.taken) {
        (Target::Field(field), _) => field.name().to_owned(),
        (Target::Attribute(name), None) => format!("attribute `{name}`"),
        (Target::Attribute(name), Some(field)) => {
            format!("attribute `{name}`, because another column is the {} already", field.name())
        }
    };
    format!("  {:<28} → {target}", column.heading)
}

/// Each value as it stands in the file, and clean if that differs.
fn fields(raw: &RawLead, clean: &Lead) -> Vec<String> {
    let given = serde_json::to_value(raw).unwrap_or_default();
    let case = Case::of(clean.clone(), clean.received_at);
    // The file says nothing of these.
    let is_told =
        |field: &&Field| !matches!(field, Field::Source | Field::ReceivedAt | Field::Quality);
    let known = Field::known().iter().filter(is_told);
    let read_only_whole = ["name", "website"]
        .into_iter()
        .filter_map(|name| Some(format!("  {name:<14} {:?}", given.get(name)?.as_str()?)));
    let lines = known.filter_map(|field| {
        let name = field.name();
        let from = given.get(name.as_ref()).and_then(|value| value.as_str());
        let to = value_of(&case, field).map(|value| value.to_string());
        match (from, to) {
            (None, None) => None,
            (Some(from), Some(to)) if from == to => Some(format!("  {name:<14} {to}")),
            (Some(from), None) => Some(format!("  {name:<14} {from:?} → nothing")),
            (Some(from), Some(to)) => Some(format!("  {name:<14} {from:?} → {to}")),
            (None, Some(to)) => Some(format!("  {name:<14} → {to}")),
        }
    });
    read_only_whole.chain(lines).collect()
}

fn summary(preview: &Preview) -> Vec<String> {
    let rows = preview.accepted + preview.rejected();
    let mut lines = vec![format!(
        "{} rows: {} would become leads, {} would be rejected. Nothing was changed.",
        HumanCount(rows),
        HumanCount(preview.accepted),
        HumanCount(preview.rejected())
    )];
    for (kind, tally) in &preview.rejects {
        let (line, reason) = &tally.first;
        lines.push(format!(
            "  {:>8}  {kind}; the first on line {line}: {reason}",
            HumanCount(tally.rows)
        ));
    }
    lines
}
