//! Where a lead goes when nobody that its rule names can take it.

use jiff::Timestamp;
use lr_core::decide::matched::match_rule;
use lr_core::decide::{By, Decision, Outcome, State, decide};
use lr_core::explain::{reason, sentence};
use lr_core::pick::overflow::{Overflow, Spill};
use lr_core::snapshot::Snapshot;
use lr_core::trace::{Attempt, trace};

use super::town::{ANA, ASIA, BEN, CHI, EUROPE, case, config, lead};

/// A Sunday in Berlin, and in Singapore.
const SUNDAY: &str = "2026-01-18T10:00:00Z";
/// Night in Berlin, morning in Singapore.
const MORNING_IN_ASIA: &str = "2026-01-14T02:00:00Z";

/// What comes of a lead from Rome, which names Europe alone, with these policies.
fn rome(at: &str, europe: Overflow, asia: Overflow) -> (Decision, String, Vec<Attempt>) {
    let mut config = config();
    config.pools.get_mut(&EUROPE).unwrap().overflow = europe;
    config.pools.get_mut(&ASIA).unwrap().overflow = asia;
    let at: Timestamp = at.parse().unwrap();
    let (case, state) = (case(lead(1, "Rome"), at), State::default());
    let decision = decide(&case, &config, &state);
    let snapshot = Snapshot::take(&match_rule(&case, &config), &config, &state);
    assert_eq!(decide(&snapshot.case, &config, &snapshot.state), decision);
    let trace = trace(&case, &config, &state);
    let words = format!("{}\n{}", reason(&decision, &config), sentence(&trace, &decision, &config));
    (decision, words, trace.attempts)
}

#[test]
fn a_lead_that_overflows_goes_to_the_fallback_pool_and_says_so() {
    let (decision, words, attempts) =
        rome(MORNING_IN_ASIA, Overflow::Fallback(ASIA), Overflow::Hold);
    let by = By::Spill(Spill::To(ASIA));
    assert_eq!(decision.outcome, Outcome::Assigned { rep: CHI, by });
    assert_eq!(decision.turn.unwrap().pool, ASIA);
    assert!(words.starts_with("“Rome” → overflow to Asia: Chi’s turn\n"), "{words}");
    assert!(words.contains("nobody it names was available, and in Asia"), "{words}");
    let overflowed = attempts.iter().filter_map(|attempt| {
        let Attempt::Pool { pool, overflow, .. } = attempt else { return None };
        Some((*pool, *overflow))
    });
    let expected = [(EUROPE, None), (ASIA, Some(Spill::To(ASIA)))];
    assert_eq!(overflowed.collect::<Vec<_>>(), expected);
}

#[test]
fn a_circle_of_fallbacks_with_nobody_in_it_holds_the_lead_until_the_first_opening_of_all() {
    let (decision, ..) = rome(SUNDAY, Overflow::Fallback(ASIA), Overflow::Fallback(EUROPE));
    let until = Some("2026-01-19T01:00:00Z".parse().unwrap()); // Nine in Singapore.
    assert_eq!(decision.outcome, Outcome::Held { until });
}

#[test]
fn a_lead_assigned_anyway_goes_to_somebody_active_though_nobody_is_at_work() {
    let (decision, words, attempts) = rome(SUNDAY, Overflow::AssignAnyway, Overflow::Hold);
    let Outcome::Assigned { rep, by } = decision.outcome else { panic!("{decision:?}") };
    assert_eq!(by, By::Spill(Spill::Anyway(EUROPE)));
    assert!([ANA, BEN].contains(&rep), "and not Dan, who has left");
    assert!(words.contains("Europe then assigns anyway"), "{words}");
    assert!(attempts.last().unwrap().settled() && !attempts[0].settled());
}

#[test]
fn a_pool_with_somebody_at_work_does_not_overflow() {
    let (decision, ..) = rome("2026-01-14T09:00:00Z", Overflow::Fallback(ASIA), Overflow::Hold);
    assert!(matches!(decision.outcome, Outcome::Assigned { by: By::Pool(EUROPE), .. }));
}
