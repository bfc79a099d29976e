//! Public web forms, sent from any site.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{FromRequest, Request, State};
use axum::http::{Method, StatusCode, header};
use lr_app::context::App;
use lr_app::forms::{FormError, receive};
use lr_core::id::SourceId;
use serde::Serialize;
use tower_http::cors::{Any, CorsLayer};
use url::form_urlencoded;
use utoipa::ToSchema;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::http::address::ClientAddress;
use crate::http::body::{is_json, parse, read, require_type};
use crate::http::leads::body::Text;
use crate::http::method_not_allowed;
use crate::http::params::Id;
use crate::http::problem::{Code, Fault, Problem, ProblemBody};
use crate::http::state::AppState;

/// The type that a browser gives a form.
const URLENCODED: &str = "application/x-www-form-urlencoded";

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    let any_site = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::POST])
        .allow_headers([header::CONTENT_TYPE]);
    // The fallback is named here so that the layer lies around it: browsers ask by OPTIONS.
    let form = routes!(submit_form).map(|methods| methods.fallback(method_not_allowed));
    OpenApiRouter::new().routes(form.layer(any_site))
}

/// The fields of a form, as typed.
#[derive(Debug)]
pub struct Fields(Vec<(String, String)>);

/// A form that has arrived.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FormReceipt)]
pub struct FormReceiptBody {
    /// Always true.
    received: bool,
}

/// Takes in a web form. Fields are known by their names or usual synonyms; others are attributes.
///
/// Who fills in the field `website_url_confirm`, which people do not see, gets the same answer.
#[utoipa::path(
    post, path = "/v1/forms/{form}", tag = "forms", security(()),
    params(("form" = String, Path, example = "src_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    request_body(
        content(
            (BTreeMap<String, String> = "application/x-www-form-urlencoded"),
            (BTreeMap<String, String> = "application/json"),
        )
    ),
    responses(
        (status = 202, body = FormReceiptBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn submit_form(
    State(app): State<Arc<App>>,
    address: ClientAddress,
    Id(form): Id<SourceId>,
    Fields(fields): Fields,
) -> Result<(StatusCode, Answer<FormReceiptBody>), Problem> {
    receive(&app, form, fields, address.as_str()).await?;
    Ok((StatusCode::ACCEPTED, Answer(FormReceiptBody { received: true })))
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let headers = request.headers();
        let json = require_type(headers, is_json, URLENCODED).is_ok();
        if !json {
            require_type(headers, |essence| essence == URLENCODED, URLENCODED)?;
        }
        let bytes = read(request, state).await?;
        let fields = if json { from_json(&bytes)? } else { from_form(&bytes)? };
        if fields.iter().all(|(_, value)| value.trim().is_empty()) {
            return Err(Problem::new(
                Code::InvalidBody,
                "The form has no field that is filled in.",
            ));
        }
        Ok(Self(fields))
    }
}

fn from_json(bytes: &[u8]) -> Result<Vec<(String, String)>, Problem> {
    let fields: BTreeMap<String, Option<Text>> = parse(bytes)?;
    let fields = fields.into_iter();
    Ok(fields.filter_map(|(name, value)| Some((name, value?.0))).collect())
}

/// What is not UTF-8 is replaced, as browsers do.
fn from_form(bytes: &[u8]) -> Result<Vec<(String, String)>, Problem> {
    let fields: Vec<(String, String)> = form_urlencoded::parse(bytes).into_owned().collect();
    let has_nul = |text: &str| text.contains('\0');
    match fields.iter().find(|(name, value)| has_nul(name) || has_nul(value)) {
        None => Ok(fields),
        Some((name, _)) => {
            let detail = "The field holds a NUL character, which no field accepts.";
            let field = Some(name.replace('\0', "␀"));
            let fault = Fault { pointer: None, field, detail: detail.to_owned() };
            Err(Problem::new(Code::InvalidBody, detail).with(fault))
        }
    }
}

impl From<FormError> for Problem {
    fn from(error: FormError) -> Self {
        match error {
            FormError::Unknown => Self::new(Code::NotFound, "There is no such form."),
            FormError::TooManyAttempts(error) => error.into(),
            FormError::Route(error) => error.into(),
            FormError::Store(error) => error.into(),
        }
    }
}
