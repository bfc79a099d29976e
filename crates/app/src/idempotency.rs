//! Requests that may be sent twice and must act once.

use std::fmt;

use lr_store::error::StoreError;
use lr_store::idempotency::{Answer, RequestName};
use lr_store::workspace_tx::WorkspaceTx;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The longest key accepted, in characters.
const MAX_LENGTH: usize = 255;

/// A caller's name for one request: 1 to 255 visible ASCII characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdempotencyKey(String);

/// The text is not 1 to 255 visible ASCII characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key is 1 to 255 visible ASCII characters")]
pub struct IdempotencyKeyError;

impl IdempotencyKey {
    /// Takes the value of an `Idempotency-Key` header.
    pub fn parse(raw: &[u8]) -> Result<Self, IdempotencyKeyError> {
        match str::from_utf8(raw) {
            Ok(text)
                if (1..=MAX_LENGTH).contains(&text.len())
                    && text.bytes().all(|byte| byte.is_ascii_graphic()) =>
            {
                Ok(Self(text.to_owned()))
            }
            Ok(_) | Err(_) => Err(IdempotencyKeyError),
        }
    }

    /// The key as the caller sent it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What makes a request the same one: who sent it, under which key, and what it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// The API key or the user; two callers' equal keys are different requests.
    pub caller: Uuid,
    /// The caller's name for the request.
    pub key: IdempotencyKey,
    /// SHA-256 of what was asked, so that a key used for something else is noticed.
    pub request_hash: [u8; 32],
}

impl Once {
    /// A request for `operation`, such as `POST /v1/leads`, with these bytes as its body.
    pub fn new(caller: Uuid, key: IdempotencyKey, operation: &str, body: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(operation);
        hash.update([0]);
        hash.update(body);
        Self { caller, key, request_hash: hash.finalize().into() }
    }

    /// What the request was answered, if it has been; else `tx` is the one to answer it.
    pub(crate) async fn answer(&self, tx: &mut WorkspaceTx) -> Result<Option<Vec<u8>>, OnceError> {
        match tx.claim_request(self.name()).await? {
            None => Ok(None),
            Some(answer) if answer.request_hash == self.request_hash => Ok(Some(answer.response)),
            Some(_) => Err(OnceError::KeyReused),
        }
    }

    /// Keeps the answer, which becomes true with `tx`.
    pub(crate) async fn keep(
        &self,
        tx: &mut WorkspaceTx,
        response: Vec<u8>,
    ) -> Result<(), StoreError> {
        let answer = Answer { request_hash: self.request_hash, response };
        tx.keep_answer(self.name(), &answer).await
    }

    fn name(&self) -> RequestName<'_> {
        RequestName { caller: self.caller, key: self.key.as_str() }
    }
}

/// Why a request was not recognised.
#[derive(Debug, thiserror::Error)]
pub enum OnceError {
    /// The key was used for another request.
    #[error("the key belongs to another request")]
    KeyReused,
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_visible_ascii_of_a_bounded_length() {
        assert_eq!(IdempotencyKey::parse(b"order-1").unwrap().as_str(), "order-1");
        for bad in ["", " ", "a b", "naïve", "tab\t", &"x".repeat(256)] {
            assert_eq!(IdempotencyKey::parse(bad.as_bytes()), Err(IdempotencyKeyError), "{bad:?}");
        }
    }

    #[test]
    fn the_same_body_sent_to_another_operation_is_another_request() {
        let key = IdempotencyKey::parse(b"k").unwrap();
        let once = |operation| Once::new(Uuid::nil(), key.clone(), operation, b"{}");
        assert_eq!(once("POST /v1/leads"), once("POST /v1/leads"));
        assert_ne!(once("POST /v1/leads"), once("POST /v1/leads/batch"));
    }
}
