//! How a pool shares its leads: changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use lr_app::accounts::permission::act;
use lr_app::accounts::reach::Part;
use lr_app::context::App;
use lr_app::settings::{PoolChange, SettingsError, change_pool};
use lr_core::id::PoolId;
use lr_core::pick::absence::Absence;
use lr_core::pick::overflow::Overflow;
use lr_core::pick::{Distribution, Pool};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::body::Json;
use crate::http::caller::May;
use crate::http::params::Id;
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(patch_pool))
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
    security(("bearer" = ["change-teams"])),
    params(("pool" = String, Path, example = "pool_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    request_body = PoolChangeBody,
    responses(
        (status = 200, body = PoolSettingsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn patch_pool(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeTeams>,
    Id(pool): Id<PoolId>,
    Json { value: body, .. }: Json<PoolChangeBody>,
) -> Result<Answer<PoolSettingsBody>, Problem> {
    caller.change(&app, Part::Pool(pool), "pool").await?;
    let change = PoolChange {
        skills: body.skills.map(|skills| read_skills(skills, "/skills")).transpose()?,
        distribution: body.distribution.map(DistributionBody::read),
        absence: body.absence.map(AbsenceBody::read).transpose()?,
        overflow: body.overflow.map(OverflowBody::read),
    };
    let actor = caller.actor();
    let pool = change_pool(&app, caller.workspace(), &actor, pool, change).await?;
    Ok(Answer(PoolSettingsBody::of(&pool)))
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
