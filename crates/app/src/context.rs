//! What every use case is given.

use lr_connectors::http::HttpClient;
use lr_store::store::Store;

use crate::accounts::Accounts;
use crate::clock::Clock;
use crate::configs::Configs;
use crate::feed::News;
use crate::forms::Forms;
use crate::ids::Ids;
use crate::keys::MasterSecret;
use crate::mail::outbox::Outbox;
use crate::public_url::PublicUrl;
use crate::sources::Sources;
use crate::webhook::Webhooks;

/// Everything that a use case may not make up: the database, the time, ids.
///
/// Made once when the process starts and shared by requests and jobs.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: Store,
    /// The present.
    pub clock: Clock,
    /// New ids.
    pub ids: Ids,
    /// Signing in, sessions and keys.
    pub accounts: Accounts,
    /// What is said by mail.
    pub mails: Outbox,
    /// Where people reach this installation.
    pub public_url: PublicUrl,
    /// Whether this is a developer's installation, whose mails anybody on the machine may read.
    pub development: bool,
    /// Compiled configurations.
    pub configs: Configs,
    /// What wakes this node's live feeds.
    pub news: News,
    /// Telling customers' own systems.
    pub webhooks: Webhooks,
    /// Sources at hand.
    pub sources: Sources,
    /// How often forms are sent.
    pub forms: Forms,
}

impl App {
    /// Around a connected database, with keys derived from the installation's secret; `http` is the
    /// way out. Where people reach it is for the caller to set.
    pub fn new(
        store: Store,
        clock: Clock,
        ids: Ids,
        secret: &MasterSecret,
        http: HttpClient,
    ) -> Self {
        Self {
            store,
            clock,
            ids,
            accounts: Accounts::new(secret),
            mails: Outbox::new(secret),
            public_url: PublicUrl::default(),
            development: false,
            configs: Configs::default(),
            news: News::default(),
            webhooks: Webhooks::new(http, secret),
            sources: Sources::default(),
            forms: Forms::default(),
        }
    }
}
