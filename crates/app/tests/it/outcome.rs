use lr_app::outcome::{Kind, Outcome, record};

use crate::shop::{NOON, Shop, from};

#[tokio::test]
async fn hearing_of_an_outcome_twice_records_it_once() {
    let shop = Shop::open(&[1]).await;
    let lead = shop.send(vec![from("Berlin")]).await[0].lead;
    let at = NOON.parse().unwrap();
    let booked = Outcome { lead, kind: Kind::MeetingBooked, at };
    let held = Outcome { lead, kind: Kind::MeetingHeld, at };
    record(&shop.app, shop.workspace, &[booked]).await.unwrap();
    record(&shop.app, shop.workspace, &[booked, held]).await.unwrap();

    let mut tx = shop.app.store.begin(shop.workspace).await.unwrap();
    let kinds: Vec<_> =
        tx.outcomes_of(lead).await.unwrap().into_iter().map(|row| row.kind).collect();
    assert_eq!(kinds.len(), 2);
    assert!(kinds.contains(&"meeting_booked".to_owned()));
}

#[tokio::test]
async fn an_outcome_of_another_workspaces_lead_is_refused() {
    let shop = Shop::open(&[1]).await;
    let lead = shop.send(vec![from("Berlin")]).await[0].lead;
    let won = Outcome { lead, kind: Kind::Won, at: NOON.parse().unwrap() };
    assert!(record(&shop.app, shop.other, &[won]).await.is_err());
}
