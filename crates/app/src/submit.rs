//! Leads that a program or a person hands in, each answered.

use std::sync::Arc;

use lr_core::id::WorkspaceId;
use lr_core::lead::raw::RawLead;
use lr_store::error::StoreError;
use lr_store::sources::Source;

use crate::accounts::workspace::DEFAULT_SOURCE;
use crate::context::App;
use crate::idempotency::Once;
use crate::intake::accept;
use crate::route::{Receipt, RouteError, Routed, Routing};
use crate::sources;

/// The most leads of one batch.
pub const MAX_BATCH: usize = 1_000;

/// A lead as it was handed in.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The name of its source; `None` is the source `api`.
    pub source: Option<String>,
    /// What it says.
    pub raw: RawLead,
}

/// Why a lead was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// The workspace has no source of this name.
    #[error("there is no source `{0}`")]
    UnknownSource(String),
    /// It was not routed; nothing was committed.
    #[error(transparent)]
    Route(#[from] RouteError),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Accepts and routes one lead; gives the bytes that `render` makes of what was decided, or those of
/// the first time if the request is one that was answered before.
///
/// # Errors
/// Nothing was committed, so the same call can be made again.
pub async fn submit(
    app: &App,
    workspace: WorkspaceId,
    lead: Submission,
    once: Option<Once>,
    render: impl Fn(&Routed) -> Vec<u8> + Clone + Send + Sync + 'static,
) -> Result<Vec<u8>, SubmitError> {
    let (source, raw) = resolve(app, workspace, lead).await?;
    let render = move |routed: &[Routed]| routed.first().map(&render).unwrap_or_default();
    Ok(answer_once(app, workspace, vec![(&source, raw)], once, render).await?)
}

/// Accepts and routes those leads of a batch that can be; `render` is given each in the batch's
/// order, or why it was refused.
///
/// A lead that was refused by whoever read it comes as the refusal `R`. One that names no source of
/// the workspace becomes one by `unknown_source`.
///
/// # Errors
/// Nothing was committed, so the same call can be made again.
pub async fn submit_batch<R: Send + Sync + 'static>(
    app: &App,
    workspace: WorkspaceId,
    batch: Batch<R>,
    once: Option<Once>,
    render: impl Fn(Vec<Result<&Routed, &R>>) -> Vec<u8> + Clone + Send + Sync + 'static,
) -> Result<Vec<u8>, SubmitError> {
    let mut accepted = Vec::with_capacity(batch.leads.len());
    let mut refusals = Vec::with_capacity(batch.leads.len());
    for (index, lead) in batch.leads.into_iter().enumerate() {
        let refusal = match lead {
            Err(refusal) => Some(refusal),
            Ok(lead) => match resolve(app, workspace, lead).await {
                Ok(lead) => {
                    accepted.push(lead);
                    None
                }
                Err(SubmitError::UnknownSource(name)) => Some((batch.unknown_source)(index, &name)),
                Err(error) => return Err(error),
            },
        };
        refusals.push(refusal);
    }
    let refusals = Arc::new(refusals);
    let render = move |routed: &[Routed]| render(merge(routed, &refusals));
    let accepted = accepted.iter().map(|(source, raw)| (source, raw.clone())).collect();
    Ok(answer_once(app, workspace, accepted, once, render).await?)
}

/// A batch as it was read: each lead, or why it cannot be one.
pub struct Batch<R> {
    /// In the order in which they were handed in.
    pub leads: Vec<Result<Submission, R>>,
    /// The refusal of the lead at an index whose source does not exist.
    pub unknown_source: fn(usize, &str) -> R,
}

async fn resolve(
    app: &App,
    workspace: WorkspaceId,
    lead: Submission,
) -> Result<(Source, RawLead), SubmitError> {
    let name = lead.source.as_deref().unwrap_or(DEFAULT_SOURCE);
    match sources::named(app, workspace, name).await? {
        Some(source) => Ok((source, lead.raw)),
        None => Err(SubmitError::UnknownSource(name.to_owned())),
    }
}

/// Each lead of the batch in its place: what was routed fills the places without a refusal.
fn merge<'a, R>(routed: &'a [Routed], refusals: &'a [Option<R>]) -> Vec<Result<&'a Routed, &'a R>> {
    let mut routed = routed.iter();
    refusals
        .iter()
        .filter_map(|refusal| match refusal {
            Some(refusal) => Some(Err(refusal)),
            None => routed.next().map(Ok),
        })
        .collect()
}

async fn answer_once(
    app: &App,
    workspace: WorkspaceId,
    leads: Vec<(&Source, RawLead)>,
    once: Option<Once>,
    render: impl Fn(&[Routed]) -> Vec<u8> + Clone + Send + Sync + 'static,
) -> Result<Vec<u8>, RouteError> {
    let receipt = match once {
        None => Receipt::None,
        Some(once) => Receipt::Once { once, answer: Box::new(render.clone()) },
    };
    match accept(app, workspace, leads, receipt).await? {
        Routing::Fresh(routed) => Ok(render(&routed)),
        Routing::Repeated(answer) => Ok(answer),
    }
}
