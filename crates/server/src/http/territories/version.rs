//! A territory's version in `ETag` and `If-Match`, as RFC 9110 has them.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, header};
use utoipa::IntoParams;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};

use crate::http::problem::Problem;

/// The header that tells a version.
pub fn etag(version: u32) -> [(HeaderName, String); 1] {
    [(header::ETAG, format!("\"{version}\""))]
}

/// The version that a change was made to; `None` where the header is missing or `*`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub Option<u32>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(header) = parts.headers.get(header::IF_MATCH) else { return Ok(Self(None)) };
        let text = header.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(Self(None));
        }
        let quoted = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        match quoted.and_then(|version| version.parse().ok()) {
            Some(version) => Ok(Self(Some(version))),
            None => Err(Problem::in_field(
                "If-Match",
                "Send the ETag that the territory was read with, such as \"3\".",
            )),
        }
    }
}

impl IntoParams for IfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = ObjectBuilder::new().schema_type(Type::String).build();
        let header = ParameterBuilder::new()
            .name("If-Match")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some("The `ETag` that the territory was read with."))
            .schema(Some(text));
        vec![header.build()]
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    async fn read(value: Option<&str>) -> Result<IfMatch, Problem> {
        let request = Request::builder();
        let request = match value {
            Some(value) => request.header(header::IF_MATCH, value),
            None => request,
        };
        IfMatch::from_request_parts(&mut request.body(()).unwrap().into_parts().0, &()).await
    }

    #[tokio::test]
    async fn a_version_is_read_as_it_was_told() {
        let [(_, told)] = etag(7);
        assert_eq!(read(Some(&told)).await.unwrap(), IfMatch(Some(7)));
        assert_eq!(read(Some("*")).await.unwrap(), IfMatch(None));
        assert_eq!(read(None).await.unwrap(), IfMatch(None));
        for bad in ["7", "\"x\"", "W/\"7\"", ""] {
            assert!(read(Some(bad)).await.is_err(), "{bad}");
        }
    }
}
