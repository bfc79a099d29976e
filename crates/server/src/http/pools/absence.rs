//! What an absence would mean under each policy, before one is chosen.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use jiff::Timestamp;
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_app::pools::absence::{Preview, PreviewError, Supposed, preview};
use lr_core::id::{PoolId, RepId};
use lr_core::pick::Leave;
use lr_core::pick::absence::Absence;
use lr_core::pick::preview::MOST_LEADS;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::May;
use crate::http::named::NamedBody;
use crate::http::params::{Id, Query};
use crate::http::pools::leads;
use crate::http::pools::settings::AbsenceBody;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::state::AppState;

/// Days that are played unless the caller says otherwise.
const DAYS: u16 = 30;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(preview_absence))
}

/// What to suppose.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AbsenceQuery {
    /// The member who is away, beside the absences that are known.
    #[param(value_type = Option<String>, example = "rep_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    rep: Option<RepId>,
    /// From when on; now unless given.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// The first instant back; it comes with `rep`.
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// How many days are played from now on; 30 unless given.
    #[param(minimum = 1, maximum = 366)]
    days: Option<u16>,
    /// Leads of a day; as many as in the last four weeks unless given.
    #[param(minimum = 1, maximum = 1000)]
    leads_per_day: Option<u16>,
    /// Leads a day above the share, for the policy that repays; 1 unless given.
    #[param(minimum = 0, maximum = 1000)]
    per_day: Option<u32>,
}

/// What each policy would give the members of a pool.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AbsencePreview)]
pub struct AbsencePreviewBody {
    /// How many days were played.
    days: u16,
    /// Leads of a day that were supposed, evenly spread.
    leads_per_day: u16,
    /// First the one that forgives, then the one that repays.
    policies: Vec<PolicyPreviewBody>,
}

/// What a policy would give.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AbsencePolicyPreview)]
struct PolicyPreviewBody {
    absence: AbsenceBody,
    /// By name.
    members: Vec<ForecastBody>,
}

/// What a member would get under a policy.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AbsenceForecast)]
struct ForecastBody {
    rep: NamedBody,
    /// Leads in all.
    leads: u32,
    /// Most leads on a day of the rep's own calendar.
    most_on_a_day: u32,
    /// Most leads in a row.
    longest_run: u32,
    /// Leads that the pool owes the rep for absences in the end.
    arrears: f64,
}

/// Plays the coming days of a pool under each absence policy. Changes nothing.
#[utoipa::path(
    get, path = "/v1/pools/{pool}/absence-preview", tag = "pools",
    security(("bearer" = ["read-setup"])),
    params(
        ("pool" = String, Path, example = "pool_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a"),
        AbsenceQuery,
    ),
    responses(
        (status = 200, body = AbsencePreviewBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn preview_absence(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
    Id(pool): Id<PoolId>,
    Query(query): Query<AbsenceQuery>,
) -> Result<Answer<AbsencePreviewBody>, Problem> {
    let supposed = query.read(app.clock.now())?;
    let previewed = preview(&app, caller.workspace(), pool, supposed).await?;
    Ok(Answer(AbsencePreviewBody::new(supposed.days, previewed)))
}

impl AbsenceQuery {
    fn read(self, now: Timestamp) -> Result<Supposed, Problem> {
        let Self { rep, from, until, days, leads_per_day, per_day } = self;
        let absence = match (rep, until) {
            (None, None) => None,
            (Some(rep), Some(until)) => Some((rep, Leave { from: from.unwrap_or(now), until })),
            (Some(_), None) => return Err(missing("until")),
            (None, Some(_)) => return Err(missing("rep")),
        };
        let (days, per_day) = (days.unwrap_or(DAYS), per_day.unwrap_or(1));
        if !(1..=366).contains(&days) {
            return Err(Problem::in_field("days", "1 to 366 days are played."));
        }
        if leads_per_day.is_some_and(|leads| !(1..=1000).contains(&leads)) {
            return Err(Problem::in_field("leads_per_day", "A day has 1 to 1,000 leads."));
        }
        if per_day > 1000 {
            return Err(Problem::in_field("per_day", "At most 1,000 leads a day."));
        }
        Ok(Supposed { absence, days, leads_per_day, per_day })
    }
}

fn missing(field: &str) -> Problem {
    Problem::in_field(field, "An absence is that of a `rep`, and ends: `until`.")
}

impl AbsencePreviewBody {
    fn new(days: u16, preview: Preview) -> Self {
        let policies = preview.policies.into_iter().map(|previewed| PolicyPreviewBody {
            absence: match previewed.policy {
                Absence::Forgive => AbsenceBody::Forgive,
                Absence::Repay { per_day } => AbsenceBody::Repay { per_day },
            },
            members: previewed
                .members
                .into_iter()
                .map(|(rep, forecast)| ForecastBody {
                    rep: NamedBody::new(rep.id, rep.name),
                    leads: forecast.leads,
                    most_on_a_day: forecast.most_on_a_day,
                    longest_run: forecast.longest_run,
                    arrears: leads(forecast.arrears),
                })
                .collect(),
        });
        Self { days, leads_per_day: preview.leads_per_day, policies: policies.collect() }
    }
}

impl From<PreviewError> for Problem {
    fn from(error: PreviewError) -> Self {
        match error {
            PreviewError::NoPool(_) => Self::not_found("pool"),
            PreviewError::NoMember(_) => Self::in_field("rep", "The rep is no member of the pool."),
            PreviewError::Backwards => {
                Self::in_field("until", "The absence ends before it begins.")
            }
            PreviewError::TooMany => Self::in_field(
                "days",
                format!("At most {MOST_LEADS} leads are played: suppose fewer days or leads."),
            ),
            PreviewError::Player(error) => Self::internal(&error),
            PreviewError::Store(error) => error.into(),
        }
    }
}
