//! What decides and changes rarely: read as one, stored once per change.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use lr_core::decide::Settings;
use lr_core::engine::Engine;
use lr_core::id::{ConfigId, PoolId, RepId};
use lr_core::pick::absence::Absence;
use lr_core::pick::holidays::Calendar;
use lr_core::pick::hours::WeeklyHours;
use lr_core::pick::load::Caps;
use lr_core::pick::overflow::Overflow;
use lr_core::pick::{Distribution, Leave, Member, Pool, Rep};
use lr_core::snapshot::ConfigSource;
use lr_core::time::Zone;
use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

impl WorkspaceTx {
    /// The number of the workspace's present configuration, held still until the transaction ends.
    ///
    /// The shared lock makes a change of rules or reps wait for the decisions under way, so no
    /// decision commits on a configuration that was already replaced; decisions that begin later
    /// wait for the change.
    pub async fn hold_config_version(&mut self) -> Result<i64, StoreError> {
        let (db, workspace) = self.parts();
        sqlx::query!("select pg_advisory_xact_lock_shared(config_lock())")
            .execute(&mut *db)
            .await?;
        // A statement of its own: it must see what was committed while we waited for the lock.
        let row = sqlx::query!("select config_version from workspaces where id = $1", workspace);
        Ok(row.fetch_one(db).await?.config_version)
    }

    /// Keeps others from deciding and from changing the configuration until the transaction ends; what
    /// is read from here on is what it will be part of.
    pub async fn lock_config(&mut self) -> Result<(), StoreError> {
        let (db, _) = self.parts();
        sqlx::query!("select pg_advisory_xact_lock(config_lock())").execute(db).await?;
        Ok(())
    }

    /// The published rules with every rep, pool and territory; `None` before the first publication.
    pub async fn config(&mut self) -> Result<Option<ConfigSource>, StoreError> {
        let Some(published) = self.published_ruleset().await? else { return Ok(None) };
        let reps = self.config_reps().await?;
        let pools = self.config_pools().await?;
        let territories = self.config_territories().await?;
        let settings = self.settings().await?;
        let (ruleset, engine) = (published.source, Engine::present());
        let attributes = self.attribute_types().await?;
        let source =
            ConfigSource { ruleset, attributes, reps, pools, territories, settings, engine };
        Ok(Some(source))
    }

    /// Stores a configuration's bytes unless the same bytes are there; `id` is used if they are
    /// new. Returns the id under which they are stored.
    pub async fn keep_config(&mut self, id: ConfigId, body: &[u8]) -> Result<ConfigId, StoreError> {
        let (db, workspace) = self.parts();
        let digest = Sha256::digest(body).to_vec();
        sqlx::query!(
            "insert into configs (workspace_id, id, digest, body) values ($1, $2, $3, $4)
             on conflict (workspace_id, digest) do nothing",
            workspace,
            id.uuid(),
            digest,
            body
        )
        .execute(&mut *db)
        .await?;
        let row = sqlx::query!(
            "select id from configs where workspace_id = $1 and digest = $2",
            workspace,
            digest
        );
        Ok(ConfigId::new(row.fetch_one(db).await?.id))
    }

