use std::time::Duration;

use futures::StreamExt;
use lr_app::feed::stream;

use crate::shop::{Shop, from};

/// Far longer than a notice takes: a hang is a failure, not a wait for ever.
const HANG: Duration = Duration::from_secs(20);

#[tokio::test]
async fn the_feed_shows_each_decision_once_as_it_is_committed() {
    let shop = Shop::open(&[1]).await;
    let feed = stream(&shop.app, shop.workspace, shop.app.clock.now());
    let mut feed = std::pin::pin!(feed);

    let first = shop.send(vec![from("Berlin")]).await;
    let second = shop.send(vec![from("Rome"), from("Paris")]).await;
    let sent = first.iter().chain(&second).map(|lead| lead.lead);
    for expected in sent {
        let shown = tokio::time::timeout(HANG, feed.next()).await.unwrap().unwrap().unwrap();
        assert_eq!(shown.id, expected);
    }
}

#[tokio::test]
async fn the_feed_shows_nothing_of_another_workspace() {
    let shop = Shop::open(&[1]).await;
    let feed = stream(&shop.app, shop.other, shop.app.clock.now());
    let mut feed = std::pin::pin!(feed);
    shop.send(vec![from("Berlin")]).await;
    let shown = tokio::time::timeout(Duration::from_millis(300), feed.next()).await;
    assert!(shown.is_err(), "a foreign lead was shown");
}
