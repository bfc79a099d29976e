//! A ruleset with all of it in words.

use lr_core::rules::Ruleset;
use lr_core::rules::action::{Action, Target};
use lr_core::rules::ast::RulesetSource;
use lr_core::snapshot::ConfigSource;

/// A ruleset with all of it in words.
#[derive(Debug, Clone)]
pub struct Content {
    /// As it was written.
    pub source: RulesetSource,
    /// In the order of the rules: each one's condition and action in words.
    pub words: Vec<RuleWords>,
    /// The catch-all's action in words.
    pub catch_all_words: String,
}

/// A rule in words.
#[derive(Debug, Clone)]
pub struct RuleWords {
    /// Which leads it is for.
    pub condition: String,
    /// What happens to them.
    pub action: String,
}

impl Content {
    /// Puts `ruleset` into words, with the names that reps and pools have in `config`.
    pub(crate) fn new(ruleset: Ruleset, config: &ConfigSource) -> Self {
        let action = |action: &Action| action.describe(|target| name(target, config));
        let words = ruleset.rules.iter().map(|rule| RuleWords {
            condition: rule.condition.describe(),
            action: action(&rule.action),
        });
        Self {
            words: words.collect(),
            catch_all_words: action(&ruleset.catch_all),
            source: ruleset.source,
        }
    }
}

/// The name that a target has in `config`.
pub(crate) fn name(target: &Target, config: &ConfigSource) -> Option<String> {
    match target {
        Target::Rep(rep) => config.reps.get(rep).map(|rep| rep.name.clone()),
        Target::Pool(pool) => config.pools.get(pool).map(|pool| pool.name.clone()),
        Target::AccountOwner | Target::DuplicateOwner | Target::Queue(_) | Target::Reject(_) => {
            None
        }
    }
}
