//! A rep leaves: out of every rotation at once, and his open leads to the others.

use std::iter::once;

use lr_core::case::Case;
use lr_core::decide::Outcome;
use lr_core::id::{LeadId, PoolId, RepId, RuleId, WorkspaceId};
use lr_core::rules::action::{Action, Target};
use lr_core::rules::ast::RuleSource;
use lr_core::rules::experiment::Treatment;
use lr_core::snapshot::Snapshot;
use lr_store::audit::AuditEntry;
use lr_store::leads::LeadCursor;

use crate::audit::entry;
use crate::context::App;
use crate::route::{Named, RouteError, decide_batch, record};
use crate::territories::TerritoryError;
use crate::territories::hand_over::{OwnedRows, owned};

/// Leads handed over in one transaction.
const BATCH: i64 = 256;

/// Leads listed before a rep leaves; the count is of all.
pub const LISTED: i64 = 200;

/// What a rep would leave behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// Who.
    pub rep: Named<RepId>,
    /// False once he has left.
    pub active: bool,
    /// The pools that he is a member of, which he leaves with the rep.
    pub pools: Vec<Named<PoolId>>,
    /// The rules in force that name him, which stay as they are: somebody must look at them.
    pub rules: Vec<Named<RuleId>>,
    /// The territories with rows of his, which stay until
    /// [`hand_over`](crate::territories::hand_over::hand_over) gives them to somebody else.
    pub territories: Vec<OwnedRows>,
    /// How many open leads he has.
    pub open: u64,
    /// The oldest of them, at most [`LISTED`].
    pub leads: Vec<LeadId>,
}

/// What became of the open leads of a rep who left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HandedOver {
    /// They have another owner.
    pub assigned: usize,
    /// Nobody can take them now.
    pub held: usize,
    /// Their rules sent them elsewhere: to a queue, or away.
    pub other: usize,
}

/// What `rep` would leave behind; `None` if `workspace` has no such rep.
///
/// # Errors
/// If the database does not answer, or the stored table of a territory cannot be read.
pub async fn leaving(
    app: &App,
    workspace: WorkspaceId,
    rep: RepId,
) -> Result<Option<Leaving>, TerritoryError> {
    let mut tx = app.store.begin(workspace).await?;
    let reps = tx.reps().await?;
    let Some(row) = reps.into_iter().find(|row| row.id == rep) else { return Ok(None) };
    let pools = tx.config_pools().await?.into_values();
    let pools = pools.filter(|pool| pool.members.iter().any(|member| member.rep == rep));
    let rules = tx.published_ruleset().await?.map(|published| published.source.rules);
    let rules = rules.into_iter().flatten().filter(|rule| names(rule, rep));
    Ok(Some(Leaving {
        rep: Named { id: rep, name: row.name },
        active: row.active,
        pools: pools.map(|pool| Named { id: pool.id, name: pool.name }).collect(),
        rules: rules.map(|rule| Named { id: rule.id, name: rule.name }).collect(),
        territories: owned(app, &mut tx, rep).await?,
        open: tx.count_open_leads(rep).await?,
        leads: tx.open_leads(rep, None, LISTED).await?.into_iter().map(|lead| lead.id).collect(),
    }))
}

/// Whether any way that `rule` can treat a lead names `rep`.
fn names(rule: &RuleSource, rep: RepId) -> bool {
    let variants = rule.experiment.iter().flat_map(|experiment| &experiment.variants);
    let instead = variants.filter_map(|variant| match &variant.treatment {
        Treatment::Instead(action) => Some(action),
        Treatment::Control | Treatment::Holdout => None,
    });
    let named = |action: &Action| action.targets().any(|target| *target == Target::Rep(rep));
    once(&rule.action).chain(instead).any(named)
}

/// Takes `rep` out of every pool, and routes his open leads again without him.
///
/// Once he is out, no lead reaches him. The leads follow in batches; the call can be sent again, and
/// goes on where it stopped. `None` if `workspace` has no such rep.
///
/// # Errors
/// What was handed over before the error stays handed over.
pub async fn leave(
    app: &App,
    workspace: WorkspaceId,
    actor: &str,
    rep: RepId,
) -> Result<Option<HandedOver>, RouteError> {
    let mut tx = app.store.begin(workspace).await?;
    match tx.deactivate_rep(rep).await? {
        None => return Ok(None),
        Some(false) => {} // He had left already; leads may still be his.
        Some(true) => {
            let (before, after) = (Some(true.into()), Some(false.into()));
            let entry = entry(app, actor, "rep.left", rep);
            tx.add_audit_entry(&AuditEntry { before, after, ..entry }).await?;
        }
    }
    tx.commit().await?;
    let mut sum = HandedOver::default();
    let mut after = None;
    while let Some((next, batch)) = hand_over(app, workspace, rep, after).await? {
        after = Some(next);
        sum.assigned += batch.assigned;
        sum.held += batch.held;
        sum.other += batch.other;
    }
    Ok(Some(sum))
}

/// Hands over the next batch after `after`; `None` when there is none left.
async fn hand_over(
    app: &App,
    workspace: WorkspaceId,
    rep: RepId,
    after: Option<LeadCursor>,
) -> Result<Option<(LeadCursor, HandedOver)>, RouteError> {
    let mut tx = app.store.begin(workspace).await?;
    let config = app.configs.hold(&mut tx, &app.ids).await?;
    let open = tx.lock_open_leads(rep, after, BATCH).await?;
    let Some(last) = open.last() else { return Ok(None) };
    let next = LeadCursor { received_at: last.received_at, id: last.id };
    let now = app.clock.now();
    let mut cases = Vec::with_capacity(open.len());
    for lead in &open {
        let mut case = Snapshot::decode(&lead.snapshot)?.case;
        case.excluded.insert(rep);
        cases.push(Case { at: now.max(case.lead.received_at), ..case });
    }
    let (decided, mut state) = decide_batch(app, &mut tx, &config, cases, Some(rep)).await?;
    tx.end_assignments(&open.iter().map(|lead| lead.id).collect::<Vec<_>>(), now).await?;
    record(app, &mut tx, &config, (&decided, &state)).await?;
    let moves = decided.iter().map(|row| (row.id, &row.decision)).collect::<Vec<_>>();
    tx.move_leads(&moves).await?;
    let count = u32::try_from(open.len()).unwrap_or(u32::MAX);
    state.loads.entry(rep).and_modify(|load| load.open = load.open.saturating_sub(count));
    tx.save_loads(once(rep), &state.loads).await?;
    tx.commit().await?;
    app.configs.keep(workspace, config).await;
    app.news.tell(workspace);
    let mut sum = HandedOver::default();
    for row in &decided {
        match row.decision.outcome {
            Outcome::Assigned { .. } => sum.assigned += 1,
            Outcome::Held { .. } => sum.held += 1,
            Outcome::Queued { .. } | Outcome::Rejected { .. } => sum.other += 1,
        }
    }
    Ok(Some((next, sum)))
}
