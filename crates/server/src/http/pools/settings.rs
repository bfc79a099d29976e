//! How a pool shares its leads: changed, and every line of its ledger.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use jiff::Timestamp;
use lr_app::accounts::permission::Act;
use lr_app::context::App;
use lr_app::pools::ledger;
use lr_app::settings::{PoolChange, SettingsError, change_pool};
use lr_core::id::PoolId;
use lr_core::pick::absence::Absence;
use lr_core::pick::overflow::Overflow;
use lr_core::pick::{Distribution, Pool};
use lr_store::ledgers::EntryRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::body::Json;
use crate::http::caller::Member;
use crate::http::named::NamedBody;
use crate::http::params::{Id, Query, limit};
use crate::http::pools::leads;
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(patch_pool)).routes(routes!(list_ledger))
}

/// How a pool shares its leads.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PoolSettings)]
pub struct PoolSettingsBody {
    /// What a rep must be able to do to get its leads.
    skills: BTreeSet<String>,
    distribution: DistributionBody,
    absence: AbsenceBody,
    overflow: OverflowBody,
}

/// How the members who are there share the leads.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Distribution)]
pub enum DistributionBody {
    /// By weight, as evenly as can be.
    WeightedRoundRobin,
    /// To whoever has the fewest open leads for the weight.
    LeastLoaded,
}

/// What becomes of the share of those who are on leave or have a holiday.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(tag = "policy", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = Absence)]
pub enum AbsenceBody {
    /// The others have it.
    Forgive,
    /// They get it back later.
    Repay {
        /// Leads above the share that they get on a day at most.
        per_day: u32,
    },
}

/// What becomes of a lead that nobody can take, when no fallback of its rule took it either.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(tag = "policy", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = Overflow)]
pub enum OverflowBody {
    /// It waits for the next opening.
    Hold,
    /// Another pool may take it.
    Fallback {
        /// Which.
        #[schema(value_type = String, example = "pool_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
        pool: PoolId,
    },
    /// Whoever's turn it is gets it, be they off, away or full.
    AssignAnyway,
}

/// What is to change about a pool; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PoolChange)]
pub struct PoolChangeBody {
    skills: Option<Vec<String>>,
    distribution: Option<DistributionBody>,
    absence: Option<AbsenceBody>,
    overflow: Option<OverflowBody>,
}

