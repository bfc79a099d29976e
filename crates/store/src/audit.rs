//! Who did what to which object: rows are added and never changed.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use uuid::Uuid;

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who: `usr_…`, `key_…` or `operator`.
    pub actor: String,
    /// What, such as `rule.switched`.
    pub action: String,
    /// The id of what was changed.
    pub object: String,
    /// The changed part before.
    pub before: Option<Value>,
    /// The changed part after.
    pub after: Option<Value>,
}

impl WorkspaceTx {
    /// Adds an entry.
    pub async fn add_audit_entry(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        sqlx::query!(
            "insert into audit_entries (workspace_id, id, at, actor, action, object, before, after)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            workspace,
            entry.id,
            entry.at.to_sqlx(),
            entry.actor,
            entry.action,
            entry.object,
            entry.before,
            entry.after
        )
        .execute(db)
        .await?;
        Ok(())
    }
}
