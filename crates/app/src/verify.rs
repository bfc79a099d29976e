//! Checks every invariant over the live database, and that past decisions replay to the same bytes.

use lr_core::decide::Config;
use lr_core::id::{ConfigId, DecisionId, WorkspaceId};
use lr_store::error::StoreError;
use lr_store::verify::Invariant;
use lr_store::verify::catalogue::Hole;
use lr_store::workspace_tx::WorkspaceTx;

use crate::configs::{ConfigError, Configs};
use crate::context::App;
use crate::replay::{Verdict, verdict};

/// Decisions replayed in one transaction.
const PAGE: i64 = 1_000;

/// Differing replays that are named; they are all counted.
const NAMED: u64 = 20;

const REPLAY: &str = "a decision replays to the same bytes";

/// What was found in one workspace.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Report {
    /// Each broken promise, with the row that breaks it.
    pub findings: Vec<Finding>,
    /// Decisions replayed.
    pub replayed: u64,
    /// Replays that gave other bytes, or none.
    pub differing: u64,
}

/// One broken promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The promise in words.
    pub invariant: &'static str,
    /// The id of the row that breaks it.
    pub subject: String,
    /// What is wrong with it.
    pub detail: String,
}

impl Report {
    /// Whether everything holds.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty() && self.differing == 0
    }

    /// Differing replays beyond those that [`Report::findings`] names.
    pub fn unnamed(&self) -> u64 {
        let named = self.findings.iter().filter(|finding| finding.invariant == REPLAY).count();
        self.differing.saturating_sub(named as u64)
    }
}

/// The ways around the wall between workspaces that the database's catalogue shows; none if it
/// stands.
///
/// # Errors
/// If the database cannot be read.
pub async fn holes_in_the_wall(app: &App) -> Result<Vec<Finding>, StoreError> {
    let holes = app.store.system().await?.holes_in_the_wall().await?;
    let finding = |hole: Hole| Finding {
        invariant: "no way leads around the wall between workspaces",
        subject: hole.object,
        detail: hole.rule,
    };
    Ok(holes.into_iter().map(finding).collect())
}

/// Checks one workspace; `progress` hears how many decisions have been replayed so far.
///
/// # Errors
/// Only if the database cannot be read; what is wrong in it is in the report.
pub async fn verify(
    app: &App,
    workspace: WorkspaceId,
    progress: impl FnMut(u64),
) -> Result<Report, ConfigError> {
    let mut report = replay_all(app, workspace, progress).await?;
    let mut tx = app.store.begin(workspace).await?;
    for invariant in Invariant::ALL {
        let violations = tx.violations(invariant).await?.into_iter();
        report.findings.extend(violations.map(|violation| Finding {
            invariant: invariant.words(),
            subject: violation.subject.to_string(),
            detail: violation.detail,
        }));
    }
    Ok(report)
}

/// Replays every decision of one workspace; `progress` hears how many so far.
///
/// # Errors
/// Only if the database cannot be read; what differs is in the report.
pub async fn replay_all(
    app: &App,
    workspace: WorkspaceId,
    mut progress: impl FnMut(u64),
) -> Result<Report, ConfigError> {
    let mut report = Report::default();
    let mut last = None;
    let mut after = None;
    while let Some(last) = replay_page(app, workspace, after, &mut last, &mut report).await? {
        after = Some(last);
        progress(report.replayed);
    }
    Ok(report)
}

/// The configuration of the decision before, which nearly always serves the next one too.
type LastConfig = Option<(ConfigId, Config)>;

async fn replay_page(
    app: &App,
    workspace: WorkspaceId,
    after: Option<DecisionId>,
    last: &mut LastConfig,
    report: &mut Report,
) -> Result<Option<DecisionId>, ConfigError> {
    let mut tx = app.store.begin(workspace).await?;
    let page = tx.decisions_after(after, PAGE).await?;
    for row in &page {
        let verdict = match config(&app.configs, &mut tx, row.config, last).await {
            Ok(config) => verdict(row, config),
            Err(ConfigError::Unreadable(error)) => Verdict::Unreadable(error.to_string()),
            Err(ConfigError::Table(error)) => Verdict::Unreadable(error.to_string()),
            Err(
                error @ (ConfigError::NoRules | ConfigError::Store(_) | ConfigError::Reader(_)),
            ) => return Err(error),
        };
        report.replayed += 1;
        if verdict != Verdict::Same {
            report.differing += 1;
            if report.differing <= NAMED {
                report.findings.push(Finding {
                    invariant: REPLAY,
                    subject: row.id.to_string(),
                    detail: verdict.words(),
                });
            }
        }
    }
    Ok(page.last().map(|row| row.id))
}

async fn config<'a>(
    configs: &Configs,
    tx: &mut WorkspaceTx,
    id: ConfigId,
    last: &'a mut LastConfig,
) -> Result<&'a Config, ConfigError> {
    let kept = last.take().filter(|(kept, _)| *kept == id);
    let config = match kept {
        Some((_, config)) => config,
        None => configs.stored(tx, id).await?,
    };
    let (_, config) = last.insert((id, config));
    Ok(config)
}
