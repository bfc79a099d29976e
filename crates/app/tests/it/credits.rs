//! Credits of turns, and what an absence would mean.

use lr_app::credits::{CreditError, Grant, give_back, grant};
use lr_app::idempotency::{IdempotencyKey, Once};
use lr_app::pools::absence::{PreviewError, Supposed, preview};
use lr_app::pools::words::{line_words, words};
use lr_app::pools::{ledger, pools};
use lr_app::rulesets::note::Note;
use lr_app::verify::verify;
use lr_core::id::{LeadId, RepId};
use lr_core::pick::Leave;
use lr_core::pick::absence::Absence;
use lr_core::pick::ledger::LEAD;
use lr_store::ledger_entries::EntryRow;
use uuid::Uuid;

use crate::shop::{NOON, Shop, from};

/// The pool's members by name, each with balance and leads.
async fn accounts(shop: &Shop) -> Vec<(RepId, i64, u64)> {
    let pool = pools(&shop.app, shop.workspace).await.unwrap().remove(0);
    let members = pool.members.into_iter();
    members.map(|member| (member.rep.id, member.balance.balance, member.balance.assigned)).collect()
}

async fn entries(shop: &Shop) -> Vec<EntryRow> {
    ledger(&shop.app, shop.workspace, shop.pool, None, 50).await.unwrap().unwrap().items
}

fn why(text: &str) -> Note {
    Note::parse(text).unwrap()
}

fn once(key: &[u8]) -> Option<Once> {
    let key = IdempotencyKey::parse(key).unwrap();
    Some(Once::new(Uuid::nil(), key, "a credit", b""))
}

async fn granted(shop: &Shop, rep: RepId, leads: i32) -> Result<EntryRow, CreditError> {
    let wanted = Grant { pool: shop.pool, rep, leads, reason: why("covered the fair") };
    grant(&shop.app, shop.workspace, "operator", wanted, once(b"k")).await
}

