//! Teams, reps, their leave, and the pools they rotate in.

use jiff_sqlx::ToSqlx;
use lr_core::id::{PoolId, RepId, TeamId, UserId};
use lr_core::pick::absence::Absence;
use lr_core::pick::holidays::Calendar;
use lr_core::pick::load::Caps;
use lr_core::pick::overflow::Overflow;
use lr_core::pick::{Distribution, Leave, Pool, Rep};

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// A pool with its team and the members' addresses, as the pools page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolRow {
    /// The pool.
    pub id: PoolId,
    /// Its name.
    pub name: String,
    /// Its team and the team's name.
    pub team: (TeamId, String),
}

/// A rep as lists show him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepRow {
    /// His id.
    pub id: RepId,
    /// His name.
    pub name: String,
    /// His e-mail address.
    pub email: String,
    /// False for a leaver or a pause.
    pub active: bool,
    /// IANA name.
    pub time_zone: String,
    /// The member that he is, if he is one.
    pub member: Option<UserId>,
}

impl WorkspaceTx {
    /// Adds a team.
    pub async fn add_team(&mut self, id: TeamId, name: &str) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        sqlx::query!(
            "insert into teams (workspace_id, id, name) values ($1, $2, $3)",
            workspace,
            id.uuid(),
            name
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// Adds a rep with his hours and leave.
    pub async fn add_rep(&mut self, rep: &Rep, email: &str) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        let hours = serde_json::to_value(&rep.hours).map_err(StoreError::corrupt("rep"))?;
        sqlx::query!(
            "insert into reps (workspace_id, id, name, email, active, time_zone, hours)
             values ($1, $2, $3, $4, $5, $6, $7)",
            workspace,
            rep.id.uuid(),
            rep.name,
            email,
            rep.active,
            rep.zone.name(),
            hours
        )
        .execute(&mut *db)
        .await?;
        sqlx::query!(
            "insert into rep_loads (workspace_id, rep_id) values ($1, $2)",
            workspace,
            rep.id.uuid()
        )
        .execute(db)
        .await?;
        self.set_rep(rep).await?;
        for leave in &rep.leave {
            self.add_leave(rep.id, *leave).await?;
        }
        Ok(())
    }

    /// Puts what decides when, and how many leads, a rep takes; leave aside. False if there is no
    /// such rep.
    pub async fn set_rep(&mut self, rep: &Rep) -> Result<bool, StoreError> {
        let (db, workspace) = self.parts();
        let hours = serde_json::to_value(&rep.hours).map_err(StoreError::corrupt("rep"))?;
        let Caps { hour, day, week, open } = rep.caps;
        let cap = |cap: Option<u32>| {
            cap.map(i32::try_from).transpose().map_err(StoreError::corrupt("rep"))
        };
        let (hour, day, week, open) = (cap(hour)?, cap(day)?, cap(week)?, cap(open)?);
        let done = sqlx::query!(
            "update reps set active = $3, time_zone = $4, hours = $5, skills = $6, holidays = $7,
                 cap_hour = $8, cap_day = $9, cap_week = $10, cap_open = $11
             where workspace_id = $1 and id = $2",
            workspace,
            rep.id.uuid(),
            rep.active,
            rep.zone.name(),
            hours,
            &rep.skills.iter().cloned().collect::<Vec<_>>(),
            rep.holidays.map(Calendar::code),
            hour,
            day,
            week,
            open
        );
        Ok(done.execute(db).await?.rows_affected() == 1)
    }

    /// Puts how a pool shares its leads; name and members aside. False if there is no such pool.
    pub async fn set_pool(&mut self, pool: &Pool) -> Result<bool, StoreError> {
        let (db, workspace) = self.parts();
        let distribution = match pool.distribution {
            Distribution::WeightedRoundRobin => "weighted_round_robin",
            Distribution::LeastLoaded => "least_loaded",
        };
        let per_day = match pool.absence {
            Absence::Forgive => None,
            Absence::Repay { per_day } => {
                Some(i32::try_from(per_day).map_err(StoreError::corrupt("pool"))?)
            }
        };
        let (overflow, overflow_pool) = match pool.overflow {
            Overflow::Hold => ("hold", None),
            Overflow::AssignAnyway => ("assign_anyway", None),
            Overflow::Fallback(pool) => ("fallback", Some(pool.uuid())),
        };
        let done = sqlx::query!(
            "update pools set skills = $3, distribution = $4, repay_per_day = $5, overflow = $6,
                 overflow_pool = $7
             where workspace_id = $1 and id = $2",
            workspace,
            pool.id.uuid(),
            &pool.skills.iter().cloned().collect::<Vec<_>>(),
            distribution,
            per_day,
            overflow,
            overflow_pool
        );
        Ok(done.execute(db).await?.rows_affected() == 1)
    }

    /// Adds an absence of a rep.
    pub async fn add_leave(&mut self, rep: RepId, leave: Leave) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        sqlx::query!(
            "insert into leaves (workspace_id, rep_id, starts_at, ends_at) values ($1, $2, $3, $4)",
            workspace,
            rep.uuid(),
            leave.from.to_sqlx(),
            leave.until.to_sqlx()
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// Adds a pool to a team, without members.
    pub async fn add_pool(
        &mut self,
        team: TeamId,
        id: PoolId,
        name: &str,
    ) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        sqlx::query!(
            "insert into pools (workspace_id, id, team_id, name) values ($1, $2, $3, $4)",
            workspace,
            id.uuid(),
            team.uuid(),
            name
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// Adds a rep to a pool; his ledger starts at zero, or where he left it.
    pub async fn add_member(
        &mut self,
        pool: PoolId,
        rep: RepId,
        weight: u32,
    ) -> Result<(), StoreError> {
        let (db, workspace) = self.parts();
        let weight = i32::try_from(weight).map_err(StoreError::corrupt("rep"))?;
        sqlx::query!(
            "insert into pool_members (workspace_id, pool_id, rep_id, weight)
             values ($1, $2, $3, $4)",
            workspace,
            pool.uuid(),
            rep.uuid(),
            weight
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// Every pool with its team, by team and name.
    pub async fn pools(&mut self) -> Result<Vec<PoolRow>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query!(
            "select p.id, p.name, p.team_id, t.name as team_name
             from pools p join teams t on t.workspace_id = p.workspace_id and t.id = p.team_id
             where p.workspace_id = $1 order by t.name, p.name",
            workspace
        );
        let rows = rows.fetch_all(db).await?;
        let pools = rows.into_iter().map(|row| PoolRow {
            id: PoolId::new(row.id),
            name: row.name,
            team: (TeamId::new(row.team_id), row.team_name),
        });
        Ok(pools.collect())
    }

    /// Every rep, by name.
    pub async fn reps(&mut self) -> Result<Vec<RepRow>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query!(
            "select id, name, email, active, time_zone, user_id from reps
             where workspace_id = $1 order by name, id",
            workspace
        );
        let rows = rows.fetch_all(db).await?;
        let reps = rows.into_iter().map(|row| RepRow {
            id: RepId::new(row.id),
            name: row.name,
            email: row.email,
            active: row.active,
            time_zone: row.time_zone,
            member: row.user_id.map(UserId::new),
        });
        Ok(reps.collect())
    }
}
