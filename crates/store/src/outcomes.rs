//! What came of leads.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::id::{LeadId, OutcomeId};

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// One thing that came of a lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeRow {
    /// Its id.
    pub id: OutcomeId,
    /// The lead.
    pub lead: LeadId,
    /// `meeting_booked`, `meeting_held`, `no_show`, `won` or `lost`.
    pub kind: String,
    /// When it happened.
    pub at: Timestamp,
}

impl WorkspaceTx {
    /// Records what came of leads; what has an id that is there already was recorded before.
    pub async fn add_outcomes(&mut self, outcomes: &[OutcomeRow]) -> Result<(), StoreError> {
        let ids = outcomes.iter().map(|row| row.id.uuid()).collect::<Vec<_>>();
        let leads = outcomes.iter().map(|row| row.lead.uuid()).collect::<Vec<_>>();
        let kinds = outcomes.iter().map(|row| row.kind.clone()).collect::<Vec<_>>();
        let at = outcomes.iter().map(|row| row.at.to_sqlx()).collect::<Vec<_>>();
        let (db, workspace) = self.parts();
        sqlx::query!(
            "insert into outcomes (workspace_id, id, lead_id, kind, at)
             select $1, row.* from
                 unnest($2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[]) as row
             on conflict (workspace_id, id) do nothing",
            workspace,
            &ids,
            &leads,
            &kinds,
            at
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// What came of one lead, in order.
    pub async fn outcomes_of(&mut self, lead: LeadId) -> Result<Vec<OutcomeRow>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query!(
            "select id, kind, at from outcomes
             where workspace_id = $1 and lead_id = $2 order by at, id",
            workspace,
            lead.uuid()
        );
        let rows = rows.fetch_all(db).await?;
        let outcomes = rows.into_iter().map(|row| OutcomeRow {
            id: OutcomeId::new(row.id),
            lead,
            kind: row.kind,
            at: row.at.to_jiff(),
        });
        Ok(outcomes.collect())
    }
}
