//! What an import would do, without doing it.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use lr_core::id::LeadId;
use lr_core::lead::raw::RawLead;
use lr_core::normalise::{Normalised, normalise};
use uuid::Uuid;

use super::columns::Column;
use super::decode::{Survey, survey};
use super::rows::Rows;
use super::{ImportError, open, unreadable};

/// Leads shown raw and clean.
const SAMPLES: usize = 5;

/// What an import would do.
#[derive(Debug)]
pub struct Preview {
    /// Size, digest and encoding of the file.
    pub survey: Survey,
    /// What separates its values.
    pub delimiter: u8,
    /// What becomes of its columns.
    pub columns: Vec<Column>,
    /// Its first leads, as they stand there and cleaned.
    pub samples: Vec<(RawLead, Normalised)>,
    /// Rows that would become leads.
    pub accepted: u64,
    /// Rows that would not, by kind of reason.
    pub rejects: BTreeMap<&'static str, Tally>,
}

/// Rejects of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// How many.
    pub rows: u64,
    /// The line and the reason of the first.
    pub first: (u64, String),
}

impl Preview {
    /// Rows that would not become leads.
    pub fn rejected(&self) -> u64 {
        self.rejects.values().map(|tally| tally.rows).sum()
    }
}

/// Reads the whole file and changes nothing; `now` is when its leads would be accepted.
///
/// Blocks the thread for as long as the reading takes.
///
/// # Errors
/// As an import that cannot begin.
pub fn preview(path: &Path, source: &str, now: Timestamp) -> Result<Preview, ImportError> {
    let survey = survey(open(path)?)?;
    let mut rows = Rows::open(open(path)?, survey.encoding)?;
    let mut preview = Preview {
        survey,
        delimiter: rows.delimiter(),
        columns: rows.columns().to_vec(),
        samples: Vec::new(),
        accepted: 0,
        rejects: BTreeMap::new(),
    };
    while let Some(row) = rows.next_row().map_err(unreadable(path))? {
        match row {
            Ok(lead) => {
                preview.accepted += 1;
                if preview.samples.len() < SAMPLES {
                    let clean = normalise(LeadId::new(Uuid::nil()), source, now, &lead);
                    preview.samples.push((lead, clean));
                }
            }
            Err(reject) => {
                let first = || Tally { rows: 0, first: (reject.line, reject.reason.to_string()) };
                preview.rejects.entry(reject.reason.kind()).or_insert_with(first).rows += 1;
            }
        }
    }
    Ok(preview)
}
