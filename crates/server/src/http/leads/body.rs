//! A lead as the API takes it in.

use std::collections::BTreeMap;
use std::fmt;

use lr_app::submit::Submission;
use lr_core::lead::raw::RawLead;
use serde::de::{Deserializer, IgnoredAny, Visitor};
use serde::{Deserialize, de};
use utoipa::ToSchema;

use crate::http::body::escape;
use crate::http::problem::{Code, Fault, Problem};

/// A lead. Every field may be absent, but not all of them; texts may be messy.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewLead)]
pub struct LeadBody {
    /// Name of the source it comes from; `api` unless another is given.
    #[schema(example = "api")]
    source: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    /// Both names in one, when there is only that.
    #[schema(example = "Ada Lovelace")]
    name: Option<String>,
    #[schema(example = "ada@initech.example")]
    email: Option<String>,
    /// In any spelling.
    phone: Option<String>,
    #[schema(example = "Initech Ltd.")]
    company: Option<String>,
    /// Web address or domain of the company.
    website: Option<String>,
    #[schema(example = "VP Sales")]
    title: Option<String>,
    /// Name, code or a usual spelling.
    #[schema(example = "Germany")]
    country: Option<String>,
    /// State, province or region: name or code.
    state: Option<String>,
    city: Option<String>,
    postal_code: Option<String>,
    /// A number or a range such as `51-200` or `1k-5k`.
    #[schema(value_type = Option<TextOrNumber>)]
    employees: Option<Text>,
    industry: Option<String>,
    message: Option<String>,
    /// Everything else: texts, numbers or booleans by names of your own.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Scalar>)]
    attributes: BTreeMap<String, Option<Text>>,
    /// What we do not know is refused, so that nothing is lost silently.
    #[serde(flatten)]
    #[schema(ignore)]
    unknown: BTreeMap<String, IgnoredAny>,
}

/// A text or a whole number.
#[derive(ToSchema)]
#[schema(as = TextOrNumber)]
#[serde(untagged)]
#[expect(dead_code, reason = "only describes what `Text` reads")]
enum TextOrNumber {
    Text(String),
    Number(i64),
}

/// A text, a number, a boolean, or null for nothing.
#[derive(ToSchema)]
#[schema(as = Scalar)]
#[serde(untagged)]
#[expect(dead_code, reason = "only describes what `Text` reads")]
enum Scalar {
    Text(String),
    Number(f64),
    Boolean(bool),
}

impl LeadBody {
    /// The lead, or everything that is wrong with it; `place` is where it stands in the body.
    pub fn submission(self, place: &str) -> Result<Submission, Problem> {
        if !self.unknown.is_empty() {
            return Err(unknown_fields(self.unknown.keys(), place));
        }
        let text = |text: Option<Text>| text.map(|text| text.0);
        let attributes = self.attributes.into_iter();
        let raw = RawLead {
            first_name: self.first_name,
            last_name: self.last_name,
            name: self.name,
            email: self.email,
            phone: self.phone,
            company: self.company,
            website: self.website,
            title: self.title,
            country: self.country,
            state: self.state,
            city: self.city,
            postal_code: self.postal_code,
            employees: text(self.employees),
            industry: self.industry,
            message: self.message,
            attributes: attributes.filter_map(|(name, value)| Some((name, value?.0))).collect(),
        };
        if raw == RawLead::default() {
            return Err(Problem::at(Code::InvalidBody, place, "The lead has no field at all."));
        }
        Ok(Submission { source: self.source, raw })
    }
}

fn unknown_fields<'a>(names: impl Iterator<Item = &'a String>, place: &str) -> Problem {
    let problem = Problem::new(
        Code::InvalidBody,
        "The lead has fields that we do not know. Fields of your own belong in `attributes`.",
    );
    names.fold(problem, |problem, name| {
        problem.with(Fault {
            pointer: Some(format!("{place}/{}", escape(name))),
            field: None,
            detail: "There is no such field.".to_owned(),
        })
    })
}

/// A text, or a number or boolean taken as text.
#[derive(Debug, PartialEq)]
pub struct Text(pub String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number or a boolean")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text(text.to_owned()))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use crate::http::body::parse;

    use super::*;

    fn submission(body: &str) -> Result<Submission, Problem> {
        parse::<LeadBody>(body.as_bytes())?.submission("/leads/3")
    }

    #[test]
    fn numbers_and_booleans_are_taken_as_text() {
        let body =
            r#"{"employees": 250, "attributes": {"a": true, "b": 1.5, "c": "x", "d": null}}"#;
        let raw = submission(body).unwrap().raw;
        assert_eq!(raw.employees.as_deref(), Some("250"));
        let attributes: Vec<_> = raw.attributes.values().map(String::as_str).collect();
        assert_eq!(attributes, ["true", "1.5", "x"]);
    }

    #[test]
    fn an_unknown_field_is_pointed_at() {
        let problem = submission(r#"{"email": "a@b.example", "e/mail": 7}"#).unwrap_err();
        let body = serde_json::to_value(problem.body()).unwrap();
        assert_eq!(body["errors"][0]["pointer"], "/leads/3/e~1mail");
    }

    #[test]
    fn a_wrong_type_is_pointed_at_and_an_empty_lead_refused() {
        for (bad, place) in [
            (r#"{"attributes": {"a": {}}}"#, "/attributes/a"),
            (r#"{"email": 5}"#, "/email"),
            (r#"{"employees": []}"#, "/employees"),
            (r#"{"attributes": []}"#, "/attributes"),
            (r#"{"source": "api"}"#, "/leads/3"),
        ] {
            let body = serde_json::to_value(submission(bad).unwrap_err().body()).unwrap();
            assert_eq!(body["errors"][0]["pointer"], place, "{bad}");
        }
    }
}
