//! A snapshot's lead read where it lies: a value is looked at only when it is asked for, and the whole
//! is decoded only for what the lead alone does not tell.

mod row;

use std::cell::OnceCell;
use std::fmt;

use jiff::Timestamp;

use crate::case::Case;
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
    case: OnceCell<Result<Case, SnapshotError>>,
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
        Ok(Self { bytes, row, case: OnceCell::new() })
    }

    /// As [`Ruleset::first_match`] of the decoded case.
    pub fn first_match<'r>(&self, ruleset: &'r Ruleset) -> Result<Option<&'r Rule>, SnapshotError> {
        let found = ruleset.first_of(self);
        match self.case.get() {
            Some(Err(error)) => Err(error.clone()),
            Some(Ok(_)) | None => Ok(found),
        }
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
        let decode = || Snapshot::decode(self.bytes).map(|snapshot| snapshot.case);
        self.case.get_or_init(decode).as_ref().ok()
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
