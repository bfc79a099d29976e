//! Mails waiting to be sent, sealed by the application.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::query;
use uuid::Uuid;

use crate::error::StoreError;
use crate::system_tx::SystemTx;
use crate::workspace_tx::WorkspaceTx;

/// A mail as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedMail {
    /// Its id.
    pub id: Uuid,
    /// Lower-case address.
    pub recipient: String,
    /// What it is about, such as `reset_password`.
    pub kind: String,
    /// Subject, text and link, which only the application can read.
    pub sealed: Vec<u8>,
    /// When it was written.
    pub at: Timestamp,
}

impl SystemTx {
    /// Adds a mail that is no workspace's business.
    pub async fn add_mail(&mut self, mail: &SealedMail) -> Result<(), StoreError> {
        query!(
            "insert into mails (id, recipient, kind, sealed, created_at) values ($1, $2, $3, $4, $5)",
            mail.id,
            mail.recipient,
            mail.kind,
            mail.sealed,
            mail.at.to_sqlx(),
        )
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// The newest mails, to `recipient` if one is given.
    pub async fn mails(
        &mut self,
        recipient: Option<&str>,
        limit: u16,
    ) -> Result<Vec<SealedMail>, StoreError> {
        let rows = query!(
            "select id, recipient, kind, sealed, created_at from mails
             where $1::text is null or recipient = $1
             order by created_at desc, id desc limit $2",
            recipient,
            i64::from(limit),
        )
        .fetch_all(self.connection())
        .await?;
        let mail = rows.into_iter().map(|row| SealedMail {
            id: row.id,
            recipient: row.recipient,
            kind: row.kind,
            sealed: row.sealed,
            at: row.created_at.to_jiff(),
        });
        Ok(mail.collect())
    }
}

impl WorkspaceTx {
    /// Adds a mail about this workspace.
    pub async fn add_mail(&mut self, mail: &SealedMail) -> Result<(), StoreError> {
        let (db, _) = self.parts();
        query!(
            "select send_mail($1, $2, $3, $4, $5)",
            mail.id,
            mail.recipient,
            mail.kind,
            mail.sealed,
            mail.at.to_sqlx(),
        )
        .execute(db)
        .await?;
        Ok(())
    }
}
