//! Why a rule did not decide, and why a rep did not get the lead.

use lr_core::counterfactual::{Obstacle, Place, why_not_rep, why_not_rule};
use lr_core::decide::{State, decide};
use lr_core::pick::gate::Gate;

use super::town::{ANA, ASIA, BEN, CHI, DAN, EUROPE, case, config, lead, rule_id};

/// 10:00 in Berlin, when Ana and Ben work and Chi does not.
const MORNING: &str = "2026-01-14T09:00:00Z";

fn obstacles(city: &str, rule: u128) -> Vec<Obstacle> {
    let case = case(lead(1, city), MORNING.parse().unwrap());
    why_not_rule(&case, &config(), rule_id(rule)).unwrap().obstacles
}

#[test]
fn nothing_kept_the_winner_from_deciding() {
    assert_eq!(obstacles("Rome", 4), []);
}

#[test]
fn a_rule_below_the_winner_had_the_lead_taken_from_it() {
    assert_eq!(obstacles("Paris or Rome", 4), [Obstacle::TakenAbove(rule_id(3))]);
}

#[test]
fn a_rule_that_does_not_match_names_what_would_have_to_change() {
    let found = obstacles("Rome", 5);
    let [Obstacle::TakenAbove(above), Obstacle::Condition(needed)] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(*above, rule_id(4));
    assert_eq!(needed[0].words, "City is “Rome”, needed: something that contains “oslo”");
    let case = case(lead(1, "Rome"), MORNING.parse().unwrap());
    assert_eq!(
        why_not_rule(&case, &config(), rule_id(5)).unwrap().sentence(&config()),
        "Rule 5 “Oslo” did not decide: Rule 4 “Rome” stands above it and took the lead; \
         its condition is false, as City is “Rome”, needed: something that contains “oslo”."
    );
}

#[test]
fn a_rule_that_is_not_there_is_not_explained() {
    let case = case(lead(1, "Rome"), MORNING.parse().unwrap());
    assert_eq!(why_not_rule(&case, &config(), rule_id(99)), None);
}

#[test]
fn the_rep_whose_turn_it_was_not_hears_how_many_leads_until_it_is() {
    let (config, mut state) = (config(), State::default());
    let now = MORNING.parse().unwrap();
    let case = case(lead(1, "Rome"), now);
    let decision = decide(&case, &config, &state);
    let winner = decision.outcome.rep().unwrap();
    let other = if winner == ANA { BEN } else { ANA };
    let why_not = why_not_rep(&case, &config, &state, other).unwrap();
    let [Place::NotHisTurn { pool: EUROPE, turns: Some(turns), .. }] = why_not.places.as_slice()
    else {
        panic!("{why_not:?}")
    };
    for turn in 1..=*turns {
        let decision = decide(&case, &config, &state);
        assert_eq!(decision.outcome.rep() == Some(other), turn == *turns);
        state.apply(&decision, &config.reps);
    }
    let got = why_not_rep(&case, &config, &State::default(), winner).unwrap();
    assert_eq!(got.places, [Place::Got]);
}

#[test]
fn a_rep_in_a_pool_that_was_asked_hears_of_the_gate() {
    let case = case(lead(1, "Berlin"), MORNING.parse().unwrap());
    let why_not = why_not_rep(&case, &config(), &State::default(), DAN).unwrap();
    assert_eq!(why_not.places, [Place::Gate { pool: Some(EUROPE), gate: Gate::Inactive }]);
    assert_eq!(
        why_not.sentence(&config()),
        "Dan is in Europe but is not active. 2 other rules lead to Dan and did not decide."
    );
}

#[test]
fn a_rep_elsewhere_hears_which_rules_could_have_led_to_him() {
    let case = case(lead(1, "Rome"), MORNING.parse().unwrap());
    let why_not = why_not_rep(&case, &config(), &State::default(), CHI).unwrap();
    assert_eq!(why_not.places, []);
    let rules = why_not.rules.iter().map(|why_not| why_not.rule).collect::<Vec<_>>();
    assert_eq!(rules, [rule_id(2), rule_id(6)], "Chi is in no other pool than {ASIA}");
}
