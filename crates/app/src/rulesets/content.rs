//! A ruleset with all of it in words.

use lr_core::rules::action::{Action, Target};
use lr_core::rules::ast::{Group, RulesetSource};
use lr_core::rules::condition::Condition;
use lr_core::rules::terms::Terms;
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
    /// Puts `source` into words, with the names that reps, pools and territories have in `config`.
    ///
    /// A condition that no longer passes the check, since what it names is gone, is told line by line
    /// as it was written.
    pub(crate) fn new(source: RulesetSource, terms: &Terms, config: &ConfigSource) -> Self {
        let action = |action: &Action| action.describe(|target| name(target, config));
        let condition = |group: &Group| match Condition::check(group, terms) {
            Ok(condition) => condition.describe(),
            Err(_) => group.lines_named(|target| name(target, config)).join("\n"),
        };
        let words = source.rules.iter().map(|rule| RuleWords {
            condition: condition(&rule.condition),
            action: action(&rule.action),
        });
        Self { words: words.collect(), catch_all_words: action(&source.catch_all), source }
    }
}

/// The name that a target has in `config`.
pub(crate) fn name(target: &Target, config: &ConfigSource) -> Option<String> {
    match target {
        Target::Rep(rep) => config.reps.get(rep).map(|rep| rep.name.clone()),
        Target::Pool(pool) => config.pools.get(pool).map(|pool| pool.name.clone()),
        Target::TerritoryOwner(territory) => {
            config.territories.get(territory).map(|territory| territory.name.clone())
        }
        Target::AccountOwner | Target::DuplicateOwner | Target::Queue(_) | Target::Reject(_) => {
            None
        }
    }
}
