use jiff::{SignedDuration, Timestamp};
use lr_core::decide::matched::match_rule;
use lr_core::decide::{Decision, State, decide, decide_all};
use lr_core::identify::people::People;
use lr_core::lead::Lead;
use lr_core::pick::ledger::LEAD;
use lr_core::snapshot::{ConfigSource, Snapshot, SnapshotError, Tables};
use proptest::prelude::*;

use super::town::{case, config, lead, source, tables};

const CITIES: [&str; 9] =
    ["Berlin", "Paris", "Rome", "Oslo", "Lima", "Berlin or Rome", "Madrid", "Lisbon", "Malmö"];

/// Leads by city and by minutes after the one before.
fn arrivals() -> impl Strategy<Value = Vec<(usize, i64)>> {
    proptest::collection::vec((0..CITIES.len(), 0..600_i64), 1..40)
}

proptest! {
    #[test]
    fn every_decision_of_a_batch_replays_from_its_stored_inputs_to_the_same_bytes(
        arrivals in arrivals()
    ) {
        let config = config();
        let mut at: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let cases = arrivals.iter().enumerate().map(|(number, (city, minutes))| {
            at += SignedDuration::from_mins(*minutes);
            let lead = lead(number as u128, CITIES[*city]);
            case(Lead { message: Some("Iberia".into()), ..lead }, at)
        });
        let cases = cases.collect::<Vec<_>>();
        let batch = cases.iter().map(|case| match_rule(case, &config));
        let mut state = State::default();
        let decided = decide_all(batch, &config, &mut state, &mut People::default(), |matched, state| {
            Snapshot::take(matched, &config, state).encode()
        });

        let stored_config = ConfigSource::decode(&source().encode()).unwrap().check(&tables()).unwrap();
        for (inputs, decision) in &decided {
            let inputs = Snapshot::decode(inputs).unwrap();
            let again = decide(&inputs.case, &stored_config, &inputs.state);
            prop_assert_eq!(again.encode(), decision.encode());
        }
        for ledger in state.ledgers.values() {
            let sum = ledger.balances.values().map(|balance| i128::from(balance.balance)).sum::<i128>();
            prop_assert_eq!(sum, 0);
        }
    }

    #[test]
    fn damaged_bytes_are_refused_or_read_as_something_never_a_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..200)
    ) {
        let _ = Snapshot::decode(&bytes);
        let _ = Decision::decode(&bytes);
        let _ = ConfigSource::decode(&bytes).map(|source| source.check(&Tables::new()));
    }
}

#[test]
fn bytes_of_another_engine_are_named() {
    assert_eq!(Snapshot::decode(&[]), Err(SnapshotError::Empty));
    assert_eq!(Snapshot::decode(&[9, 1, 2]), Err(SnapshotError::Version(9)));
    let mut cut =
        Snapshot { case: case(lead(1, "Rome"), Timestamp::UNIX_EPOCH), state: State::default() }
            .encode();
    cut.pop();
    assert_eq!(Snapshot::decode(&cut), Err(SnapshotError::Damaged));
}

/// The stored form is a contract with every decision ever made: when this fails, `VERSION` must
/// count up and the old form must stay readable.
#[test]
fn the_stored_bytes_are_those_of_version_2() {
    let at = "2026-01-14T09:00:00Z".parse().unwrap();
    let config = config();
    let case = case(lead(1, "Rome"), at);
    let state = State::default();
    let decision = decide(&case, &config, &state);
    let snapshot = Snapshot::take(&match_rule(&case, &config), &config, &state);
    insta::assert_snapshot!(hex(&decision.encode()));
    insta::assert_snapshot!(hex(&snapshot.encode()));
    insta::assert_snapshot!(hex(&source().encode()));
    assert_eq!(LEAD, 144_403_552_893_600);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
