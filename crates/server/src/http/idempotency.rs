//! The `Idempotency-Key` header.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use lr_app::idempotency::{IdempotencyKey, Once, OnceError};
use utoipa::IntoParams;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use uuid::Uuid;

use crate::http::problem::{Code, Problem};

const HEADER: &str = "Idempotency-Key";

/// The header, which may be absent: then the request acts each time it is sent.
///
/// Source: draft-ietf-httpapi-idempotency-key-header.
#[derive(Debug, Clone)]
pub struct OptionalKey(Option<IdempotencyKey>);

impl OptionalKey {
    /// The request of `caller` as the use case recognises it again.
    pub fn once(self, caller: Uuid, operation: &str, body: &[u8]) -> Option<Once> {
        self.0.map(|key| Once::new(caller, key, operation, body))
    }
}

impl IntoParams for OptionalKey {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(255))
            .build();
        let header = ParameterBuilder::new()
            .name(HEADER)
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(
                "The same key with the same body gets the same answer and acts once; with another \
                 body it is refused.",
            ))
            .schema(Some(text));
        vec![header.build()]
    }
}

impl<S: Send + Sync> FromRequestParts<S> for OptionalKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(header) = parts.headers.get(HEADER) else {
            return Ok(Self(None));
        };
        match IdempotencyKey::parse(header.as_bytes()) {
            Ok(key) => Ok(Self(Some(key))),
            Err(_) => {
                Err(Problem::in_field(HEADER, "The key is 1 to 255 visible ASCII characters."))
            }
        }
    }
}

impl From<OnceError> for Problem {
    fn from(error: OnceError) -> Self {
        match error {
            OnceError::KeyReused => Self::new(
                Code::IdempotencyKeyReused,
                "This key was used for another request. Make a new key for each request.",
            ),
            OnceError::Store(error) => error.into(),
        }
    }
}
