//! Gates: what keeps a rep from a lead, whoever's turn it is.
//!
//! Every question goes through this module and takes the whole [`Situation`]. A rep is asked for a
//! pool, or by name: then nobody requires skills of him, and all other gates stand.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::RepId;
use crate::pick::load::{self, Full, Window};
use crate::pick::{Leave, Pool, Rep, Situation};
use crate::time::Zone;

/// Why a rep cannot take a lead now. The order of the variants is the order of the gates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gate {
    /// He left or is paused, or the workspace does not know him.
    Inactive,
    /// The pool requires skills that he has not.
    MissingSkills {
        /// Which.
        missing: BTreeSet<String>,
    },
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
    /// He should be at work, but where he is it is a public holiday.
    OnHoliday {
        /// When the first day begins that is none.
        #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
        until: Timestamp,
    },
    /// He has as many leads as he may have.
    OverCap {
        /// In which window.
        window: Window,
        /// How many he has.
        count: u32,
        /// How many he may have.
        limit: u32,
        /// When the window ends; `None` when that would not help, or a lead must be closed first.
        #[serde(with = "jiff::fmt::serde::timestamp::microsecond::optional")]
        opens_at: Option<Timestamp>,
    },
    /// He had this very lead, and let its deadline pass.
    Excluded,
}

impl Gate {
    /// The stable name that the API uses.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Inactive => "inactive",
            Self::MissingSkills { .. } => "missing_skills",
            Self::OutsideHours { .. } => "outside_hours",
            Self::OnLeave { .. } => "on_leave",
            Self::OnHoliday { .. } => "on_holiday",
            Self::OverCap { window: Window::Hour, .. } => "over_hour_cap",
            Self::OverCap { window: Window::Day, .. } => "over_day_cap",
            Self::OverCap { window: Window::Week, .. } => "over_week_cap",
            Self::OverCap { window: Window::Open, .. } => "over_open_cap",
            Self::Excluded => "excluded",
        }
    }

    /// What a rep's colleague would say, with times on the clock of `zone`.
    pub fn words(&self, zone: &Zone) -> String {
        match self {
            Self::Inactive => "is not active".to_owned(),
            Self::MissingSkills { missing } => {
                let missing = missing.iter().map(String::as_str).collect::<Vec<_>>();
                format!("lacks what the pool requires: {}", missing.join(", "))
            }
            Self::OutsideHours { opens_at: None } => "has no working hours".to_owned(),
            Self::OutsideHours { opens_at: Some(opens_at) } => {
                format!("is outside working hours until {}", show(zone, *opens_at))
            }
            Self::OnLeave { until } => format!("is on leave until {}", show(zone, *until)),
            Self::OnHoliday { until } => {
                format!("has a public holiday until {}", show(zone, *until))
            }
            Self::OverCap { window, count, limit, opens_at } => {
                let had = match window {
                    Window::Hour => "leads in this hour",
                    Window::Day => "leads today",
                    Window::Week => "leads this week",
                    Window::Open => "open leads",
                };
                let until = opens_at.map(|at| format!(", until {}", show(zone, at)));
                format!("has {count} {had} and takes {limit}{}", until.unwrap_or_default())
            }
            Self::Excluded => "had this lead already and let its deadline pass".to_owned(),
        }
    }

    /// When this gate opens by itself; others may then be shut.
    pub const fn opens_at(&self) -> Option<Timestamp> {
        match self {
            Self::OutsideHours { opens_at } | Self::OverCap { opens_at, .. } => *opens_at,
            Self::OnLeave { until } | Self::OnHoliday { until } => Some(*until),
            Self::Inactive | Self::MissingSkills { .. } | Self::Excluded => None,
        }
    }
}

