//! The rules in force, as the API shows them.

use jiff::Timestamp;
use lr_app::rulesets::view::{RuleWords, RulesView};
use lr_core::rules::action::Action;
use lr_core::rules::ast::{Group, RuleSource};
use serde::Serialize;
use utoipa::ToSchema;

/// The rules in force.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rules)]
pub struct RulesBody {
    #[schema(example = "rset_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    ruleset_id: String,
    /// Goes up by one with each change; a change names the version that it was made to.
    version: u32,
    #[schema(value_type = String, format = DateTime)]
    published_at: Timestamp,
    /// In their order: the first that matches wins.
    rules: Vec<RuleBody>,
    /// What happens to a lead that no rule matches.
    catch_all: CatchAllRuleBody,
}

/// One rule.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rule)]
pub struct RuleBody {
    /// Keeps from version to version.
    #[schema(example = "rule_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    id: String,
    /// From 1.
    position: usize,
    name: String,
    /// A rule that is switched off is skipped.
    enabled: bool,
    /// Which leads it is for, in the form of React Query Builder.
    #[schema(value_type = Object)]
    condition: Group,
    /// The condition in words.
    condition_words: String,
    /// What happens to them: a target, and others for when it yields nobody.
    #[schema(value_type = Object)]
    action: Action,
    /// The action in words.
    action_words: String,
    /// Leads that it decided in the last 30 days.
    matched_30d: i64,
}

/// What happens to a lead that no rule matches.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CatchAllRule)]
pub struct CatchAllRuleBody {
    #[schema(value_type = Object)]
    action: Action,
    /// The action in words.
    action_words: String,
    /// Leads that it decided in the last 30 days.
    matched_30d: i64,
}

impl From<RulesView> for RulesBody {
    fn from(view: RulesView) -> Self {
        let matched = |rule| view.matched_30d.get(&rule).copied().unwrap_or_default();
        let source = view.published.source;
        let rules = source.rules.into_iter().zip(view.words).zip(1..);
        Self {
            ruleset_id: source.id.to_string(),
            version: source.version,
            published_at: view.published.at,
            rules: rules
                .map(|((rule, words), position)| {
                    let matched_30d = matched(Some(rule.id));
                    RuleBody::new(position, rule, words, matched_30d)
                })
                .collect(),
            catch_all: CatchAllRuleBody {
                action: source.catch_all,
                action_words: view.catch_all_words,
                matched_30d: matched(None),
            },
        }
    }
}

impl RuleBody {
    fn new(position: usize, rule: RuleSource, words: RuleWords, matched_30d: i64) -> Self {
        Self {
            id: rule.id.to_string(),
            position,
            name: rule.name,
            enabled: rule.enabled,
            condition: rule.condition,
            condition_words: words.condition,
            action: rule.action,
            action_words: words.action,
            matched_30d,
        }
    }
}
