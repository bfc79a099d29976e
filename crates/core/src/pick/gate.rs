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
    on_leave(rep, at)
}

/// The absence that keeps `rep` away at `at`, at work or not.
pub fn on_leave(rep: &Rep, at: Timestamp) -> Option<Gate> {
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::id::RepId;
    use crate::pick::hours::WeeklyHours;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn leave(from: &str, until: &str) -> Leave {
        Leave { from: at(from), until: at(until) }
    }

    /// Works from nine to five in Berlin.
    fn ada(leave: Vec<Leave>) -> Rep {
        Rep {
            id: RepId::new(Uuid::nil()),
            name: "Ada".to_owned(),
            active: true,
            zone: Zone::parse("Europe/Berlin").unwrap(),
            hours: WeeklyHours::weekdays("09:00", "17:00").unwrap(),
            leave,
        }
    }

    const MONDAY_NOON: &str = "2026-03-02T12:00:00+01:00";

    #[test]
    fn the_first_gate_that_fails_is_named_in_the_order_active_hours_leave() {
        let all_week = leave("2026-03-01T00:00:00+01:00", "2026-03-08T00:00:00+01:00");
        let mut rep = ada(vec![all_week]);
        let evening = at("2026-03-02T20:00:00+01:00");
        let opens_at = Some(at("2026-03-03T09:00:00+01:00"));
        assert_eq!(first_failing(&rep, evening), Some(Gate::OutsideHours { opens_at }));
        let on_leave = Gate::OnLeave { until: all_week.until };
        assert_eq!(first_failing(&rep, at(MONDAY_NOON)), Some(on_leave));
        rep.active = false;
        assert_eq!(first_failing(&rep, evening), Some(Gate::Inactive));
        assert_eq!(first_failing(&ada(vec![]), at(MONDAY_NOON)), None);
    }

    #[test]
    fn leave_for_part_of_a_day_holds_its_start_and_not_its_end() {
        let dentist = leave("2026-03-02T10:00:00+01:00", "2026-03-02T11:00:00+01:00");
        for (instant, passing) in [
            ("2026-03-02T09:59:59.999999+01:00", true),
            ("2026-03-02T10:00:00+01:00", false),
            ("2026-03-02T10:59:59.999999+01:00", false),
            ("2026-03-02T11:00:00+01:00", true),
        ] {
            assert_eq!(passes(&ada(vec![dentist]), at(instant)), passing, "{instant}");
        }
    }

    #[test]
    fn leaves_without_a_gap_between_them_are_one_absence() {
        let rep = ada(vec![
            leave("2026-03-03T12:00:00+01:00", "2026-03-04T15:00:00+01:00"),
            leave("2026-03-06T09:00:00+01:00", "2026-03-07T00:00:00+01:00"),
            leave("2026-03-01T00:00:00+01:00", "2026-03-03T12:00:00+01:00"),
        ]);
        let until = at("2026-03-04T15:00:00+01:00");
        assert_eq!(first_failing(&rep, at(MONDAY_NOON)), Some(Gate::OnLeave { until }));
        assert_eq!(next_passing(&rep, at(MONDAY_NOON)), Some(until));
    }

    #[test]
    fn a_leave_that_ends_outside_hours_is_over_when_the_hours_begin() {
        let until_saturday = leave("2026-03-02T00:00:00+01:00", "2026-03-07T00:00:00+01:00");
        let monday_morning = leave("2026-03-09T00:00:00+01:00", "2026-03-09T13:00:00+01:00");
        let back = next_passing(&ada(vec![until_saturday]), at(MONDAY_NOON));
        assert_eq!(back, Some(at("2026-03-09T09:00:00+01:00")));
        let back = next_passing(&ada(vec![monday_morning, until_saturday]), at(MONDAY_NOON));
        assert_eq!(back, Some(at("2026-03-09T13:00:00+01:00")));
    }

    #[test]
    fn a_leave_without_end_is_never_over() {
        let for_ever = Leave { from: Timestamp::MIN, until: Timestamp::MAX };
        assert_eq!(next_passing(&ada(vec![for_ever]), at(MONDAY_NOON)), None);
        let empty = Leave { from: at(MONDAY_NOON), until: at(MONDAY_NOON) };
        assert!(passes(&ada(vec![empty]), at(MONDAY_NOON)));
    }

    #[test]
    fn a_gate_says_in_words_when_he_is_back() {
        let zone = Zone::parse("Europe/Berlin").unwrap();
        let until = at("2026-07-06T07:00:00Z");
        for (gate, code, words) in [
            (Gate::Inactive, "inactive", "is not active"),
            (Gate::OutsideHours { opens_at: None }, "outside_hours", "has no working hours"),
            (
                Gate::OutsideHours { opens_at: Some(until) },
                "outside_hours",
                "is outside working hours until Mon 6 Jul 2026, 09:00 (Europe/Berlin)",
            ),
            (
                Gate::OnLeave { until },
                "on_leave",
                "is on leave until Mon 6 Jul 2026, 09:00 (Europe/Berlin)",
            ),
        ] {
            assert_eq!((gate.code(), gate.words(&zone).as_str()), (code, words));
            let bytes = postcard::to_stdvec(&gate).unwrap();
            assert_eq!(postcard::from_bytes(&bytes), Ok(gate));
        }
    }
}