#[tokio::test]
async fn a_credit_by_hand_is_paid_by_the_others_and_explained_and_booked_once() {
    let shop = Shop::open(&[1, 1, 2]).await;
    let [(first, ..), ..] = accounts(&shop).await[..] else { panic!("three members") };
    let entry = granted(&shop, first, 2).await.unwrap();
    assert_eq!(words(&entry), "Turns credited by hand: covered the fair (operator)");
    let lines = entry.lines.iter().map(|(line, name)| format!("{name} {}", line_words(line)));
    let expected = ["Rep 0 is owed 2 more", "Rep 1 is owed 0.67 less", "Rep 2 is owed 1.33 less"];
    assert_eq!(lines.collect::<Vec<_>>(), expected);
    assert_eq!(granted(&shop, first, 2).await.unwrap(), entry, "the same request");
    assert_eq!(entries(&shop).await, [entry]);
    let owed: Vec<_> = accounts(&shop).await.iter().map(|account| account.1).collect();
    assert_eq!((owed[0], owed.iter().sum::<i64>()), (2 * LEAD, 0));
    let routed = shop.send(vec![from("Berlin"); 2]).await;
    assert!(routed.iter().all(|lead| lead.decision.outcome.rep() == Some(first)));
    assert!(verify(&shop.app, shop.workspace, |_| {}).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_credit_that_nobody_can_pay_or_have_is_refused() {
    let shop = Shop::open(&[1]).await;
    let only = accounts(&shop).await[0].0;
    assert!(matches!(granted(&shop, only, 1).await, Err(CreditError::Alone)));
    for leads in [0, 101, -101, i32::MIN] {
        assert!(matches!(granted(&shop, only, leads).await, Err(CreditError::Leads)), "{leads}");
    }
    let shop = Shop::open(&[1, 1]).await;
    assert!(matches!(granted(&shop, shop.night_owl, 1).await, Err(CreditError::Alone)));
    shop.plant("update pools set distribution = 'least_loaded'").await;
    let member = accounts(&shop).await[0].0;
    assert!(matches!(granted(&shop, member, 1).await, Err(CreditError::ByLoad)));
    assert!(entries(&shop).await.is_empty());
}

#[tokio::test]
async fn a_bad_lead_gives_its_turn_back_once() {
    let shop = Shop::open(&[1, 2]).await;
    let lead = shop.send(vec![from("Berlin")]).await.remove(0).lead;
    let back = |key: &'static [u8]| {
        let bad = (lead, why("a bot"));
        give_back(&shop.app, shop.workspace, "operator", bad, once(key))
    };
    let entry = back(b"a").await.unwrap();
    assert_eq!(words(&entry), "A bad lead’s turn given back: a bot (operator)");
    assert_eq!(entry.note.as_ref().unwrap().lead, Some(lead));
    for again in [b"a", b"b"] {
        assert_eq!(back(again).await.unwrap(), entry);
    }
    let accounts = accounts(&shop).await;
    assert!(
        accounts.iter().all(|(_, balance, leads)| (*balance, *leads) == (0, 0)),
        "{accounts:?}"
    );
    assert_eq!(entries(&shop).await.len(), 2);
    assert!(verify(&shop.app, shop.workspace, |_| {}).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_lead_without_a_turn_has_none_to_give_back() {
    let shop = Shop::open(&[1]).await;
    let lead = shop.send(vec![from("Lima")]).await.remove(0).lead;
    let back = |lead| give_back(&shop.app, shop.workspace, "operator", (lead, why("a bot")), None);
    assert!(matches!(back(lead).await, Err(CreditError::NoTurn)));
    let unknown = LeadId::new(Uuid::nil());
    assert!(matches!(back(unknown).await, Err(CreditError::NoLead(_))));
}

#[tokio::test]
async fn an_absence_is_played_under_each_policy_and_changes_nothing() {
    let shop = Shop::open(&[1, 1]).await;
    let [(absent, ..), ..] = accounts(&shop).await[..] else { panic!("two members") };
    let (from, until) = (NOON.parse().unwrap(), "2026-02-14T00:00:00Z".parse().unwrap());
    let supposed = Supposed {
        absence: Some((absent, Leave { from, until })),
        days: 28,
        leads_per_day: Some(10),
        per_day: 5,
    };
    let ask = |supposed| preview(&shop.app, shop.workspace, shop.pool, supposed);
    let told = ask(supposed).await.unwrap();
    let [forgive, repay] = told.policies.as_slice() else { panic!("{told:?}") };
    assert_eq!((forgive.policy, repay.policy), (Absence::Forgive, Absence::Repay { per_day: 5 }));
    let of = |members: &[(_, lr_core::pick::preview::Forecast)]| (members[0].1, members[1].1);
    let ((away, there), (repaid, _)) = (of(&forgive.members), of(&repay.members));
    assert!(away.leads < there.leads && away.leads < repaid.leads, "{told:?}");
    assert_eq!(away.arrears, 0);
    assert!(entries(&shop).await.is_empty());

    let measured = ask(Supposed { leads_per_day: None, ..supposed }).await.unwrap();
    assert_eq!(measured.leads_per_day, 1, "a quiet pool");
    let stranger = Some((shop.night_owl, Leave { from, until }));
    let refused = ask(Supposed { absence: stranger, ..supposed }).await;
    assert!(matches!(refused, Err(PreviewError::NoMember(_))), "{refused:?}");
    let backwards = Some((absent, Leave { from: until, until: from }));
    let refused = ask(Supposed { absence: backwards, ..supposed }).await;
    assert!(matches!(refused, Err(PreviewError::Backwards)), "{refused:?}");
    let refused = ask(Supposed { days: 366, leads_per_day: Some(1000), ..supposed }).await;
    assert!(matches!(refused, Err(PreviewError::TooMany)), "{refused:?}");
}
