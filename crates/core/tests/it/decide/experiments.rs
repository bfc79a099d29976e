//! Experiments: sticky lots, even shares, holdouts.

use std::num::NonZeroU32;

use lr_core::case::Case;
use lr_core::decide::{Config, Outcome, State, decide};
use lr_core::id::ExperimentId;
use lr_core::normalise::email::Email;
use lr_core::rules::action::{Action, Target};
use lr_core::rules::experiment::{Experiment, Treatment, Unit, Variant};
use lr_core::trace::{Verdict, trace};
use uuid::Uuid;

use super::town::{case, config, lead, rule_id};

const PEOPLE: u128 = 20_000;

fn variant(name: &str, weight: u32, treatment: Treatment) -> Variant {
    Variant { name: name.into(), weight: NonZeroU32::new(weight).unwrap(), treatment }
}

/// Half the people as ever, a quarter to a queue, a quarter passed over.
fn experiment(id: u128) -> Experiment {
    let queue = Treatment::Instead(Action::to(Target::Queue("Tried".into())));
    Experiment {
        id: ExperimentId::new(Uuid::from_u128(id)),
        unit: Unit::Person,
        variants: vec![
            variant("as ever", 2, Treatment::Control),
            variant("queue", 1, queue),
            variant("nothing", 1, Treatment::Holdout),
        ],
    }
}

fn person(number: u128) -> Case {
    let mut lead = lead(number, "Rome");
    lead.email = Some(Email::parse(&format!("person{number}@initech.example")).unwrap());
    case(lead, "2026-01-14T09:00:00Z".parse().unwrap())
}

fn drawn(experiment: &Experiment, case: &Case) -> String {
    experiment.draw(case).unwrap().name.clone()
}

/// Rule 4, for Rome, tries something out.
fn trying() -> Config {
    let mut config = config();
    let rome = config.ruleset.rules.iter_mut().find(|rule| rule.id == rule_id(4)).unwrap();
    rome.experiment = Some(experiment(1));
    config
}

#[test]
fn people_are_shared_out_by_weight() {
    let experiment = experiment(1);
    let count = |name| (0..PEOPLE).filter(|n| drawn(&experiment, &person(*n)) == name).count();
    // Five standard deviations of 20,000 fair draws are 354 for a half and 306 for a quarter.
    assert!(count("as ever").abs_diff(10_000) < 354);
    assert!(count("queue").abs_diff(5_000) < 306);
    assert!(count("nothing").abs_diff(5_000) < 306);
}

#[test]
fn the_same_person_draws_the_same_however_the_address_is_written() {
    let experiment = experiment(1);
    for number in 0..200 {
        let once = person(number);
        let mut again = person(number + 1_000_000);
        let shouted = format!("Person{number}+trial@INITECH.example");
        again.lead.email = Some(Email::parse(&shouted).unwrap());
        assert_eq!(drawn(&experiment, &once), drawn(&experiment, &again));
    }
}

#[test]
fn two_experiments_draw_independently() {
    let (one, other) = (experiment(1), experiment(2));
    let both = (0..PEOPLE)
        .map(person)
        .filter(|case| drawn(&one, case) == "queue" && drawn(&other, case) == "queue")
        .count();
    // A sixteenth, within five standard deviations.
    assert!(both.abs_diff(1_250) < 171, "{both}");
}

#[test]
fn a_holdout_goes_on_as_though_the_rule_were_not_there() {
    let (config, state) = (trying(), State::default());
    let held_out = (0..).map(person).find(|case| drawn(&experiment(1), case) == "nothing").unwrap();
    let decision = decide(&held_out, &config, &state);
    assert_eq!(decision.rule, None);
    assert_eq!(decision.outcome, Outcome::Queued { queue: "Unrouted".into() });
    assert_eq!(decision.cohorts[0].variant, "nothing");
    let trace = trace(&held_out, &config, &state);
    assert_eq!(trace.ladder[3].verdict, Verdict::HeldOut);
}

#[test]
fn another_treatment_takes_the_place_of_the_rules_action() {
    let (config, state) = (trying(), State::default());
    let tried = (0..).map(person).find(|case| drawn(&experiment(1), case) == "queue").unwrap();
    let decision = decide(&tried, &config, &state);
    assert_eq!(decision.rule, Some(rule_id(4)));
    assert_eq!(decision.outcome, Outcome::Queued { queue: "Tried".into() });
    let as_ever = (0..).map(person).find(|case| drawn(&experiment(1), case) == "as ever").unwrap();
    assert!(decide(&as_ever, &config, &state).outcome.pool().is_some());
}

/// Lots hang on the hash: were it to change, everybody would draw anew in a running experiment.
#[test]
fn lots_never_change() {
    let drawn = (0..8).map(|number| drawn(&experiment(1), &person(number))).collect::<Vec<_>>();
    insta::assert_snapshot!(drawn.join(", "));
}
