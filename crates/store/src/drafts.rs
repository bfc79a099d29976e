//! Rulesets that are being written: one per author, in force for nobody.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::id::{RulesetId, UserId};
use lr_core::rules::action::Action;
use lr_core::rules::ast::RuleSource;

use crate::error::StoreError;
use crate::rulesets::{from_json, json};
use crate::workspace_tx::WorkspaceTx;

/// A ruleset that is being written.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Becomes the id of the version that it is published as.
    pub id: RulesetId,
    /// Whose it is.
    pub author: UserId,
    /// The version whose place it wants to take.
    pub based_on: u32,
    /// In order of priority.
    pub rules: Vec<RuleSource>,
    /// What happens to a lead that no rule matches.
    pub catch_all: Action,
    /// When it was last saved.
    pub updated_at: Timestamp,
}

impl WorkspaceTx {
    /// The author's draft.
    pub async fn draft(&mut self, author: UserId) -> Result<Option<Draft>, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query_as!(
            Row,
            "select id, author, based_on, rules, catch_all, updated_at from ruleset_drafts
             where workspace_id = $1 and author = $2",
            workspace,
            author.uuid()
        );
        row.fetch_optional(db).await?.map(Draft::try_from).transpose()
    }

    /// Every draft with the name of its author, by that name.
    pub async fn drafts(&mut self) -> Result<Vec<(String, Draft)>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query!(
            "select m.name, d.id, d.author, d.based_on, d.rules, d.catch_all, d.updated_at
             from ruleset_drafts d
             join members m on m.workspace_id = d.workspace_id and m.user_id = d.author
             where d.workspace_id = $1 order by m.name, d.id",
            workspace
        );
        let drafts = rows.fetch_all(db).await?.into_iter().map(|row| {
            let draft = Row {
                id: row.id,
                author: row.author,
                based_on: row.based_on,
                rules: row.rules,
                catch_all: row.catch_all,
                updated_at: row.updated_at,
            };
            Ok((row.name, draft.try_into()?))
        });
        drafts.collect()
    }

    /// Saves the author's draft in place of the one before, which keeps its id. Returns the id.
    ///
    /// # Errors
    /// A [`StoreError::Constraint`] if there never was a version `based_on`.
    pub async fn save_draft(&mut self, draft: &Draft) -> Result<RulesetId, StoreError> {
        let (db, workspace) = self.parts();
        let based_on = i32::try_from(draft.based_on).map_err(StoreError::corrupt("draft"))?;
        let row = sqlx::query!(
            "insert into ruleset_drafts
                 (workspace_id, id, author, based_on, rules, catch_all, updated_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (workspace_id, author) do update
             set based_on = excluded.based_on, rules = excluded.rules,
                 catch_all = excluded.catch_all, updated_at = excluded.updated_at
             returning id",
            workspace,
            draft.id.uuid(),
            draft.author.uuid(),
            based_on,
            json(&draft.rules)?,
            json(&draft.catch_all)?,
            draft.updated_at.to_sqlx()
        );
        Ok(RulesetId::new(row.fetch_one(db).await?.id))
    }

    /// Takes the author's draft away. Of two who try at once, one gets it.
    pub async fn take_draft(&mut self, author: UserId) -> Result<Option<Draft>, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query_as!(
            Row,
            "delete from ruleset_drafts where workspace_id = $1 and author = $2
             returning id, author, based_on, rules, catch_all, updated_at",
            workspace,
            author.uuid()
        );
        row.fetch_optional(db).await?.map(Draft::try_from).transpose()
    }
}

struct Row {
    id: uuid::Uuid,
    author: uuid::Uuid,
    based_on: i32,
    rules: serde_json::Value,
    catch_all: serde_json::Value,
    updated_at: jiff_sqlx::Timestamp,
}

impl TryFrom<Row> for Draft {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: RulesetId::new(row.id),
            author: UserId::new(row.author),
            based_on: u32::try_from(row.based_on).map_err(StoreError::corrupt("draft"))?,
            rules: from_json(row.rules)?,
            catch_all: from_json(row.catch_all)?,
            updated_at: row.updated_at.to_jiff(),
        })
    }
}
