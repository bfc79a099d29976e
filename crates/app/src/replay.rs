//! Decides again from what a past decision stored, and compares.

pub mod difference;

use lr_core::decide::{Config, Decision, decide};
use lr_core::engine::Engine;
use lr_core::explain::reason;
use lr_core::id::{DecisionId, WorkspaceId};
use lr_core::snapshot::{Snapshot, SnapshotError};
use lr_store::decisions::StoredDecision;

use crate::configs::ConfigError;
use crate::context::App;
use crate::replay::difference::{Difference, differences};

/// What came of deciding again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The same bytes.
    Same,
    /// Other bytes by the same engine: what is stored was changed, or the engine is at fault.
    Differs,
    /// Other bytes, and another engine decided then: the cause.
    OtherEngine(Engine),
    /// What is stored cannot be read by this engine, for this reason.
    Unreadable(String),
}

impl Verdict {
    /// What it means, as a clause.
    pub fn words(&self) -> String {
        match self {
            Self::Same => "replays to the same bytes".to_owned(),
            Self::Differs => "replays to other bytes by the same engine".to_owned(),
            Self::OtherEngine(made_by) => {
                let present = Engine::present();
                format!("was made by {made_by}, and {present} decides otherwise")
            }
            Self::Unreadable(why) => format!("cannot be replayed: {why}"),
        }
    }
}

/// A decision, and what it comes to when it is made again.
#[derive(Debug, Clone)]
pub struct Replayed {
    /// Whether it is the same, and if not, why.
    pub verdict: Verdict,
    /// Why the lead went where it went, in one line; `None` if what is stored cannot be read.
    pub then: Option<String>,
    /// The same of the decision that was made now.
    pub now: Option<String>,
    /// What of it came out otherwise; none if nothing did, or either cannot be read.
    pub differences: Vec<Difference>,
}

impl Replayed {
    fn unreadable(why: String) -> Self {
        let verdict = Verdict::Unreadable(why);
        Self { verdict, then: None, now: None, differences: Vec::new() }
    }
}

/// Replays one decision; `None` if the workspace has no such decision.
///
/// # Errors
/// Only if the database does not answer; what is wrong with the decision is in the verdict.
pub async fn replay(
    app: &App,
    workspace: WorkspaceId,
    decision: DecisionId,
) -> Result<Option<Replayed>, ConfigError> {
    let mut tx = app.store.begin(workspace).await?;
    let Some(row) = tx.decision(decision).await? else { return Ok(None) };
    let unreadable = |why: String| Ok(Some(Replayed::unreadable(why)));
    let config = match app.configs.stored(&mut tx, row.config).await {
        Ok(config) => config,
        Err(ConfigError::Unreadable(error)) => return unreadable(error.to_string()),
        Err(ConfigError::Table(error)) => return unreadable(error.to_string()),
        Err(error @ (ConfigError::NoRules | ConfigError::Store(_) | ConfigError::Reader(_))) => {
            return Err(error);
        }
    };
    let (then, now) = (Decision::decode(&row.decision).ok(), again(&row, &config).ok());
    let both = then.as_ref().zip(now.as_ref());
    Ok(Some(Replayed {
        verdict: verdict(&row, &config),
        differences: both.map(|(then, now)| differences(then, now)).unwrap_or_default(),
        then: then.map(|then| reason(&then, &config)),
        now: now.map(|now| reason(&now, &config)),
    }))
}

/// Whether a stored decision comes out the same when it is made again.
pub(crate) fn verdict(row: &StoredDecision, config: &Config) -> Verdict {
    match again(row, config) {
        Err(error) => Verdict::Unreadable(error.to_string()),
        Ok(now) if now.encode() == row.decision => Verdict::Same,
        Ok(_) if config.engine != Engine::present() => Verdict::OtherEngine(config.engine.clone()),
        Ok(_) => Verdict::Differs,
    }
}

fn again(row: &StoredDecision, config: &Config) -> Result<Decision, SnapshotError> {
    let Snapshot { case, state } = Snapshot::decode(&row.snapshot)?;
    Ok(decide(&case, config, &state))
}
