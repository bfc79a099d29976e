//! Leavers: what a rep would leave behind, and what becomes of it.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use lr_app::accounts::permission::act;
use lr_app::accounts::reach::Part;
use lr_app::context::App;
use lr_app::leavers::{HandedOver, Leaving, leave, leaving};
use lr_app::territories::hand_over::{OwnedRows, hand_over};
use lr_core::id::{PoolId, RepId};
use lr_core::territory::owner::Owner;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::body::Json;
use crate::http::caller::May;
use crate::http::named::NamedBody;
use crate::http::params::Id;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(read_leaving, leave_rep))
        .routes(routes!(hand_over_territories))
}

/// What a rep would leave behind.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Leaving)]
pub struct LeavingBody {
    rep: NamedBody,
    /// False once the rep has left.
    active: bool,
    /// The pools that the rep would be taken out of.
    pools: Vec<NamedBody>,
    /// The rules in force that name the rep: they stay, and pass the rep over.
    rules: Vec<NamedBody>,
    /// The territories with rows of the rep: they stay until they are handed over.
    territories: Vec<OwnedRowsBody>,
    /// How many open leads the rep has.
    open: u64,
    /// The oldest of them, at most 200.
    leads: Vec<String>,
}

/// What became of the open leads of a rep who left.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HandedOver)]
pub struct HandedOverBody {
    /// They have another owner.
    assigned: usize,
    /// Nobody can take them now: they are held.
    held: usize,
    /// Their rules sent them elsewhere: to a queue, or away.
    other: usize,
    /// The rules in force that still name the rep.
    rules: Vec<NamedBody>,
    /// The territories that still have rows of the rep.
    territories: Vec<OwnedRowsBody>,
}

/// The rows of a territory that a rep owns, without those whose time is over.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnedRows)]
pub struct OwnedRowsBody {
    territory: NamedBody,
    /// How many rows.
    rows: usize,
    /// The lines of the first of them, at most 20.
    lines: Vec<u32>,
}

/// Who is to own a leaver's rows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewRowOwner)]
pub struct NewRowOwnerBody {
    to: NewOwnerBody,
}

/// A rep or a pool.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NewOwner)]
pub enum NewOwnerBody {
    /// This rep, who must be active.
    #[schema(value_type = String)]
    Rep(RepId),
    /// The rep whose turn it is in this pool.
    #[schema(value_type = String)]
    Pool(PoolId),
}

/// The rows that were given to somebody else.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RowsHandedOver)]
pub struct RowsHandedOverBody {
    /// By name; none if the rep had none.
    territories: Vec<OwnedRowsBody>,
}

/// Shows what a rep would leave behind: pools, rules, rows of territories and open leads.
#[utoipa::path(
    get, path = "/v1/reps/{rep}/leave", tag = "reps",
    security(("bearer" = ["read-everybody"])),
    params(("rep" = String, Path, example = "rep_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    responses(
        (status = 200, body = LeavingBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_leaving(
    State(app): State<Arc<App>>,
    caller: May<act::ReadEverybody>,
    Id(rep): Id<RepId>,
) -> Result<Answer<LeavingBody>, Problem> {
    let leaving = leaving(&app, caller.workspace(), rep).await?;
    leaving.map(|leaving| Answer(leaving.into())).ok_or_else(|| Problem::not_found("rep"))
}

/// Takes a rep out of every pool at once and routes the open leads again without the rep. Sent again,
/// it goes on where it stopped, and then does nothing.
#[utoipa::path(
    post, path = "/v1/reps/{rep}/leave", tag = "reps",
    security(("bearer" = ["change-teams"])),
    params(("rep" = String, Path, example = "rep_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    responses(
        (status = 200, body = HandedOverBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn leave_rep(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeTeams>,
    Id(rep): Id<RepId>,
) -> Result<Answer<HandedOverBody>, Problem> {
    caller.change(&app, Part::Rep(rep), "rep").await?;
    let actor = caller.actor();
    let done = leave(&app, caller.workspace(), &actor, rep).await?;
    let HandedOver { assigned, held, other } = done.ok_or_else(|| Problem::not_found("rep"))?;
    let left = leaving(&app, caller.workspace(), rep).await?;
    let LeavingBody { rules, territories, .. } =
        left.ok_or_else(|| Problem::not_found("rep"))?.into();
    Ok(Answer(HandedOverBody { assigned, held, other, rules, territories }))
}

/// Gives the rows that a rep owns in any territory to another rep or to a pool: all of them, or none.
/// Sent again, it finds nothing to do.
#[utoipa::path(
    post, path = "/v1/reps/{rep}/leave/territories", tag = "reps",
    security(("bearer" = ["change-rules"])),
    params(("rep" = String, Path, example = "rep_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    request_body = NewRowOwnerBody,
    responses(
        (status = 200, body = RowsHandedOverBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn hand_over_territories(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeRules>,
    Id(rep): Id<RepId>,
    Json { value: body, .. }: Json<NewRowOwnerBody>,
) -> Result<Answer<RowsHandedOverBody>, Problem> {
    let actor = caller.actor();
    let to = match body.to {
        NewOwnerBody::Rep(rep) => Owner::Rep(rep),
        NewOwnerBody::Pool(pool) => Owner::Pool(pool),
    };
    let moved = hand_over(&app, caller.workspace(), &actor, rep, to).await?;
    let moved = moved.ok_or_else(|| Problem::not_found("rep"))?;
    Ok(Answer(RowsHandedOverBody { territories: moved.into_iter().map(Into::into).collect() }))
}

impl From<Leaving> for LeavingBody {
    fn from(leaving: Leaving) -> Self {
        let Leaving { rep, active, pools, rules, territories, open, leads } = leaving;
        Self {
            rep: NamedBody::new(rep.id, rep.name),
            active,
            pools: pools.into_iter().map(|pool| NamedBody::new(pool.id, pool.name)).collect(),
            rules: rules.into_iter().map(|rule| NamedBody::new(rule.id, rule.name)).collect(),
            territories: territories.into_iter().map(OwnedRowsBody::from).collect(),
            open,
            leads: leads.iter().map(ToString::to_string).collect(),
        }
    }
}

impl From<OwnedRows> for OwnedRowsBody {
    fn from(OwnedRows { territory, rows, lines }: OwnedRows) -> Self {
        Self { territory: NamedBody::new(territory.id, territory.name), rows, lines }
    }
}
