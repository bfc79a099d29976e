//! Failures as the API tells them: RFC 9457 problem documents.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use lr_app::accounts::attempts::TooManyAttempts;
use lr_app::configs::ConfigError;
use lr_store::error::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::request;

/// The media type of a problem document.
pub const CONTENT_TYPE: &str = "application/problem+json";

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $name:literal, $status:ident, $title:literal;)*) => {
        /// What went wrong, stable for programs to switch on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
        #[serde(rename_all = "kebab-case")]
        #[schema(as = ProblemCode)]
        pub enum Code {
            $($(#[$doc])* $code,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$code,)*];

            /// The code as documents name it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$code => $name,)* }
            }

            /// The HTTP status that goes with it.
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$code => StatusCode::$status,)* }
            }

            /// The kind of problem in a few words.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$code => $title,)* }
            }

            /// The page about it; a code without one does not compile.
            pub const fn page(self) -> &'static str {
                match self {
                    $(Self::$code => include_str!(concat!(
                        env!("CARGO_MANIFEST_DIR"), "/../../docs/problems/", $name, ".md"
                    )),)*
                }
            }
        }
    };
}

codes! {
    /// The body is no JSON, or not UTF-8.
    NotJson = "not-json", BAD_REQUEST, "The body is not JSON";
    /// The body nests too deep to be read.
    BodyTooDeep = "body-too-deep", BAD_REQUEST, "The body nests too deep";
    /// The body is JSON of another shape, or holds a value that is not accepted.
    InvalidBody = "invalid-body", UNPROCESSABLE_ENTITY, "The body is not as documented";
    /// The body is too large.
    BodyTooLarge = "body-too-large", PAYLOAD_TOO_LARGE, "The body is too large";
    /// The body's type is missing or another.
    UnsupportedMediaType = "unsupported-media-type", UNSUPPORTED_MEDIA_TYPE,
        "The body has the wrong content type";
    /// A query parameter or header is not as documented.
    InvalidRequest = "invalid-request", BAD_REQUEST, "The request is not as documented";
    /// The lead names a source that the workspace has not.
    UnknownSource = "unknown-source", UNPROCESSABLE_ENTITY, "There is no such source";
    /// Address or password are wrong.
    WrongCredentials = "wrong-credentials", UNAUTHORIZED, "Wrong e-mail address or password";
    /// The password that proves who asks is another.
    WrongPassword = "wrong-password", FORBIDDEN, "Wrong password";
    /// A link from a mail was used, is over, or was never one.
    LinkOver = "link-over", GONE, "The link is no longer good";
    /// No session, or one that is over.
    SignedOut = "signed-out", UNAUTHORIZED, "Not signed in";
    /// The API key is unknown or was revoked.
    WrongApiKey = "wrong-api-key", UNAUTHORIZED, "The API key is not valid";
    /// The caller's role does not allow it.
    NotPermitted = "not-permitted", FORBIDDEN, "Not permitted";
    /// No such thing, or not in this workspace.
    NotFound = "not-found", NOT_FOUND, "Not found";
    /// The path exists, the method does not.
    MethodNotAllowed = "method-not-allowed", METHOD_NOT_ALLOWED, "Method not allowed";
    /// The idempotency key was used for another request.
    IdempotencyKeyReused = "idempotency-key-reused", CONFLICT,
        "The idempotency key belongs to another request";
    /// The workspace has no rules in force.
    NoRules = "no-rules", CONFLICT, "The workspace has no rules in force";
    /// Somebody published rules in the meantime.
    RulesetMoved = "ruleset-moved", CONFLICT, "The rules have changed in the meantime";
    /// The linter finds errors in the rules to be published.
    RulesHaveErrors = "rules-have-errors", UNPROCESSABLE_ENTITY, "The rules have errors";
    /// Rows of a CSV file are wrong; none was taken.
    InvalidCsv = "invalid-csv", UNPROCESSABLE_ENTITY, "The file has faults";
    /// Another territory has the name.
    TerritoryExists = "territory-exists", CONFLICT, "There is another territory of this name";
    /// Somebody changed the territory in the meantime.
    TerritoryMoved = "territory-moved", PRECONDITION_FAILED,
        "The territory has changed in the meantime";
    /// Rules in force send leads to the territory.
    TerritoryInUse = "territory-in-use", CONFLICT, "The territory is in use";
    /// Rules ask an attribute what its new kind cannot answer.
    AttributeInUse = "attribute-in-use", CONFLICT, "The attribute is in use";
    /// Wait, then try again.
    TooManyAttempts = "too-many-attempts", TOO_MANY_REQUESTS, "Too many attempts";
    /// The server cannot take it now; nothing was done.
    Busy = "busy", SERVICE_UNAVAILABLE, "Busy, try again";
    /// A defect of the server.
    Internal = "internal", INTERNAL_SERVER_ERROR, "Something went wrong on our side";
}

