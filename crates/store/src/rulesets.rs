//! Versions of a workspace's rules.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::id::{RuleId, RulesetId};
use lr_core::rules::ast::{RuleSource, RulesetSource};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// Why a ruleset was not published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// Somebody published since: the version it follows is no longer the one in force.
    #[error("the published ruleset has moved on")]
    Moved,
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A ruleset to be put in force.
#[derive(Debug, Clone, Copy)]
pub struct Publication<'a> {
    /// What: its version is one above the version in force.
    pub source: &'a RulesetSource,
    /// Who: `usr_…` or `operator`.
    pub author: &'a str,
    /// Why, in the author's words: 1 to 1,000 characters.
    pub note: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

/// The ruleset in force.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// As it was written.
    pub source: RulesetSource,
    /// Since when.
    pub at: Timestamp,
}

impl WorkspaceTx {
    /// The ruleset in force; `None` before the first publication.
    pub async fn published_ruleset(&mut self) -> Result<Option<Published>, StoreError> {
        let (db, workspace) = self.parts();
        let found = sqlx::query!(
            "select id, version, catch_all, created_at from rulesets
             where workspace_id = $1 and state = 'published'",
            workspace
        );
        let Some(row) = found.fetch_optional(db).await? else { return Ok(None) };
        let source = RulesetSource {
            id: RulesetId::new(row.id),
            version: u32::try_from(row.version).map_err(StoreError::corrupt("ruleset"))?,
            rules: self.rules_of(RulesetId::new(row.id)).await?,
            catch_all: from_json(row.catch_all)?,
        };
        Ok(Some(Published { source, at: row.created_at.to_jiff() }))
    }

    /// Puts a ruleset in force in place of the version before it.
    ///
    /// # Errors
    /// [`PublishError::Moved`] for the second of two authors who publish at once.
    pub async fn publish(&mut self, publication: Publication<'_>) -> Result<(), PublishError> {
        let Publication { source, author, note, at } = publication;
        let (db, workspace) = self.parts();
        let version = i32::try_from(source.version).map_err(StoreError::corrupt("ruleset"))?;
        let archived = sqlx::query!(
            "update rulesets set state = 'archived'
             where workspace_id = $1 and state = 'published' and version = $2",
            workspace,
            version - 1
        );
        let archived = archived.execute(&mut *db).await.map_err(StoreError::from)?;
        if archived.rows_affected() == 0 && version > 1 {
            return Err(PublishError::Moved);
        }
        sqlx::query!(
            "insert into rulesets
                 (workspace_id, id, version, state, catch_all, author, note, created_at)
             values ($1, $2, $3, 'published', $4, $5, $6, $7)",
            workspace,
            source.id.uuid(),
            version,
            json(&source.catch_all)?,
            author,
            note,
            at.to_sqlx()
        )
        .execute(&mut *db)
        .await
        .map_err(StoreError::from)?;
        Ok(self.insert_rules(source).await?)
    }

    async fn insert_rules(&mut self, source: &RulesetSource) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        let rules = &source.rules;
        let ids = rules.iter().map(|rule| rule.id.uuid()).collect::<Vec<_>>();
        let names = rules.iter().map(|rule| rule.name.clone()).collect::<Vec<_>>();
        let enabled = rules.iter().map(|rule| rule.enabled).collect::<Vec<_>>();
        let conditions = each_json(rules, |rule| &rule.condition)?;
        let actions = each_json(rules, |rule| &rule.action)?;
        let owner_first = rules.iter().map(|rule| rule.owner_first).collect::<Vec<_>>();
        let experiments = rules.iter().map(|rule| rule.experiment.as_ref().map(json).transpose());
        let experiments = experiments.collect::<Result<Vec<_>, _>>()?;
        sqlx::query!(
            "insert into rules
                 (workspace_id, ruleset_id, position, id, name, enabled, condition, action,
                  owner_first, experiment)
             select $1, $2, (rule.ordinality - 1)::int, rule.id, rule.name, rule.enabled,
                    rule.condition, rule.action, rule.owner_first, rule.experiment
             from unnest($3::uuid[], $4::text[], $5::bool[], $6::jsonb[], $7::jsonb[], $8::bool[],
                         $9::jsonb[])
                  with ordinality
                  as rule (id, name, enabled, condition, action, owner_first, experiment)",
            workspace,
            source.id.uuid(),
            &ids,
            &names,
            &enabled,
            &conditions,
            &actions,
            &owner_first,
            &experiments as &[Option<serde_json::Value>]
        )
        .execute(db)
        .await?;
        Ok(())
    }

    pub(crate) async fn rules_of(
        &mut self,
        ruleset: RulesetId,
    ) -> Result<Vec<RuleSource>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query!(
            "select id, name, enabled, condition, action, owner_first, experiment from rules
             where workspace_id = $1 and ruleset_id = $2 order by position",
            workspace,
            ruleset.uuid()
        );
        let rows = rows.fetch_all(db).await?;
        rows.into_iter()
            .map(|row| {
                Ok(RuleSource {
                    id: RuleId::new(row.id),
                    name: row.name,
                    enabled: row.enabled,
                    condition: from_json(row.condition)?,
                    action: from_json(row.action)?,
                    owner_first: row.owner_first,
                    experiment: row.experiment.map(from_json).transpose()?,
                })
            })
            .collect()
    }
}

pub(crate) fn from_json<T: DeserializeOwned>(stored: serde_json::Value) -> Result<T, StoreError> {
    serde_json::from_value(stored).map_err(StoreError::corrupt("ruleset"))
}

pub(crate) fn json<T: Serialize>(value: &T) -> Result<serde_json::Value, StoreError> {
    serde_json::to_value(value).map_err(StoreError::corrupt("ruleset"))
}

fn each_json<T: Serialize>(
    rules: &[RuleSource],
    part: impl Fn(&RuleSource) -> &T,
) -> Result<Vec<serde_json::Value>, StoreError> {
    rules.iter().map(|rule| json(part(rule))).collect()
}
