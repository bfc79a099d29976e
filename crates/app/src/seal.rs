//! Sealing what is stored but must be readable by this installation alone.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::RngExt;

use crate::keys::Key;

/// The first byte of everything sealed, so that another way to seal can be told from this one.
const VERSION: u8 = 1;

const NONCE: usize = 24;

/// Seals bytes with XChaCha20-Poly1305, whose nonces are long enough to be random.
///
/// What is sealed is bound to what it is about: moved to another row, it does not open.
#[derive(Clone)]
pub struct Seal(XChaCha20Poly1305);

/// The bytes were not sealed here, were changed, or are about something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what is sealed does not open")]
pub struct SealError;

impl Seal {
    /// With a key of its own.
    pub fn new(key: &Key) -> Self {
        Self(XChaCha20Poly1305::new(key.bytes().into()))
    }

    /// Seals `plain`, which is about `about`.
    ///
    /// # Errors
    /// If `plain` has more than 256 GiB.
    pub fn close(&self, plain: &[u8], about: &[u8]) -> Result<Vec<u8>, SealError> {
        let nonce: [u8; NONCE] = rand::rng().random();
        let payload = Payload { msg: plain, aad: about };
        let text = self.0.encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError)?;
        Ok([&[VERSION], nonce.as_slice(), &text].concat())
    }

    /// What was sealed about `about`.
    pub fn open(&self, sealed: &[u8], about: &[u8]) -> Result<Vec<u8>, SealError> {
        let (&version, rest) = sealed.split_first().ok_or(SealError)?;
        let (nonce, text) = rest.split_first_chunk::<NONCE>().ok_or(SealError)?;
        if version != VERSION {
            return Err(SealError);
        }
        let payload = Payload { msg: text, aad: about };
        self.0.decrypt(&XNonce::from(*nonce), payload).map_err(|_| SealError)
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{MasterSecret, Purpose};

    fn seal(secret: u8) -> Seal {
        Seal::new(&MasterSecret::new([secret; 32]).derive(Purpose::Mails, b""))
    }

    #[test]
    fn what_is_sealed_opens_under_its_key_and_for_its_thing_only() {
        let sealed = seal(1).close(b"Dear Ada", b"7").unwrap();
        assert_eq!(seal(1).open(&sealed, b"7").as_deref(), Ok(b"Dear Ada".as_slice()));
        assert_eq!(seal(1).open(&sealed, b"8"), Err(SealError));
        assert_eq!(seal(2).open(&sealed, b"7"), Err(SealError));
    }

    #[test]
    fn a_changed_byte_anywhere_keeps_it_shut() {
        let sealed = seal(1).close(b"Dear Ada", b"7").unwrap();
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert_eq!(seal(1).open(&changed, b"7"), Err(SealError), "{place}");
        }
        assert_eq!(seal(1).open(&sealed[..20], b"7"), Err(SealError));
        assert_eq!(seal(1).open(b"", b"7"), Err(SealError));
    }
}
