//! How far a member reaches: which rep he is, which teams are his, whose a lead is.

use lr_core::id::{DecisionId, LeadId, PoolId, RepId, TeamId, UserId};
use sqlx::{query, query_scalar};

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// A team with those who manage it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRow {
    /// The team.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// Its managers and their names, by name.
    pub managers: Vec<(UserId, String)>,
}

impl WorkspaceTx {
    /// The rep that a member is, if he is one.
    pub async fn rep_of_member(&mut self, user: UserId) -> Result<Option<RepId>, StoreError> {
        let (db, workspace) = self.parts();
        let rep = query_scalar!(
            "select id from reps where workspace_id = $1 and user_id = $2",
            workspace,
            user.uuid()
        );
        Ok(rep.fetch_optional(db).await?.map(RepId::new))
    }

    /// Says which member a rep is, or that he is none; false if there is no such rep. Fails on
    /// `reps_by_user` if the member is another rep, on `reps_workspace_id_user_id_fkey` if there is no
    /// such member.
    pub async fn set_member_of_rep(
        &mut self,
        rep: RepId,
        user: Option<UserId>,
    ) -> Result<bool, StoreError> {
        let (db, workspace) = self.parts();
        let done = query!(
            "update reps set user_id = $3 where workspace_id = $1 and id = $2",
            workspace,
            rep.uuid(),
            user.map(UserId::uuid)
        );
        Ok(done.execute(db).await?.rows_affected() == 1)
    }

    /// Whether a lead belongs to a rep now.
    pub async fn rep_has_lead(&mut self, rep: RepId, lead: LeadId) -> Result<bool, StoreError> {
        let (db, workspace) = self.parts();
        let has = query_scalar!(
            r#"select exists (select from leads
                   where workspace_id = $1 and id = $2 and rep_id = $3) as "has!""#,
            workspace,
            lead.uuid(),
            rep.uuid()
        );
        Ok(has.fetch_one(db).await?)
    }

    /// Whether the lead that a decision was about belongs to a rep now.
    pub async fn rep_has_lead_of(
        &mut self,
        rep: RepId,
        decision: DecisionId,
    ) -> Result<bool, StoreError> {
        let (db, workspace) = self.parts();
        let has = query_scalar!(
            r#"select exists (select from decisions d
                   join leads l on l.workspace_id = d.workspace_id and l.id = d.lead_id
                   where d.workspace_id = $1 and d.id = $2 and l.rep_id = $3) as "has!""#,
            workspace,
            decision.uuid(),
            rep.uuid()
        );
        Ok(has.fetch_one(db).await?)
    }

    /// Whether a pool is of a team that a member manages; `None` if there is no such pool.
    pub async fn manages_pool(
        &mut self,
        user: UserId,
        pool: PoolId,
    ) -> Result<Option<bool>, StoreError> {
        let (db, workspace) = self.parts();
        let manages = query_scalar!(
            r#"select exists (select from team_managers t where t.workspace_id = p.workspace_id
                   and t.team_id = p.team_id and t.user_id = $3) as "manages!"
               from pools p where p.workspace_id = $1 and p.id = $2"#,
            workspace,
            pool.uuid(),
            user.uuid()
        );
        Ok(manages.fetch_optional(db).await?)
    }

    /// Whether a rep takes turns only in pools of teams that a member manages, and in one at least;
    /// `None` if there is no such rep.
    pub async fn manages_rep(
        &mut self,
        user: UserId,
        rep: RepId,
    ) -> Result<Option<bool>, StoreError> {
        let (db, workspace) = self.parts();
        let manages = query_scalar!(
            r#"select coalesce((
                   select bool_and(t.user_id is not null)
                   from pool_members m
                   join pools p on p.workspace_id = m.workspace_id and p.id = m.pool_id
                   left join team_managers t on t.workspace_id = p.workspace_id
                       and t.team_id = p.team_id and t.user_id = $3
                   where m.workspace_id = r.workspace_id and m.rep_id = r.id
               ), false) as "manages!"
               from reps r where r.workspace_id = $1 and r.id = $2"#,
            workspace,
            rep.uuid(),
            user.uuid()
        );
        Ok(manages.fetch_optional(db).await?)
    }

    /// Whether the pool that gave a lead out is of a team that a member manages; `None` if there is no
    /// such lead.
    pub async fn manages_lead(
        &mut self,
        user: UserId,
        lead: LeadId,
    ) -> Result<Option<bool>, StoreError> {
        let (db, workspace) = self.parts();
        let manages = query_scalar!(
            r#"select exists (select from decisions d
                   join pools p on p.workspace_id = d.workspace_id and p.id = d.pool_id
                   join team_managers t on t.workspace_id = p.workspace_id
                       and t.team_id = p.team_id and t.user_id = $3
                   where d.workspace_id = l.workspace_id and d.id = l.decision_id) as "manages!"
               from leads l where l.workspace_id = $1 and l.id = $2"#,
            workspace,
            lead.uuid(),
            user.uuid()
        );
        Ok(manages.fetch_optional(db).await?)
    }

    /// Every team with its managers, by name.
    pub async fn teams(&mut self) -> Result<Vec<TeamRow>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = query!(
            r#"select t.id, t.name,
                   coalesce(array_agg(m.user_id order by m.name, m.user_id)
                       filter (where m.user_id is not null), '{}') as "users!",
                   coalesce(array_agg(m.name order by m.name, m.user_id)
                       filter (where m.user_id is not null), '{}') as "names!"
               from teams t
               left join team_managers g on g.workspace_id = t.workspace_id and g.team_id = t.id
               left join members m on m.workspace_id = g.workspace_id and m.user_id = g.user_id
               where t.workspace_id = $1 group by t.id, t.name order by t.name"#,
            workspace
        );
        let teams = rows.fetch_all(db).await?.into_iter().map(|row| TeamRow {
            id: TeamId::new(row.id),
            name: row.name,
            managers: row.users.into_iter().map(UserId::new).zip(row.names).collect(),
        });
        Ok(teams.collect())
    }

    /// Puts who manages a team; false if there is no such team. Fails on
    /// `team_managers_workspace_id_user_id_fkey` if one of them is no member.
    pub async fn set_managers(
        &mut self,
        team: TeamId,
        users: &[UserId],
    ) -> Result<bool, StoreError> {
        let (db, workspace) = self.parts();
        let found = query_scalar!(
            "select 1 from teams where workspace_id = $1 and id = $2 for update",
            workspace,
            team.uuid()
        );
        if found.fetch_optional(&mut *db).await?.is_none() {
            return Ok(false);
        }
        query!(
            "delete from team_managers where workspace_id = $1 and team_id = $2",
            workspace,
            team.uuid()
        )
        .execute(&mut *db)
        .await?;
        let users: Vec<_> = users.iter().map(|user| user.uuid()).collect();
        query!(
            "insert into team_managers (workspace_id, team_id, user_id)
             select $1, $2, user_id from unnest($3::uuid[]) as u (user_id) on conflict do nothing",
            workspace,
            team.uuid(),
            &users
        )
        .execute(db)
        .await?;
        Ok(true)
    }
}
