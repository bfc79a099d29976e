//! Who of a pool gets the lead: gates first, then the fair turn.

pub mod gate;
pub mod hours;
pub mod ledger;
pub mod round_robin;

use std::num::NonZeroU32;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{PoolId, RepId};
use crate::pick::hours::WeeklyHours;
use crate::time::Zone;

/// A person who takes leads, with all that says when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rep {
    /// His id.
    pub id: RepId,
    /// Shown name.
    pub name: String,
    /// False for a leaver or a pause.
    pub active: bool,
    /// The zone of his working hours.
    pub zone: Zone,
    /// Working hours on the wall clock of `zone`.
    pub hours: WeeklyHours,
    /// Absences, whole days or parts of them.
    pub leave: Vec<Leave>,
}

/// An absence, from `from` up to but not including `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    /// First instant away.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub from: Timestamp,
    /// First instant back.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub until: Timestamp,
}

/// A team's rotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    /// Its id.
    pub id: PoolId,
    /// Shown name.
    pub name: String,
    /// Ordered by rep id, each rep once; the order means nothing to the pick.
    pub members: Vec<Member>,
}

/// A rep's place in a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub rep: RepId,
    /// His share relative to the other members present, 1 to 1,000.
    pub weight: NonZeroU32,
}
