//! Past backtests as the API lists them.

use jiff::Timestamp;
use lr_app::backtest::request::Page;
use lr_core::id::BacktestId;
use lr_store::backtest_lists::{BacktestRow, Standing};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::problem::Problem;

/// A page of backtests.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Backtests)]
pub struct BacktestsBody {
    /// The latest first.
    items: Vec<BacktestSummaryBody>,
    /// Where the next page begins; null after the last.
    #[schema(required)]
    next_cursor: Option<String>,
}

/// A backtest in short.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BacktestSummary)]
pub struct BacktestSummaryBody {
    #[schema(example = "bt_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    id: String,
    /// The version that is tried; a draft's is the one that it would become.
    version: u32,
    /// The leads are those that came since.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    /// The name of who asked for it.
    asked_by: String,
    #[schema(value_type = String, format = DateTime)]
    asked_at: Timestamp,
    #[serde(flatten)]
    state: StandingBody,
}

/// How it stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
#[schema(as = BacktestStanding)]
enum StandingBody {
    /// It has not ended.
    UnderWay,
    /// It has ended.
    Done {
        /// Leads that were played.
        leads: u64,
        /// Those of them that go to another pool, rep or queue.
        moved: u64,
    },
    /// It could not be played.
    Failed,
}

/// Which backtests to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BacktestsQuery {
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Backtests of a page, 1 to 200; 50 unless given.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u16>,
}

impl BacktestsQuery {
    /// The backtest after which the page begins.
    pub fn after(&self) -> Result<Option<BacktestId>, Problem> {
        let after = self.cursor.as_deref().map(str::parse).transpose();
        after.map_err(|_| {
            Problem::in_field("cursor", "The cursor is not one that a list of backtests gave.")
        })
    }
}

impl From<Page> for BacktestsBody {
    fn from(page: Page) -> Self {
        Self {
            items: page.items.into_iter().map(BacktestSummaryBody::from).collect(),
            next_cursor: page.next.map(|next| next.to_string()),
        }
    }
}

impl From<BacktestRow> for BacktestSummaryBody {
    fn from(row: BacktestRow) -> Self {
        let BacktestRow { id, version, since, asked_by, asked_at, standing } = row;
        Self { id: id.to_string(), version, since, asked_by, asked_at, state: standing.into() }
    }
}

impl From<Standing> for StandingBody {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::UnderWay => Self::UnderWay,
            Standing::Done { leads, moved } => Self::Done { leads, moved },
            Standing::Failed => Self::Failed,
        }
    }
}
