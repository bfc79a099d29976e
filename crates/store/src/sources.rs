//! Where leads come from.

use lr_core::id::{SourceId, WorkspaceId};
use sqlx::query;

use crate::error::StoreError;
use crate::system_tx::SystemTx;
use crate::workspace_tx::WorkspaceTx;

/// How a source hands leads in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// Programs, with an API key.
    Api,
    /// Files.
    Import,
    /// A web form, whose address is public.
    Form,
}

impl SourceKind {
    /// The name as stored and as shown by the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Import => "import",
            Self::Form => "form",
        }
    }

    fn stored(name: &str) -> Result<Self, StoreError> {
        match name {
            "api" => Ok(Self::Api),
            "import" => Ok(Self::Import),
            "form" => Ok(Self::Form),
            other => Err(StoreError::Corrupt {
                what: "kind of source",
                source: format!("`{other}` is not one").into(),
            }),
        }
    }
}

/// A source of leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its id; for a form it is the form's address.
    pub id: SourceId,
    /// Its name, unique in the workspace.
    pub name: String,
    /// How it hands leads in.
    pub kind: SourceKind,
}

impl WorkspaceTx {
    /// Every source, by name.
    pub async fn sources(&mut self) -> Result<Vec<Source>, StoreError> {
        let (connection, workspace) = self.parts();
        let rows = query!(
            "select id, name, kind from sources where workspace_id = $1 order by name",
            workspace,
        )
        .fetch_all(connection)
        .await?;
        rows.into_iter()
            .map(|row| {
                let kind = SourceKind::stored(&row.kind)?;
                Ok(Source { id: SourceId::new(row.id), name: row.name, kind })
            })
            .collect()
    }

    /// Adds a source; fails on `sources_workspace_id_name_key` if the name is taken.
    pub async fn add_source(&mut self, source: &Source) -> Result<(), StoreError> {
        let (connection, workspace) = self.parts();
        query!(
            "insert into sources (workspace_id, id, name, kind) values ($1, $2, $3, $4)",
            workspace,
            source.id.uuid(),
            source.name,
            source.kind.as_str(),
        )
        .execute(connection)
        .await?;
        Ok(())
    }
}

impl SystemTx {
    /// The workspace of a web form: its public address names the form only.
    pub async fn form_workspace(
        &mut self,
        form: SourceId,
    ) -> Result<Option<WorkspaceId>, StoreError> {
        let row =
            query!("select workspace_id from sources where id = $1 and kind = 'form'", form.uuid())
                .fetch_optional(self.connection())
                .await?;
        Ok(row.map(|row| WorkspaceId::new(row.workspace_id)))
    }
}
