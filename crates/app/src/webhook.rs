//! Outgoing webhooks: telling a customer's own systems of every decision.

pub mod event;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use lr_connectors::egress::{Forbidden, Target};
use lr_connectors::error::CallError;
use lr_connectors::http::HttpClient;
use lr_connectors::webhook::{Message, SigningSecret, deliver};
use lr_core::id::{DecisionId, WebhookId, WorkspaceId};
use lr_store::error::StoreError;
use lr_store::queue::lease::Lease;
use lr_store::queue::{Job, JobError};
use lr_store::webhooks::Webhook;
use lr_store::workspace_tx::WorkspaceTx;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::audit::entry;
use crate::context::App;
use crate::keys::{MasterSecret, Purpose};

/// What telling needs: the way out, and the keys of the signatures.
#[derive(Clone)]
pub struct Webhooks {
    http: HttpClient,
    secret: Arc<MasterSecret>,
}

/// Why a webhook was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// Its address must not be called.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A webhook that was added.
#[derive(Debug)]
pub struct Added {
    /// Its id.
    pub id: WebhookId,
    /// What its receiver verifies signatures with, in the form `whsec_…`.
    pub secret: SecretString,
}

/// Tells one webhook of one decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverWebhook {
    /// Whom to tell.
    pub webhook: WebhookId,
    /// What of.
    pub decision: DecisionId,
}

impl Webhooks {
    /// Signs by keys derived from the installation's secret, so none needs to be stored.
    pub fn new(http: HttpClient, secret: &MasterSecret) -> Self {
        Self { http, secret: Arc::new(MasterSecret::new(*secret.bytes())) }
    }

    /// The key that a receiver shares with us.
    fn signing_secret(&self, workspace: WorkspaceId, webhook: WebhookId) -> SigningSecret {
        let name = format!("{workspace}/{webhook}");
        let key = self.secret.derive(Purpose::Webhooks, name.as_bytes());
        SigningSecret::new(*key.bytes())
    }
}

/// Adds a webhook to `workspace` and returns the secret to give to its receiver.
///
/// # Errors
/// [`AddError::Forbidden`] if `url` must not be called.
pub async fn add(
    app: &App,
    workspace: WorkspaceId,
    url: &str,
    actor: String,
) -> Result<Added, AddError> {
    Target::parse(url, app.webhooks.http.egress())?;
    let id = WebhookId::new(app.ids.make());
    let mut tx = app.store.begin(workspace).await?;
    tx.add_webhook(id, url).await?;
    tx.add_audit_entry(&entry(app, actor, "webhook.added", id)).await?;
    tx.commit().await?;
    Ok(Added { id, secret: app.webhooks.signing_secret(workspace, id).reveal() })
}

/// Enqueues the telling of `decisions`, in the transaction that makes them.
pub(crate) async fn announce(
    tx: &mut WorkspaceTx,
    decisions: Vec<DecisionId>,
) -> Result<(), StoreError> {
    let webhooks = tx.active_webhooks().await?;
    let jobs: Vec<_> = webhooks
        .into_iter()
        .flat_map(|webhook| {
            decisions.iter().map(move |decision| DeliverWebhook { webhook, decision: *decision })
        })
        .collect();
    tx.enqueue(jobs).await
}

impl Job for DeliverWebhook {
    const KIND: &'static str = "deliver_webhook";

    /// The receiver's 15 s, and time to read and write around them.
    const DEADLINE: Duration = Duration::from_secs(30);

    /// With the queue's growing waits, the last one comes after almost three days.
    const ATTEMPTS: u8 = 20;

    type Context = App;

    async fn run(self, app: &App, lease: &Lease) -> Result<(), JobError> {
        let mut tx = app.store.begin(lease.workspace()).await?;
        let webhook = tx.webhook(self.webhook).await?.filter(|webhook| webhook.active);
        let Some(webhook) = webhook else { return Ok(()) }; // Switched off: nobody wants it.
        let decided = tx.decided_lead(self.decision).await?;
        drop(tx); // Nothing stays open while we wait for somebody else's server.
        let decided = decided.ok_or_else(|| JobError::fail("there is no such decision"))?;
        let body = event::body(self.decision, &decided)
            .map_err(|error| JobError::fail(in_words(&error)))?;
        let Err(error) = tell(app, lease.workspace(), &webhook, self.decision, &body).await else {
            return Ok(());
        };
        let reason = in_words(&error);
        match error {
            CallError::Retry { after, .. } => Err(JobError::Retry { after, reason }),
            CallError::Refused { .. } => Err(JobError::fail(reason)),
            CallError::Reconnect { .. } => {
                switch_off(app, lease, self.webhook).await?;
                Err(JobError::fail(format!("{reason}; the webhook was switched off")))
            }
        }
    }
}

async fn tell(
    app: &App,
    workspace: WorkspaceId,
    webhook: &Webhook,
    decision: DecisionId,
    body: &[u8],
) -> Result<(), CallError> {
    let secret = app.webhooks.signing_secret(workspace, webhook.id);
    let id = decision.to_string();
    let message = Message { id: &id, at: app.clock.now(), body };
    deliver(&app.webhooks.http, &webhook.url, &secret, message).await
}

/// The receiver asked for it: 410 Gone, as the specification says.
async fn switch_off(app: &App, lease: &Lease, webhook: WebhookId) -> Result<(), JobError> {
    let mut tx = lease.begin().await?;
    if tx.switch_webhook_off(webhook).await? {
        let entry = entry(app, webhook, "webhook.switched_off", webhook);
        tx.add_audit_entry(&entry).await?;
    }
    Ok(tx.commit().await?)
}

/// An error and everything below it, for the dead letter that its workspace sees.
fn in_words(error: &dyn Error) -> String {
    let chain = std::iter::successors(Some(error), |error| (*error).source());
    chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
