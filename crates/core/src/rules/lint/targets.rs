//! Actions that name somebody who is not there.

use std::collections::BTreeMap;

use crate::id::{PoolId, RepId, RuleId};
use crate::pick::load::Caps;
use crate::pick::{Pool, Rep};
use crate::rules::Ruleset;
use crate::rules::action::{Action, Target};
use crate::rules::experiment::Treatment;
use crate::rules::lint::{Code, Finding, territories};
use crate::rules::terms::Territories;

/// What is odd about the targets of the rules that are switched on, and of the catch-all.
pub(super) fn findings(
    ruleset: &Ruleset,
    reps: &BTreeMap<RepId, Rep>,
    pools: &BTreeMap<PoolId, Pool>,
    territories: &Territories,
) -> Vec<Finding> {
    let mut named = Vec::new();
    for (index, rule) in ruleset.rules.iter().enumerate().filter(|(_, rule)| rule.enabled) {
        let owner = || (Some(rule.id), format!("“{}”", rule.name));
        name_all(&rule.action, owner, &format!("rules[{index}].action"), &mut named);
        let variants = rule.experiment.iter().flat_map(|experiment| &experiment.variants);
        for (variant, number) in variants.zip(0..) {
            if let Treatment::Instead(action) = &variant.treatment {
                let path =
                    format!("rules[{index}].experiment.variants[{number}].treatment.instead");
                name_all(action, owner, &path, &mut named);
            }
        }
    }
    name_all(&ruleset.catch_all, || (None, "The catch-all".to_owned()), "catch_all", &mut named);
    // A large table is looked at once, however many rules name it.
    let mut of_territories = BTreeMap::new();
    let odd = named.into_iter().filter_map(|Named { rule, by, target, path }| {
        let (code, what) = match target {
            Target::TerritoryOwner(id) => of_territories
                .entry(*id)
                .or_insert_with(|| territories::oddity(territories.get(id)?, reps, pools))
                .clone()?,
            Target::Rep(_)
            | Target::Pool(_)
            | Target::AccountOwner
            | Target::DuplicateOwner
            | Target::Queue(_)
            | Target::Reject(_) => oddity(target, reps, pools)?,
        };
        let rules = rule.into_iter().collect();
        Some(Finding { code, rules, path, words: format!("{by} names {what}"), example: vec![] })
    });
    odd.collect()
}

/// A target, and who names it where.
struct Named<'a> {
    rule: Option<RuleId>,
    by: String,
    target: &'a Target,
    path: String,
}

fn name_all<'a>(
    action: &'a Action,
    owner: impl Fn() -> (Option<RuleId>, String),
    path: &str,
    named: &mut Vec<Named<'a>>,
) {
    let places = std::iter::once(format!("{path}.target"))
        .chain((0..action.fallback.len()).map(|index| format!("{path}.fallback[{index}]")));
    named.extend(action.targets().zip(places).map(|(target, path)| {
        let (rule, by) = owner();
        Named { rule, by, target, path }
    }));
}

fn oddity(
    target: &Target,
    reps: &BTreeMap<RepId, Rep>,
    pools: &BTreeMap<PoolId, Pool>,
) -> Option<(Code, String)> {
    match target {
        Target::Rep(id) => match reps.get(id) {
            None => Some((Code::UnknownRep, format!("{id}, who is no rep of this workspace."))),
            Some(rep) if rep.active => None,
            Some(rep) => Some((Code::InactiveRep, format!("{}, who is not active.", rep.name))),
        },
        Target::Pool(id) => match pools.get(id) {
            None => {
                let words = format!("{id}, which is no pool of this workspace.");
                Some((Code::UnknownPool, words))
            }
            Some(pool) => {
                let (code, what) = oddity_of_pool(pool, reps)?;
                Some((code, format!("the pool {}, {what}.", pool.name)))
            }
        },
        Target::AccountOwner
        | Target::DuplicateOwner
        | Target::TerritoryOwner(_)
        | Target::Queue(_)
        | Target::Reject(_) => None,
    }
}

fn oddity_of_pool(pool: &Pool, reps: &BTreeMap<RepId, Rep>) -> Option<(Code, &'static str)> {
    let members = || pool.members.iter().filter_map(|member| reps.get(&member.rep));
    let mut active = members().filter(|rep| rep.active).peekable();
    if pool.members.is_empty() {
        return Some((Code::EmptyPool, "which has no members"));
    }
    if active.peek().is_none() {
        return Some((Code::InactivePool, "none of whose members is active"));
    }
    let can_take = |rep: &Rep| {
        let Caps { hour, day, week, open } = rep.caps;
        pool.skills.is_subset(&rep.skills) && ![hour, day, week, open].contains(&Some(0))
    };
    let words = "whose active members all lack a skill that it requires or have a cap of zero";
    (!active.any(can_take)).then_some((Code::StarvedPool, words))
}
