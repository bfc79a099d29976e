//! Deadlines, sizes and broken connections.

use std::error::Error;
use std::time::{Duration, Instant};

use lr_connectors::egress::{Egress, Target};
use lr_connectors::http::{ANSWER_MAX_BYTES, Answer, HttpClient, NoAnswer, Post};
use lr_emulators::fault::{Answer as Told, Break};
use lr_emulators::receiver::Receiver;

async fn post(url: &str, deadline: Duration) -> Result<Answer, NoAnswer> {
    let http = HttpClient::new(Egress::AllowLoopback).unwrap();
    let target = Target::parse(url, http.egress()).unwrap();
    let headers = Default::default();
    http.post(Post { target: &target, headers, body: b"{}".to_vec(), deadline }).await
}

const PLENTY: Duration = Duration::from_secs(10);

#[tokio::test]
async fn a_slow_answer_ends_at_the_deadline() {
    let receiver = Receiver::start().await.unwrap();
    receiver.answer_always(Told::status(200).after(Duration::from_secs(30)));
    let begun = Instant::now();

    let failed = post(&receiver.url(), Duration::from_millis(200)).await.unwrap_err();

    assert!(matches!(failed, NoAnswer::Unreachable(_)), "{failed:?}");
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!(receiver.received().len(), 1, "it did arrive: the effect is unknown");
}

#[tokio::test]
async fn a_body_without_end_is_cut() {
    let receiver = Receiver::start().await.unwrap();
    receiver.answer_always(Told::status(200).body(vec![b'x'; 10 * 1_024 * 1_024]));
    let answer = post(&receiver.url(), PLENTY).await.unwrap();
    assert_eq!(answer.body.len(), ANSWER_MAX_BYTES);
}

#[tokio::test]
async fn a_broken_connection_is_no_answer() {
    let receiver = Receiver::start().await.unwrap();
    for at in [Break::BeforeAnswer, Break::InBody] {
        receiver.answer_next([Told::status(200).body("half of it").breaks(at)]);
        let failed = post(&receiver.url(), PLENTY).await.unwrap_err();
        assert!(matches!(failed, NoAnswer::Unreachable(_)), "{at:?}: {failed:?}");
    }
}

#[tokio::test]
async fn an_error_does_not_repeat_the_address() {
    let receiver = Receiver::start().await.unwrap();
    let url = format!("{}/s3cr3t?token=s3cr3t", receiver.url());
    drop(receiver);

    let failed = post(&url, PLENTY).await.unwrap_err();

    let mut told = format!("{failed:?}");
    let mut below: Option<&dyn Error> = Some(&failed);
    while let Some(error) = below {
        told.push_str(&error.to_string());
        below = error.source();
    }
    assert!(!told.contains("s3cr3t"), "{told}");
}
