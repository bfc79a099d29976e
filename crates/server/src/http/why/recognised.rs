//! What a lead was recognised as, and by what.

use lr_core::decide::Config;
use lr_core::explain::recognised::{account as account_words, duplicate};
use lr_core::identify::{AccountMatch, Duplicate, Matches};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::accounts::body::KeyBody;
use crate::http::named::NamedBody;
use crate::http::why::body::rep_name;

/// What a lead was recognised as when it was decided.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Recognised)]
pub struct RecognisedBody {
    /// The same person's lead that was decided before; null if none was found.
    #[schema(required)]
    duplicate: Option<DuplicateBody>,
    /// The company's account; null if none was found.
    #[schema(required)]
    account: Option<AccountMatchBody>,
}

/// A lead of the same person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Duplicate)]
pub struct DuplicateBody {
    #[schema(example = "lead_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    lead_id: String,
    /// Who owned it then.
    #[schema(required)]
    owner: Option<NamedBody>,
    by: KeyBody,
    /// All of it in a sentence.
    #[schema(example = "An earlier lead has the same e-mail address; Ana owned it.")]
    words: String,
}

/// The account of a lead.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccountMatch)]
pub struct AccountMatchBody {
    account: NamedBody,
    /// Who owned it then.
    #[schema(required)]
    owner: Option<NamedBody>,
    by: KeyBody,
    /// All of it in a sentence.
    #[schema(example = "The account Initech has the same company domain; Ana owned it.")]
    words: String,
}

impl RecognisedBody {
    /// Puts names and words to what was found.
    pub fn new(matches: &Matches, config: &Config) -> Self {
        Self {
            duplicate: matches.duplicate.as_ref().map(|found| DuplicateBody::new(found, config)),
            account: matches.account.as_ref().map(|found| AccountMatchBody::new(found, config)),
        }
    }
}

impl DuplicateBody {
    fn new(found: &Duplicate, config: &Config) -> Self {
        Self {
            lead_id: found.lead.to_string(),
            owner: found.owner.map(|owner| rep_name(owner, config)),
            by: found.by.into(),
            words: duplicate(found, config),
        }
    }
}

impl AccountMatchBody {
    fn new(found: &AccountMatch, config: &Config) -> Self {
        let account = &found.account;
        Self {
            account: NamedBody::new(account.id, &account.name),
            owner: account.owner.map(|owner| rep_name(owner, config)),
            by: found.by.into(),
            words: account_words(found, config),
        }
    }
}
