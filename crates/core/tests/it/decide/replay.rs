use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use lr_core::decide::{Decision, Ledgers, decide, decide_all, match_rule};
use lr_core::pick::ledger::LEAD;
use lr_core::snapshot::{ConfigSource, Snapshot, SnapshotError};
use proptest::prelude::*;

use super::town::{config, lead, source};

const CITIES: [&str; 6] = ["Berlin", "Paris", "Rome", "Oslo", "Lima", "Berlin or Rome"];

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
        let leads = arrivals.iter().enumerate().map(|(number, (city, minutes))| {
            at += SignedDuration::from_mins(*minutes);
            (lead(number as u128, CITIES[*city]), at)
        });
        let leads = leads.collect::<Vec<_>>();
        let batch = leads.iter().map(|(lead, at)| (match_rule(lead, &config), *at));
        let mut ledgers = Ledgers::new();
        let decided = decide_all(batch, &config, &mut ledgers, |matched, at, ledgers| {
            Snapshot::take(matched.lead(), at, matched.pools(), ledgers).encode()
        });

        let stored_config = ConfigSource::decode(&source().encode()).unwrap().check().unwrap();
        for (inputs, decision) in &decided {
            let inputs = Snapshot::decode(inputs).unwrap();
            let again = decide(&inputs.lead, inputs.at, &stored_config, &inputs.ledgers);
            prop_assert_eq!(again.encode(), decision.encode());
        }
        for ledger in ledgers.values() {
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
        let _ = ConfigSource::decode(&bytes).map(ConfigSource::check);
    }
}

#[test]
fn bytes_of_another_engine_are_named() {
    assert_eq!(Snapshot::decode(&[]), Err(SnapshotError::Empty));
    assert_eq!(Snapshot::decode(&[9, 1, 2]), Err(SnapshotError::Version(9)));
    let mut cut =
        Snapshot { lead: lead(1, "Rome"), at: Timestamp::UNIX_EPOCH, ledgers: BTreeMap::new() }
            .encode();
    cut.pop();
    assert_eq!(Snapshot::decode(&cut), Err(SnapshotError::Damaged));
}

/// The stored form is a contract with every decision ever made: when this fails, `VERSION` must
/// count up and the old form must stay readable.
#[test]
fn the_stored_bytes_are_those_of_version_1() {
    let at = "2026-01-14T09:00:00Z".parse().unwrap();
    let config = config();
    let lead = lead(1, "Rome");
    let decision = decide(&lead, at, &config, &Ledgers::new());
    let snapshot = Snapshot::take(&lead, at, match_rule(&lead, &config).pools(), &Ledgers::new());
    insta::assert_snapshot!(hex(&decision.encode()));
    insta::assert_snapshot!(hex(&snapshot.encode()));
    insta::assert_snapshot!(hex(&source().encode()));
    assert_eq!(LEAD, 144_403_552_893_600);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