/// A failure on its way to the caller.
#[derive(Debug, Clone)]
pub struct Problem {
    code: Code,
    detail: String,
    errors: Vec<Fault>,
    retry_after_s: Option<u64>,
}

/// One fault of several in a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ProblemFault)]
pub struct Fault {
    /// Where in the body, as a JSON pointer (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Which query parameter, header or form field, or which line and column of a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What is wrong with it.
    pub detail: String,
}

/// What went wrong, as a problem document (RFC 9457).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// A page about this kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/problems/not-found")]
    kind: String,
    /// The kind of problem in a few words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What happened this time.
    detail: String,
    /// The kind of problem, stable for programs to switch on.
    code: Code,
    /// The request's id, which our logs carry too.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    /// Every fault found in the request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Fault>,
}

impl Problem {
    /// A problem of a kind, with what happened this time: a sentence, safe to show.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), errors: Vec::new(), retry_after_s: None }
    }

    /// A fault at a place in the body.
    pub fn at(code: Code, pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let fault = Fault { pointer: Some(pointer.into()), field: None, detail: detail.clone() };
        Self::new(code, detail).with(fault)
    }

    /// A fault in a query parameter, header or form field.
    pub fn in_field(field: impl Into<String>, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let fault = Fault { pointer: None, field: Some(field.into()), detail: detail.clone() };
        Self::new(Code::InvalidRequest, detail).with(fault)
    }

    /// What was asked for does not exist, or belongs to another workspace; which is not said.
    pub fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound, format!("There is no such {what} in this workspace."))
    }

    /// A defect of ours. The cause is logged here, once, and not sent.
    pub fn internal(cause: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error = cause, "request failed");
        Self::new(Code::Internal, "The request failed. It was not the request's fault.")
    }

    /// The server cannot take it now. The cause is logged and not sent.
    pub fn busy(cause: &(dyn std::error::Error + 'static)) -> Self {
        tracing::warn!(error = cause, "request turned away");
        Self::new(Code::Busy, "The server is busy; nothing was done.").retry_after(1)
    }

    /// Adds a fault.
    #[must_use]
    pub fn with(mut self, fault: Fault) -> Self {
        self.errors.push(fault);
        self
    }

    /// Says after how many seconds to try again.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    /// What kind of problem it is.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// The document to send.
    pub fn body(self) -> ProblemBody {
        ProblemBody {
            kind: format!("/problems/{}", self.code.name()),
            title: self.code.title(),
            status: self.code.status().as_u16(),
            detail: self.detail,
            code: self.code,
            request_id: request::current_id(),
            errors: self.errors,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, retry_after_s) = (self.code.status(), self.retry_after_s);
        let mut response = (status, Json(self.body())).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        if error.is_busy() { Self::busy(&error) } else { Self::internal(&error) }
    }
}

impl From<TooManyAttempts> for Problem {
    fn from(error: TooManyAttempts) -> Self {
        let seconds = error.retry_after.as_secs() + 1;
        Self::new(Code::TooManyAttempts, format!("Try again in {seconds} seconds."))
            .retry_after(seconds)
    }
}

impl From<ConfigError> for Problem {
    fn from(error: ConfigError) -> Self {
        match error {
            ConfigError::NoRules => {
                Self::new(Code::NoRules, "Publish rules first: without them nothing is decided.")
            }
            ConfigError::Unreadable(error) => Self::internal(&error),
            ConfigError::Table(error) => Self::internal(&error),
            ConfigError::Reader(error) => Self::internal(&error),
            ConfigError::Store(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use super::*;

    #[test]
    fn every_code_has_a_page_that_bears_its_title_and_every_page_a_code() {
        for code in Code::ALL {
            let heading = format!("# {}\n", code.title());
            assert!(code.page().starts_with(&heading), "{}", code.name());
            assert_eq!(serde_json::to_value(code).unwrap(), code.name());
            let facts = format!("`{}` · {}", code.name(), code.status().as_u16());
            assert!(code.page().contains(&facts), "{}", code.name());
        }
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/problems");
        let pages: BTreeSet<String> = fs::read_dir(folder)
            .unwrap()
            .map(|page| page.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        let codes: BTreeSet<String> = Code::ALL.iter().map(|c| c.name().to_owned()).collect();
        assert_eq!(pages, codes);
    }

    #[test]
    fn a_problem_says_when_to_try_again() {
        let response = Problem::new(Code::Busy, "…").retry_after(3).into_response();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()[header::RETRY_AFTER], "3");
        assert_eq!(response.headers()[header::CONTENT_TYPE], CONTENT_TYPE);
    }
}
