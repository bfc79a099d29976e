//! People and keys: making a workspace, signing in, staying signed in, who is asking.

pub mod access_token;
pub mod api_keys;
pub mod attempts;
pub mod caller;
pub mod my_sessions;
pub mod password;
pub mod permission;
pub mod profile;
pub mod reach;
pub mod reset;
pub mod sign_in;
pub mod sign_up;
pub mod token;
pub mod workspace;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use lr_core::id::ApiKeyId;
use lr_store::api_keys::ApiKey;
use lr_store::members::Membership;
use lr_store::sessions::SessionKey;
use moka::future::Cache;

use crate::accounts::access_token::AccessTokens;
use crate::accounts::attempts::Attempts;
use crate::accounts::password::Passwords;
use crate::accounts::token::TokenHash;
use crate::keys::MasterSecret;

/// How long an answer about a session or key is reused: a revoked one is refused within this time.
const REMEMBERED_FOR: Duration = Duration::from_secs(1);

/// How many sessions, and how many keys, are remembered at a time.
const REMEMBERED: u64 = 10_000;

/// What signing in and checking callers keep in memory. Cloning shares it.
#[derive(Clone)]
pub struct Accounts {
    access_tokens: Arc<AccessTokens>,
    passwords: Passwords,
    /// Tries of one address of the network on one account.
    tries_on_account: Attempts,
    /// Tries of one address of the network on any account.
    tries_of_address: Attempts,
    /// Mails that strangers ask for, by who asks.
    mails_asked: Attempts,
    /// Mails that strangers ask for, by whom they go to.
    mails_got: Attempts,
    sessions: Cache<SessionKey, Membership>,
    keys: Cache<TokenHash, ApiKey>,
    /// Keys whose use was noted less than a minute ago.
    noted: Cache<ApiKeyId, ()>,
}

impl Accounts {
    /// With keys derived from the installation's secret.
    pub fn new(secret: &MasterSecret) -> Self {
        let remembered = Cache::builder().max_capacity(REMEMBERED);
        Self {
            access_tokens: Arc::new(AccessTokens::new(secret)),
            passwords: Passwords::default(),
            tries_on_account: Attempts::new(5, Duration::from_secs(30)),
            tries_of_address: Attempts::new(30, Duration::from_secs(2)),
            mails_asked: Attempts::new(20, Duration::from_secs(60)),
            mails_got: Attempts::new(4, Duration::from_secs(900)),
            sessions: Cache::builder()
                .max_capacity(REMEMBERED)
                .time_to_live(REMEMBERED_FOR)
                .build(),
            keys: Cache::builder().max_capacity(REMEMBERED).time_to_live(REMEMBERED_FOR).build(),
            noted: remembered.time_to_live(Duration::from_secs(60)).build(),
        }
    }
}

impl Accounts {
    /// Forgets sessions that have ended, so that this node refuses them at once; others do so within
    /// [`REMEMBERED_FOR`].
    async fn forget(&self, ended: &[SessionKey]) {
        for key in ended {
            self.sessions.invalidate(key).await;
        }
    }
}

impl fmt::Debug for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accounts")
            .field("access_tokens", &self.access_tokens)
            .finish_non_exhaustive()
    }
}
