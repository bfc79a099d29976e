//! How much each rep has on his hands: locked after the pools, moved with the assignments.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::id::{LeadId, RepId};
use lr_core::pick::load::{Load, Loads};

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

impl WorkspaceTx {
    /// Locks the reps' loads in the order of their ids and reads them.
    ///
    /// Pools are locked before: with one order for all, two batches never wait for each other.
    pub async fn lock_loads(&mut self, reps: &[RepId]) -> Result<Loads, StoreError> {
        let (db, workspace) = self.parts();
        let ids = reps.iter().map(|rep| rep.uuid()).collect::<Vec<_>>();
        let rows = sqlx::query!(
            "select rep_id, last_at, hour, day, week, open from rep_loads
             where workspace_id = $1 and rep_id = any($2) order by rep_id for no key update",
            workspace,
            &ids
        );
        let mut loads = Loads::new();
        for row in rows.fetch_all(db).await? {
            let counts = [row.hour, row.day, row.week, row.open].map(u32::try_from);
            if let (Some(at), [Ok(hour), Ok(day), Ok(week), Ok(open)]) = (row.last_at, counts) {
                let load = Load { last_at: at.to_jiff(), hour, day, week, open };
                loads.insert(RepId::new(row.rep_id), load);
            }
        }
        Ok(loads)
    }

    /// Every rep's load, without a lock, to be looked at.
    pub async fn loads(&mut self) -> Result<Loads, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query!(
            r#"select rep_id, last_at as "last_at!", hour, day, week, open from rep_loads
               where workspace_id = $1 and last_at is not null"#,
            workspace
        );
        let mut loads = Loads::new();
        for row in rows.fetch_all(db).await? {
            if let [Ok(hour), Ok(day), Ok(week), Ok(open)] =
                [row.hour, row.day, row.week, row.open].map(u32::try_from)
            {
                let load = Load { last_at: row.last_at.to_jiff(), hour, day, week, open };
                loads.insert(RepId::new(row.rep_id), load);
            }
        }
        Ok(loads)
    }

    /// Writes the loads of `reps`, which were locked by [`WorkspaceTx::lock_loads`].
    pub async fn save_loads(
        &mut self,
        reps: impl Iterator<Item = RepId>,
        loads: &Loads,
    ) -> Result<(), StoreError> {
        let moved = reps.filter_map(|rep| Some((rep, loads.get(&rep)?))).collect::<Vec<_>>();
        if moved.is_empty() {
            return Ok(());
        }
        let ids = moved.iter().map(|(rep, _)| rep.uuid()).collect::<Vec<_>>();
        let last_at = moved.iter().map(|(_, load)| load.last_at.to_sqlx()).collect::<Vec<_>>();
        let count = |count: fn(&Load) -> u32| {
            let counts = moved.iter().map(|(_, load)| i32::try_from(count(load)));
            counts.collect::<Result<Vec<_>, _>>().map_err(StoreError::corrupt("load"))
        };
        let (hour, day) = (count(|load| load.hour)?, count(|load| load.day)?);
        let (week, open) = (count(|load| load.week)?, count(|load| load.open)?);
        let (db, workspace) = self.parts();
        sqlx::query!(
            "insert into rep_loads (workspace_id, rep_id, last_at, hour, day, week, open)
             select $1, now.* from unnest($2::uuid[], $3::timestamptz[], $4::integer[],
                 $5::integer[], $6::integer[], $7::integer[]) as now
             on conflict (workspace_id, rep_id) do update set
                 last_at = excluded.last_at, hour = excluded.hour, day = excluded.day,
                 week = excluded.week, open = excluded.open",
            workspace,
            &ids,
            last_at,
            &hour,
            &day,
            &week,
            &open
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// Closes the present assignments of `leads`, which were won or lost: they are no longer open.
    ///
    /// A lead that is closed already, or that nobody has, stays as it is.
    pub async fn close_leads(&mut self, leads: &[LeadId], at: Timestamp) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        let ids = leads.iter().map(|lead| lead.uuid()).collect::<Vec<_>>();
        sqlx::query!(
            "with closing as (
                 select id, rep_id from assignments
                 where workspace_id = $1 and lead_id = any($2)
                   and ended_at is null and closed_at is null
                 order by id for no key update
             ), closed as (
                 update assignments a set closed_at = $3 from closing
                 where a.workspace_id = $1 and a.id = closing.id
             ), counted as (
                 select rep_id, count(*)::integer as leads from closing group by rep_id
             ), locked as (
                 select l.rep_id, counted.leads from rep_loads l join counted using (rep_id)
                 where l.workspace_id = $1 order by l.rep_id for no key update of l
             )
             update rep_loads l set open = greatest(l.open - locked.leads, 0) from locked
             where l.workspace_id = $1 and l.rep_id = locked.rep_id",
            workspace,
            &ids,
            at.to_sqlx()
        )
        .execute(db)
        .await?;
        Ok(())
    }
}
