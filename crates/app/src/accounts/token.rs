//! Random tokens: known to their holder, stored as hashes only.

use std::fmt;

use rand::RngExt;
use rand::distr::Alphanumeric;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// Letters and digits of a secret: 62^43 is just above 2^256.
const SECRET_LENGTH: usize = 43;

/// Letters and digits that tell one API key from another on screen.
const PREFIX_LENGTH: usize = 8;

/// SHA-256 of a token. The token has 256 random bits, so there is nothing for a salt to protect.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// The hash of a token that somebody sent.
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token).into())
    }

    /// The hash of a link's token for one purpose: under another purpose it is another hash.
    pub fn of_link(purpose: LinkPurpose, token: &str) -> Self {
        Self(Sha256::new().chain_update(purpose.label()).chain_update(token).finalize().into())
    }

    /// The bytes as stored.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(***)")
    }
}

/// What a link in a mail is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPurpose {
    /// Open a workspace.
    SignUp,
    /// Set another password.
    ResetPassword,
    /// Take another address.
    ChangeEmail,
}

impl LinkPurpose {
    /// Goes into the hash, so it must not change while links are under way; none begins another.
    const fn label(self) -> &'static str {
        match self {
            Self::SignUp => "sign-up:",
            Self::ResetPassword => "reset-password:",
            Self::ChangeEmail => "change-email:",
        }
    }
}

/// A token that was just made: the only moment at which it can be shown.
#[derive(Debug, Clone)]
pub struct NewToken(SecretString);

impl NewToken {
    /// An opaque token, as used to stay signed in.
    pub fn refresh() -> Self {
        Self(random_text(SECRET_LENGTH).into())
    }

    /// The token of a link in a mail.
    pub fn link() -> Self {
        Self(random_text(SECRET_LENGTH).into())
    }

    /// The token itself, to hand to its holder.
    pub fn reveal(&self) -> &str {
        self.0.expose_secret()
    }

    /// What to store of it.
    pub fn hash(&self) -> TokenHash {
        TokenHash::of(self.reveal())
    }
}

/// An API key that was just made: `lr_<prefix>_<secret>`.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    prefix: String,
    token: NewToken,
}

impl NewApiKey {
    /// How every API key begins, so that scanners for leaked secrets can find one.
    pub const MARK: &'static str = "lr_";

    /// Makes one up.
    pub fn make() -> Self {
        let prefix = random_text(PREFIX_LENGTH);
        let token = format!("{}{prefix}_{}", Self::MARK, random_text(SECRET_LENGTH));
        Self { prefix, token: NewToken(token.into()) }
    }

    /// The part that may be shown later, to tell keys apart.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The key itself and what to store of it.
    pub fn token(&self) -> &NewToken {
        &self.token
    }
}

/// Random letters and digits.
pub(super) fn random_text(length: usize) -> String {
    rand::rng().sample_iter(Alphanumeric).take(length).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_api_key_has_three_parts_and_is_found_again_by_its_hash() {
        let key = NewApiKey::make();
        let parts: Vec<&str> = key.token().reveal().split('_').collect();
        assert_eq!(parts[..2], ["lr", key.prefix()]);
        assert_eq!(parts[2].len(), SECRET_LENGTH);
        assert_eq!(key.token().hash(), TokenHash::of(key.token().reveal()));
    }

    #[test]
    fn a_link_for_one_purpose_is_none_for_another() {
        let link = NewToken::link();
        let hash = |purpose| TokenHash::of_link(purpose, link.reveal());
        assert_ne!(hash(LinkPurpose::SignUp), hash(LinkPurpose::ResetPassword));
        assert_ne!(hash(LinkPurpose::ChangeEmail), hash(LinkPurpose::ResetPassword));
        assert_ne!(hash(LinkPurpose::SignUp), link.hash());
    }

    #[test]
    fn two_tokens_differ() {
        assert_ne!(NewToken::refresh().hash(), NewToken::refresh().hash());
    }

    #[test]
    fn a_token_prints_nothing_of_itself() {
        let key = NewApiKey::make();
        assert!(!format!("{key:?}").contains(key.token().reveal()));
    }
}
