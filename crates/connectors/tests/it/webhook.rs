//! What arrives at a receiver, and what its answers mean.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use lr_connectors::egress::Egress;
use lr_connectors::error::CallError;
use lr_connectors::http::HttpClient;
use lr_connectors::webhook::{Message, SigningSecret, deliver};
use lr_emulators::fault::{Answer, Break};
use lr_emulators::receiver::{Received, Receiver};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

const BODY: &[u8] = r#"{"type":"lead.decided","data":{"company":"Müller & Söhne"}}"#.as_bytes();

fn now() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

fn secret() -> SigningSecret {
    SigningSecret::new(*b"an example key of thirty-two by.")
}

async fn attempt(receiver: &Receiver) -> Result<(), CallError> {
    let http = HttpClient::new(Egress::AllowLoopback).unwrap();
    let message = Message { id: "dec_018f", at: now(), body: BODY };
    deliver(&http, &receiver.url(), &secret(), message).await
}

/// What a receiver does, written from RFC 2104 and the specification, sharing nothing with the
/// sender but the text of the secret.
fn verifies(whsec: &str, request: &Received) -> bool {
    let key = STANDARD.decode(whsec.strip_prefix("whsec_").unwrap()).unwrap();
    let mut block = [0_u8; 64];
    block[..key.len()].copy_from_slice(&key);
    let header = |name: &str| request.headers[name].as_bytes();

    let mut inner = Sha256::new();
    inner.update(block.map(|byte| byte ^ 0x36));
    inner.update([header("webhook-id"), b".", header("webhook-timestamp"), b"."].concat());
    inner.update(&request.body);
    let mut outer = Sha256::new();
    outer.update(block.map(|byte| byte ^ 0x5c));
    outer.update(inner.finalize());

    let expected = format!("v1,{}", STANDARD.encode(outer.finalize()));
    request.headers["webhook-signature"].split(' ').any(|given| given == expected)
}

#[tokio::test]
async fn a_receiver_can_verify_what_arrives() {
    let receiver = Receiver::start().await.unwrap();
    attempt(&receiver).await.unwrap();

    let received = receiver.received();
    let [request] = received.as_slice() else { panic!("{received:?}") };
    assert_eq!((request.method.as_str(), request.body.as_slice()), ("POST", BODY));
    assert_eq!(request.headers["content-type"], "application/json");
    assert_eq!(request.headers["webhook-id"], "dec_018f");
    assert_eq!(request.headers["webhook-timestamp"], "1795428000");
    assert!(verifies(secret().reveal().expose_secret(), request));
}

#[tokio::test]
async fn a_change_of_any_part_breaks_the_signature() {
    let receiver = Receiver::start().await.unwrap();
    attempt(&receiver).await.unwrap();
    let request = receiver.received().remove(0);
    let whsec = secret().reveal().expose_secret().to_owned();

    for header in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let mut forged = request.clone();
        forged.headers.get_mut(header).unwrap().push('0');
        assert!(!verifies(&whsec, &forged), "{header}");
    }
    let mut forged = request.clone();
    forged.body[0] ^= 1;
    assert!(!verifies(&whsec, &forged));
    let other = SigningSecret::new([1; 32]).reveal().expose_secret().to_owned();
    assert!(!verifies(&other, &request));
}

#[tokio::test]
async fn every_2xx_is_a_delivery() {
    let receiver = Receiver::start().await.unwrap();
    for status in [200, 201, 202, 204, 299] {
        receiver.answer_next([Answer::status(status)]);
        attempt(&receiver).await.unwrap_or_else(|error| panic!("{status}: {error}"));
    }
}

#[tokio::test]
async fn any_other_status_is_tried_again() {
    let receiver = Receiver::start().await.unwrap();
    for status in [300, 304, 400, 401, 404, 408, 429, 500, 502, 503, 504, 599] {
        receiver.answer_next([Answer::status(status)]);
        let failed = attempt(&receiver).await.unwrap_err();
        assert!(matches!(failed, CallError::Retry { after: None, .. }), "{status}: {failed:?}");
    }
}

#[tokio::test]
async fn a_receivers_wish_to_wait_is_kept() {
    let receiver = Receiver::start().await.unwrap();
    for value in ["90", "Mon, 23 Nov 2026 10:01:30 GMT"] {
        receiver.answer_next([Answer::status(503).header("retry-after", value)]);
        let failed = attempt(&receiver).await.unwrap_err();
        let CallError::Retry { after, .. } = failed else { panic!("{failed:?}") };
        assert_eq!(after, Some(Duration::from_secs(90)), "{value}");
    }
}

#[tokio::test]
async fn gone_means_never_again() {
    let receiver = Receiver::start().await.unwrap();
    receiver.answer_next([Answer::status(410)]);
    let failed = attempt(&receiver).await.unwrap_err();
    assert!(matches!(failed, CallError::Reconnect { .. }), "{failed:?}");
}

#[tokio::test]
async fn a_broken_connection_is_tried_again_with_the_same_id() {
    let receiver = Receiver::start().await.unwrap();
    receiver.answer_next([Answer::status(200).breaks(Break::BeforeAnswer)]);
    let failed = attempt(&receiver).await.unwrap_err();
    assert!(matches!(failed, CallError::Retry { .. }), "{failed:?}");
    attempt(&receiver).await.unwrap();

    let received = receiver.wait_for(2).await;
    assert_eq!(received[0].headers["webhook-id"], received[1].headers["webhook-id"]);
}