    /// The bytes of a stored configuration.
    pub async fn config_body(&mut self, id: ConfigId) -> Result<Option<Vec<u8>>, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query!(
            "select body from configs where workspace_id = $1 and id = $2",
            workspace,
            id.uuid()
        );
        Ok(row.fetch_optional(db).await?.map(|row| row.body))
    }

    /// What holds for every rule.
    pub async fn settings(&mut self) -> Result<Settings, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query!("select owner_first from workspaces where id = $1", workspace);
        Ok(Settings { owner_first: row.fetch_one(db).await?.owner_first })
    }

    /// Changes what holds for every rule; decisions that begin later are made by it.
    pub async fn set_settings(&mut self, settings: Settings) -> Result<(), StoreError> {
        self.lock_config().await?;
        let (db, workspace) = self.parts();
        sqlx::query!(
            "update workspaces set owner_first = $2, config_version = config_version + 1
             where id = $1",
            workspace,
            settings.owner_first
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// Every rep as he decides.
    pub async fn config_reps(&mut self) -> Result<BTreeMap<RepId, Rep>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query!(
            "select id, name, active, time_zone, hours, skills, holidays, cap_hour, cap_day,
                    cap_week, cap_open
             from reps where workspace_id = $1",
            workspace
        );
        let mut reps = BTreeMap::new();
        for row in rows.fetch_all(&mut *db).await? {
            let zone = Zone::parse(&row.time_zone).map_err(StoreError::corrupt("rep"))?;
            let hours = serde_json::from_value::<WeeklyHours>(row.hours)
                .map_err(StoreError::corrupt("rep"))?;
            let id = RepId::new(row.id);
            let cap = |cap: Option<i32>| cap.and_then(|cap| u32::try_from(cap).ok());
            let [hour, day] = [row.cap_hour, row.cap_day].map(cap);
            let [week, open] = [row.cap_week, row.cap_open].map(cap);
            let holidays = row.holidays.as_deref().map(Calendar::parse).transpose();
            let rep = Rep {
                active: row.active,
                skills: row.skills.into_iter().collect(),
                holidays: holidays.map_err(StoreError::corrupt("rep"))?,
                caps: Caps { hour, day, week, open },
                ..Rep::new(id, &row.name, zone, hours)
            };
            reps.insert(rep.id, rep);
        }
        let leaves = sqlx::query!(
            "select rep_id, starts_at, ends_at from leaves where workspace_id = $1
             order by rep_id, starts_at",
            workspace
        );
        for row in leaves.fetch_all(db).await? {
            if let Some(rep) = reps.get_mut(&RepId::new(row.rep_id)) {
                rep.leave
                    .push(Leave { from: row.starts_at.to_jiff(), until: row.ends_at.to_jiff() });
            }
        }
        Ok(reps)
    }

    /// Every pool as it decides.
    pub async fn config_pools(&mut self) -> Result<BTreeMap<PoolId, Pool>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query!(
            "select id, name, skills, distribution, repay_per_day, overflow, overflow_pool
             from pools where workspace_id = $1",
            workspace
        );
        let mut pools = BTreeMap::new();
        for row in rows.fetch_all(&mut *db).await? {
            let per_day = row.repay_per_day.and_then(|per_day| u32::try_from(per_day).ok());
            let pool = Pool {
                skills: row.skills.into_iter().collect(),
                distribution: distribution(&row.distribution),
                absence: per_day.map_or(Absence::Forgive, |per_day| Absence::Repay { per_day }),
                overflow: overflow(&row.overflow, row.overflow_pool.map(PoolId::new)),
                ..Pool::new(PoolId::new(row.id), &row.name, Vec::new())
            };
            pools.insert(pool.id, pool);
        }
        let members = sqlx::query!(
            "select pool_id, rep_id, weight from pool_members where workspace_id = $1
             order by pool_id, rep_id",
            workspace
        );
        for row in members.fetch_all(db).await? {
            let weight = u32::try_from(row.weight).ok().and_then(NonZeroU32::new);
            if let (Some(pool), Some(weight)) = (pools.get_mut(&PoolId::new(row.pool_id)), weight) {
                pool.members.push(Member { rep: RepId::new(row.rep_id), weight });
            }
        }
        Ok(pools)
    }
}

/// As the table's check constraint allows.
fn distribution(word: &str) -> Distribution {
    match word {
        "least_loaded" => Distribution::LeastLoaded,
        _ => Distribution::WeightedRoundRobin,
    }
}

/// As the table's check constraints allow.
fn overflow(word: &str, pool: Option<PoolId>) -> Overflow {
    match (word, pool) {
        ("fallback", Some(pool)) => Overflow::Fallback(pool),
        ("assign_anyway", _) => Overflow::AssignAnyway,
        _ => Overflow::Hold,
    }
}
