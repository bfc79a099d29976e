//! Reasons in words, from a decision and the inputs it was made from.

pub mod recognised;
pub mod why_not;

use crate::decide::{By, Config, Decision, Outcome};
use crate::id::{PoolId, RepId, TerritoryId};
use crate::pick::ledger::LEAD;
use crate::pick::overflow::Spill;
use crate::pick::{Candidate, Distribution};
use crate::rules::Rule;
use crate::trace::{Attempt, Owned, Trace};

/// One line for lists: the rule, where it sends the lead, and what came of it.
pub fn reason(decision: &Decision, config: &Config) -> String {
    let rule = match rule(decision, config) {
        Some(rule) => format!("“{}”", rule.name),
        None => "No rule matched".to_owned(),
    };
    match &decision.outcome {
        Outcome::Assigned { rep, by } => {
            let name = rep_name(*rep, config);
            match by {
                By::Pool(pool) => format!("{rule} → {}: {name}’s turn", pool_name(*pool, config)),
                By::Spill(spill) => {
                    let pool = pool_name(spill.pool(), config);
                    format!("{rule} → overflow to {pool}: {name}’s turn")
                }
                By::Name => format!("{rule} → {name}"),
                By::Territory { territory, line, pool } => {
                    let place = format!("{}, line {line}", territory_name(*territory, config));
                    match pool {
                        Some(pool) => {
                            let pool = pool_name(*pool, config);
                            format!("{rule} → {place} → {pool}: {name}’s turn")
                        }
                        None => format!("{rule} → {place} → {name}"),
                    }
                }
                By::Duplicate(_) => format!("{rule} → {name}: owner of the earlier lead"),
                By::Account(_) => format!("{rule} → {name}: owner of the account"),
            }
        }
        Outcome::Held { .. } => format!("{rule} → held: nobody is available now"),
        Outcome::Queued { queue } => format!("{rule} → queue {queue}"),
        Outcome::Rejected { reason } => format!("{rule} → rejected: {reason}"),
    }
}

/// The whole answer to "why?" in one or two sentences.
pub fn sentence(trace: &Trace, decision: &Decision, config: &Config) -> String {
    let because = because(decision, config);
    let detours = detours(trace, config);
    match &decision.outcome {
        Outcome::Assigned { rep, by } => {
            let name = rep_name(*rep, config);
            let how = match by {
                By::Pool(pool) => {
                    let turn = turn(trace, decision, &name, config);
                    format!("because {because}, and in {} {turn}", pool_name(*pool, config))
                }
                By::Spill(Spill::To(pool)) => {
                    let turn = turn(trace, decision, &name, config);
                    let pool = pool_name(*pool, config);
                    format!(
                        "because {because}, nobody it names was available, and in {pool}, to which it overflows, {turn}"
                    )
                }
                By::Spill(Spill::Anyway(pool)) => {
                    let pool = pool_name(*pool, config);
                    format!(
                        "because {because}, nobody was available, and {pool} then assigns anyway: it was their turn"
                    )
                }
                By::Territory { pool, .. } => {
                    let row = row(trace, config);
                    match pool {
                        Some(pool) => {
                            let turn = turn(trace, decision, &name, config);
                            let pool = pool_name(*pool, config);
                            format!("because {because}, {row} sends it to {pool}, and there {turn}")
                        }
                        None => format!("because {because}, and {row} gives it to {name}"),
                    }
                }
                By::Name => format!("because {because}, which names {name}"),
                By::Duplicate(_) => {
                    format!("as the owner of an earlier lead of the same person; {because}")
                }
                By::Account(_) => format!("as the owner of the account; {because}"),
            };
            format!("{name} got this lead {how}.{detours}")
        }
        Outcome::Held { until } => {
            let next = match until {
                Some(at) => format!(" It is routed again at the next opening, {at:.0}."),
                None => " Nobody it could go to has any working hours ahead.".to_owned(),
            };
            format!(
                "This lead is held because {because}, and nobody there is available.{next}{detours}"
            )
        }
        Outcome::Queued { queue } => {
            format!("This lead waits in the queue {queue} because {because}.{detours}")
        }
        Outcome::Rejected { reason } => {
            format!("This lead was rejected as {reason} because {because}.{detours}")
        }
    }
}

fn because(decision: &Decision, config: &Config) -> String {
    let position = config.ruleset.rules.iter().position(|rule| Some(rule.id) == decision.rule);
    match (position, rule(decision, config)) {
        (Some(index), Some(rule)) => {
            format!("rule {} “{}” is the first that matches", index + 1, rule.name)
        }
        _ => "no rule matches, so the catch-all applies".to_owned(),
    }
}

