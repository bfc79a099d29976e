//! The answer to "why not?".

use lr_app::why::WhyNotAnswer;
use lr_core::counterfactual::{Obstacle, Place, WhyNotRep, WhyNotRule};
use lr_core::decide::Config;
use lr_core::id::{PoolId, RepId, RuleId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::named::NamedBody;
use crate::http::why::body::FailureBody;

/// Why a decision did not go another way. Exactly one of `rule` and `rep` is there, as asked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WhyNot)]
pub struct WhyNotBody {
    /// The whole answer in a sentence or two.
    sentence: String,
    /// Why the rule did not decide.
    #[schema(required)]
    rule: Option<WhyNotRuleBody>,
    /// Why the rep did not get the lead.
    #[schema(required)]
    rep: Option<WhyNotRepBody>,
}

/// Why a rule did not decide.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WhyNotRule)]
pub struct WhyNotRuleBody {
    rule: NamedBody,
    /// All that would have to be different; empty if the rule did decide.
    obstacles: Vec<ObstacleBody>,
}

/// One thing that kept a rule from deciding.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Obstacle)]
pub struct ObstacleBody {
    /// `taken_above`, `switched_off`, `condition` or `held_out`.
    #[schema(example = "condition")]
    code: &'static str,
    /// The obstacle as a clause.
    words: String,
    /// The rule above that took the lead.
    #[schema(required)]
    above: Option<NamedBody>,
    /// The fewest parts of the condition that would have to answer otherwise.
    needed: Vec<FailureBody>,
}

/// Why a rep did not get the lead.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WhyNotRep)]
pub struct WhyNotRepBody {
    rep: NamedBody,
    /// What the rep came to where the lead could have become theirs, in the order of the attempts.
    places: Vec<PlaceBody>,
    /// Rules that lead to the rep and did not decide.
    rules: Vec<WhyNotRuleBody>,
}

/// What a rep came to in one place.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Place)]
pub struct PlaceBody {
    /// `got`, `not_his_turn` or the code of a gate.
    #[schema(example = "outside_hours")]
    code: &'static str,
    /// All of it as a clause.
    words: String,
    /// The pool that was asked; null where the rep was tried by name or as an owner.
    #[schema(required)]
    pool: Option<NamedBody>,
    /// The number of leads until the rep's turn, the one in question counted, if it was another's.
    #[schema(required)]
    turns: Option<usize>,
}

impl WhyNotBody {
    /// Puts names and words to what was recomputed.
    pub fn new(answer: &WhyNotAnswer, config: &Config) -> Self {
        match answer {
            WhyNotAnswer::Rule(answer) => Self {
                sentence: answer.sentence(config),
                rule: Some(about_rule(answer, config)),
                rep: None,
            },
            WhyNotAnswer::Rep(answer) => Self {
                sentence: answer.sentence(config),
                rule: None,
                rep: Some(about_rep(answer, config)),
            },
        }
    }
}

fn about_rule(answer: &WhyNotRule, config: &Config) -> WhyNotRuleBody {
    let obstacles = answer.obstacles.iter().map(|obstacle| ObstacleBody {
        code: obstacle.code(),
        words: obstacle.words(config),
        above: match obstacle {
            Obstacle::TakenAbove(rule) => Some(rule_name(*rule, config)),
            Obstacle::SwitchedOff | Obstacle::Condition(_) | Obstacle::HeldOut => None,
        },
        needed: match obstacle {
            Obstacle::Condition(needed) => needed.iter().cloned().map(Into::into).collect(),
            Obstacle::TakenAbove(_) | Obstacle::SwitchedOff | Obstacle::HeldOut => Vec::new(),
        },
    });
    WhyNotRuleBody { rule: rule_name(answer.rule, config), obstacles: obstacles.collect() }
}

fn about_rep(answer: &WhyNotRep, config: &Config) -> WhyNotRepBody {
    let places = answer.places.iter().map(|place| {
        let (pool, turns) = match place {
            Place::Got => (None, None),
            Place::Gate { pool, .. } => (*pool, None),
            Place::NotHisTurn { pool, turns, .. } => (Some(*pool), *turns),
        };
        PlaceBody {
            code: place.code(),
            words: place.words(answer.rep, config),
            pool: pool.map(|pool| pool_name(pool, config)),
            turns,
        }
    });
    WhyNotRepBody {
        rep: rep_name(answer.rep, config),
        places: places.collect(),
        rules: answer.rules.iter().map(|rule| about_rule(rule, config)).collect(),
    }
}

fn rule_name(id: RuleId, config: &Config) -> NamedBody {
    let rule = config.ruleset.rules.iter().find(|rule| rule.id == id);
    NamedBody::new(id, rule.map_or("", |rule| rule.name.as_str()))
}

fn rep_name(id: RepId, config: &Config) -> NamedBody {
    NamedBody::new(id, config.reps.get(&id).map_or("", |rep| rep.name.as_str()))
}

fn pool_name(id: PoolId, config: &Config) -> NamedBody {
    NamedBody::new(id, config.pools.get(&id).map_or("", |pool| pool.name.as_str()))
}
