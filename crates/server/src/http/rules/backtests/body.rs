//! A backtest as the API shows it.

use std::collections::BTreeMap;
use std::fmt::Display;

use jiff::Timestamp;
use lr_app::backtest::Progress;
use lr_app::backtest::request::{BacktestState, BacktestView, names};
use lr_app::backtest::summary::{Count, FlowSummary, MovedLead, Named, RuleCount, Summary};
use lr_app::context::App;
use lr_core::id::{LeadId, WorkspaceId};
use lr_store::backtest_lists::LeadName;
use lr_store::error::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

/// Rules tried on the leads of the past.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Backtest)]
pub struct BacktestBody {
    #[schema(example = "bt_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    id: String,
    /// The version that is tried; a draft's is the one that it would become.
    version: u32,
    /// The leads are those that came since.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    #[serde(flatten)]
    state: StateBody,
}

/// How it stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
#[schema(as = BacktestState)]
enum StateBody {
    /// It has not begun.
    Waiting,
    /// Leads are being played.
    Running {
        /// Leads read so far.
        leads_read: u64,
        /// Leads of the whole time.
        leads_in_all: u64,
    },
    /// It has ended.
    Done {
        /// What came of it.
        report: Box<ReportBody>,
    },
    /// It cannot be played.
    Failed {
        /// Why.
        detail: String,
    },
}

/// What the tried rules would have done, beside what those in force would have.
///
/// Both start with the reps and pools of today and with turns that nobody has had.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BacktestReport)]
struct ReportBody {
    /// The version in force when it was played.
    published_version: u32,
    /// Leads that were played.
    leads: u64,
    /// Those of them that go to another pool, rep or queue.
    moved: u64,
    /// Leads left out because what is stored about them cannot be read.
    unreadable: u64,
    /// Leads that no rule matches.
    catch_all: CountBody,
    /// Leads that nobody can ever take.
    held: CountBody,
    /// In the order of the tried rules, then those that are gone.
    rules: Vec<RuleCountBody>,
    /// By name.
    teams: Vec<NamedCountBody>,
    /// By name.
    pools: Vec<NamedCountBody>,
    /// By name.
    reps: Vec<NamedCountBody>,
    /// Who moves from where to where, most leads first; at most 50.
    flows: Vec<FlowBody>,
    /// Leads that move in ways which `flows` leaves out.
    other_moves: u64,
}

/// How many leads.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BacktestCount)]
struct CountBody {
    /// By the rules in force.
    before: u64,
    /// By the tried rules.
    after: u64,
}

/// A rule with the leads that it is the first to match.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BacktestRule)]
struct RuleCountBody {
    rule: String,
    name: String,
    leads: CountBody,
    /// It is switched on, and no lead of the time reaches it.
    idle: bool,
}

/// A team, pool or rep with the leads that it gets.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BacktestLoad)]
struct NamedCountBody {
    id: String,
    name: String,
    leads: CountBody,
}

/// Leads that move the same way.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BacktestFlow)]
struct FlowBody {
    /// Where they go by the rules in force, in words.
    from: String,
    /// Where they go by the tried rules, in words.
    to: String,
    leads: u64,
    /// The latest three.
    latest: Vec<MovedBody>,
}

/// A lead that moves.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BacktestMove)]
struct MovedBody {
    lead: String,
    /// The person's name.
    #[schema(required)]
    name: Option<String>,
    /// The person's address.
    #[schema(required)]
    email: Option<String>,
    /// The company's name.
    #[schema(required)]
    company: Option<String>,
    /// Why it goes where it goes by the rules in force.
    before: String,
    /// Why it goes where it goes by the tried rules.
    after: String,
}

impl BacktestBody {
    /// A backtest, its leads by the names that they have now.
    pub async fn new(
        app: &App,
        workspace: WorkspaceId,
        view: BacktestView,
    ) -> Result<Self, StoreError> {
        let state = match view.state {
            BacktestState::Waiting => StateBody::Waiting,
            BacktestState::Running(Progress { read, of }) => {
                StateBody::Running { leads_read: read, leads_in_all: of }
            }
            BacktestState::Done(summary) => {
                let names = names(app, workspace, &summary).await?;
                StateBody::Done { report: Box::new(ReportBody::new(*summary, names)) }
            }
            BacktestState::Failed(detail) => StateBody::Failed { detail },
        };
        Ok(Self { id: view.id.to_string(), version: view.version, since: view.since, state })
    }
}

impl ReportBody {
    fn new(summary: Summary, mut names: BTreeMap<LeadId, LeadName>) -> Self {
        let flows = summary.flows.into_iter().map(|flow| FlowBody::new(flow, &mut names));
        Self {
            flows: flows.collect(),
            published_version: summary.before,
            leads: summary.leads,
            moved: summary.moved,
            unreadable: summary.unreadable,
            catch_all: summary.catch_all.into(),
            held: summary.held.into(),
            rules: summary.rules.into_iter().map(RuleCountBody::from).collect(),
            teams: summary.teams.into_iter().map(NamedCountBody::from).collect(),
            pools: summary.pools.into_iter().map(NamedCountBody::from).collect(),
            reps: summary.reps.into_iter().map(NamedCountBody::from).collect(),
            other_moves: summary.other_moves,
        }
    }
}

impl From<Count> for CountBody {
    fn from(Count { before, after }: Count) -> Self {
        Self { before, after }
    }
}

impl From<RuleCount> for RuleCountBody {
    fn from(RuleCount { rule, name, leads, idle }: RuleCount) -> Self {
        Self { rule: rule.to_string(), name, leads: leads.into(), idle }
    }
}

impl<Id: Display> From<Named<Id>> for NamedCountBody {
    fn from(Named { id, name, leads }: Named<Id>) -> Self {
        Self { id: id.to_string(), name, leads: leads.into() }
    }
}

impl FlowBody {
    /// A lead moves in one way only, so its name is taken from `names`.
    fn new(flow: FlowSummary, names: &mut BTreeMap<LeadId, LeadName>) -> Self {
        let FlowSummary { from, to, leads, latest } = flow;
        let moved = |MovedLead { lead, before, after }| {
            let LeadName { name, email, company } = names.remove(&lead).unwrap_or_default();
            MovedBody { lead: lead.to_string(), name, email, company, before, after }
        };
        Self { from, to, leads, latest: latest.into_iter().map(moved).collect() }
    }
}
