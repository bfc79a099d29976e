//! Pools: entitled against actual share, who is away, who is next.

pub mod absence;
pub mod ledger;
pub mod settings;

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_app::pools::{MemberView, PoolView, pools};
use lr_core::pick::ledger::LEAD;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::May;
use crate::http::gates::GateBody;
use crate::http::named::NamedBody;
use crate::http::pools::settings::PoolSettingsBody;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_pools))
        .merge(settings::routes())
        .merge(ledger::routes())
        .merge(absence::routes())
}

/// The pools of a workspace.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Pools)]
pub struct PoolsBody {
    /// By team and name.
    items: Vec<PoolBody>,
}

/// A team's rotation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Pool)]
pub struct PoolBody {
    #[schema(example = "pool_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    id: String,
    name: String,
    team: NamedBody,
    /// How it shares its leads.
    settings: PoolSettingsBody,
    /// Leads that it has given out.
    turns: u64,
    /// Its members, by name.
    members: Vec<PoolMemberBody>,
    /// Who would get the next leads if they came now, at most five.
    next: Vec<NamedBody>,
}

/// A member of a pool.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PoolMember)]
pub struct PoolMemberBody {
    rep: NamedBody,
    weight: u32,
    /// Leads taken.
    assigned: u64,
    /// Leads that the member's weight entitled to, while present.
    entitled: f64,
    /// Leads that the pool owes the member: entitled less assigned.
    balance: f64,
    /// Leads that the pool owes the member for absences; negative if others' absences brought leads.
    arrears: f64,
    /// Leads that are the member's and neither won nor lost.
    open: u32,
    /// Leads taken of all that the pool gave out, 0 to 1.
    share: f64,
    /// Leads entitled to of all that the pool gave out, 0 to 1.
    entitled_share: f64,
    /// What keeps leads from the member now; null if nothing does.
    #[schema(required)]
    gate: Option<GateBody>,
}

/// Lists every pool as it stands now.
#[utoipa::path(
    get, path = "/v1/pools", tag = "pools",
    security(("bearer" = ["read-setup"])),
    responses(
        (status = 200, body = PoolsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_pools(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
) -> Result<Answer<PoolsBody>, Problem> {
    let pools = pools(&app, caller.workspace()).await?;
    Ok(Answer(PoolsBody { items: pools.into_iter().map(PoolBody::from).collect() }))
}

impl From<PoolView> for PoolBody {
    fn from(view: PoolView) -> Self {
        let turns = view.turns;
        let members = view.members.iter();
        Self {
            id: view.pool.id.to_string(),
            name: view.pool.name,
            team: view.pool.team.into(),
            settings: PoolSettingsBody::of(&view.settings),
            turns,
            members: members.map(|member| PoolMemberBody::new(member, turns)).collect(),
            next: view.next.into_iter().map(|rep| NamedBody::new(rep.id, rep.name)).collect(),
        }
    }
}

impl PoolMemberBody {
    fn new(member: &MemberView, turns: u64) -> Self {
        let assigned = member.balance.assigned;
        let balance = exact_leads(member.balance.balance);
        let entitled = assigned as f64 + balance;
        let of_all = |part: f64| if turns == 0 { 0.0 } else { rounded(part / turns as f64) };
        Self {
            rep: NamedBody::new(member.rep.id, &member.rep.name),
            weight: member.weight,
            assigned,
            entitled: rounded(entitled),
            balance: rounded(balance),
            arrears: leads(member.balance.arrears),
            open: member.open,
            share: of_all(assigned as f64),
            entitled_share: of_all(entitled),
            gate: member.gate.as_ref().map(|gate| GateBody::new(gate, &member.rep.zone)),
        }
    }
}

/// Parts of a lead as a number of leads to look at: the exact count stays in the ledger.
pub fn leads(parts: i64) -> f64 {
    rounded(exact_leads(parts))
}

fn exact_leads(parts: i64) -> f64 {
    parts as f64 / LEAD as f64
}

/// To four digits, without a negative zero.
fn rounded(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_shown_as_leads_to_four_digits() {
        assert_eq!(leads(LEAD), 1.0);
        assert_eq!(leads(-LEAD / 3), -0.3333);
        assert!(leads(-1).is_sign_positive());
    }
}
