//! Setting up who takes leads: teams, reps and the pools they rotate in.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use lr_core::id::{PoolId, RepId, TeamId, WorkspaceId};
use lr_core::pick::Rep;
use lr_store::error::StoreError;

use crate::context::App;

/// A rep to be added.
#[derive(Debug, Clone)]
pub struct NewRep {
    /// The rep, with a fresh id.
    pub rep: Rep,
    /// His address.
    pub email: String,
}

/// A team to be added, with its pools.
#[derive(Debug, Clone)]
pub struct NewTeam {
    /// Its name, unique in the workspace.
    pub name: String,
    /// Its pools.
    pub pools: Vec<NewPool>,
}

/// A pool to be added.
#[derive(Debug, Clone)]
pub struct NewPool {
    /// Its name, unique in the workspace.
    pub name: String,
    /// Its members with their weights, 1 to 1,000.
    pub members: Vec<(RepId, NonZeroU32)>,
}

/// Reps and pools by name, for whoever writes rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Directory {
    /// The reps; of two with one name, either.
    pub reps: BTreeMap<String, RepId>,
    /// The pools.
    pub pools: BTreeMap<String, PoolId>,
}

/// Adds reps, then teams with their pools: everything, or nothing on an error.
///
/// # Errors
/// If a name is taken, or the database does not answer.
pub async fn add(
    app: &App,
    workspace: WorkspaceId,
    reps: &[NewRep],
    teams: &[NewTeam],
) -> Result<(), StoreError> {
    let mut tx = app.store.begin(workspace).await?;
    for new in reps {
        tx.add_rep(&new.rep, &new.email).await?;
    }
    for team in teams {
        let team_id = TeamId::new(app.ids.make());
        tx.add_team(team_id, &team.name).await?;
        for pool in &team.pools {
            let id = PoolId::new(app.ids.make());
            tx.add_pool(team_id, id, &pool.name).await?;
            for (rep, weight) in &pool.members {
                tx.add_member(id, *rep, weight.get()).await?;
            }
        }
    }
    tx.commit().await
}

/// The reps and pools that there are.
///
/// # Errors
/// If the database does not answer.
pub async fn directory(app: &App, workspace: WorkspaceId) -> Result<Directory, StoreError> {
    let mut tx = app.store.begin(workspace).await?;
    let reps = tx.reps().await?.into_iter().map(|rep| (rep.name, rep.id)).collect();
    let pools = tx.pools().await?.into_iter().map(|pool| (pool.name, pool.id)).collect();
    Ok(Directory { reps, pools })
}
