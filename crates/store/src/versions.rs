//! Every ruleset that was ever in force.

use jiff::Timestamp;
use lr_core::id::RulesetId;
use lr_core::rules::ast::RulesetSource;

use crate::error::StoreError;
use crate::rulesets::from_json;
use crate::workspace_tx::WorkspaceTx;

/// A version without its rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its id.
    pub id: RulesetId,
    /// Its number, from 1.
    pub version: u32,
    /// Whether it is the one in force.
    pub in_force: bool,
    /// Who published it: `usr_…` or `operator`.
    pub author: String,
    /// The author's name, if he is a member.
    pub author_name: Option<String>,
    /// Why, in the author's words.
    pub note: Option<String>,
    /// When it was published.
    pub at: Timestamp,
    /// How many rules it has.
    pub rules: u32,
}

/// The one select list; `$tail` says which versions, in what order.
macro_rules! select_versions {
    ($tail:literal, $($bind:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select v.id, v.version, v.state, v.author, m.name as "author_name?", v.note,
                      v.created_at,
                      (select count(*) from rules r
                       where r.workspace_id = v.workspace_id and r.ruleset_id = v.id) as "rules!"
               from rulesets v
               left join members m on m.workspace_id = v.workspace_id
                    and 'usr_' || replace(m.user_id::text, '-', '') = v.author
               where v.workspace_id = $1 "# + $tail,
            $($bind),+
        )
    };
}

impl WorkspaceTx {
    /// A page of versions below `before`, newest first.
    pub async fn versions(
        &mut self,
        before: Option<u32>,
        limit: u16,
    ) -> Result<Vec<Version>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = select_versions!(
            "and ($2::bigint is null or v.version < $2) order by v.version desc limit $3",
            workspace,
            before.map(i64::from),
            i64::from(limit)
        );
        rows.fetch_all(db).await?.into_iter().map(Version::try_from).collect()
    }

    /// One version, without its rules.
    pub async fn version(&mut self, version: u32) -> Result<Option<Version>, StoreError> {
        let (db, workspace) = self.parts();
        let row = select_versions!("and v.version = $2::bigint", workspace, i64::from(version));
        row.fetch_optional(db).await?.map(Version::try_from).transpose()
    }

    /// One version as it was written.
    pub async fn version_source(
        &mut self,
        version: u32,
    ) -> Result<Option<RulesetSource>, StoreError> {
        let (db, workspace) = self.parts();
        let found = sqlx::query!(
            "select id, catch_all from rulesets
             where workspace_id = $1 and version = $2::bigint",
            workspace,
            i64::from(version)
        );
        let Some(row) = found.fetch_optional(db).await? else { return Ok(None) };
        let id = RulesetId::new(row.id);
        let rules = self.rules_of(id).await?;
        Ok(Some(RulesetSource { id, version, rules, catch_all: from_json(row.catch_all)? }))
    }
}

struct Row {
    id: uuid::Uuid,
    version: i32,
    state: String,
    author: String,
    author_name: Option<String>,
    note: Option<String>,
    created_at: jiff_sqlx::Timestamp,
    rules: i64,
}

impl TryFrom<Row> for Version {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: RulesetId::new(row.id),
            version: u32::try_from(row.version).map_err(StoreError::corrupt("ruleset"))?,
            in_force: row.state == "published",
            author: row.author,
            author_name: row.author_name,
            note: row.note,
            at: row.created_at.to_jiff(),
            rules: u32::try_from(row.rules).map_err(StoreError::corrupt("ruleset"))?,
        })
    }
}
