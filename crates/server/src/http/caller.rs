//! Who is asking and whether he may, as an extractor: there is no other way to a workspace, so a
//! handler that forgets to ask does not compile.

use std::marker::PhantomData;
use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use lr_app::accounts::caller::{Caller, identify, is_api_key, session};
use lr_app::accounts::permission::{Act, Asked, Grant};
use lr_app::accounts::reach::{self, Leads, Part};
use lr_app::context::App;
use lr_core::id::{DecisionId, LeadId, UserId, WorkspaceId};
use lr_store::members::Membership;
use lr_store::sessions::SessionKey;
use uuid::Uuid;

use crate::http::problem::{Code, Problem};

/// Somebody who may do `A`, at least with what is his own.
///
/// What [`Grant::Own`] comes to, the handler asks: [`May::leads`] and its kin, [`May::change`].
#[derive(Debug, Clone)]
pub struct May<A> {
    caller: Caller,
    act: PhantomData<fn() -> A>,
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

impl<A> May<A> {
    /// The workspace that everything asked is about.
    pub fn workspace(&self) -> WorkspaceId {
        self.caller.workspace()
    }

    /// The key or the user, by which requests of different callers are told apart.
    pub fn id(&self) -> Uuid {
        self.caller.id()
    }

    /// The key or the user as the audit names them.
    pub fn actor(&self) -> String {
        self.caller.actor()
    }

    /// The person, unless it is a program.
    pub fn user(&self) -> Option<UserId> {
        self.caller.user()
    }

    /// The person, for acts of which no program is capable.
    pub fn member(&self) -> Result<&Membership, Problem> {
        match &self.caller {
            Caller::Member(member) => Ok(member),
            Caller::ApiKey(_) => Err(Problem::new(Code::NotPermitted, "An API key is no person.")),
        }
    }

    /// Which leads the caller sees.
    pub async fn leads(&self, app: &App) -> Result<Leads, Problem> {
        Ok(reach::leads(app, &self.caller).await?)
    }

    /// Goes on only if the caller sees the lead: to him there is no other.
    pub async fn sees_lead(&self, app: &App, lead: LeadId) -> Result<(), Problem> {
        let sees = reach::sees_lead(app, &self.caller, lead).await?;
        sees.then_some(()).ok_or_else(|| Problem::not_found("lead"))
    }

    /// Goes on only if the caller sees the lead that the decision was about.
    pub async fn sees_decision(&self, app: &App, decision: DecisionId) -> Result<(), Problem> {
        let sees = reach::sees_decision(app, &self.caller, decision).await?;
        sees.then_some(()).ok_or_else(|| Problem::not_found("decision"))
    }

    /// Goes on only if the caller may change this part of a team; `what` it is called if it is not
    /// there.
    pub async fn change(&self, app: &App, part: Part, what: &str) -> Result<(), Problem> {
        match reach::may_change(app, &self.caller, part).await? {
            Some(true) => Ok(()),
            Some(false) => {
                let detail =
                    format!("A manager changes only teams of their own; this {what} is not.");
                Err(Problem::new(Code::NotPermitted, detail))
            }
            None => Err(Problem::not_found(what)),
        }
    }
}

impl<S, A: Asked> FromRequestParts<S> for May<A>
where
    Arc<App>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let app = Arc::<App>::from_ref(state);
        let token = bearer(parts).ok_or_else(signed_out)?;
        let caller = identify(&app, token).await?.ok_or_else(|| refused(token))?;
        match caller.grant(A::ACT) {
            Grant::All | Grant::Own => Ok(Self { caller, act: PhantomData }),
            Grant::No => Err(not_permitted(&caller, A::ACT)),
        }
    }
}

/// The session of a person, for a handler that has asked whether he may.
#[derive(Debug, Clone, Copy)]
pub struct Here(pub SessionKey);

impl<S> FromRequestParts<S> for Here
where
    Arc<App>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let app = Arc::<App>::from_ref(state);
        let token = bearer(parts).ok_or_else(signed_out)?;
        session(&app, token).map(Self).ok_or_else(signed_out)
    }
}

/// The token of `Authorization: Bearer …`; the scheme's case does not matter (RFC 7235).
fn bearer(parts: &Parts) -> Option<&str> {
    let (scheme, token) = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn refused(token: &str) -> Problem {
    if is_api_key(token) {
        let detail = "The API key is unknown, has expired, or was rotated or revoked.";
        return Problem::new(Code::WrongApiKey, detail);
    }
    signed_out()
}

fn signed_out() -> Problem {
    Problem::new(Code::SignedOut, "Sign in, or send an API key, in the Authorization header.")
}

fn not_permitted(caller: &Caller, act: Act) -> Problem {
    let words = act.words();
    let detail = match caller {
        Caller::Member(member) => format!("The role {} may not {words}.", member.role.as_str()),
        Caller::ApiKey(_) => format!("The scopes of this API key do not let it {words}."),
    };
    Problem::new(Code::NotPermitted, detail)
}
