//! A backtest of stored leads on one core: matched, given their turns, and compared.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use anyhow::{Result, anyhow};
use lr_core::backtest::report::{Comparison, Side};
use lr_core::backtest::run::Run;
use lr_core::decide::{Config, Settings};
use lr_core::engine::Engine;
use lr_core::id::{PoolId, RepId};
use lr_core::pick::hours::WeeklyHours;
use lr_core::pick::{Member, Pool, Rep};
use lr_core::rules::Ruleset;
use lr_core::rules::action::{Action, Target};
use lr_core::rules::ast::RulesetSource;
use lr_core::snapshot::stored::Stored;
use lr_core::time::Zone;
use uuid::Uuid;

use crate::ours;

const POOLS: u128 = 20;
/// In each pool.
const REPS: u128 = 8;

fn pool_of(number: usize) -> PoolId {
    PoolId::new(Uuid::from_u128(1 + number as u128 % POOLS))
}

/// Rules whose leads go to pools in turn; every tenth to another pool than its own when `moved`.
pub fn config(mut source: RulesetSource, moved: bool) -> Result<Config> {
    for (number, rule) in source.rules.iter_mut().enumerate() {
        let shift = usize::from(moved && number % 10 == 0);
        rule.action = Action::to(Target::Pool(pool_of(number + shift)));
    }
    source.catch_all = Action::to(Target::Pool(pool_of(0)));
    let ruleset: Ruleset = ours::compile(source)?;
    let zone = Zone::parse("UTC").map_err(|error| anyhow!("{error}"))?;
    let rep = |id| Rep::new(id, "Rep", zone.clone(), WeeklyHours::always());
    let id = |pool: u128, rep: u128| RepId::new(Uuid::from_u128(pool * REPS + rep + 1));
    let pools = (0..POOLS).map(|pool| {
        let member = |rep| Member { rep: id(pool, rep), weight: NonZeroU32::MIN };
        let members = (0..REPS).map(member).collect();
        let pool = Pool::new(pool_of(usize::try_from(pool).unwrap_or_default()), "Pool", members);
        (pool.id, pool)
    });
    let reps = (0..POOLS).flat_map(|pool| (0..REPS).map(move |rep| id(pool, rep)));
    Ok(Config {
        ruleset,
        reps: reps.map(|id| (id, rep(id))).collect(),
        pools: pools.collect(),
        territories: BTreeMap::new(),
        settings: Settings::default(),
        engine: Engine { version: 0, zones: String::new(), holidays: String::new() },
    })
}

/// Plays the leads once; how many were assigned.
pub fn one(config: &Config, stored: &[Vec<u8>]) -> Result<u64> {
    let (mut run, mut assigned) = (Run::new(config), 0);
    for bytes in stored {
        let lead = Stored::read(bytes)?;
        let matched = lead.match_rule(config)?;
        let whole = || lead.whole().ok().cloned();
        run.take(&matched, whole, |made| assigned += u64::from(made.outcome.rep().is_some()));
    }
    run.finish(|_| {});
    Ok(assigned)
}

/// Plays them by two rulesets and compares; how many moved.
pub fn two(before: &Config, after: &Config, stored: &[Vec<u8>]) -> Result<u64> {
    let mut comparison = Comparison::default();
    let (mut first, mut second) = (Run::new(before), Run::new(after));
    for bytes in stored {
        let lead = Stored::read(bytes)?;
        let whole = || lead.whole().ok().cloned();
        let matched = lead.match_rule(before)?;
        first.take(&matched, whole, |made| comparison.add(Side::Before, made));
        let matched = lead.match_rule(after)?;
        second.take(&matched, whole, |made| comparison.add(Side::After, made));
    }
    first.finish(|made| comparison.add(Side::Before, made));
    second.finish(|made| comparison.add(Side::After, made));
    Ok(comparison.report().moved)
}
