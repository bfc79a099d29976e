//! Gates: what keeps a rep from a lead, whoever's turn it is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::pick::{Leave, Rep};
use crate::time::Zone;

/// Why a rep cannot take a lead now. The order of the variants is the order of the gates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gate {
    /// He left or is paused, or the workspace does not know him.
    Inactive,
    /// He is not at work.
    OutsideHours {
        /// When his hours begin again, leave aside; `None` when he has none.
        #[serde(with = "jiff::fmt::serde::timestamp::microsecond::optional")]
        opens_at: Option<Timestamp>,
    },
    /// He should be at work but is away.
    OnLeave {
        /// The end of this absence and of any that follow on without a gap.
        #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
        until: Timestamp,
    },
}

impl Gate {
    /// The stable name that the API uses.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Inactive => "inactive",
            Self::OutsideHours { .. } => "outside_hours",
            Self::OnLeave { .. } => "on_leave",
        }
    }

    /// What a rep's colleague would say, with times on the clock of `zone`.
    pub fn words(&self, zone: &Zone) -> String {
        match self {
            Self::Inactive => "is not active".to_owned(),
            Self::OutsideHours { opens_at: None } => "has no working hours".to_owned(),
            Self::OutsideHours { opens_at: Some(opens_at) } => {
                format!("is outside working hours until {}", show(zone, *opens_at))
            }
            Self::OnLeave { until } => format!("is on leave until {}", show(zone, *until)),
        }
    }
}

/// Whether `rep` can take a lead at `at`: all gates, without working out when he is back.
pub fn passes(rep: &Rep, at: Timestamp) -> bool {
    rep.active && rep.hours.is_open(&rep.zone, at) && !rep.leave.iter().any(|leave| leave.holds(at))
}

/// The first gate that `rep` does not pass at `at`; `None` when he can take a lead.
pub fn first_failing(rep: &Rep, at: Timestamp) -> Option<Gate> {
    if !rep.active {
        return Some(Gate::Inactive);
    }
    if !rep.hours.is_open(&rep.zone, at) {
        return Some(Gate::OutsideHours { opens_at: rep.hours.next_opening(&rep.zone, at) });
    }
    leave_until(&rep.leave, at).map(|until| Gate::OnLeave { until })
}

/// The first instant at or after `at` at which `rep` passes every gate; `None` if there is none.
///
/// The search ends by itself: each round but the last puts at least one absence behind it.
pub fn next_passing(rep: &Rep, at: Timestamp) -> Option<Timestamp> {
    if !rep.active {
        return None;
    }
    let mut from = at;
    loop {
        let opening = rep.hours.next_opening(&rep.zone, from)?;
        match leave_until(&rep.leave, opening) {
            None => return Some(opening),
            Some(until) => from = until,
        }
    }
}

/// The end of the absence that holds `at`, including absences that overlap or follow without a gap.
fn leave_until(leave: &[Leave], at: Timestamp) -> Option<Timestamp> {
    let mut until = None;
    let mut away_at = at;
    while let Some(leave) = leave.iter().find(|leave| leave.holds(away_at)) {
        away_at = leave.until;
        until = Some(away_at);
    }
    until
}

fn show(zone: &Zone, at: Timestamp) -> String {
    zone.local(at).strftime("%a %-d %b %Y, %H:%M (%Q)").to_string()
}
