//! "Why not?" in words.

use crate::counterfactual::{Obstacle, Place, WhyNotRep, WhyNotRule};
use crate::decide::Config;
use crate::explain::{leads, pool_name, rep_name};
use crate::id::{RepId, RuleId};

impl WhyNotRule {
    /// The whole answer in a sentence or two.
    pub fn sentence(&self, config: &Config) -> String {
        let rule = rule_name(self.rule, config);
        if self.obstacles.is_empty() {
            return format!("{rule} did decide about this lead.");
        }
        let words = self.obstacles.iter().map(|obstacle| obstacle.words(config));
        format!("{rule} did not decide: {}.", words.collect::<Vec<_>>().join("; "))
    }
}

impl Obstacle {
    /// The stable name that the API uses.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TakenAbove(_) => "taken_above",
            Self::SwitchedOff => "switched_off",
            Self::Condition(_) => "condition",
            Self::HeldOut => "held_out",
        }
    }

    /// The obstacle as a clause.
    pub fn words(&self, config: &Config) -> String {
        match self {
            Self::TakenAbove(above) => {
                format!("{} stands above it and took the lead", rule_name(*above, config))
            }
            Self::SwitchedOff => "it is switched off".to_owned(),
            Self::Condition(needed) => {
                let needed = needed.iter().map(|failure| failure.words.as_str());
                format!("its condition is false, as {}", needed.collect::<Vec<_>>().join(", and "))
            }
            Self::HeldOut => "its experiment holds this lead out".to_owned(),
        }
    }
}

impl WhyNotRep {
    /// The whole answer in a sentence or two.
    pub fn sentence(&self, config: &Config) -> String {
        let name = rep_name(self.rep, config);
        let places = self.places.iter().map(|place| place.words(self.rep, config));
        let places = places.collect::<Vec<_>>().join("; ");
        let others = match self.rules.len() {
            0 => format!("No other rule leads to {name}."),
            1 => format!("One other rule leads to {name} and did not decide."),
            count => format!("{count} other rules lead to {name} and did not decide."),
        };
        if self.places.is_empty() {
            return format!("Nothing that was tried could give this lead to {name}. {others}");
        }
        format!("{places}. {others}")
    }
}

impl Place {
    /// The stable name that the API uses.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Got => "got",
            Self::Gate { gate, .. } => gate.code(),
            Self::NotHisTurn { .. } => "not_his_turn",
        }
    }

    /// What `rep` came to there, as a clause.
    pub fn words(&self, rep: RepId, config: &Config) -> String {
        let name = rep_name(rep, config);
        match self {
            Self::Got => format!("{name} got this lead"),
            Self::Gate { pool, gate } => {
                let words = config.reps.get(&rep).map(|rep| gate.words(&rep.zone));
                let words = words.unwrap_or_else(|| gate.code().to_owned());
                match pool {
                    Some(pool) => format!("{name} is in {} but {words}", pool_name(*pool, config)),
                    None => format!("{name} was tried but {words}"),
                }
            }
            Self::NotHisTurn { pool, turns, owed } => {
                let pool = pool_name(*pool, config);
                let owed = leads(*owed);
                let next = match turns {
                    Some(turns) => format!("{name} gets the lead number {turns} from this one on"),
                    None => format!("{name}’s turn is more than 200 leads away"),
                };
                format!("in {pool} it was another’s turn: {name} was owed {owed} leads, and {next}")
            }
        }
    }
}

fn rule_name(rule: RuleId, config: &Config) -> String {
    let rules = config.ruleset.rules.iter().zip(1..);
    let found = rules.into_iter().find(|(candidate, _)| candidate.id == rule);
    found.map_or_else(
        || rule.to_string(),
        |(rule, position): (_, usize)| format!("Rule {position} “{}”", rule.name),
    )
}
