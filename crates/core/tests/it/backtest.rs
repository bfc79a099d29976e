//! Two rulesets played over the same past leads.

use jiff::{Timestamp, ToSpan};
use lr_core::backtest::report::{Comparison, Pair, Place, Report, Side};
use lr_core::backtest::run::{Run, field};
use lr_core::case::Case;
use lr_core::decide::matched::match_rule;
use lr_core::decide::{Config, Decision, Outcome, State};
use lr_core::identify::{Duplicate, Key};
use lr_core::pick::load::Caps;
use lr_core::rules::action::{Action, Target};
use lr_core::snapshot::Snapshot;
use lr_core::snapshot::stored::Stored;

use crate::decide::town::{
    ANA, ASIA, BEN, CHI, EUROPE, case, config, lead, rule_id, source, tables,
};

/// Ten in Berlin on a Wednesday, when Ana and Ben work and Chi does not.
const MORNING: &str = "2026-01-14T09:00:00Z";
/// Two hours after everybody in Berlin went home.
const EVENING: &str = "2026-01-14T18:00:00Z";

/// `count` leads from `city`, a minute apart.
fn leads(city: &str, from: &str, count: u128) -> Vec<Case> {
    let from: Timestamp = from.parse().unwrap();
    let minute = |number: u128| i64::try_from(number).unwrap().minutes();
    let one = |number| case(lead(number, city), from + minute(number));
    (1..=count).map(one).collect()
}

/// The town where leads from Berlin go to Asia as well.
fn everything_to_asia() -> Config {
    let mut source = source();
    source.ruleset.rules[1].action = Action::to(Target::Pool(ASIA));
    source.check(&tables()).unwrap()
}

fn played(cases: &[Case], config: &Config) -> Vec<Decision> {
    let (mut run, mut decisions) = (Run::new(config), Vec::new());
    for case in cases {
        run.take(&match_rule(case, config), || Some(case.clone()), |made| decisions.push(made));
    }
    run.finish(|made| decisions.push(made));
    decisions
}

fn compared(cases: &[Case], before: &Config, after: &Config) -> Report {
    let mut comparison = Comparison::default();
    for (side, config) in [(Side::Before, before), (Side::After, after)] {
        played(cases, config).into_iter().for_each(|made| comparison.add(side, made));
    }
    comparison.report()
}

#[test]
fn nothing_moves_when_nothing_was_changed() {
    let report = compared(&leads("Berlin", MORNING, 30), &config(), &config());
    assert_eq!((report.leads, report.moved), (30, 0));
    assert!(report.flows.is_empty());
    let all = Pair { before: 30, after: 30 };
    assert_eq!(report.rules, [(Some(rule_id(2)), all)].into());
    assert_eq!(report.places, [(Place::Pool(EUROPE), all)].into());
    assert_eq!(report.reps[&ANA], Pair { before: 20, after: 20 });
    assert_eq!(report.reps[&BEN], Pair { before: 10, after: 10 });
}

#[test]
fn a_changed_target_shows_who_moves_and_what_becomes_of_each_reps_load() {
    let report = compared(&leads("Berlin", MORNING, 30), &config(), &everything_to_asia());
    assert_eq!((report.leads, report.moved), (30, 30));
    let flow = &report.flows[&(Place::Pool(EUROPE), Place::Pool(ASIA))];
    assert_eq!(flow.leads, 30);
    let shown = flow.latest.iter().map(|moved| (moved.before.lead, moved.after.lead));
    let latest = [28, 29, 30].map(|number| (lead(number, "").id, lead(number, "").id));
    assert_eq!(shown.collect::<Vec<_>>(), latest);
    assert_eq!(report.reps[&ANA], Pair { before: 20, after: 0 });
    assert_eq!(report.reps[&CHI], Pair { before: 0, after: 30 });
}

#[test]
fn a_lead_that_was_held_is_served_at_the_next_opening_oldest_first() {
    let decisions = played(&leads("Rome", EVENING, 3), &config());
    let opening: Timestamp = "2026-01-15T08:00:00Z".parse().unwrap();
    assert!(decisions.iter().all(|made| made.at == opening && made.outcome.rep().is_some()));
    let served = decisions.iter().map(|made| made.lead);
    assert_eq!(served.collect::<Vec<_>>(), [1, 2, 3].map(|number| lead(number, "").id));
}

