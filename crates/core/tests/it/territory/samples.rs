//! Tables and leads for the tests.

use jiff::Timestamp;
use lr_core::case::Case;
use lr_core::id::{LeadId, PoolId, RepId, TerritoryId};
use lr_core::lead::raw::RawLead;
use lr_core::normalise::normalise;
use lr_core::record::Record;
use lr_core::territory::Territory;
use lr_core::territory::owner::Directory;
use lr_core::territory::read::{Faults, read};
use lr_core::territory::table::Table;
use uuid::Uuid;

pub const ANA: RepId = RepId::new(Uuid::from_u128(0xa));
pub const BEN: RepId = RepId::new(Uuid::from_u128(0xb));
pub const EMEA: PoolId = PoolId::new(Uuid::from_u128(0x10));

/// Ana, Ben, and the pool EMEA.
pub fn directory() -> Directory {
    let mut directory = Directory::default();
    directory.add_rep(ANA, "Ana Ruiz", "ana@x.test");
    directory.add_rep(BEN, "Ben Roth", "ben@x.test");
    directory.add_pool(EMEA, "EMEA");
    directory
}

/// A table from lines whose values have commas between; the first line names the columns.
pub fn try_table(text: &str) -> Result<Table, Faults> {
    let mut records = (1..).zip(text.lines()).map(|(line, text)| Record {
        line,
        values: Ok(text.split(',').map(str::to_owned).collect()),
    });
    let header = records.next().unwrap();
    read(&header, records, &directory())
}

pub fn table(text: &str) -> Table {
    try_table(text).unwrap_or_else(|faults| panic!("{faults:?}"))
}

pub fn territory(text: &str) -> Territory {
    let id = TerritoryId::new(Uuid::from_u128(1));
    Territory { id, name: "Europe".into(), table: table(text).into() }
}

/// A lead with these values, by the names of the API, on the first day of 2026.
pub fn case(values: &[(&str, &str)]) -> Case {
    case_on("2026-01-01T12:00:00Z", values)
}

pub fn case_on(at: &str, values: &[(&str, &str)]) -> Case {
    let mut raw = RawLead::default();
    for (name, value) in values {
        let value = (*value).to_owned();
        let field = match *name {
            "country" => &mut raw.country,
            "state" => &mut raw.state,
            "postal_code" => &mut raw.postal_code,
            "employees" => &mut raw.employees,
            "industry" => &mut raw.industry,
            "website" => &mut raw.website,
            other => {
                raw.attributes.insert(other.to_owned(), value);
                continue;
            }
        };
        *field = Some(value);
    }
    let at: Timestamp = at.parse().unwrap();
    Case::of(normalise(LeadId::new(Uuid::nil()), "api", at, &raw).lead, at)
}

/// The line of the row that wins.
pub fn winner(table: &Table, values: &[(&str, &str)]) -> Option<u32> {
    table.find(&case(values)).map(|row| row.line)
}
