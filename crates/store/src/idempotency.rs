//! Answers kept for requests that may be sent twice.

use sqlx::query;
use uuid::Uuid;

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// A caller's name for one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RequestName<'a> {
    /// The API key or the user.
    pub caller: Uuid,
    /// The caller's key, 1 to 255 characters.
    pub key: &'a str,
}

/// What a request was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// SHA-256 of what was asked.
    pub request_hash: [u8; 32],
    /// The answer, in the form in which the use case gave it.
    pub response: Vec<u8>,
}

impl WorkspaceTx {
    /// Takes the request `name` for this transaction and gives its answer, if it has been answered.
    ///
    /// An equal request that is under way elsewhere is waited for, so of two at once one acts and
    /// the other finds the answer. To take several, take them in order, or two transactions may
    /// wait for each other.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if the wait takes too long.
    pub async fn claim_request(
        &mut self,
        name: RequestName<'_>,
    ) -> Result<Option<Answer>, StoreError> {
        let (connection, workspace) = self.parts();
        let lock = format!("{workspace}/{}/{}", name.caller, name.key);
        query!("select pg_advisory_xact_lock(hashtextextended($1, 0))", lock)
            .execute(&mut *connection)
            .await?;
        // A statement of its own: it must see what was committed while we waited for the lock.
        let row = query!(
            "select request_hash, response from idempotency_keys
             where workspace_id = $1 and caller_id = $2 and key = $3",
            workspace,
            name.caller,
            name.key,
        )
        .fetch_optional(connection)
        .await?;
        row.map(|row| {
            let request_hash = row.request_hash.try_into().map_err(|_| StoreError::Corrupt {
                what: "request hash",
                source: "it has not 32 bytes".into(),
            })?;
            Ok(Answer { request_hash, response: row.response })
        })
        .transpose()
    }

    /// Keeps the answer to a request that this transaction has claimed.
    pub async fn keep_answer(
        &mut self,
        name: RequestName<'_>,
        answer: &Answer,
    ) -> Result<(), StoreError> {
        let (connection, workspace) = self.parts();
        query!(
            "insert into idempotency_keys (workspace_id, caller_id, key, request_hash, response)
             values ($1, $2, $3, $4, $5)",
            workspace,
            name.caller,
            name.key,
            answer.request_hash.as_slice(),
            answer.response,
        )
        .execute(connection)
        .await?;
        Ok(())
    }
}
