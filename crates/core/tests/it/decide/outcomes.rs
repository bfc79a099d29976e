use lr_core::decide::{By, Outcome, State, decide};
use lr_core::explain::{reason, sentence};
use lr_core::trace::{Attempt, trace};

use super::town::{ANA, ASIA, BEN, CHI, EUROPE, case, config, lead, rule_id};

/// A Wednesday, 10:00 in Berlin and 17:00 in Singapore, where work has just ended.
const MORNING: &str = "2026-01-14T09:00:00Z";
/// The same Wednesday, 10:00 in Singapore and 03:00 in Berlin.
const ASIAN_MORNING: &str = "2026-01-14T02:00:00Z";

fn outcome(city: &str, at: &str) -> Outcome {
    decide(&case(lead(1, city), at.parse().unwrap()), &config(), &State::default()).outcome
}

#[test]
fn the_first_matching_rule_decides() {
    let mut both = lead(1, "Berlin");
    both.message = Some("Casino".into());
    let decision = decide(&case(both, MORNING.parse().unwrap()), &config(), &State::default());
    assert_eq!(decision.rule, Some(rule_id(1)));
    assert_eq!(decision.outcome, Outcome::Rejected { reason: "spam".into() });
}

#[test]
fn the_catch_all_takes_what_no_rule_matches() {
    let decision =
        decide(&case(lead(1, "Lima"), MORNING.parse().unwrap()), &config(), &State::default());
    assert_eq!(decision.rule, None);
    assert_eq!(decision.outcome, Outcome::Queued { queue: "Unrouted".into() });
}

#[test]
fn a_pool_where_nobody_is_at_work_yields_to_the_fallback() {
    let assigned = Outcome::Assigned { rep: CHI, by: By::Pool(ASIA) };
    assert_eq!(outcome("Berlin", ASIAN_MORNING), assigned);
}

#[test]
fn a_rep_who_has_left_yields_to_the_fallback() {
    assert_eq!(outcome("Oslo", MORNING), Outcome::Queued { queue: "Nordics".into() });
}

#[test]
fn a_lead_that_nobody_can_take_is_held_until_the_next_opening() {
    let until = Some("2026-01-14T08:00:00Z".parse().unwrap());
    assert_eq!(outcome("Paris", ASIAN_MORNING), Outcome::Held { until });
    assert_eq!(outcome("Rome", ASIAN_MORNING), Outcome::Held { until });
}

#[test]
fn somebody_on_leave_gets_nothing_and_owes_nothing() {
    // In the first week Ben is away: Ana alone has every turn.
    let at = "2026-01-07T09:00:00Z".parse().unwrap();
    let decision = decide(&case(lead(1, "Rome"), at), &config(), &State::default());
    let turn = decision.turn.unwrap();
    assert_eq!(turn.rep, ANA);
    assert!(turn.entitled.iter().all(|(rep, _)| *rep != BEN));
}

#[test]
fn explanations_name_what_was_tried_and_what_settled_it() {
    let (config, state) = (config(), State::default());
    let case = case(lead(1, "Berlin"), ASIAN_MORNING.parse().unwrap());
    let decision = decide(&case, &config, &state);
    let trace = trace(&case, &config, &state);
    assert_eq!(reason(&decision, &config), "“Berlin” → Asia: Chi’s turn");
    assert_eq!(
        sentence(&trace, &decision, &config),
        "Chi got this lead because rule 2 “Berlin” is the first that matches, and in Asia Chi was \
         the only one available. Europe was tried before: none of its 3 members was available."
    );
    let [Attempt::Pool { pool, candidates, .. }, second] = trace.attempts.as_slice() else {
        panic!("two pools were tried: {:?}", trace.attempts)
    };
    assert_eq!((*pool, candidates.iter().all(|member| member.gate.is_some())), (EUROPE, true));
    assert!(second.settled());
}
