//! What a rep who leaves leaves behind.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::id::{LeadId, RepId};

use crate::error::StoreError;
use crate::leads::{HeldLead, HeldRow, LeadCursor};
use crate::workspace_tx::WorkspaceTx;

impl WorkspaceTx {
    /// Takes a rep out of every pool and out of reach of every rule. `Some(false)` if he had left
    /// before, `None` if there is no such rep.
    pub async fn deactivate_rep(&mut self, rep: RepId) -> Result<Option<bool>, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query!(
            "select active from reps where workspace_id = $1 and id = $2",
            workspace,
            rep.uuid()
        );
        let Some(row) = row.fetch_optional(&mut *db).await? else { return Ok(None) };
        if row.active {
            sqlx::query!(
                "update reps set active = false where workspace_id = $1 and id = $2",
                workspace,
                rep.uuid()
            )
            .execute(&mut *db)
            .await?;
        }
        let left = sqlx::query!(
            "delete from pool_members where workspace_id = $1 and rep_id = $2",
            workspace,
            rep.uuid()
        );
        let left = left.execute(db).await?.rows_affected();
        Ok(Some(row.active || left > 0))
    }

    /// How many open leads a rep has.
    pub async fn count_open_leads(&mut self, rep: RepId) -> Result<u64, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query!(
            r#"select count(*) as "open!" from assignments
               where workspace_id = $1 and rep_id = $2 and ended_at is null and closed_at is null"#,
            workspace,
            rep.uuid()
        );
        let open = row.fetch_one(db).await?.open;
        u64::try_from(open).map_err(StoreError::corrupt("assignment"))
    }

    /// A rep's open leads, oldest first, after `after`.
    pub async fn open_leads(
        &mut self,
        rep: RepId,
        after: Option<LeadCursor>,
        limit: i64,
    ) -> Result<Vec<HeldLead>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query_as!(
            HeldRow,
            "select l.id, l.received_at, d.snapshot
             from assignments a
             join leads l on l.workspace_id = a.workspace_id and l.id = a.lead_id
             join decisions d on d.workspace_id = l.workspace_id and d.id = l.decision_id
             where a.workspace_id = $1 and a.rep_id = $2
               and a.ended_at is null and a.closed_at is null
               and ($3::timestamptz is null or (l.received_at, l.id) > ($3, $4::uuid))
             order by l.received_at, l.id limit $5",
            workspace,
            rep.uuid(),
            after.map(|cursor| cursor.received_at.to_sqlx()) as _,
            after.map(|cursor| cursor.id.uuid()),
            limit
        );
        Ok(rows.fetch_all(db).await?.into_iter().map(HeldLead::from).collect())
    }

    /// The same, locked, to be given to others; those that somebody closes meanwhile are left out.
    pub async fn lock_open_leads(
        &mut self,
        rep: RepId,
        after: Option<LeadCursor>,
        limit: i64,
    ) -> Result<Vec<HeldLead>, StoreError> {
        let open = self.open_leads(rep, after, limit).await?;
        let ids = open.iter().map(|lead| lead.id.uuid()).collect::<Vec<_>>();
        let (db, workspace) = self.parts();
        let locked = sqlx::query!(
            "select lead_id from assignments
             where workspace_id = $1 and lead_id = any($2) and rep_id = $3
               and ended_at is null and closed_at is null
             order by id for no key update",
            workspace,
            &ids,
            rep.uuid()
        );
        let locked = locked.fetch_all(db).await?;
        let locked = locked.into_iter().map(|row| row.lead_id).collect::<Vec<_>>();
        Ok(open.into_iter().filter(|lead| locked.contains(&lead.id.uuid())).collect())
    }

    /// Ends the present assignments of `leads`; the load of those who had them is the caller's.
    pub async fn end_assignments(
        &mut self,
        leads: &[LeadId],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        let ids = leads.iter().map(|lead| lead.uuid()).collect::<Vec<_>>();
        sqlx::query!(
            "update assignments set ended_at = greatest($3, started_at)
             where workspace_id = $1 and lead_id = any($2) and ended_at is null",
            workspace,
            &ids,
            at.to_sqlx()
        )
        .execute(db)
        .await?;
        Ok(())
    }
}
