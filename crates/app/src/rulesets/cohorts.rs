//! How an experiment has divided the leads of a rule.

use lr_core::id::{ExperimentId, RuleId, WorkspaceId};
use lr_core::rules::experiment::Variant;
use lr_store::error::StoreError;

use crate::context::App;

/// The experiment of a rule, and how many leads drew each variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohorts {
    /// The experiment; `None` for a rule without one.
    pub experiment: Option<ExperimentId>,
    /// Those that it has, in their order, then those that it had.
    pub variants: Vec<VariantCount>,
}

/// A variant and the leads that drew it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantCount {
    /// Its name.
    pub name: String,
    /// Its share relative to the others; `None` once it is gone.
    pub weight: Option<u32>,
    /// How many leads.
    pub leads: u64,
}

/// The cohorts of a rule in force; `None` if there is no such rule.
///
/// # Errors
/// If the database does not answer.
pub async fn cohorts(
    app: &App,
    workspace: WorkspaceId,
    rule: RuleId,
) -> Result<Option<Cohorts>, StoreError> {
    let mut tx = app.store.begin(workspace).await?;
    let rules = tx.published_ruleset().await?.map(|published| published.source.rules);
    let found = rules.into_iter().flatten().find(|found| found.id == rule);
    let Some(rule) = found else { return Ok(None) };
    let Some(experiment) = rule.experiment else {
        return Ok(Some(Cohorts { experiment: None, variants: Vec::new() }));
    };
    let mut counts = tx.count_cohorts(experiment.id).await?;
    let known = experiment.variants.into_iter().map(|Variant { name, weight, .. }| {
        let leads = counts.remove(&name).unwrap_or_default();
        VariantCount { name, weight: Some(weight.get()), leads }
    });
    let mut variants: Vec<_> = known.collect();
    let gone = counts.into_iter();
    variants.extend(gone.map(|(name, leads)| VariantCount { name, weight: None, leads }));
    Ok(Some(Cohorts { experiment: Some(experiment.id), variants }))
}
