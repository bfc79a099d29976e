//! Targets that are a territory's owner.

use lr_core::case::Case;
use lr_core::counterfactual::{Place, why_not_rep};
use lr_core::decide::matched::match_rule;
use lr_core::decide::{By, Config, Outcome, State, decide};
use lr_core::explain::{reason, sentence};
use lr_core::lead::Lead;
use lr_core::pick::gate::Gate;
use lr_core::pick::load::Load;
use lr_core::pick::overflow::{Overflow, Spill};
use lr_core::snapshot::Snapshot;
use lr_core::trace::{Attempt, trace};

use super::town::{ANA, ASIA, BEN, CHI, EUROPE, MARKETS, case, config, lead, rule_id};

/// 10:00 in Berlin, when Ana and Ben work and Chi does not.
const MORNING: &str = "2026-01-14T09:00:00Z";
/// 08:00 in Berlin, 15:00 in Singapore: Chi works, Ana does not yet.
const EARLY: &str = "2026-01-14T07:00:00Z";

fn from(city: &str, at: &str) -> Case {
    let lead = Lead { message: Some("Iberia".into()), ..lead(1, city) };
    case(lead, at.parse().unwrap())
}

fn outcome(case: &Case, config: &Config) -> Outcome {
    decide(case, config, &State::default()).outcome
}

fn told(case: &Case) -> (String, String) {
    let (config, state) = (config(), State::default());
    let decision = decide(case, &config, &state);
    let trace = trace(case, &config, &state);
    (reason(&decision, &config), sentence(&trace, &decision, &config))
}

#[test]
fn the_rep_who_owns_the_row_gets_the_lead_and_the_row_is_told() {
    let by = By::Territory { territory: MARKETS, line: 2, pool: None };
    let madrid = from("Madrid", MORNING);
    assert_eq!(outcome(&madrid, &config()), Outcome::Assigned { rep: ANA, by });
    insta::assert_snapshot!(told(&madrid).0, @"“Iberia” → Markets, line 2 → Ana");
    insta::assert_snapshot!(
        told(&madrid).1,
        @"Ana got this lead because rule 6 “Iberia” is the first that matches, and line 2 of the territory Markets (City is “Madrid”) gives it to Ana."
    );
}

#[test]
fn the_pool_that_owns_the_row_has_its_turn() {
    let by = By::Territory { territory: MARKETS, line: 4, pool: Some(EUROPE) };
    let lisbon = from("Lisbon", MORNING);
    let decision = decide(&lisbon, &config(), &State::default());
    assert_eq!(decision.outcome, Outcome::Assigned { rep: ANA, by });
    assert_eq!(decision.outcome.pool(), Some(EUROPE));
    assert_eq!(decision.turn.unwrap().pool, EUROPE);
    insta::assert_snapshot!(told(&lisbon).0, @"“Iberia” → Markets, line 4 → Europe: Ana’s turn");
    insta::assert_snapshot!(
        told(&lisbon).1,
        @"Ana got this lead because rule 6 “Iberia” is the first that matches, line 4 of the territory Markets (City is “Lisbon”) sends it to Europe, and there of the 2 people available it was their turn: they were owed 0.66 leads."
    );
}

#[test]
fn the_row_is_the_one_in_force_at_the_instant_of_the_decision() {
    let line = |at| {
        let decided = outcome(&from("Madrid", at), &config());
        let Outcome::Assigned { rep, by: By::Territory { line, .. } } = decided else {
            panic!("{decided:?}")
        };
        (rep, line)
    };
    assert_eq!(line("2026-01-30T09:00:00Z"), (ANA, 2));
    assert_eq!(line("2026-02-02T08:59:00Z"), (CHI, 3));
}

#[test]
fn without_a_row_the_fallback_is_tried_and_the_nearest_row_is_told() {
    let porto = from("Porto", EARLY);
    assert_eq!(outcome(&porto, &config()), Outcome::Assigned { rep: CHI, by: By::Pool(ASIA) });
    let (_, sentence) = told(&porto);
    assert!(
        sentence.contains("No row of Markets is for this lead. Line 2 comes nearest"),
        "{sentence}"
    );
}

#[test]
fn an_owner_who_does_not_pass_the_gates_yields_nobody() {
    let madrid = from("Madrid", EARLY);
    assert_eq!(outcome(&madrid, &config()), Outcome::Assigned { rep: CHI, by: By::Pool(ASIA) });
    let malmo = from("Malmö", EARLY);
    assert_eq!(outcome(&malmo, &config()), Outcome::Assigned { rep: CHI, by: By::Pool(ASIA) });
    assert!(told(&malmo).1.contains("Dan was tried before, but"), "{}", told(&malmo).1);
    let trace = trace(&madrid, &config(), &State::default());
    assert!(matches!(
        trace.attempts[0].asked(),
        Attempt::Rep { rep: ANA, gate: Some(Gate::OutsideHours { .. }) }
    ));
    let held = decide(
        &Case { at: "2026-01-14T18:00:00Z".parse().unwrap(), ..madrid },
        &config(),
        &State::default(),
    );
    let singapore_opens = "2026-01-15T01:00:00Z".parse().unwrap();
    assert_eq!(held.outcome, Outcome::Held { until: Some(singapore_opens) });
}

#[test]
fn a_pool_that_owns_the_row_overflows_as_if_the_rule_had_named_it() {
    let mut config = config();
    config.pools.get_mut(&EUROPE).unwrap().overflow = Overflow::AssignAnyway;
    config.pools.get_mut(&ASIA).unwrap().members.clear();
    let by = By::Spill(Spill::Anyway(EUROPE));
    assert_eq!(outcome(&from("Lisbon", EARLY), &config), Outcome::Assigned { rep: ANA, by });
    let other_row = outcome(&from("Madrid", EARLY), &config);
    assert!(matches!(other_row, Outcome::Held { .. }), "{other_row:?}");
}

#[test]
fn what_a_row_can_touch_is_stored_with_the_decision() {
    let mut config = config();
    config.reps.get_mut(&ANA).unwrap().caps.day = Some(5);
    let mut state = State::default();
    for rep in [ANA, BEN, CHI] {
        let last_at = MORNING.parse().unwrap();
        state.loads.insert(rep, Load { last_at, hour: 1, day: 1, week: 1, open: 1 });
    }
    let stored = |city| {
        let case = from(city, MORNING);
        Snapshot::take(&match_rule(&case, &config), &config, &state).state.loads
    };
    assert!(stored("Madrid").contains_key(&ANA), "she is named by the row and has a cap");
    assert!(!stored("Porto").contains_key(&ANA));
    let pools: Vec<_> = match_rule(&from("Lisbon", MORNING), &config).pools().collect();
    assert_eq!(pools, [EUROPE, ASIA]);
}

#[test]
fn why_not_a_rep_looks_at_the_row_of_this_lead() {
    let why_not =
        |city, rep| why_not_rep(&from(city, EARLY), &config(), &State::default(), rep).unwrap();
    assert!(matches!(why_not("Madrid", ANA).places[..], [Place::Gate { pool: None, .. }]));
    assert!(matches!(why_not("Lisbon", BEN).places[..], [Place::Gate { pool: Some(EUROPE), .. }]));
    let elsewhere = case(lead(1, "Lisbon"), MORNING.parse().unwrap());
    let rules = |rep| {
        let why_not = why_not_rep(&elsewhere, &config(), &State::default(), rep).unwrap();
        why_not.rules.into_iter().map(|rule| rule.rule).collect::<Vec<_>>()
    };
    assert!(rules(BEN).contains(&rule_id(6)), "he is in the pool that owns the row");
}
