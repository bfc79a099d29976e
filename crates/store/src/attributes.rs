//! What the custom attributes of a workspace's leads and accounts hold.

use lr_core::rules::field::Field;
use lr_core::rules::kind::{AttributeTypes, ValueKind};

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

impl WorkspaceTx {
    /// What is declared.
    pub async fn attribute_types(&mut self) -> Result<AttributeTypes, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query!(
            "select field, kind from attributes where workspace_id = $1 order by field",
            workspace
        );
        let mut types = AttributeTypes::default();
        for row in rows.fetch_all(db).await? {
            let field = Field::parse(&row.field, &AttributeTypes::default());
            let declared = field.zip(ValueKind::parse(&row.kind));
            let read = declared.is_some_and(|(field, kind)| types.declare(&field, Some(kind)));
            if !read {
                let source = "it is not the kind of an attribute".into();
                return Err(StoreError::Corrupt { what: "attribute", source });
            }
        }
        Ok(types)
    }

    /// Declares what an attribute holds, in place of what it was declared to hold.
    pub async fn declare_attribute(
        &mut self,
        field: &Field,
        kind: ValueKind,
    ) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        let name = field.name();
        sqlx::query!(
            "insert into attributes (workspace_id, field, kind) values ($1, $2, $3)
             on conflict (workspace_id, field) do update set kind = excluded.kind",
            workspace,
            name.as_ref(),
            kind.as_str()
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// Takes back what an attribute was declared to hold: from here on it is text. False if nothing was
    /// declared.
    pub async fn forget_attribute(&mut self, field: &Field) -> Result<bool, StoreError> {
        let (db, workspace) = self.parts();
        let name = field.name();
        let gone = sqlx::query!(
            "delete from attributes where workspace_id = $1 and field = $2",
            workspace,
            name.as_ref()
        );
        Ok(gone.execute(db).await?.rows_affected() == 1)
    }
}
