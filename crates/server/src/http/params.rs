//! Ids in paths, parameters in queries, pages of lists.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path, Query as AxumQuery};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::http::problem::{Code, Problem};

/// The id in a path. What is no id of this kind is not found.
#[derive(Debug, Clone, Copy)]
pub struct Id<T>(pub T);

impl<T: FromStr, S: Send + Sync> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        let id = text.ok().and_then(|text| text.parse().ok());
        id.map(Self)
            .ok_or_else(|| Problem::new(Code::NotFound, "Nothing in this workspace has this id."))
    }
}

/// The two ids in a path. What is no id of its kind is not found.
#[derive(Debug, Clone, Copy)]
pub struct Ids<A, B>(pub A, pub B);

impl<A: FromStr, B: FromStr, S: Send + Sync> FromRequestParts<S> for Ids<A, B> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let texts = Path::<(String, String)>::from_request_parts(parts, state).await;
        let ids = texts.ok().and_then(|Path((a, b))| a.parse().ok().zip(b.parse().ok()));
        let nothing = || Problem::new(Code::NotFound, "Nothing in this workspace has these ids.");
        ids.map(|(a, b)| Self(a, b)).ok_or_else(nothing)
    }
}

/// The parameters of a query.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        if parts.uri.query().is_some_and(|query| query.contains("%00")) {
            let detail = "The query holds a NUL character, which no parameter accepts.";
            return Err(Problem::new(Code::InvalidRequest, detail));
        }
        let query = AxumQuery::try_from_uri(&parts.uri).map_err(|rejection| {
            Problem::new(Code::InvalidRequest, format!("{}.", rejection.body_text()))
        })?;
        Ok(Self(query.0))
    }
}

/// Items of a page unless the caller says otherwise.
pub const DEFAULT_LIMIT: u16 = 50;

/// The most items of one page.
pub const MAX_LIMIT: u16 = 200;

/// How many items to list: what was asked, if it is from 1 to [`MAX_LIMIT`].
pub fn limit(asked: Option<u16>) -> Result<u16, Problem> {
    match asked {
        None => Ok(DEFAULT_LIMIT),
        Some(limit @ 1..=MAX_LIMIT) => Ok(limit),
        Some(_) => Err(Problem::in_field("limit", format!("The limit is from 1 to {MAX_LIMIT}."))),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use lr_core::id::LeadId;

    use super::*;

    async fn query(uri: &str) -> Result<Query<std::collections::BTreeMap<String, u8>>, Problem> {
        let mut parts = Request::builder().uri(uri).body(()).unwrap().into_parts().0;
        Query::from_request_parts(&mut parts, &()).await
    }

    #[tokio::test]
    async fn a_query_that_cannot_be_read_is_a_problem() {
        assert!(query("/?limit=5").await.is_ok());
        for bad in ["/?limit=many", "/?limit=%00", "/?limit=300", "/?limit=%ff"] {
            assert_eq!(query(bad).await.unwrap_err().code(), Code::InvalidRequest, "{bad}");
        }
    }

    #[tokio::test]
    async fn what_is_no_id_of_this_kind_is_not_found() {
        let mut parts = Request::builder().uri("/").body(()).unwrap().into_parts().0;
        let id = Id::<LeadId>::from_request_parts(&mut parts, &()).await;
        assert_eq!(id.unwrap_err().code(), Code::NotFound);
    }

    #[test]
    fn a_page_has_from_one_to_two_hundred_items() {
        assert_eq!(limit(None).unwrap(), 50);
        assert_eq!(limit(Some(200)).unwrap(), 200);
        assert!(limit(Some(0)).is_err());
        assert!(limit(Some(201)).is_err());
    }
}
