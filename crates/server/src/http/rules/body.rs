//! Rulesets as the API shows them: in force with what they come to, or by themselves.

use jiff::Timestamp;
use lr_app::rulesets::content::{Content, RuleWords};
use lr_app::rulesets::view::RulesView;
use lr_core::rules::action::Action;
use lr_core::rules::ast::{Group, RuleSource};
use lr_core::rules::experiment::Experiment;
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

/// One rule in force.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rule)]
pub struct RuleBody {
    #[serde(flatten)]
    content: RuleContentBody,
    /// Leads that it decided in the last 30 days.
    matched_30d: i64,
}

/// What happens to a lead that no rule in force matches.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CatchAllRule)]
pub struct CatchAllRuleBody {
    #[serde(flatten)]
    content: CatchAllContentBody,
    /// Leads that it decided in the last 30 days.
    matched_30d: i64,
}

/// A rule as it was written.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RuleContent)]
pub struct RuleContentBody {
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
    /// Whether the workspace's owner-first setting holds for this rule.
    owner_first: bool,
    /// Divides its leads among other ways to treat them.
    #[schema(value_type = Option<Object>)]
    experiment: Option<Experiment>,
}

/// A catch-all as it was written.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CatchAllContent)]
pub struct CatchAllContentBody {
    #[schema(value_type = Object)]
    action: Action,
    /// The action in words.
    action_words: String,
}

impl From<RulesView> for RulesBody {
    fn from(view: RulesView) -> Self {
        let ids: Vec<_> = view.content.source.rules.iter().map(|rule| rule.id).collect();
        let matched = |rule| view.matched_30d.get(&rule).copied().unwrap_or_default();
        let ruleset_id = view.content.source.id.to_string();
        let version = view.content.source.version;
        let (rules, catch_all) = contents(view.content);
        let rules = rules.into_iter().zip(ids);
        Self {
            ruleset_id,
            version,
            published_at: view.published_at,
            rules: rules
                .map(|(content, id)| RuleBody { content, matched_30d: matched(Some(id)) })
                .collect(),
            catch_all: CatchAllRuleBody { content: catch_all, matched_30d: matched(None) },
        }
    }
}

/// The rules of a ruleset in their order, and its catch-all.
pub fn contents(content: Content) -> (Vec<RuleContentBody>, CatchAllContentBody) {
    let rules = content.source.rules.into_iter().zip(content.words).zip(1..);
    let rules = rules.map(|((rule, words), position)| RuleContentBody::new(position, rule, words));
    let action = content.source.catch_all;
    let action_words = content.catch_all_words;
    (rules.collect(), CatchAllContentBody { action, action_words })
}

impl RuleContentBody {
    fn new(position: usize, rule: RuleSource, words: RuleWords) -> Self {
        Self {
            id: rule.id.to_string(),
            position,
            name: rule.name,
            enabled: rule.enabled,
            condition: rule.condition,
            condition_words: words.condition,
            action: rule.action,
            action_words: words.action,
            owner_first: rule.owner_first,
            experiment: rule.experiment,
        }
    }
}
