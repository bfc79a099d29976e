//! The one client for outgoing calls.

use std::error::Error;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::egress::{Egress, Forbidden, Target};
use crate::error::Cause;

/// The longest body of an answer that is read; the rest is left unread.
pub const ANSWER_MAX_BYTES: usize = 64 * 1_024;

/// How long a connection may take to be made, of the deadline of its call.
const CONNECT_DEADLINE: Duration = Duration::from_secs(5);

/// Makes calls that end by a deadline, follow no redirect, read a bounded answer and reach only
/// where [`Egress`] permits.
///
/// Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct HttpClient {
    inner: reqwest::Client,
    egress: Egress,
}

/// The client cannot be made, most likely because the system has no CA certificates
/// (Debian: the package `ca-certificates`).
#[derive(Debug, thiserror::Error)]
#[error("no client for outgoing calls: are the system's CA certificates installed?")]
pub struct SetUpError(#[source] Cause);

/// Something to post.
#[derive(Debug)]
pub struct Post<'a> {
    /// Where to.
    pub target: &'a Target,
    /// Beside the usual ones.
    pub headers: HeaderMap,
    /// The body, sent as it is.
    pub body: Vec<u8>,
    /// From now to the last byte of the answer.
    pub deadline: Duration,
}

/// What came back, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The `Retry-After` header, word for word.
    pub retry_after: Option<String>,
    /// The body, cut after [`ANSWER_MAX_BYTES`].
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// The host must not be called; nothing was sent.
    #[error(transparent)]
    Forbidden(Forbidden),
    /// No connection, a broken one, or the deadline passed. The call may have had its effect.
    #[error("no answer")]
    Unreachable(#[source] Cause),
}

impl HttpClient {
    /// A client that reaches as far as `egress`.
    pub fn new(egress: Egress) -> Result<Self, SetUpError> {
        // Whoever comes second is told so, and the first one's choice is as good: there is only ring.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let inner = reqwest::Client::builder()
            .user_agent(concat!("lead-router/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .no_proxy() // A proxy would resolve names itself, past our guard.
            .dns_resolver(GuardedDns(egress))
            .connect_timeout(CONNECT_DEADLINE)
            .build()
            .map_err(|error| SetUpError(error.into()))?;
        Ok(Self { inner, egress })
    }

    /// How far this client reaches; [`Target::parse`] wants to know.
    pub fn egress(&self) -> Egress {
        self.egress
    }

    /// Posts once, without a second try.
    pub async fn post(&self, post: Post<'_>) -> Result<Answer, NoAnswer> {
        let answer = self
            .inner
            .post(post.target.url().clone())
            .headers(post.headers)
            .body(post.body)
            .timeout(post.deadline)
            .send()
            .await
            .map_err(why)?;
        read(answer).await.map_err(why)
    }
}

async fn read(mut answer: reqwest::Response) -> Result<Answer, reqwest::Error> {
    let retry_after =
        answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let mut body = Vec::new();
    while body.len() < ANSWER_MAX_BYTES {
        let Some(chunk) = answer.chunk().await? else { break };
        let room = ANSWER_MAX_BYTES - body.len();
        body.extend(chunk.iter().take(room));
    }
    Ok(Answer { status: answer.status().as_u16(), retry_after, body })
}

/// The address is taken out of the error: a path may hold a secret.
fn why(error: reqwest::Error) -> NoAnswer {
    let error = error.without_url();
    let below = std::iter::successors(error.source(), |error| (*error).source());
    match below.filter_map(|error| error.downcast_ref::<Forbidden>()).next() {
        Some(forbidden) => NoAnswer::Forbidden(forbidden.clone()),
        None => NoAnswer::Unreachable(error.into()),
    }
}

/// Resolves names and passes on only addresses that may be called. The connection is made to one of
/// those, so a name that changes its mind in between gains nothing.
struct GuardedDns(Egress);

impl Resolve for GuardedDns {
    fn resolve(&self, name: Name) -> Resolving {
        let egress = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let checked = egress.check(name.as_str(), found)?;
            Ok::<Addrs, _>(Box::new(checked.into_iter()))
        })
    }
}
