//! What is somebody's own: the leads of the rep that a member is, the teams that a member manages.

use lr_core::id::{DecisionId, LeadId, PoolId, RepId, TeamId, UserId, WorkspaceId};
use lr_store::error::StoreError;
use lr_store::reach::TeamRow;
use serde_json::json;

use crate::accounts::caller::Caller;
use crate::accounts::permission::{Act, Grant};
use crate::audit::entry;
use crate::context::App;

/// Which leads somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leads {
    /// Everybody's.
    All,
    /// Those that this rep has now; a member who is no rep has none.
    Of(Option<RepId>),
}

impl Leads {
    /// Whether a lead that `rep` has is among them.
    pub fn include(self, rep: Option<RepId>) -> bool {
        match self {
            Self::All => true,
            Self::Of(own) => own.is_some() && own == rep,
        }
    }
}

/// A part of a team that somebody wants to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// How a pool shares its leads, and its ledger.
    Pool(PoolId),
    /// When a rep takes leads. Part of every team whose pools he is in.
    Rep(RepId),
    /// The turn that a lead took of a pool.
    Turn(LeadId),
}

/// Which leads `caller` sees, as far as he may see any.
pub async fn leads(app: &App, caller: &Caller) -> Result<Leads, StoreError> {
    match (caller.grant(Act::ReadLeads), caller.user()) {
        (Grant::All, _) => Ok(Leads::All),
        (Grant::Own, Some(user)) => {
            let mut tx = app.store.begin(caller.workspace()).await?;
            Ok(Leads::Of(tx.rep_of_member(user).await?))
        }
        (Grant::No, _) | (Grant::Own, None) => Ok(Leads::Of(None)),
    }
}

/// Whether `caller` sees a lead; one that does not exist is seen by whoever sees all.
pub async fn sees_lead(app: &App, caller: &Caller, lead: LeadId) -> Result<bool, StoreError> {
    match leads(app, caller).await? {
        Leads::All => Ok(true),
        Leads::Of(None) => Ok(false),
        Leads::Of(Some(rep)) => {
            app.store.begin(caller.workspace()).await?.rep_has_lead(rep, lead).await
        }
    }
}

/// Whether `caller` sees the lead that a decision was about.
pub async fn sees_decision(
    app: &App,
    caller: &Caller,
    decision: DecisionId,
) -> Result<bool, StoreError> {
    match leads(app, caller).await? {
        Leads::All => Ok(true),
        Leads::Of(None) => Ok(false),
        Leads::Of(Some(rep)) => {
            app.store.begin(caller.workspace()).await?.rep_has_lead_of(rep, decision).await
        }
    }
}

/// Whether `caller` may change a part of a team; `None` if there is no such part.
pub async fn may_change(
    app: &App,
    caller: &Caller,
    part: Part,
) -> Result<Option<bool>, StoreError> {
    match (caller.grant(Act::ChangeTeams), caller.user()) {
        (Grant::All, _) => Ok(Some(true)),
        (Grant::Own, Some(user)) => {
            let mut tx = app.store.begin(caller.workspace()).await?;
            match part {
                Part::Pool(pool) => tx.manages_pool(user, pool).await,
                Part::Rep(rep) => tx.manages_rep(user, rep).await,
                Part::Turn(lead) => tx.manages_lead(user, lead).await,
            }
        }
        (Grant::No, _) | (Grant::Own, None) => Ok(Some(false)),
    }
}

/// Why it was not said whose something is.
#[derive(Debug, thiserror::Error)]
pub enum ReachError {
    /// No such team or rep.
    #[error("there is no such team or rep")]
    Missing,
    /// Somebody named is no member of the workspace.
    #[error("somebody named is no member of the workspace")]
    NoMember,
    /// The member is another rep already.
    #[error("the member is another rep")]
    OtherRep,
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The teams of `workspace` with their managers, by name.
///
/// # Errors
/// If the database does not answer.
pub async fn teams(app: &App, workspace: WorkspaceId) -> Result<Vec<TeamRow>, StoreError> {
    app.store.begin(workspace).await?.teams().await
}

/// Puts who manages a team.
///
/// # Errors
/// Nothing was changed.
pub async fn set_managers(
    app: &App,
    workspace: WorkspaceId,
    actor: &str,
    team: TeamId,
    users: &[UserId],
) -> Result<TeamRow, ReachError> {
    let mut tx = app.store.begin(workspace).await?;
    if !tx.set_managers(team, users).await.map_err(no_member)? {
        return Err(ReachError::Missing);
    }
    let row = tx.teams().await?.into_iter().find(|row| row.id == team);
    let row = row.ok_or(ReachError::Missing)?;
    let mut line = entry(app, actor, "team.managers_set", team);
    line.after = Some(json!({ "managers": users }));
    tx.add_audit_entry(&line).await?;
    tx.commit().await?;
    Ok(row)
}

/// Says which member a rep is, or that he is none.
///
/// # Errors
/// Nothing was changed.
pub async fn set_member_of_rep(
    app: &App,
    workspace: WorkspaceId,
    actor: &str,
    rep: RepId,
    user: Option<UserId>,
) -> Result<(), ReachError> {
    let mut tx = app.store.begin(workspace).await?;
    if !tx.set_member_of_rep(rep, user).await.map_err(no_member)? {
        return Err(ReachError::Missing);
    }
    let mut line = entry(app, actor, "rep.member_set", rep);
    line.after = Some(json!({ "member": user }));
    tx.add_audit_entry(&line).await?;
    Ok(tx.commit().await?)
}

fn no_member(error: StoreError) -> ReachError {
    match error.constraint() {
        Some("team_managers_workspace_id_user_id_fkey" | "reps_workspace_id_user_id_fkey") => {
            ReachError::NoMember
        }
        Some("reps_by_user") => ReachError::OtherRep,
        Some(_) | None => ReachError::Store(error),
    }
}
