//! When and how many leads a rep takes: changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use lr_app::accounts::permission::act;
use lr_app::accounts::reach::Part;
use lr_app::context::App;
use lr_app::settings::{RepChange, change_rep};
use lr_core::id::RepId;
use lr_core::pick::Rep;
use lr_core::pick::holidays::Calendar;
use lr_core::pick::load::Caps;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::body::Json;
use crate::http::caller::May;
use crate::http::params::Id;
use crate::http::pools::settings::read_skills;
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(patch_rep))
}

/// When and how many leads a rep takes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RepSettings)]
pub struct RepSettingsBody {
    active: bool,
    /// What the rep can do, in the workspace's own words.
    skills: BTreeSet<String>,
    /// The public holidays on which the rep is off: a country or a part of one.
    #[schema(required, example = "DE-BY")]
    holidays: Option<&'static str>,
    caps: CapsBody,
}

/// The most leads that a rep takes; null is no limit.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Caps)]
pub struct CapsBody {
    /// In an hour on the rep's own clock.
    #[schema(required, maximum = 1_000_000)]
    hour: Option<u32>,
    /// On a day.
    #[schema(required, maximum = 1_000_000)]
    day: Option<u32>,
    /// In a week from Monday on.
    #[schema(required, maximum = 1_000_000)]
    week: Option<u32>,
    /// Open at once.
    #[schema(required, maximum = 1_000_000)]
    open: Option<u32>,
}

/// What is to change about a rep; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RepChange)]
pub struct RepChangeBody {
    /// False for a pause. For a leaver, see `POST /v1/reps/{rep}/leave`.
    active: Option<bool>,
    skills: Option<Vec<String>>,
    /// Null for none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, example = "DE-BY")]
    holidays: Option<Option<String>>,
    caps: Option<CapsBody>,
}

/// Tells a null from an absence.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Changes when and how many leads a rep takes.
#[utoipa::path(
    patch, path = "/v1/reps/{rep}", tag = "reps",
    security(("bearer" = ["change-teams"])),
    params(("rep" = String, Path, example = "rep_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    request_body = RepChangeBody,
    responses(
        (status = 200, body = RepSettingsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn patch_rep(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeTeams>,
    Id(rep): Id<RepId>,
    Json { value: body, .. }: Json<RepChangeBody>,
) -> Result<Answer<RepSettingsBody>, Problem> {
    caller.change(&app, Part::Rep(rep), "rep").await?;
    let change = RepChange {
        skills: body.skills.map(|skills| read_skills(skills, "/skills")).transpose()?,
        holidays: body.holidays.map(read_holidays).transpose()?,
        caps: body.caps.map(CapsBody::read).transpose()?,
        active: body.active,
    };
    let actor = caller.actor();
    let rep = change_rep(&app, caller.workspace(), &actor, rep, change).await?;
    Ok(Answer(RepSettingsBody::of(&rep)))
}

fn read_holidays(code: Option<String>) -> Result<Option<Calendar>, Problem> {
    let calendar = code.map(|code| Calendar::parse(&code)).transpose();
    calendar.map_err(|error| Problem::at(Code::InvalidBody, "/holidays", format!("{error}.")))
}

impl RepSettingsBody {
    /// The settings of `rep`.
    pub fn of(rep: &Rep) -> Self {
        let Caps { hour, day, week, open } = rep.caps;
        Self {
            active: rep.active,
            skills: rep.skills.clone(),
            holidays: rep.holidays.map(Calendar::code),
            caps: CapsBody { hour, day, week, open },
        }
    }
}

impl CapsBody {
    fn read(self) -> Result<Caps, Problem> {
        let Self { hour, day, week, open } = self;
        if [hour, day, week, open].into_iter().flatten().any(|cap| cap > 1_000_000) {
            let detail = "A cap is at most 1,000,000 leads.".to_owned();
            return Err(Problem::at(Code::InvalidBody, "/caps", detail));
        }
        Ok(Caps { hour, day, week, open })
    }
}
