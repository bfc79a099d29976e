//! From a decision to the receiver, through the queue.

use std::collections::BTreeMap;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use lr_app::webhook::{AddError, add};
use lr_emulators::fault::Answer;
use lr_emulators::receiver::{Received, Receiver};
use lr_store::dead_letters::DeadLetter;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::shop::{Shop, from};

/// Far longer than any delivery here takes: a hang is a failure, not a wait for ever.
const HANG: Duration = Duration::from_secs(30);

async fn wait_for(receiver: &Receiver, count: usize) -> Vec<Received> {
    tokio::time::timeout(HANG, receiver.wait_for(count)).await.unwrap()
}

async fn dead_letter(shop: &Shop) -> DeadLetter {
    let look = async {
        loop {
            let mut tx = shop.app.store.begin(shop.workspace).await.unwrap();
            if let Some(letter) = tx.dead_letters(1).await.unwrap().pop() {
                return letter;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(HANG, look).await.unwrap()
}

async fn hook(shop: &Shop, receiver: &Receiver) -> String {
    let url = receiver.url();
    let added = add(&shop.app, shop.workspace, &url, "operator".to_owned()).await.unwrap();
    added.secret.expose_secret().to_owned()
}

fn signature(whsec: &str, request: &Received) -> String {
    let key = STANDARD.decode(whsec.strip_prefix("whsec_").unwrap()).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    let [id, at] =
        ["webhook-id", "webhook-timestamp"].map(|name| request.headers.get(name).unwrap());
    mac.update(format!("{id}.{at}.").as_bytes());
    mac.update(&request.body);
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[tokio::test]
async fn a_receiver_is_told_of_a_decision_and_can_verify_it() {
    let shop = Shop::open(&[1]).await;
    let receiver = Receiver::start().await.unwrap();
    let whsec = hook(&shop, &receiver).await;
    let _working = shop.work();

    let routed = shop.send(vec![from("Berlin")]).await.remove(0);

    let request = wait_for(&receiver, 1).await.remove(0);
    assert_eq!(request.headers["webhook-signature"], signature(&whsec, &request));
    assert_eq!(request.headers["webhook-id"], routed.id.to_string());
    let event: Value = serde_json::from_slice(&request.body).unwrap();
    assert_eq!(event["type"], "lead.decided");
    assert_eq!(event["timestamp"], "2026-02-04T12:00:00Z");
    let data = &event["data"];
    assert_eq!(data["state"], "assigned");
    assert_eq!(data["rep"]["name"], "Rep 0");
    assert_eq!(data["pool"], json!({"id": shop.pool, "name": "EMEA"}));
    assert_eq!(data["rule"], json!({"id": shop.berlin, "name": "Berlin"}));
    assert_eq!(data["queue"], Value::Null);
    assert_eq!(data["reason"], routed.reason);
    assert_eq!(data["lead"]["id"], json!(routed.lead));
    assert_eq!(data["lead"]["source"]["name"], "api");
}

#[tokio::test]
async fn a_queued_lead_names_its_queue() {
    let shop = Shop::open(&[1]).await;
    let receiver = Receiver::start().await.unwrap();
    hook(&shop, &receiver).await;
    let _working = shop.work();

    shop.send(vec![from("Rome")]).await;

    let request = wait_for(&receiver, 1).await.remove(0);
    let event: Value = serde_json::from_slice(&request.body).unwrap();
    assert_eq!(event["data"]["state"], "queued");
    assert_eq!(event["data"]["queue"], "Unrouted");
    assert_eq!(event["data"]["rule"], Value::Null);
}

#[tokio::test]
async fn a_receiver_that_was_down_is_told_again_with_the_same_id() {
    let shop = Shop::open(&[1]).await;
    let receiver = Receiver::start().await.unwrap();
    receiver.answer_next([Answer::status(503)]);
    hook(&shop, &receiver).await;
    let _working = shop.work();

    shop.send(vec![from("Berlin")]).await;

    let requests = wait_for(&receiver, 2).await;
    assert_eq!(requests[0].headers["webhook-id"], requests[1].headers["webhook-id"]);
    assert_eq!(requests[0].body, requests[1].body);
}

#[tokio::test]
async fn every_decision_of_a_batch_is_told_to_every_webhook_once() {
    let shop = Shop::open(&[1, 2]).await;
    let receivers = [Receiver::start().await.unwrap(), Receiver::start().await.unwrap()];
    for receiver in &receivers {
        hook(&shop, receiver).await;
    }
    let _working = shop.work();

    let routed = shop.send((0..20).map(|_| from("Berlin")).collect()).await;

    for receiver in &receivers {
        let mut told = BTreeMap::new();
        for request in wait_for(receiver, 20).await {
            *told.entry(request.headers["webhook-id"].clone()).or_insert(0) += 1;
        }
        let expected = routed.iter().map(|lead| (lead.id.to_string(), 1)).collect();
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_switched_off_and_the_message_is_kept() {
    let shop = Shop::open(&[1]).await;
    let receiver = Receiver::start().await.unwrap();
    receiver.answer_always(Answer::status(410));
    hook(&shop, &receiver).await;
    let _working = shop.work();

    shop.send(vec![from("Berlin")]).await;

    let letter = dead_letter(&shop).await;
    assert_eq!((letter.kind.as_str(), letter.attempts), ("deliver_webhook", 1));
    assert!(letter.error.ends_with("the webhook was switched off"), "{}", letter.error);
    let mut tx = shop.app.store.begin(shop.workspace).await.unwrap();
    assert_eq!(tx.active_webhooks().await.unwrap(), []);
}

#[tokio::test]
async fn an_address_that_must_not_be_called_is_not_taken() {
    let shop = Shop::open(&[1]).await;
    for url in ["https://10.0.0.1/hook", "http://example.com/", "hook"] {
        let refused = add(&shop.app, shop.workspace, url, "operator".to_owned()).await;
        assert!(matches!(refused, Err(AddError::Forbidden(_))), "{url}");
    }
}

#[tokio::test]
async fn another_workspaces_decisions_are_not_told() {
    let shop = Shop::open(&[1]).await;
    let receiver = Receiver::start().await.unwrap();
    let url = receiver.url();
    add(&shop.app, shop.other, &url, "operator".to_owned()).await.unwrap();
    let ours = Receiver::start().await.unwrap();
    hook(&shop, &ours).await;
    let _working = shop.work();

    shop.send(vec![from("Berlin")]).await;

    wait_for(&ours, 1).await;
    assert_eq!(receiver.received(), []);
}
