use std::collections::BTreeMap;

use lr_app::idempotency::{IdempotencyKey, Once, OnceError};
use lr_app::route::{Receipt, RouteError, Routing};
use lr_core::decide::{By, Outcome};
use lr_core::lead::raw::RawLead;
use lr_store::leads::LeadFilter;
use uuid::Uuid;

use crate::shop::{Shop, from};

#[tokio::test]
async fn each_lead_goes_where_the_first_matching_rule_says() {
    let shop = Shop::open(&[1]).await;
    let spam = RawLead { message: Some("Best CASINO bonus".to_owned()), ..from("Berlin") };
    let routed = shop.send(vec![from("Berlin"), spam, from("Rome"), from("Paris")]).await;

    let [berlin, spam, rome, paris] = routed.as_slice() else { panic!("four leads") };
    assert!(
        matches!(berlin.decision.outcome, Outcome::Assigned { by: By::Pool(pool), .. } if pool == shop.pool)
    );
    assert_eq!(berlin.reason, "“Berlin” → EMEA: Rep 0’s turn");
    assert_eq!(spam.decision.outcome, Outcome::Rejected { reason: "spam".to_owned() });
    assert_eq!(rome.decision.outcome, Outcome::Queued { queue: "Unrouted".to_owned() });
    assert_eq!(rome.rule, None);
    assert!(matches!(paris.decision.outcome, Outcome::Held { until: Some(_) }));
}

#[tokio::test]
async fn a_batch_is_shared_out_by_weight() {
    let shop = Shop::open(&[3, 2, 1]).await;
    let routed = shop.send(vec![from("Berlin"); 60]).await;
    let mut counts = BTreeMap::new();
    for lead in routed {
        *counts.entry(lead.rep.unwrap().name).or_insert(0) += 1;
    }
    assert_eq!(counts.into_values().collect::<Vec<_>>(), [30, 20, 10]);
}

#[tokio::test]
async fn batches_at_once_share_out_as_fairly_as_one_after_another() {
    let shop = Shop::open(&[1, 1, 1, 1]).await;
    let sends = (0..25).map(|_| shop.send(vec![from("Berlin"); 4]));
    let mut counts = BTreeMap::new();
    for lead in futures::future::join_all(sends).await.into_iter().flatten() {
        *counts.entry(lead.rep.unwrap().name).or_insert(0) += 1;
    }
    assert_eq!(counts.into_values().collect::<Vec<_>>(), [25, 25, 25, 25]);
}

#[tokio::test]
async fn a_lead_is_listed_with_its_owner_and_reason() {
    let shop = Shop::open(&[1]).await;
    shop.send(vec![from("Berlin"), from("Rome")]).await;
    let mut tx = shop.app.store.begin(shop.workspace).await.unwrap();
    let assigned = LeadFilter { state: Some("assigned".to_owned()), ..LeadFilter::default() };
    let page = tx.leads_page(&assigned, None, 10).await.unwrap();
    let [lead] = page.as_slice() else { panic!("one assigned lead, got {}", page.len()) };
    assert_eq!(lead.rep.as_ref().unwrap().1, "Rep 0");
    assert_eq!(lead.rule.as_ref().unwrap(), &(shop.berlin, "Berlin".to_owned()));
    assert_eq!(lead.source.1, "api");
}

#[tokio::test]
async fn the_same_request_again_gets_the_same_answer_and_makes_no_lead() {
    let shop = Shop::open(&[1]).await;
    let first = shop.try_send(vec![from("Berlin")], once("{}")).await.unwrap();
    assert!(matches!(first, Routing::Fresh(routed) if routed.len() == 1));
    let again = shop.try_send(vec![from("Berlin")], once("{}")).await.unwrap();
    assert!(matches!(again, Routing::Repeated(answer) if answer == b"the answer"));
    assert_eq!(leads(&shop).await, 1);
}

#[tokio::test]
async fn a_key_used_for_another_request_is_refused_and_nothing_is_committed() {
    let shop = Shop::open(&[1]).await;
    shop.try_send(vec![from("Berlin")], once("{}")).await.unwrap();
    let other = shop.try_send(vec![from("Rome")], once("{other}")).await;
    assert!(matches!(other, Err(RouteError::Once(OnceError::KeyReused))));
    assert_eq!(leads(&shop).await, 1);
}

#[tokio::test]
async fn equal_requests_at_once_make_one_lead() {
    let shop = Shop::open(&[1]).await;
    let sends = (0..8).map(|_| shop.try_send(vec![from("Berlin")], once("{}")));
    let results = futures::future::join_all(sends).await;
    let fresh = results.into_iter().filter(|r| matches!(r, Ok(Routing::Fresh(_)))).count();
    assert_eq!((fresh, leads(&shop).await), (1, 1));
}

fn once(body: &str) -> Receipt {
    let key = IdempotencyKey::parse(b"order-1").unwrap();
    let once = Once::new(Uuid::nil(), key, "POST /v1/leads", body.as_bytes());
    Receipt::Once { once, answer: Box::new(|_| b"the answer".to_vec()) }
}

async fn leads(shop: &Shop) -> usize {
    let mut tx = shop.app.store.begin(shop.workspace).await.unwrap();
    tx.leads_page(&LeadFilter::default(), None, 100).await.unwrap().len()
}
