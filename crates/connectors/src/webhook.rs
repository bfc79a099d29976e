//! Outgoing webhooks, signed as Standard Webhooks 1.0.0 says.
//!
//! Source: <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>.

pub mod retry_after;

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, InvalidHeaderValue};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use sha2::Sha256;

use crate::egress::Target;
use crate::error::{CallError, Cause, Vendor};
use crate::http::{Answer, HttpClient, NoAnswer, Post};

/// How long a receiver has to answer. The specification asks for 15 to 30 seconds.
pub const DEADLINE: Duration = Duration::from_secs(15);

/// The key that a receiver and we share; prints as `[REDACTED]`.
#[derive(Debug, Clone)]
pub struct SigningSecret(SecretSlice<u8>);

/// One event on its way to one receiver.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    /// Names the event; the same at every attempt, so that a receiver can drop what it has seen.
    pub id: &'a str,
    /// When this attempt is made.
    pub at: Timestamp,
    /// JSON, sent byte for byte as it was signed.
    pub body: &'a [u8],
}

/// The receiver answered, but not with a 2xx.
#[derive(Debug, thiserror::Error)]
#[error("it answered with status {0}")]
struct Status(u16);

impl SigningSecret {
    /// Wraps a key. The specification asks for 24 to 64 random bytes.
    pub fn new(key: impl Into<Box<[u8]>>) -> Self {
        Self(SecretSlice::from(key.into().into_vec()))
    }

    /// The form to show to the receiver's owner: `whsec_` and base64.
    pub fn reveal(&self) -> SecretString {
        SecretString::from(format!("whsec_{}", STANDARD.encode(self.0.expose_secret())))
    }

    /// The `webhook-signature` of `message`.
    pub fn sign(&self, message: &Message<'_>) -> String {
        #[expect(clippy::expect_used, reason = "HMAC is defined for keys of every length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose_secret())
            .expect("HMAC takes a key of any length");
        mac.update(message.id.as_bytes());
        mac.update(b".");
        mac.update(message.at.as_second().to_string().as_bytes());
        mac.update(b".");
        mac.update(message.body);
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// Makes one attempt to deliver `message` to `url`.
///
/// - `Retry`: no 2xx, or no answer; the receiver may have seen the message.
/// - `Reconnect`: 410 Gone, by which a receiver says that it wants no more of these.
/// - `Refused`: `url` must not be called; nothing was sent.
pub async fn deliver(
    http: &HttpClient,
    url: &str,
    secret: &SigningSecret,
    message: Message<'_>,
) -> Result<(), CallError> {
    let refused = |reason: String| CallError::Refused { vendor: Vendor::Webhook, reason };
    let target =
        Target::parse(url, http.egress()).map_err(|forbidden| refused(forbidden.to_string()))?;
    let headers = headers(secret, &message)
        .map_err(|_| refused(format!("`{}` cannot be a message's id", message.id)))?;
    let post = Post { target: &target, headers, body: message.body.to_vec(), deadline: DEADLINE };
    match http.post(post).await {
        Ok(answer) => judge(&answer, message.at),
        Err(NoAnswer::Forbidden(forbidden)) => Err(refused(forbidden.to_string())),
        Err(NoAnswer::Unreachable(source)) => Err(retry(None, source)),
    }
}

/// What an answer means. A redirect is a failure: following it could lead anywhere.
fn judge(answer: &Answer, now: Timestamp) -> Result<(), CallError> {
    match answer.status {
        200..300 => Ok(()),
        410 => Err(CallError::Reconnect { vendor: Vendor::Webhook }),
        status => {
            let after =
                answer.retry_after.as_deref().and_then(|text| retry_after::parse(text, now));
            Err(retry(after, Status(status).into()))
        }
    }
}

fn retry(after: Option<Duration>, source: Cause) -> CallError {
    CallError::Retry { vendor: Vendor::Webhook, after, source }
}

fn headers(secret: &SigningSecret, message: &Message<'_>) -> Result<HeaderMap, InvalidHeaderValue> {
    let named = |name, value: String| Ok((HeaderName::from_static(name), value.parse()?));
    [
        Ok((CONTENT_TYPE, HeaderValue::from_static("application/json"))),
        named("webhook-id", message.id.to_owned()),
        named("webhook-timestamp", message.at.as_second().to_string()),
        named("webhook-signature", secret.sign(message)),
    ]
    .into_iter()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's own libraries.
    #[test]
    fn a_signature_is_the_published_one() {
        let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let secret = SigningSecret::new(key);
        let message = Message {
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            at: Timestamp::from_second(1_614_265_330).unwrap(),
            body: br#"{"test": 2432232314}"#,
        };
        assert_eq!(secret.sign(&message), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let revealed = secret.reveal();
        assert_eq!(revealed.expose_secret(), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    }

    #[test]
    fn a_secret_does_not_show_itself() {
        let shown = format!("{:?}", SigningSecret::new(*b"sesame sesame sesame sesame"));
        assert!(shown.contains("REDACTED") && !shown.contains("sesame"), "{shown}");
    }
}