#[test]
fn a_held_lead_comes_before_those_that_arrive_after_its_opening() {
    let mut cases = leads("Rome", EVENING, 1);
    cases.push(case(lead(2, "Rome"), "2026-01-15T08:00:01Z".parse().unwrap()));
    let served = played(&cases, &config());
    let served = served.iter().map(|made| made.lead);
    assert_eq!(served.collect::<Vec<_>>(), [1, 2].map(|number| lead(number, "").id));
}

#[test]
fn a_lead_that_one_ruleset_holds_and_the_other_does_not_is_still_compared() {
    let mut source = source();
    source.ruleset.rules[3].action = Action::to(Target::Queue("Italy".into()));
    let report = compared(&leads("Rome", EVENING, 5), &config(), &source.check(&tables()).unwrap());
    assert_eq!((report.leads, report.moved), (5, 5));
    let flow = (Place::Pool(EUROPE), Place::Queue("Italy".into()));
    assert_eq!(report.flows[&flow].leads, 5);
}

#[test]
fn a_lead_for_whom_nobody_ever_opens_stays_held_and_is_counted() {
    let mut config = config();
    config.reps.values_mut().for_each(|rep| rep.active = false);
    let decisions = played(&leads("Rome", MORNING, 2), &config);
    assert!(decisions.iter().all(|made| matches!(made.outcome, Outcome::Held { until: None })));
    let report = compared(&leads("Rome", MORNING, 2), &config, &config);
    assert_eq!(report.places[&Place::Held], Pair { before: 2, after: 2 });
}

#[test]
fn caps_on_open_leads_are_off_and_caps_on_a_day_are_on() {
    let mut config = config();
    config.reps.get_mut(&BEN).unwrap().active = false;
    let caps = |caps: Caps| {
        let mut config = config.clone();
        config.reps.get_mut(&ANA).unwrap().caps = caps;
        let decisions = played(&leads("Rome", MORNING, 6), &field(config));
        let first_day: Timestamp = "2026-01-14T23:00:00Z".parse().unwrap();
        decisions.iter().filter(|made| made.at < first_day).count()
    };
    assert_eq!(caps(Caps { open: Some(2), ..Caps::default() }), 6);
    assert_eq!(caps(Caps { day: Some(2), ..Caps::default() }), 2);
}

/// As the player of past leads does: what was stored is only read as far as it is asked for.
fn played_as_stored(cases: &[Case], config: &Config) -> Vec<Decision> {
    let (mut run, mut decisions) = (Run::new(config), Vec::new());
    for case in cases {
        let bytes = Snapshot { case: case.clone(), state: State::default() }.encode();
        let stored = Stored::read(&bytes).unwrap();
        let matched = stored.match_rule(config).unwrap();
        run.take(&matched, || stored.whole().ok().cloned(), |made| decisions.push(made));
    }
    run.finish(|made| decisions.push(made));
    decisions
}

#[test]
fn stored_leads_are_played_as_decoded_ones_are() {
    let mut cases = leads("Berlin", MORNING, 3);
    for (city, number) in [("Oslo", 4), ("Lisbon", 5), ("Madrid", 6), ("Rome", 7), ("Rome", 8)] {
        let mut lead = lead(number, city);
        lead.message = Some("iberia".into()).filter(|_| city != "Rome" && city != "Oslo");
        cases.push(case(lead, EVENING.parse().unwrap()));
    }
    let mut again = case(lead(9, "Berlin"), "2026-01-15T09:00:00Z".parse().unwrap());
    again.matches.duplicate =
        Some(Duplicate { lead: cases[0].lead.id, owner: Some(ANA), by: Key::Email });
    again.excluded.insert(BEN);
    cases.push(again);
    let played = played(&cases, &config());
    assert_eq!(played.len(), cases.len());
    assert_eq!(played_as_stored(&cases, &config()), played);
}
