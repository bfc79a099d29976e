use lr_app::idempotency::{IdempotencyKey, Once};
use lr_app::rulesets::drafts::{self, Written};
use lr_app::rulesets::note::Note;
use lr_app::rulesets::versions::{self, Rollback};
use lr_app::rulesets::{Change, ChangeError, change};
use lr_core::decide::Outcome;
use lr_core::id::UserId;
use lr_core::rules::action::{Action, Target};
use lr_core::rules::ast::RulesetSource;

use crate::shop::{Shop, from};

async fn in_force(shop: &Shop) -> RulesetSource {
    let mut tx = shop.app.store.begin(shop.workspace).await.unwrap();
    tx.published_ruleset().await.unwrap().unwrap().source
}

fn without_rules(based_on: u32, queue: &str) -> Written {
    let catch_all = Action::to(Target::Queue(queue.to_owned()));
    Written { based_on, rules: vec![], catch_all }
}

async fn save(shop: &Shop, author: UserId, written: Written) {
    drafts::save(&shop.app, shop.workspace, author, written).await.unwrap();
}

async fn publish(shop: &Shop, author: UserId) -> Result<u32, ChangeError> {
    let published = drafts::publish(&shop.app, shop.workspace, author, None, None).await?;
    Ok(published.version)
}

#[tokio::test]
async fn a_draft_decides_nothing_until_it_is_published() {
    let shop = Shop::open(&[1]).await;
    let ada = shop.member(1).await;
    save(&shop, ada, without_rules(1, "Draft")).await;
    let before = shop.send(vec![from("Rome")]).await;
    assert_eq!(before[0].decision.outcome, Outcome::Queued { queue: "Unrouted".to_owned() });

    let note = Note::parse("Everything by hand").unwrap();
    let draft = drafts::read(&shop.app, shop.workspace, ada).await.unwrap();
    let published = drafts::publish(&shop.app, shop.workspace, ada, Some(note), None).await;
    let published = published.unwrap();
    assert_eq!((published.version, published.in_force, published.rules), (2, true, 0));
    assert_eq!(published.id, draft.content.source.id);
    assert_eq!(published.author_name.as_deref(), Some("Ada Lovelace"));
    assert_eq!(published.note.as_deref(), Some("Everything by hand"));
    let after = shop.send(vec![from("Rome")]).await;
    assert_eq!(after[0].decision.outcome, Outcome::Queued { queue: "Draft".to_owned() });
    let gone = drafts::read(&shop.app, shop.workspace, ada).await;
    assert!(matches!(gone, Err(ChangeError::NoDraft)));
}

#[tokio::test]
async fn each_author_has_one_draft_which_keeps_its_id() {
    let shop = Shop::open(&[1]).await;
    let (ada, grace) = (shop.member(1).await, shop.member(2).await);
    save(&shop, ada, without_rules(1, "One")).await;
    let first = drafts::read(&shop.app, shop.workspace, ada).await.unwrap();
    save(&shop, ada, without_rules(1, "Two")).await;
    let second = drafts::read(&shop.app, shop.workspace, ada).await.unwrap();
    assert_eq!(first.content.source.id, second.content.source.id);
    assert_eq!(second.content.catch_all_words, "queue “Two”");
    let hers = drafts::read(&shop.app, shop.workspace, grace).await;
    assert!(matches!(hers, Err(ChangeError::NoDraft)));
    drafts::discard(&shop.app, shop.workspace, ada).await.unwrap();
    let gone = drafts::discard(&shop.app, shop.workspace, ada).await;
    assert!(matches!(gone, Err(ChangeError::NoDraft)));
}

#[tokio::test]
async fn of_two_drafts_published_at_once_one_is_refused_and_stays() {
    let shop = Shop::open(&[1]).await;
    let (ada, grace) = (shop.member(1).await, shop.member(2).await);
    save(&shop, ada, without_rules(1, "Ada")).await;
    save(&shop, grace, without_rules(1, "Grace")).await;
    let (first, second) = tokio::join!(publish(&shop, ada), publish(&shop, grace));
    let loser = match (first, second) {
        (Ok(2), Err(ChangeError::Moved)) => grace,
        (Err(ChangeError::Moved), Ok(2)) => ada,
        other => panic!("exactly one wins: {other:?}"),
    };
    assert_eq!(in_force(&shop).await.version, 2);
    assert!(drafts::read(&shop.app, shop.workspace, loser).await.is_ok());
    assert!(matches!(publish(&shop, loser).await, Err(ChangeError::Moved)));
}

#[tokio::test]
async fn a_draft_is_based_on_a_version_that_there_was() {
    let shop = Shop::open(&[1]).await;
    let ada = shop.member(1).await;
    let saved = drafts::save(&shop.app, shop.workspace, ada, without_rules(7, "Q")).await;
    assert!(matches!(saved, Err(ChangeError::NoVersion(7))));
}

#[tokio::test]
async fn a_publication_that_is_asked_for_twice_happens_once() {
    let shop = Shop::open(&[1]).await;
    let ada = shop.member(1).await;
    let once = |body: &[u8]| {
        let key = IdempotencyKey::parse(b"k").unwrap();
        Some(Once::new(ada.uuid(), key, "POST publish", body))
    };
    save(&shop, ada, without_rules(1, "One")).await;
    let first = drafts::publish(&shop.app, shop.workspace, ada, None, once(b"{}")).await.unwrap();
    let again = drafts::publish(&shop.app, shop.workspace, ada, None, once(b"{}")).await.unwrap();
    assert_eq!(first, again);
    let other = drafts::publish(&shop.app, shop.workspace, ada, None, once(b"{ }")).await;
    assert!(matches!(other, Err(ChangeError::Once(_))));
}

#[tokio::test]
async fn an_earlier_version_comes_back_as_a_new_one() {
    let shop = Shop::open(&[1]).await;
    let first = in_force(&shop).await;
    let off = Change::Switch { rule: shop.berlin, enabled: false };
    change(&shop.app, shop.workspace, "usr_1", 1, off).await.unwrap();
    let back = |replacing| {
        let wanted = Rollback { to: 1, replacing, note: None };
        versions::roll_back(&shop.app, shop.workspace, "operator", wanted, None)
    };
    assert!(matches!(back(1).await, Err(ChangeError::Moved)));
    let version = back(2).await.unwrap();
    assert_eq!(version.note.as_deref(), Some("Back to version 1"));
    let now = in_force(&shop).await;
    assert_eq!((now.version, now.rules, now.catch_all), (3, first.rules, first.catch_all));

    let page = versions::page(&shop.app, shop.workspace, None, 2).await.unwrap();
    let numbers: Vec<_> = page.items.iter().map(|v| (v.version, v.in_force)).collect();
    assert_eq!((numbers, page.next), (vec![(3, true), (2, false)], Some(2)));
    let rest = versions::page(&shop.app, shop.workspace, page.next, 2).await.unwrap();
    assert_eq!((rest.items[0].version, rest.next), (1, None));
}

#[tokio::test]
async fn a_neighbour_sees_neither_versions_nor_drafts() {
    let shop = Shop::open(&[1]).await;
    let ada = shop.member(1).await;
    save(&shop, ada, without_rules(1, "One")).await;
    let page = versions::page(&shop.app, shop.other, None, 10).await.unwrap();
    assert!(page.items.is_empty());
    let hers = drafts::read(&shop.app, shop.other, ada).await;
    assert!(matches!(hers, Err(ChangeError::NoDraft)));
}
