//! The `Idempotency-Key` header.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use lr_app::idempotency::{IdempotencyKey, Once};

use crate::http::caller::Caller;
use crate::http::problem::Problem;

/// The header, which may be absent: then the request acts each time it is sent.
///
/// Source: draft-ietf-httpapi-idempotency-key-header.
#[derive(Debug, Clone)]
pub struct OptionalKey(Option<IdempotencyKey>);

impl OptionalKey {
    /// The request as the use case recognises it again.
    pub fn once(self, caller: &Caller, operation: &str, body: &[u8]) -> Option<Once> {
        self.0.map(|key| Once::new(caller.id(), key, operation, body))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for OptionalKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(header) = parts.headers.get("idempotency-key") else {
            return Ok(Self(None));
        };
        match IdempotencyKey::parse(header.as_bytes()) {
            Ok(key) => Ok(Self(Some(key))),
            Err(_) => Err(Problem::in_field(
                "Idempotency-Key",
                "The key is 1 to 255 visible ASCII characters.",
            )),
        }
    }
}