/// The row that settled it, such as `line 17 of the territory EMEA (Country is Germany (DE))`.
fn row(trace: &Trace, config: &Config) -> String {
    let settled = trace.attempts.last();
    let Some(Attempt::Territory { territory, line: Some(line), words, .. }) = settled else {
        return "a territory".to_owned();
    };
    let name = territory_name(*territory, config);
    format!("line {line} of the territory {name} ({words})")
}

fn turn(trace: &Trace, decision: &Decision, name: &str, config: &Config) -> String {
    let Some(turn) = &decision.turn else { return format!("{name} was available") };
    if turn.repaid_on.is_some() {
        return format!("this lead repays {name} for leads missed while away");
    }
    let candidates = trace.attempts.iter().flat_map(candidates);
    let present = candidates.filter(|candidate| candidate.gate.is_none()).collect::<Vec<_>>();
    let chosen = present.iter().find(|candidate| candidate.rep == turn.rep);
    let distribution = config.pools.get(&turn.pool).map(|pool| pool.distribution);
    match (present.len(), chosen) {
        (0 | 1, _) | (_, None) => format!("{name} was the only one available"),
        (others, Some(chosen)) if distribution == Some(Distribution::LeastLoaded) => {
            let open = chosen.open;
            format!(
                "of the {others} people available they had the fewest open leads for their weight: {open}"
            )
        }
        (others, Some(chosen)) => {
            let owed = chosen.balance_before.saturating_add(chosen.entitled);
            let standing =
                if owed < 0 { "they were the least ahead, by" } else { "they were owed" };
            let amount = leads(owed.saturating_abs());
            format!("of the {others} people available it was their turn: {standing} {amount} leads")
        }
    }
}

/// What was tried before the target that settled it.
fn detours(trace: &Trace, config: &Config) -> String {
    let failed = trace.attempts.iter().filter(|attempt| !attempt.settled());
    failed.map(|attempt| detour(attempt, config)).collect()
}

fn detour(attempt: &Attempt, config: &Config) -> String {
    match attempt {
        Attempt::Owner { of, rep, gate } => {
            let what = match of {
                Owned::Duplicate => "an earlier lead of the same person",
                Owned::Account => "the account",
            };
            let rep = rep.and_then(|rep| config.reps.get(&rep));
            let Some((rep, gate)) = rep.zip(gate.as_ref()) else { return String::new() };
            format!(" {} owns {what}, but {}.", rep.name, gate.words(&rep.zone))
        }
        Attempt::Rep { rep, gate } => {
            let zone = config.reps.get(rep).map(|rep| &rep.zone);
            let why = gate.as_ref().zip(zone).map(|(gate, zone)| gate.words(zone));
            let why = why.unwrap_or_else(|| "is not available".to_owned());
            format!(" {} was tried before, but {why}.", rep_name(*rep, config))
        }
        Attempt::Pool { pool, candidates, .. } => {
            let name = pool_name(*pool, config);
            match candidates.len() {
                0 => format!(" {name} was tried before: it has no members."),
                count => {
                    format!(" {name} was tried before: none of its {count} members was available.")
                }
            }
        }
        Attempt::Territory { owner: Some(owner), .. } => detour(owner, config),
        Attempt::Territory { owner: None, words, .. } => format!(" {words}"),
        Attempt::Gone => " A target that no longer exists was passed over.".to_owned(),
        Attempt::Queue(_) | Attempt::Reject(_) => String::new(),
    }
}

fn candidates(attempt: &Attempt) -> &[Candidate] {
    match attempt.asked() {
        Attempt::Pool { candidates, .. } => candidates,
        Attempt::Owner { .. }
        | Attempt::Rep { .. }
        | Attempt::Territory { .. }
        | Attempt::Queue(_)
        | Attempt::Reject(_)
        | Attempt::Gone => &[],
    }
}

/// Parts of a lead as a number of leads with two digits, cut towards zero.
pub fn leads(parts: i64) -> String {
    let hundredths = i128::from(parts) * 100 / i128::from(LEAD);
    let sign = if hundredths < 0 { "−" } else { "" };
    let hundredths = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
}

fn rule<'a>(decision: &Decision, config: &'a Config) -> Option<&'a Rule> {
    config.ruleset.rules.iter().find(|rule| Some(rule.id) == decision.rule)
}

fn rep_name(rep: RepId, config: &Config) -> String {
    config.reps.get(&rep).map_or_else(|| rep.to_string(), |rep| rep.name.clone())
}

fn pool_name(pool: PoolId, config: &Config) -> String {
    config.pools.get(&pool).map_or_else(|| pool.to_string(), |pool| pool.name.clone())
}

fn territory_name(territory: TerritoryId, config: &Config) -> String {
    let found = config.territories.get(&territory);
    found.map_or_else(|| territory.to_string(), |found| found.name.clone())
}
