//! Who is asking, as extractors: a handler that takes one cannot be reached without it.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use lr_app::accounts::caller;
use lr_app::accounts::permission::{Act, may};
use lr_app::accounts::token::NewApiKey;
use lr_app::context::App;
use lr_core::id::WorkspaceId;
use lr_store::api_keys::ApiKey;
use lr_store::members::Membership;
use uuid::Uuid;

use crate::http::problem::{Code, Problem};

/// A person signed in to a workspace.
#[derive(Debug, Clone)]
pub struct Member(Membership);

/// A member, or a program with an API key, which may hand in leads and nothing else.
#[derive(Debug, Clone)]
pub enum Caller {
    /// A program.
    ApiKey(ApiKey),
    /// A person.
    Member(Member),
}

/// The token that a request came with, for an answer that outlasts it.
#[derive(Clone)]
pub struct BearerToken(String);

impl BearerToken {
    /// The token.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for BearerToken {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        bearer(parts).map(|token| Self(token.to_owned())).ok_or_else(signed_out)
    }
}

impl Member {
    /// The workspace signed in to; everything asked is about it.
    pub fn workspace(&self) -> WorkspaceId {
        self.0.workspace
    }

    /// Who and where.
    pub fn membership(&self) -> &Membership {
        &self.0
    }

    /// Goes on only if the member's role allows `act`.
    pub fn may(&self, act: Act) -> Result<(), Problem> {
        if may(self.0.role, act) {
            return Ok(());
        }
        let detail = format!("Your role, {}, does not allow this.", self.0.role.as_str());
        Err(Problem::new(Code::NotPermitted, detail))
    }
}

impl Caller {
    /// The workspace that the leads are for.
    pub fn workspace(&self) -> WorkspaceId {
        match self {
            Self::ApiKey(key) => key.workspace,
            Self::Member(member) => member.workspace(),
        }
    }

    /// The key or the user, by which requests of different callers are told apart.
    pub fn id(&self) -> Uuid {
        match self {
            Self::ApiKey(key) => key.id.uuid(),
            Self::Member(member) => member.0.user.uuid(),
        }
    }

    /// Goes on only if the caller may hand in leads.
    pub fn may_add_leads(&self) -> Result<(), Problem> {
        match self {
            Self::ApiKey(_) => Ok(()),
            Self::Member(member) => member.may(Act::AddLeads),
        }
    }
}

impl<S> FromRequestParts<S> for Caller
where
    Arc<App>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let app = Arc::<App>::from_ref(state);
        let token = bearer(parts).ok_or_else(signed_out)?;
        if token.starts_with(NewApiKey::MARK) {
            let key = caller::api_key(&app, token).await?;
            return key.map(Self::ApiKey).ok_or_else(|| {
                Problem::new(Code::WrongApiKey, "The API key is unknown or was revoked.")
            });
        }
        let member = caller::member(&app, token).await?.ok_or_else(signed_out)?;
        Ok(Self::Member(Member(member)))
    }
}

impl<S> FromRequestParts<S> for Member
where
    Arc<App>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Caller::from_request_parts(parts, state).await? {
            Caller::Member(member) => Ok(member),
            Caller::ApiKey(_) => {
                Err(Problem::new(Code::NotPermitted, "An API key can hand in leads, nothing else."))
            }
        }
    }
}

/// The token of `Authorization: Bearer …`; the scheme's case does not matter (RFC 7235).
fn bearer(parts: &Parts) -> Option<&str> {
    let (scheme, token) = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn signed_out() -> Problem {
    Problem::new(Code::SignedOut, "Sign in, or send an API key, in the Authorization header.")
}
