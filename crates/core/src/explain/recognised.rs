//! What a lead was recognised as, in words.

use crate::decide::Config;
use crate::explain::rep_name;
use crate::id::RepId;
use crate::identify::{AccountMatch, Duplicate};

/// Which account was found, by what, and whose it was then.
pub fn account(found: &AccountMatch, config: &Config) -> String {
    let (account, owner) = (&found.account, owner(found.account.owner, config));
    format!("The account {} has {}; {owner} owned it.", account.name, found.by.words())
}

/// By what an earlier lead was found, and whose it was then.
pub fn duplicate(found: &Duplicate, config: &Config) -> String {
    let owner = owner(found.owner, config);
    format!("An earlier lead has {}; {owner} owned it.", found.by.words())
}

fn owner(owner: Option<RepId>, config: &Config) -> String {
    owner.map_or_else(|| "nobody".to_owned(), |rep| rep_name(rep, config))
}
