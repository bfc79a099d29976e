//! Owner-first, and owners as targets.

use lr_core::case::Case;
use lr_core::decide::matched::match_rule;
use lr_core::decide::{By, Config, Outcome, State, decide, decide_all};
use lr_core::explain::{reason, recognised, sentence};
use lr_core::id::{AccountId, LeadId, RepId};
use lr_core::identify::people::People;
use lr_core::identify::{Account, AccountMatch, Duplicate, Key, Matches};
use lr_core::normalise::email::Email;
use lr_core::rules::action::{Action, Target};
use lr_core::snapshot::Snapshot;
use lr_core::trace::trace;
use uuid::Uuid;

use super::town::{ANA, BEN, CHI, DAN, EUROPE, case, config, lead};

const ACCOUNT: AccountId = AccountId::new(Uuid::from_u128(0xacc));
const EARLIER: LeadId = LeadId::new(Uuid::from_u128(0x1ead));
/// 10:00 in Berlin, when Ana and Ben work and Chi does not.
const MORNING: &str = "2026-01-14T09:00:00Z";

fn known(city: &str, duplicate: Option<RepId>, account: Option<RepId>) -> Case {
    let duplicate =
        duplicate.map(|rep| Duplicate { lead: EARLIER, owner: Some(rep), by: Key::Email });
    let account = account.map(|rep| AccountMatch {
        account: Account {
            id: ACCOUNT,
            name: "Initech".into(),
            domain: None,
            owner: Some(rep),
            country: None,
            state: None,
            employees: None,
            industry: None,
            attributes: [].into(),
        },
        by: Key::Domain,
    });
    Case {
        matches: Matches { duplicate, account },
        ..case(lead(1, city), MORNING.parse().unwrap())
    }
}

fn outcome(case: &Case, config: &Config) -> Outcome {
    decide(case, config, &State::default()).outcome
}

fn with_owners_only_where_named() -> Config {
    let mut config = config();
    config.settings.owner_first = false;
    config
}

#[test]
fn the_owner_of_the_earlier_lead_comes_before_the_owner_of_the_account() {
    let both = known("Berlin", Some(BEN), Some(ANA));
    let by = By::Duplicate(EARLIER);
    assert_eq!(outcome(&both, &config()), Outcome::Assigned { rep: BEN, by });
    let account = known("Berlin", None, Some(ANA));
    let by = By::Account(ACCOUNT);
    assert_eq!(outcome(&account, &config()), Outcome::Assigned { rep: ANA, by });
}

#[test]
fn the_catch_all_too_asks_the_owner_first() {
    let by = By::Account(ACCOUNT);
    let nowhere = known("Lima", None, Some(ANA));
    assert_eq!(outcome(&nowhere, &config()), Outcome::Assigned { rep: ANA, by });
}

#[test]
fn an_owner_keeps_his_leads_while_he_sleeps() {
    let by = By::Account(ACCOUNT);
    let asleep = known("Berlin", None, Some(CHI));
    assert_eq!(outcome(&asleep, &config()), Outcome::Assigned { rep: CHI, by });
}

#[test]
fn an_owner_who_left_or_is_on_leave_or_let_the_lead_lie_is_passed_over() {
    let from_pool = |case: &Case| {
        matches!(outcome(case, &config()), Outcome::Assigned { by: By::Pool(EUROPE), .. })
    };
    assert!(from_pool(&known("Rome", Some(DAN), None)));
    let on_leave =
        Case { at: "2026-01-07T09:00:00Z".parse().unwrap(), ..known("Rome", Some(BEN), None) };
    assert!(from_pool(&on_leave));
    let mut let_it_lie = known("Rome", Some(BEN), None);
    let_it_lie.excluded.insert(BEN);
    assert!(from_pool(&let_it_lie));
}

