//! The installation's one secret and the keys that are derived from it.

use std::fmt;

use hkdf::Hkdf;
use rand::RngExt;
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;

/// 32 random bytes that an installation keeps to itself; every other key comes from them.
///
/// Whoever has it can sign in as anybody, so it is never logged, and changing it signs everybody
/// out and changes the signatures of webhooks.
pub struct MasterSecret(SecretBox<[u8; 32]>);

/// What a derived key is for. A key for one purpose says nothing about the key for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Signs access tokens.
    AccessTokens,
    /// Seals mails that wait to be sent.
    Mails,
    /// Password of the database role `lr_app`.
    AppRole,
    /// Password of the database role `lr_system`.
    SystemRole,
    /// Signs outgoing webhooks, one key for each.
    Webhooks,
}

impl Purpose {
    /// Goes into the derivation, so it must never change.
    const fn label(self) -> &'static [u8] {
        match self {
            Self::AccessTokens => b"lead-router/v1/access-tokens",
            Self::Mails => b"lead-router/v1/mails",
            Self::AppRole => b"lead-router/v1/role/lr_app",
            Self::SystemRole => b"lead-router/v1/role/lr_system",
            Self::Webhooks => b"lead-router/v1/webhooks",
        }
    }
}

impl MasterSecret {
    /// Takes bytes that were made by [`MasterSecret::generate`] or an operator's random source.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(SecretBox::new(Box::new(bytes)))
    }

    /// A new one, from the operating system's random source.
    pub fn generate() -> Self {
        Self::new(rand::rng().random())
    }

    /// The bytes, for the file that keeps them.
    pub fn bytes(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }

    /// The key for `purpose`, and where one purpose has many keys, for the thing named by `name`.
    ///
    /// HKDF-SHA256 with the purpose and the name as its info. Source: RFC 5869.
    #[expect(clippy::expect_used, reason = "32 bytes are far below HKDF's limit of 8,160")]
    pub fn derive(&self, purpose: Purpose, name: &[u8]) -> Key {
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(None, self.bytes())
            .expand_multi_info(&[purpose.label(), b"/", name], &mut key)
            .expect("HKDF-SHA256 gives 32 bytes");
        Key(SecretBox::new(Box::new(key)))
    }
}

impl fmt::Debug for MasterSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterSecret(***)")
    }
}

/// 32 bytes derived for one purpose.
pub struct Key(SecretBox<[u8; 32]>);

impl Key {
    /// The bytes, for the cipher or signature that the key is for.
    pub fn bytes(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }

    /// The bytes as 64 hexadecimal digits, where a key has to be text, such as a password.
    pub fn hex(&self) -> String {
        self.bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_depends_on_secret_purpose_and_name_and_on_nothing_else() {
        let secret = MasterSecret::new([7; 32]);
        let key = |purpose, name: &str| secret.derive(purpose, name.as_bytes()).hex();

        assert_eq!(key(Purpose::Webhooks, "a"), key(Purpose::Webhooks, "a"));
        assert_ne!(key(Purpose::Webhooks, "a"), key(Purpose::Webhooks, "b"));
        assert_ne!(key(Purpose::AppRole, ""), key(Purpose::SystemRole, ""));
        let other = MasterSecret::new([8; 32]).derive(Purpose::AppRole, b"").hex();
        assert_ne!(key(Purpose::AppRole, ""), other);
    }

    #[test]
    fn printing_a_secret_shows_nothing_of_it() {
        let secret = MasterSecret::new([0xab; 32]);
        let shown = format!("{secret:?} {:?}", secret.derive(Purpose::AppRole, b""));
        assert_eq!(shown, "MasterSecret(***) Key(***)");
    }
}
