use lr_app::held::{release, release_all};
use lr_core::decide::Outcome;
use lr_store::leads::LeadFilter;

use crate::shop::{Shop, from};

#[tokio::test]
async fn a_held_lead_goes_to_the_first_who_is_back() {
    let shop = Shop::open(&[1]).await;
    let held = shop.send(vec![from("Paris")]).await;
    let Outcome::Held { until: Some(until) } = held[0].decision.outcome else { panic!("not held") };
    assert_eq!(until.to_string(), "2026-02-04T22:00:00Z");

    shop.set_clock("2026-02-04T21:59:59Z");
    assert_eq!(release_all(&shop.app).await.unwrap(), 0);
    shop.set_clock("2026-02-04T22:00:00Z");
    assert_eq!(release_all(&shop.app).await.unwrap(), 1);

    let mut tx = shop.app.store.begin(shop.workspace).await.unwrap();
    let page = tx.leads_page(&LeadFilter::default(), None, 10).await.unwrap();
    assert_eq!(page[0].rep.as_ref().unwrap().0, shop.night_owl);
    assert_eq!(tx.assignments_of(held[0].lead).await.unwrap().len(), 1);
}

#[tokio::test]
async fn held_leads_are_served_oldest_first() {
    let shop = Shop::open(&[1, 1]).await;
    shop.set_clock("2026-02-03T20:00:00Z");
    let evening = shop.send(vec![from("Berlin")]).await;
    shop.set_clock("2026-02-03T21:00:00Z");
    let later = shop.send(vec![from("Berlin")]).await;
    let morning = shop.set_clock("2026-02-04T09:00:00Z");
    assert_eq!(release(&shop.app, shop.workspace, &shop.app.clock).await.unwrap(), 2);

    let mut tx = shop.app.store.begin(shop.workspace).await.unwrap();
    let decided = tx.decided_since(morning, 10).await.unwrap();
    let order = decided.iter().map(|lead| lead.id).collect::<Vec<_>>();
    assert_eq!(order, [evening[0].lead, later[0].lead]);
}

#[tokio::test]
async fn waiting_leaves_no_trail_of_decisions() {
    let shop = Shop::open(&[1]).await;
    shop.send(vec![from("Paris")]).await;
    let mut tx = shop.app.store.begin(shop.workspace).await.unwrap();
    let before = tx.decisions_after(None, 10).await.unwrap().len();
    drop(tx);
    release_all(&shop.app).await.unwrap();
    let mut tx = shop.app.store.begin(shop.workspace).await.unwrap();
    assert_eq!(tx.decisions_after(None, 10).await.unwrap().len(), before);
}