#[test]
fn a_rule_can_opt_out_and_what_is_rejected_has_no_owner() {
    let mut config = config();
    for rule in &mut config.ruleset.rules {
        rule.owner_first = false;
    }
    let rome = known("Rome", Some(BEN), Some(BEN));
    assert!(matches!(outcome(&rome, &config), Outcome::Assigned { by: By::Pool(_), .. }));
    let mut spam = known("Rome", Some(BEN), Some(BEN));
    spam.lead.message = Some("Casino".into());
    let rejected = Outcome::Rejected { reason: "spam".into() };
    assert_eq!(outcome(&spam, &super::town::config()), rejected);
}

#[test]
fn owners_can_be_named_as_targets() {
    let mut config = with_owners_only_where_named();
    for rule in &mut config.ruleset.rules {
        rule.action = Action {
            target: Target::AccountOwner,
            fallback: vec![Target::DuplicateOwner, Target::Queue("Unowned".into())],
            set: vec![],
        };
    }
    let of = |duplicate, account| outcome(&known("Rome", duplicate, account), &config);
    assert_eq!(of(Some(BEN), Some(ANA)), Outcome::Assigned { rep: ANA, by: By::Account(ACCOUNT) });
    assert_eq!(of(Some(BEN), None), Outcome::Assigned { rep: BEN, by: By::Duplicate(EARLIER) });
    assert_eq!(of(None, None), Outcome::Queued { queue: "Unowned".into() });
}

#[test]
fn without_the_setting_nobody_is_asked_first() {
    let rome = known("Rome", Some(BEN), Some(BEN));
    let outcome = outcome(&rome, &with_owners_only_where_named());
    assert!(matches!(outcome, Outcome::Assigned { by: By::Pool(EUROPE), .. }));
}

#[test]
fn the_reason_says_what_he_owns_and_who_was_passed_over() {
    let (config, state) = (config(), State::default());
    let case = known("Rome", Some(DAN), Some(ANA));
    let decision = decide(&case, &config, &state);
    assert_eq!(reason(&decision, &config), "“Rome” → Ana: owner of the account");
    assert_eq!(
        sentence(&trace(&case, &config, &state), &decision, &config),
        "Ana got this lead as the owner of the account; rule 4 “Rome” is the first that matches. \
         Dan owns an earlier lead of the same person, but is not active."
    );
}

#[test]
fn what_a_lead_was_recognised_as_is_said_in_words() {
    let (config, case) = (config(), known("Rome", Some(BEN), None));
    let found = case.matches.duplicate.unwrap();
    let words = "An earlier lead has the same e-mail address; Ben owned it.";
    assert_eq!(recognised::duplicate(&found, &config), words);
    let mut found = known("Rome", None, Some(BEN)).matches.account.unwrap();
    found.account.owner = None;
    let words = "The account Initech has the same company domain; nobody owned it.";
    assert_eq!(recognised::account(&found, &config), words);
}

#[test]
fn a_second_lead_of_a_person_in_one_batch_follows_the_first() {
    let config = config();
    let at = MORNING.parse().unwrap();
    let cases =
        [(1, "ada@x.test"), (2, "bob@x.test"), (3, "ada+again@x.test")].map(|(id, email)| {
            let mut lead = lead(id, "Rome");
            lead.email = Email::parse(email).ok();
            case(lead, at)
        });
    let batch = cases.iter().map(|case| match_rule(case, &config));
    let (mut state, mut people) = (State::default(), People::default());
    let decided = decide_all(batch, &config, &mut state, &mut people, |matched, state| {
        Snapshot::take(matched, &config, state)
    });
    let [first, _, third] = decided.as_slice() else { panic!("three leads") };
    let Outcome::Assigned { rep, by: By::Pool(EUROPE) } = first.1.outcome else { panic!() };
    let by = By::Duplicate(cases[0].lead.id);
    assert_eq!(third.1.outcome, Outcome::Assigned { rep, by });
    assert_eq!(decide(&third.0.case, &config, &third.0.state), third.1);
}
