//! What keeps a lead from a rep, as every answer says it.

use lr_core::pick::gate::Gate;
use lr_core::time::Zone;
use serde::Serialize;
use utoipa::ToSchema;

/// What keeps a lead from a rep.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Gate)]
pub struct GateBody {
    /// `inactive`, `missing_skills`, `outside_hours`, `on_leave`, `on_holiday`, `over_hour_cap`,
    /// `over_day_cap`, `over_week_cap`, `over_open_cap` or `excluded`.
    #[schema(example = "outside_hours")]
    code: &'static str,
    /// The end of a sentence about the rep, with times on his own clock.
    #[schema(example = "is outside working hours until Monday 09:00")]
    words: String,
}

impl GateBody {
    /// The gate in the words of somebody who looks at the clock of `zone`.
    pub fn new(gate: &Gate, zone: &Zone) -> Self {
        Self { code: gate.code(), words: gate.words(zone) }
    }
}
