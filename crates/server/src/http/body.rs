//! Reading a body: whatever is sent, the answer is a value or a problem that says what and where.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

use crate::http::problem::{Code, Problem};

/// A body of JSON, read as `T`.
#[derive(Debug)]
pub struct Json<T> {
    /// What it says.
    pub value: T,
    /// The bytes as sent, by which the same request is recognised.
    pub bytes: Bytes,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        require_type(request.headers(), is_json, "application/json")?;
        let bytes = read(request, state).await?;
        let value = parse(&bytes)?;
        Ok(Self { value, bytes })
    }
}

/// A body of JSON whose parts are then read one by one with [`parse_value`], so that a fault in one
/// part is that part's alone.
#[derive(Debug)]
pub struct JsonParts<T> {
    /// What it says.
    pub value: T,
    /// The bytes as sent, by which the same request is recognised.
    pub bytes: Bytes,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonParts<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        require_type(request.headers(), is_json, "application/json")?;
        let bytes = read(request, state).await?;
        let value = parse_shape(&bytes)?;
        Ok(Self { value, bytes })
    }
}

/// A body that is a CSV file, in any encoding: who reads the file finds out.
#[derive(Debug)]
pub struct Csv(pub Vec<u8>);

impl<S: Send + Sync> FromRequest<S> for Csv {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        require_type(request.headers(), |essence| essence == "text/csv", "text/csv")?;
        Ok(Self(read(request, state).await?.into()))
    }
}

/// Reads the whole body, up to the route's limit.
pub async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection {
        BytesRejection::FailedToBufferBody(error)
            if error.status() == Code::BodyTooLarge.status() =>
        {
            Problem::new(Code::BodyTooLarge, "The body is larger than this operation accepts.")
        }
        BytesRejection::FailedToBufferBody(_) | _ => {
            Problem::new(Code::InvalidRequest, "The body ended before it was complete.")
        }
    })
}

/// Refuses a body whose type is missing or does not pass `is_right`.
pub fn require_type(
    headers: &HeaderMap,
    is_right: fn(&str) -> bool,
    expected: &str,
) -> Result<(), Problem> {
    let sent = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = sent.and_then(|sent| sent.split(';').next()).unwrap_or_default().trim();
    if is_right(&essence.to_ascii_lowercase()) {
        return Ok(());
    }
    let detail = format!("Send the body with the header `Content-Type: {expected}`.");
    Err(Problem::new(Code::UnsupportedMediaType, detail))
}

/// Whether a media type, in lower case and without parameters, is JSON.
pub fn is_json(essence: &str) -> bool {
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// Reads `bytes` as JSON of the shape `T`.
///
/// A NUL is refused wherever it hides: JSON can say it and Postgres cannot keep it.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    if let Some(pointer) = find_nul(bytes) {
        return Err(nul(&pointer));
    }
    parse_shape(bytes)
}

fn parse_shape<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    if let Err(error) = str::from_utf8(bytes) {
        let detail = format!("The body is not UTF-8: byte {} does not fit.", error.valid_up_to());
        return Err(Problem::new(Code::NotJson, detail));
    }
    require_object(bytes)?;
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| refuse(pointer(error.path()), error.inner()))?;
    json.end().map_err(|error| refuse(String::new(), &error))?;
    Ok(value)
}

/// Reads a part of a body, which stands at `place`, as the shape `T`.
pub fn parse_value<T: DeserializeOwned>(part: Value, place: &str) -> Result<T, Problem> {
    if let Some(pointer) = find_nul_in(&part) {
        return Err(nul(&format!("{place}{pointer}")));
    }
    if !part.is_object() {
        return Err(Problem::at(Code::InvalidBody, place, "This is not an object."));
    }
    serde_path_to_error::deserialize(part)
        .map_err(|error| refuse(format!("{place}{}", pointer(error.path())), error.inner()))
}

fn nul(pointer: &str) -> Problem {
    let detail = "The value holds a NUL character, which no field accepts.";
    Problem::at(Code::InvalidBody, pointer, detail)
}

/// Every body is an object. Without this, an array would be read as an object's values in order.
fn require_object(bytes: &[u8]) -> Result<(), Problem> {
    if bytes.trim_ascii_start().first() == Some(&b'{') {
        return Ok(());
    }
    match serde_json::from_slice::<IgnoredAny>(bytes) {
        Ok(_) => Err(Problem::at(Code::InvalidBody, "", "The body is JSON, but not an object.")),
        Err(error) => Err(refuse(String::new(), &error)),
    }
}

