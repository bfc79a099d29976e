//! Passwords and their hashes.

mod common;

use std::fmt;
use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

/// The fewest characters of a new password. Source: NIST SP 800-63B asks for 8 beside a second
/// factor and 15 alone; OWASP's ASVS asks for 12.
pub const MIN_CHARACTERS: usize = 12;

/// The most bytes of any password, so that hashing has a bound.
pub const MAX_BYTES: usize = 1024;

/// A password as somebody typed it; prints as `***`.
#[derive(Debug, Clone)]
pub struct Password(SecretString);

/// Why a password cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Fewer than [`MIN_CHARACTERS`].
    #[error("a password has at least {MIN_CHARACTERS} characters")]
    TooShort,
    /// More than [`MAX_BYTES`].
    #[error("a password has at most {MAX_BYTES} bytes")]
    TooLong,
    /// Among those that are tried first.
    #[error("this password is one of the first that anybody would try")]
    Common,
    /// The person's or the workspace's name and little else.
    #[error("a password is more than your own address or the workspace's name")]
    AboutYou,
}

impl Password {
    /// A password to be set from now on.
    pub fn choose(text: String) -> Result<Self, PasswordError> {
        if text.chars().count() < MIN_CHARACTERS {
            return Err(PasswordError::TooShort);
        }
        if common::is_common(&text) {
            return Err(PasswordError::Common);
        }
        Self::attempt(text)
    }

    /// Refuses a password that says little beside `about`: an address, a workspace's name.
    pub fn not_about(self, about: &[&str]) -> Result<Self, PasswordError> {
        if common::is_about(self.0.expose_secret(), about) {
            return Err(PasswordError::AboutYou);
        }
        Ok(self)
    }

    /// A password to be compared with the one that was set, perhaps under older rules.
    pub fn attempt(text: String) -> Result<Self, PasswordError> {
        if text.len() > MAX_BYTES {
            return Err(PasswordError::TooLong);
        }
        Ok(Self(text.into()))
    }
}

/// An argon2id hash with its parameters and salt, as a PHC string.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes a hash that was made here and stored.
    pub fn stored(phc: String) -> Self {
        Self(phc)
    }

    /// The form to store.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(***)")
    }
}

/// Hashing could not be done: memory is out, or the process stops.
#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed")]
pub struct HashingError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// Hashes and compares passwords: away from the threads that serve requests, and never more at
/// once than there are cores, because each takes 19 MiB and tens of milliseconds.
#[derive(Debug, Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { turns: Arc::new(Semaphore::new(cores)) }
    }
}

impl Passwords {
    /// Hashes a password under OWASP's first choice: argon2id, 19 MiB, two passes, one lane.
    ///
    /// Source: <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html>
    pub async fn hash(&self, password: Password) -> Result<PasswordHash, HashingError> {
        self.run(move || {
            Argon2::default()
                .hash_password(password.0.expose_secret().as_bytes())
                .map(|hash| PasswordHash(hash.to_string()))
        })
        .await?
        .map_err(|cause| HashingError(cause.into()))
    }

    /// Whether `password` is the one behind `hash`.
    ///
    /// With no hash, for an account that does not exist, the same work is done and the answer is
    /// no: the time taken says nothing about who has an account.
    pub async fn matches(
        &self,
        password: Password,
        hash: Option<PasswordHash>,
    ) -> Result<bool, HashingError> {
        let known = hash.is_some();
        let hash = hash.map_or_else(|| NOBODYS_HASH.to_owned(), |hash| hash.0);
        self.run(move || {
            let password = password.0.expose_secret().as_bytes();
            let matches = Argon2::default().verify_password(password, hash.as_str()).is_ok();
            known && matches
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HashingError> {
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let turn = turn.map_err(|cause| HashingError(cause.into()))?;
        tokio::task::spawn_blocking(move || {
            let answer = work();
            drop(turn);
            answer
        })
        .await
        .map_err(|cause| HashingError(cause.into()))
    }
}

/// A hash with today's parameters of a password that nobody knows.
const NOBODYS_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$\
    c29tZXNhbHRvZjE2Ynl0ZQ$ri5uxjnDS0OJDrZpb+gGDkqvcQfS8nB3Zs3LN0HB2nk";

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password::attempt(text.to_owned()).unwrap()
    }

    #[tokio::test]
    async fn a_hash_matches_its_own_password_only() {
        let passwords = Passwords::default();
        let hash = passwords.hash(password("correct horse battery")).await.unwrap();

        assert!(
            passwords.matches(password("correct horse battery"), Some(hash.clone())).await.unwrap()
        );
        assert!(!passwords.matches(password("Correct horse battery"), Some(hash)).await.unwrap());
        assert!(!passwords.matches(password("correct horse battery"), None).await.unwrap());
    }

    #[tokio::test]
    async fn the_hash_of_nobody_costs_what_a_new_hash_costs() {
        let hash = Passwords::default().hash(password("correct horse battery")).await.unwrap();
        let parameters = |phc: &str| phc.split('$').take(4).collect::<Vec<_>>().join("$");
        assert_eq!(parameters(hash.as_str()), parameters(NOBODYS_HASH));
        assert!(argon2::password_hash::phc::PasswordHash::new(NOBODYS_HASH).is_ok());
    }

    #[test]
    fn a_new_password_is_long_enough_and_not_endless() {
        let choose = |text: String| Password::choose(text).map(|_| ());
        assert_eq!(choose("short".to_owned()), Err(PasswordError::TooShort));
        assert_eq!(choose("äöüß-äöüß-äö".to_owned()), Ok(()));
        assert_eq!(choose("xyzw-".repeat(205)), Err(PasswordError::TooLong));
        assert_eq!(choose("Qwertyqwerty".to_owned()), Err(PasswordError::Common));
    }

    #[test]
    fn a_password_prints_nothing_of_itself() {
        assert!(!format!("{:?}", password("correct horse battery")).contains("horse"));
    }
}
