//! A snapshot's lead read where it lies: a value is looked at only when it is asked for, and the whole
//! is decoded only for what the lead alone does not tell.

mod row;

use std::fmt;
use std::sync::OnceLock;

use jiff::Timestamp;

use crate::case::Case;
use crate::decide::Config;
use crate::decide::matched::{Matched, match_outline, match_rule};
use crate::rules::facts::Values;
use crate::rules::field::Field;
use crate::rules::field::value::{Value, value_of};
use crate::rules::{Rule, Ruleset};
use crate::snapshot::stored::row::{NotHere, Row};
use crate::snapshot::{Snapshot, SnapshotError, VERSION};

/// A stored snapshot, to be matched against rulesets.
pub struct Stored<'a> {
    bytes: &'a [u8],
    row: Row<'a>,
    case: OnceLock<Result<Case, SnapshotError>>,
    outline: OnceLock<Result<Case, SnapshotError>>,
}

impl fmt::Debug for Stored<'_> {
    /// Tells its size only, and nothing about the person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stored").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

impl<'a> Stored<'a> {
    /// Finds the values of the lead in [`Snapshot::encode`]'s bytes. Whether each can be read shows
    /// when it is asked for.
    pub fn read(bytes: &'a [u8]) -> Result<Self, SnapshotError> {
        let row = match bytes.split_first() {
            None => return Err(SnapshotError::Empty),
            Some((&VERSION, rest)) => Row::read(rest).ok_or(SnapshotError::Damaged)?,
            Some((&other, _)) => return Err(SnapshotError::Version(other)),
        };
        Ok(Self { bytes, row, case: OnceLock::new(), outline: OnceLock::new() })
    }

    /// As [`Ruleset::first_match`] of the decoded case.
    pub fn first_match<'r>(&self, ruleset: &'r Ruleset) -> Result<Option<&'r Rule>, SnapshotError> {
        let found = ruleset.first_of(self);
        match self.case.get() {
            Some(Err(error)) => Err(error.clone()),
            Some(Ok(_)) | None => Ok(found),
        }
    }

    /// As [`match_rule`] of the decoded case. Where the rule's action asks for nothing of the lead, its
    /// case is an outline, without the lead's values.
    pub fn match_rule<'m>(&'m self, config: &'m Config) -> Result<Matched<'m>, SnapshotError> {
        let rule = self.first_match(&config.ruleset)?;
        let outline = || self.row.outline().map_err(|NotHere| SnapshotError::Damaged);
        let outline = self.outline.get_or_init(outline).as_ref().map_err(Clone::clone)?;
        match match_outline(outline, rule, config) {
            Some(matched) => Ok(matched),
            None => Ok(match_rule(self.whole()?, config)),
        }
    }

    /// The decoded case.
    pub fn whole(&self) -> Result<&Case, SnapshotError> {
        let decode = || Snapshot::decode(self.bytes).map(|snapshot| snapshot.case);
        self.case.get_or_init(decode).as_ref().map_err(Clone::clone)
    }

    /// As [`value_of`] the decoded case; `None` also when it cannot be read.
    pub fn value(&self, field: &Field) -> Option<Value<'_>> {
        // Where the bytes are damaged, decoding finds that too, and keeps the error.
        match self.row.value(field) {
            Ok(value) => value,
            Err(NotHere) => value_of(self.case()?, field),
        }
    }

    fn case(&self) -> Option<&Case> {
        self.whole().ok()
    }
}

impl Values for Stored<'_> {
    fn value(&self, field: &Field) -> Option<Value<'_>> {
        Stored::value(self, field)
    }

    fn at(&self) -> Option<Timestamp> {
        self.row.decided_at().ok().or_else(|| Some(self.case()?.at))
    }

    fn case(&self) -> Option<&Case> {
        Stored::case(self)
    }
}