fn refuse(pointer: String, error: &serde_json::Error) -> Problem {
    // The library's message ends in its position, which means nothing once the pointer says it.
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or_default();
    if what.starts_with("recursion limit") {
        return Problem::new(Code::BodyTooDeep, "The body nests deeper than 128 levels.");
    }
    match error.classify() {
        Category::Data => Problem::at(Code::InvalidBody, pointer, format!("{what}.")),
        Category::Syntax | Category::Eof | Category::Io => {
            Problem::new(Code::NotJson, format!("The body is not JSON: {message}."))
        }
    }
}

/// A path as a JSON pointer. Source: RFC 6901.
fn pointer(path: &Path) -> String {
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", escape(key)),
            Segment::Enum { variant } => format!("/{}", escape(variant)),
            Segment::Unknown => String::new(),
        })
        .collect()
}

/// A key as a step of a JSON pointer.
pub fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Where the body says NUL, if it does. Nearly no body does, so it is searched as text first.
fn find_nul(bytes: &[u8]) -> Option<String> {
    const NUL: &[u8] = br"\u0000";
    if !bytes.windows(NUL.len()).any(|window| window == NUL) {
        return None;
    }
    find_nul_in(&serde_json::from_slice(bytes).ok()?)
}

fn find_nul_in(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then(String::new),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| find_nul_in(item).map(|rest| format!("/{index}{rest}"))),
        Value::Object(members) => members.iter().find_map(|(key, member)| {
            if key.contains('\0') {
                return Some(String::new());
            }
            find_nul_in(member).map(|rest| format!("/{}{rest}", escape(key)))
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only whether it can be read matters")]
    struct Lead {
        email: Option<String>,
        #[serde(default)]
        attributes: std::collections::BTreeMap<String, Vec<String>>,
    }

    fn problem(body: impl AsRef<[u8]>) -> (Code, Value) {
        let problem = parse::<Lead>(body.as_ref()).unwrap_err();
        (problem.code(), serde_json::to_value(problem.body()).unwrap()["errors"].clone())
    }

    #[test]
    fn a_wrong_type_is_pointed_at() {
        let (code, errors) = problem(r#"{"attributes": {"a/b": ["x", 7]}}"#);
        assert_eq!(code, Code::InvalidBody);
        assert_eq!(errors[0]["pointer"], "/attributes/a~1b/1");
        assert_eq!(errors[0]["detail"], "invalid type: integer `7`, expected a string.");
    }

    #[test]
    fn a_nul_is_pointed_at_however_it_is_spelled() {
        let (code, errors) = problem(r#"{"email": "a\u0000@b.test"}"#);
        assert_eq!((code, &errors[0]["pointer"]), (Code::InvalidBody, &"/email".into()));
        assert!(parse::<Lead>(br#"{"email": "a\\u0000"}"#).is_ok());
        assert_eq!(problem(b"{\"email\": \"a\0\"}").0, Code::NotJson);
    }

    #[test]
    fn what_is_not_json_is_said_to_be_so() {
        for body in ["", "{", "hello", "{}{}", "[1,]", r#"{"email": "\ud800"}"#, "\u{feff}{}"] {
            assert_eq!(problem(body).0, Code::NotJson, "{body:?}");
        }
        assert_eq!(problem(b"{\"email\": \"\xff\"}").0, Code::NotJson);
    }

    #[test]
    fn a_deep_body_does_not_break_the_stack() {
        let deep = format!(r#"{{"attributes": {}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert!(matches!(problem(deep).0, Code::BodyTooDeep | Code::InvalidBody));
        let nul = format!(r#"{{"email": "\u0000", "x": {}"#, "[".repeat(100_000));
        assert_eq!(problem(nul).0, Code::InvalidBody);
    }

    #[test]
    fn an_array_is_not_taken_for_an_object() {
        let (code, errors) = problem(r#"["ada@initech.test", {}]"#);
        assert_eq!((code, &errors[0]["pointer"]), (Code::InvalidBody, &"".into()));
    }

    #[test]
    fn an_unknown_field_is_refused_rather_than_lost() {
        assert_eq!(problem(r#"{"e-mail": "ada@initech.test"}"#).0, Code::InvalidBody);
    }
}
