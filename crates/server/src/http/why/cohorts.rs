//! The variants that a lead drew on its way.

use lr_core::decide::Config;
use lr_core::rules::experiment::{Cohort, Treatment, Unit};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::named::NamedBody;

/// A variant that a lead drew in the experiment of a rule.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WhyCohort)]
pub struct WhyCohortBody {
    #[schema(example = "exp_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    experiment: String,
    /// The rule that has the experiment.
    rule: NamedBody,
    variant: String,
    /// `control`, `instead` or `holdout`.
    #[schema(example = "control")]
    treatment: &'static str,
    /// All of it in a sentence.
    words: String,
}

impl WhyCohortBody {
    /// A variant as the configuration of then has it; `None` if it has none of this name.
    pub fn of(cohort: &Cohort, config: &Config) -> Option<Self> {
        let rules = config.ruleset.rules.iter();
        let mut with = rules.filter_map(|rule| Some((rule, rule.experiment.as_ref()?)));
        let (rule, experiment) = with.find(|(_, experiment)| experiment.id == cohort.experiment)?;
        let mut variants = experiment.variants.iter();
        let variant = variants.find(|variant| variant.name == cohort.variant)?;
        let (treatment, done) = match variant.treatment {
            Treatment::Control => ("control", "is treated as the rule says"),
            Treatment::Instead(_) => ("instead", "is treated otherwise than the rule says"),
            Treatment::Holdout => ("holdout", "is held out: the rule is passed over"),
        };
        let unit = match experiment.unit {
            Unit::Person => "person",
            Unit::Account => "company",
        };
        let words = format!(
            "In the experiment of “{}” the {unit} drew “{}” for good and {done}.",
            rule.name, variant.name
        );
        Some(Self {
            experiment: cohort.experiment.to_string(),
            rule: NamedBody::new(rule.id, &rule.name),
            variant: variant.name.clone(),
            treatment,
            words,
        })
    }
}
