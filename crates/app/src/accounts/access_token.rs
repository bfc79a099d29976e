//! Access tokens: short-lived proof of a sign-in.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use lr_core::id::{SessionId, UserId, WorkspaceId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::keys::{MasterSecret, Purpose};

/// How long an access token is good for. Its session is asked about anyway, so this bounds only
/// how long a stolen token of a living session works.
pub const LIFETIME: Duration = Duration::from_secs(600);

const ISSUER: &str = "lead-router";
const AUDIENCE: &str = "lead-router-api";
/// Keeps tokens of other kinds from being taken for access tokens. Source: RFC 9068, section 2.1.
const TYPE: &str = "at+jwt";

/// Whom an access token stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bearer {
    /// The workspace signed in to.
    pub workspace: WorkspaceId,
    /// The person.
    pub user: UserId,
    /// The sign-in, which can be revoked.
    pub session: SessionId,
}

/// The token is not one of ours, was changed, or is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the access token is not valid or no longer so")]
pub struct AccessTokenError;

/// The token could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the access token could not be signed")]
pub struct SigningError(#[from] jsonwebtoken::errors::Error);

/// Signs and checks access tokens: HS256 with a key derived from the installation's secret.
pub struct AccessTokens {
    key_id: String,
    signs: EncodingKey,
    checks: DecodingKey,
    validation: Validation,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: UserId,
    ws: WorkspaceId,
    sid: SessionId,
    iat: i64,
    exp: i64,
}

impl AccessTokens {
    /// Derives the key.
    pub fn new(secret: &MasterSecret) -> Self {
        let key = secret.derive(Purpose::AccessTokens, b"");
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // The library reads the machine's clock; `check` compares with the application's.
        validation.validate_exp = false;
        Self {
            key_id: Sha256::digest(key.bytes())
                .iter()
                .take(4)
                .map(|b| format!("{b:02x}"))
                .collect(),
            signs: EncodingKey::from_secret(key.bytes()),
            checks: DecodingKey::from_secret(key.bytes()),
            validation,
        }
    }

    /// A token for `bearer`, good for [`LIFETIME`] from `now`.
    pub fn issue(&self, bearer: &Bearer, now: Timestamp) -> Result<String, SigningError> {
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(self.key_id.clone());
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: bearer.user,
            ws: bearer.workspace,
            sid: bearer.session,
            iat: now.as_second(),
            exp: now.as_second().saturating_add_unsigned(LIFETIME.as_secs()),
        };
        Ok(jsonwebtoken::encode(&header, &claims, &self.signs)?)
    }

    /// Whom `token` stands for at `now`.
    pub fn check(&self, token: &str, now: Timestamp) -> Result<Bearer, AccessTokenError> {
        let data = jsonwebtoken::decode::<Claims>(token, &self.checks, &self.validation)
            .map_err(|_| AccessTokenError)?;
        let ours = data.header.typ.as_deref() == Some(TYPE)
            && data.header.kid.as_deref() == Some(self.key_id.as_str());
        if !ours || data.claims.exp <= now.as_second() {
            return Err(AccessTokenError);
        }
        let Claims { ws: workspace, sub: user, sid: session, .. } = data.claims;
        Ok(Bearer { workspace, user, session })
    }
}

impl fmt::Debug for AccessTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessTokens").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn bearer() -> Bearer {
        Bearer {
            workspace: WorkspaceId::new(Uuid::from_u128(1)),
            user: UserId::new(Uuid::from_u128(2)),
            session: SessionId::new(Uuid::from_u128(3)),
        }
    }

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_token_is_good_for_ten_minutes_and_not_a_second_more() {
        let tokens = AccessTokens::new(&MasterSecret::new([1; 32]));
        let token = tokens.issue(&bearer(), second(1_000)).unwrap();
        assert_eq!(tokens.check(&token, second(1_599)), Ok(bearer()));
        assert_eq!(tokens.check(&token, second(1_600)), Err(AccessTokenError));
    }

    #[test]
    fn a_token_of_another_installation_is_refused() {
        let [ours, theirs] = [[1; 32], [2; 32]].map(|s| AccessTokens::new(&MasterSecret::new(s)));
        let token = theirs.issue(&bearer(), second(0)).unwrap();
        assert_eq!(ours.check(&token, second(1)), Err(AccessTokenError));
    }

    #[test]
    fn a_token_without_a_signature_or_of_another_kind_is_refused() {
        let tokens = AccessTokens::new(&MasterSecret::new([1; 32]));
        let token = tokens.issue(&bearer(), second(0)).unwrap();
        let payload = token.split('.').nth(1).unwrap();
        let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.{payload}.");
        assert_eq!(tokens.check(&unsigned, second(1)), Err(AccessTokenError));

        let claims: serde_json::Value =
            jsonwebtoken::dangerous::insecure_decode_claims(&token).expect("the payload is JSON");
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(tokens.key_id.clone());
        let other_kind = jsonwebtoken::encode(&header, &claims, &tokens.signs).unwrap();
        assert_eq!(tokens.check(&other_kind, second(1)), Err(AccessTokenError));
    }

    #[test]
    fn text_that_is_no_token_is_refused() {
        let tokens = AccessTokens::new(&MasterSecret::new([1; 32]));
        for text in ["", ".", "..", "a.b.c", "lr_abc_def", "\0"] {
            assert_eq!(tokens.check(text, second(0)), Err(AccessTokenError), "{text:?}");
        }
    }
}