/// Changes how a pool shares its leads. Nobody's balance moves.
#[utoipa::path(
    patch, path = "/v1/pools/{pool}", tag = "pools",
    params(("pool" = String, Path, example = "pool_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    request_body = PoolChangeBody,
    responses(
        (status = 200, body = PoolSettingsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn patch_pool(
    State(app): State<Arc<App>>,
    member: Member,
    Id(pool): Id<PoolId>,
    Json { value: body, .. }: Json<PoolChangeBody>,
) -> Result<Answer<PoolSettingsBody>, Problem> {
    member.may(Act::ChangeTeams)?;
    let change = PoolChange {
        skills: body.skills.map(|skills| read_skills(skills, "/skills")).transpose()?,
        distribution: body.distribution.map(DistributionBody::read),
        absence: body.absence.map(AbsenceBody::read).transpose()?,
        overflow: body.overflow.map(OverflowBody::read),
    };
    let actor = member.membership().user.to_string();
    let pool = change_pool(&app, member.workspace(), &actor, pool, change).await?;
    Ok(Answer(PoolSettingsBody::of(&pool)))
}

/// A page of a pool's ledger.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LedgerPage)]
pub struct LedgerBody {
    /// Newest first.
    items: Vec<LedgerEntryBody>,
    /// What to ask for as `before` to get the next page; null on the last.
    #[schema(required)]
    next: Option<u64>,
}

/// A line of a pool's ledger: what one batch of leads, or one correction, did to its accounts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LedgerEntry)]
pub struct LedgerEntryBody {
    /// Counts the pool's entries, from 1.
    seq: u64,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// `turns`, `absence`, `repay`, `returned`, `taken_away` or `moved`.
    #[schema(example = "turns")]
    cause: String,
    /// Leads that it gave out.
    turns: u32,
    lines: Vec<LedgerLineBody>,
}

/// What an entry did to one account. Balances and arrears each sum to zero over its lines.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LedgerLine)]
pub struct LedgerLineBody {
    rep: NamedBody,
    /// Leads added to what the pool owes by turn.
    balance: f64,
    /// Leads added to what the pool owes for absences.
    arrears: f64,
    /// Leads got.
    assigned: i64,
}

/// Which part of a ledger to list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerQuery {
    /// Entries before this one.
    before: Option<u64>,
    /// How many, from 1 to 200; 50 if absent.
    limit: Option<u16>,
}

/// Lists what changed a pool's accounts, and why.
#[utoipa::path(
    get, path = "/v1/pools/{pool}/ledger", tag = "pools",
    params(
        ("pool" = String, Path, example = "pool_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a"),
        ("before" = Option<u64>, Query, description = "Entries before this one."),
        ("limit" = Option<u16>, Query, minimum = 1, maximum = 200, description = "50 if absent."),
    ),
    responses(
        (status = 200, body = LedgerBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_ledger(
    State(app): State<Arc<App>>,
    member: Member,
    Id(pool): Id<PoolId>,
    Query(query): Query<LedgerQuery>,
) -> Result<Answer<LedgerBody>, Problem> {
    member.may(Act::Read)?;
    let limit = limit(query.limit)?;
    let page = ledger(&app, member.workspace(), pool, query.before, limit).await?;
    let page = page.ok_or_else(|| Problem::not_found("pool"))?;
    let next = page.more.then(|| page.items.last().map(|entry| entry.seq)).flatten();
    Ok(Answer(LedgerBody { items: page.items.into_iter().map(Into::into).collect(), next }))
}

/// Skills as they are compared: trimmed, lower case, each once.
pub fn read_skills(skills: Vec<String>, pointer: &str) -> Result<BTreeSet<String>, Problem> {
    let skills: BTreeSet<_> = skills.iter().map(|skill| skill.trim().to_lowercase()).collect();
    if skills.len() > 100 || skills.iter().any(|skill| skill.is_empty() || skill.len() > 100) {
        let detail = "At most 100 skills, each of 1 to 100 characters.";
        return Err(Problem::at(Code::InvalidBody, pointer, detail.to_owned()));
    }
    Ok(skills)
}

impl PoolSettingsBody {
    /// The settings of `pool`.
    pub fn of(pool: &Pool) -> Self {
        Self {
            skills: pool.skills.clone(),
            distribution: match pool.distribution {
                Distribution::WeightedRoundRobin => DistributionBody::WeightedRoundRobin,
                Distribution::LeastLoaded => DistributionBody::LeastLoaded,
            },
            absence: match pool.absence {
                Absence::Forgive => AbsenceBody::Forgive,
                Absence::Repay { per_day } => AbsenceBody::Repay { per_day },
            },
            overflow: match pool.overflow {
                Overflow::Hold => OverflowBody::Hold,
                Overflow::Fallback(pool) => OverflowBody::Fallback { pool },
                Overflow::AssignAnyway => OverflowBody::AssignAnyway,
            },
        }
    }
}

impl DistributionBody {
    fn read(self) -> Distribution {
        match self {
            Self::WeightedRoundRobin => Distribution::WeightedRoundRobin,
            Self::LeastLoaded => Distribution::LeastLoaded,
        }
    }
}

impl AbsenceBody {
    fn read(self) -> Result<Absence, Problem> {
        match self {
            Self::Forgive => Ok(Absence::Forgive),
            Self::Repay { per_day } if per_day <= 1000 => Ok(Absence::Repay { per_day }),
            Self::Repay { .. } => Err(Problem::at(
                Code::InvalidBody,
                "/absence/per_day",
                "At most 1,000 leads a day.".to_owned(),
            )),
        }
    }
}

impl OverflowBody {
    fn read(self) -> Overflow {
        match self {
            Self::Hold => Overflow::Hold,
            Self::Fallback { pool } => Overflow::Fallback(pool),
            Self::AssignAnyway => Overflow::AssignAnyway,
        }
    }
}

impl From<EntryRow> for LedgerEntryBody {
    fn from(entry: EntryRow) -> Self {
        let lines = entry.lines.into_iter().map(|(line, name)| LedgerLineBody {
            rep: NamedBody::new(line.rep, name),
            balance: leads(line.balance),
            arrears: leads(line.arrears),
            assigned: line.assigned,
        });
        let EntryRow { seq, at, cause, turns, .. } = entry;
        Self { seq, at, cause, turns, lines: lines.collect() }
    }
}

impl From<SettingsError> for Problem {
    fn from(error: SettingsError) -> Self {
        match error {
            SettingsError::NoPool(_) => Self::not_found("pool"),
            SettingsError::NoRep(_) => Self::not_found("rep"),
            SettingsError::Overflow(_) => Self::at(
                Code::InvalidBody,
                "/overflow/pool",
                "Leads overflow to another pool of this workspace.".to_owned(),
            ),
            SettingsError::Store(error) => error.into(),
        }
    }
}