/// Whether `rep` can take a lead now: all gates, the cheap ones first, without the reason.
pub fn passes(rep: RepId, pool: Option<&Pool>, situation: Situation<'_>) -> bool {
    let Situation { loads, at, .. } = situation;
    let Some(rep) = admissible(rep, pool, situation) else { return false };
    if rep.leave.iter().any(|leave| leave.holds(at)) {
        return false;
    }
    let clock = rep.zone.clock(at);
    rep.hours.hold(clock)
        && !rep.holidays.is_some_and(|calendar| calendar.holds(clock.date()))
        && rep.caps.full(loads.get(&rep.id), &rep.zone, at).is_none()
}

/// `rep`, if he passes those gates that nothing waives: active, skilled, not excluded.
pub fn admissible<'a>(
    rep: RepId,
    pool: Option<&Pool>,
    situation: Situation<'a>,
) -> Option<&'a Rep> {
    let skilled = |rep: &Rep| pool.is_none_or(|pool| pool.skills.is_subset(&rep.skills));
    let rep = situation.reps.get(&rep).filter(|rep| rep.active && skilled(rep))?;
    (!situation.excluded.contains(&rep.id)).then_some(rep)
}

/// The first gate that `rep` does not pass now; `None` when he can take a lead.
pub fn first_failing(rep: RepId, pool: Option<&Pool>, situation: Situation<'_>) -> Option<Gate> {
    let at = situation.at;
    let Some(rep) = situation.reps.get(&rep).filter(|rep| rep.active) else {
        return Some(Gate::Inactive);
    };
    missing_skills(rep, pool)
        .or_else(|| outside_hours(rep, at))
        .or_else(|| on_leave(rep, at))
        .or_else(|| on_holiday(rep, at))
        .or_else(|| over_cap(rep, situation))
        .or_else(|| situation.excluded.contains(&rep.id).then_some(Gate::Excluded))
}

/// The first instant from now on at which `rep` passes every gate if no lead comes before; `None`
/// if there is none.
///
/// The search ends by itself: each round puts a night, an absence, a holiday or a cap's window
/// behind it, and all but the first are finite in number.
pub fn next_passing(
    rep: RepId,
    pool: Option<&Pool>,
    situation: Situation<'_>,
) -> Option<Timestamp> {
    let mut at = situation.at;
    while let Some(gate) = first_failing(rep, pool, Situation { at, ..situation }) {
        at = gate.opens_at().filter(|opens_at| *opens_at > at)?;
    }
    Some(at)
}

fn missing_skills(rep: &Rep, pool: Option<&Pool>) -> Option<Gate> {
    let missing: BTreeSet<_> = pool?.skills.difference(&rep.skills).cloned().collect();
    (!missing.is_empty()).then_some(Gate::MissingSkills { missing })
}

fn outside_hours(rep: &Rep, at: Timestamp) -> Option<Gate> {
    let open = rep.hours.is_open(&rep.zone, at);
    (!open).then(|| Gate::OutsideHours { opens_at: rep.hours.next_opening(&rep.zone, at) })
}

/// The absence that keeps `rep` away at `at`, at work or not.
pub fn on_leave(rep: &Rep, at: Timestamp) -> Option<Gate> {
    leave_until(&rep.leave, at).map(|until| Gate::OnLeave { until })
}

fn on_holiday(rep: &Rep, at: Timestamp) -> Option<Gate> {
    let calendar = rep.holidays?;
    let mut date = rep.zone.clock(at).date();
    let mut holiday = false;
    while calendar.holds(date) {
        holiday = true;
        date = date.tomorrow().ok()?;
    }
    let until = rep.zone.start_of(date, at).unwrap_or(Timestamp::MAX);
    holiday.then_some(Gate::OnHoliday { until })
}

fn over_cap(rep: &Rep, situation: Situation<'_>) -> Option<Gate> {
    let Situation { loads, at, .. } = situation;
    let load = loads.get(&rep.id);
    let Full { window, count, limit } = rep.caps.full(load, &rep.zone, at)?;
    // A clock that went backwards stays in the window of the last lead.
    let counted_at = load.map_or(at, |load| load.last_at.max(at));
    let opens_at = if limit == 0 { None } else { load::window_end(window, &rep.zone, counted_at) };
    Some(Gate::OverCap { window, count, limit, opens_at })
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
